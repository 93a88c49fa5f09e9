/** Corpora of expressions, one JSON object a line. A corpus is a folder; each of its files is a class. */
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Job } from "../../src/jail/contract.ts";

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
export type Reference = Omit<Job, "id"> & { answer: object };

/** Rows by class, in the order of the files' names. */
export function readCorpus(folder: URL): Map<string, Row[]> {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl"))
    .sort();
  return new Map(files.map((name) => [basename(name, ".jsonl"), readRows<Row>(new URL(name, folder))]));
}

/** The 40 calculations that must stay what they are, whatever was evaluated before. */
export function readReferences(): Reference[] {
  return readRows<Reference>(new URL("./references.jsonl", import.meta.url));
}

function readRows<T>(file: URL): T[] {
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}
