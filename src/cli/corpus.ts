/**
 * Corpora of hostile expressions, one JSON object a line, and what may become of each. A corpus is a folder; each of its
 * files is a class. The tests and `canaduck selfcheck` read the same rows and judge them by the same words.
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { ALLOWED } from "../jail/allowlist.ts";
import type { Job } from "../jail/contract.ts";

/** An expression with its circumstances: what was sent before it in the same session, and what it brings along. */
export type Row = {
  id: string;
  expression: string;
  /** Expressions sent before it, whose variables it finds. */
  before?: string[];
  /** Values of the call's own, as a client sends them. */
  variables?: Record<string, unknown>;
  /** Variables as the server stores them; a client cannot write these. */
  stored?: Record<string, string>;
  settings?: NonNullable<Job["settings"]>;
  kind?: NonNullable<Job["kind"]>;
  /** What it may end in: names of errors, `= text` for that answer, `=` for any. Absent: all that is safe. */
  expect?: string[];
  note?: string;
};

/** A reference calculation and the only answer it may have: its outcome without `id` and `us`. */
export type Reference = Omit<Job, "id" | "columns"> & { answer: object };

/** Rows by class, in the order of the files' names. */
export type Corpus = ReadonlyMap<string, readonly Row[]>;

/** Where they lie: the package has them at the same place beside its compiled sources. */
export const CORPORA = {
  escapes: new URL("../../test/escapes/", import.meta.url),
  bombs: new URL("../../test/bombs/", import.meta.url),
  references: new URL("../../test/jail/references.jsonl", import.meta.url),
};

/** What no answer may hold: source of functions, the engine's objects, the process, the files and marks the corpus goes for. */
const ESCAPED = /native code|\bfunction \w*\(|=>|\[object (?!Object\])|node:|__pwned|root:x:|uid=\d|"v?\d+\.\d+\.\d+ \(|#<\w+>/;

/** Throws when the folder cannot be read. */
export function readCorpus(folder: URL): Map<string, Row[]> {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl"))
    .sort();
  return new Map(files.map((name) => [basename(name, ".jsonl"), readRows<Row>(new URL(name, folder))]));
}

/** The 40 calculations that must stay what they are, whatever was evaluated before. */
export function readReferences(): Reference[] {
  return readRows<Reference>(CORPORA.references);
}

function readRows<T>(file: URL): T[] {
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** What the row's session holds before its first expression, as the server keeps it. */
export function storedOf({ stored, variables }: Row): Record<string, string> {
  const texts: Record<string, string> = { ...stored };
  for (const [name, value] of Object.entries(variables ?? {})) texts[name] = JSON.stringify({ v: value });
  return texts;
}

/** One expression of a row as a job. */
export function jobOf(
  { settings, kind }: Row,
  expression: string,
  variables: Record<string, string>,
): Omit<Job, "id" | "columns"> {
  return { expression, variables: { ...variables }, ...(settings && { settings }), ...(kind && { kind }) };
}

/** True when the reference is answered as it must be, byte for byte. */
export function isAnswered({ answer }: Reference, outcome: object | undefined): boolean {
  const { id: _id, us: _us, ...given }: { id?: number; us?: number } = outcome ?? {};
  return JSON.stringify(given) === JSON.stringify(answer);
}

/** What an answer must not tell or be, in words; undefined when it is safe. A function may be one of the vocabulary, or the client's own, written as it was written. */
export function dangerOf(answer: { type?: string; text?: string } | object | undefined): string | undefined {
  const written = JSON.stringify(answer ?? null);
  const [escaped] = ESCAPED.exec(written) ?? [];
  if (escaped !== undefined) return `an answer holds ${escaped}`;
  if (written.includes(process.version)) return "an answer tells the version of the process";
  if (answer === undefined || !("type" in answer) || answer.type !== "function") return undefined;
  const text = answer.text ?? "";
  const isHarmless = ALLOWED.includes(text) || /^[\p{L}_$][\p{L}\p{N}_$]*\([^()]*\)$/u.test(text);
  return isHarmless ? undefined : `the function ${text} is an answer`;
}

/** How it ended: the name of an error, or `= text`. Most may end as they like; where a row says how, it names the guard that stops it. */
export function isExpected({ expect }: Row, outcome: string): boolean {
  return expect === undefined || expect.includes(outcome) || (expect.includes("=") && outcome.startsWith("="));
}
