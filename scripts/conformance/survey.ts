/** Plays every case that any JSON-RPC 2.0 server must pass against one server, a few at a time, and counts by clause. */
import { readCorpus } from "./corpus.ts";
import { play, type Stage } from "./dialogue.ts";
import { isUnanswerable } from "./notation.ts";
import { type Case, parseWire } from "./wire-file.ts";

const CONNECTIONS_MAX = 8;

export type Failure = { number: number; title: string; clause: string; place: string; reason: string; exchange: string[] };

export type Survey = {
  passed: number;
  total: number;
  /** Cases that need params which the server under test was not said to have. */
  untried: number;
  clauses: { clause: string; passed: number; total: number }[];
  failures: Failure[];
};

/** Why the one method cannot be called at all, with what was said; undefined when it can. */
export async function greet(stage: Stage): Promise<string | undefined> {
  const text =
    'clause greeting\ncase 1 a call\n> {"jsonrpc":"2.0","id":1,"method":%method%,"params":%params%}\n< {"jsonrpc":"2.0","id":1,"result":%any%}\n';
  for (const one of parseWire(text, "greeting")) {
    const { reason, exchange } = await play(one, stage);
    if (reason !== undefined) return [...exchange, reason].join("\n");
  }
  return undefined;
}

export async function survey(stage: Stage): Promise<Survey> {
  const cases = readCorpus().filter(({ neutral, framings }) => neutral && framings.includes(stage.framing));
  const tried = cases.filter(
    ({ steps }) => !steps.some((step) => step.kind === "send" && isUnanswerable(step.text, stage.question)),
  );
  const failures = new Map<Case, Failure>();
  const waiting = tried.values();
  const work = async () => {
    for (const one of waiting) {
      const { reason, exchange } = await play(one, stage).catch((error) => ({ reason: String(error), exchange: [] }));
      const { number, title, clause, place } = one;
      if (reason !== undefined) failures.set(one, { number, title, clause, place, reason, exchange });
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS_MAX }, work));
  const clauses = [...Map.groupBy(tried, ({ clause }) => clause)].map(([clause, list]) => {
    return { clause, passed: list.filter((one) => !failures.has(one)).length, total: list.length };
  });
  return {
    passed: tried.length - failures.size,
    total: tried.length,
    untried: cases.length - tried.length,
    clauses,
    failures: [...failures.values()].sort((one, other) => one.number - other.number),
  };
}
