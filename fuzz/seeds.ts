/** Right inputs to begin with: the corpus of the wire, and the corpus of the fuzzer. */
import { readCorpus } from "../scripts/conformance/corpus.ts";
import { isUnanswerable, toPackets } from "../scripts/conformance/notation.ts";
import type { Framing } from "../scripts/conformance/wire-file.ts";
import { QUESTION } from "./case.ts";
import { readKept } from "./corpus.ts";

/** Longer ones take the time of a hundred others; the mutation makes long ones of its own. */
const SEED_BYTES_MAX = 4_096;
/** Answered by a page of thousands of lines, which proves nothing a second time. */
const LENGTHY = /rpc\.discover|server\.info/;

/** What the cases of the wire that have one of these framings send, each message or run of bytes once. */
export function readSeeds(framings: readonly Framing[], target?: string): Buffer[] {
  const sent = readCorpus()
    .filter((one) => one.framings.some((framing) => framings.includes(framing)))
    .flatMap(({ steps }) =>
      steps.flatMap((step) => (step.kind === "send" && !isUnanswerable(step.text, QUESTION) ? [step.text] : [])),
    );
  const ofWire = [...new Set(sent)].map((text) => Buffer.concat(toPackets(text, QUESTION)));
  const kept = target === undefined ? [] : readKept(target).flatMap((one) => one.case.parts.map((part) => Buffer.concat(part)));
  return [...ofWire, ...kept].filter(
    (seed) => seed.length > 0 && seed.length <= SEED_BYTES_MAX && !LENGTHY.test(seed.toString()),
  );
}
