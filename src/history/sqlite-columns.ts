/**
 * Writes on their way to the writer thread and answers on their way back. Writes go as columns: cloning flat arrays costs about
 * half of cloning one object per write. What neighbours have in common is said once, and what few have stands apart with their
 * places.
 */
import type { Appended, Ledger, NewEntry } from "./history.ts";

/** One write; without `entry` it is a keep. */
export type Write = { ledger: Ledger; at: number; entry?: NewEntry };

/** Index i of `at` to `elapsedUs` is write i; a keep has `""` and 0 there. */
export type Columns = {
  /** Ledgers in turn, each with how many writes in a row are its own. */
  id: string[];
  resumeHash: string[];
  count: number[];
  at: number[];
  expression: string[];
  outcome: string[];
  summary: string[];
  elapsedUs: number[];
  /** Places of keeps, and of entries that failed, in order. */
  keeps: number[];
  failed: number[];
  /** Entries with a key, in order: their places, and what they have. */
  keyed: number[];
  key: string[];
  requestHash: string[];
};

export function noWrites(): Columns {
  return {
    id: [],
    resumeHash: [],
    count: [],
    at: [],
    expression: [],
    outcome: [],
    summary: [],
    elapsedUs: [],
    keeps: [],
    failed: [],
    keyed: [],
    key: [],
    requestHash: [],
  };
}

/** Puts a write at the end. */
export function addWrite(columns: Columns, { id, resumeHash }: Ledger, at: number, entry: NewEntry | undefined): void {
  const last = columns.id.length - 1;
  if (columns.id[last] === id && columns.resumeHash[last] === resumeHash) columns.count[last] = (columns.count[last] ?? 0) + 1;
  else {
    columns.id.push(id);
    columns.resumeHash.push(resumeHash);
    columns.count.push(1);
  }
  const place = columns.at.push(at) - 1;
  columns.expression.push(entry?.expression ?? "");
  columns.outcome.push(entry?.outcome ?? "");
  columns.summary.push(entry?.summary ?? "");
  columns.elapsedUs.push(entry?.elapsedUs ?? 0);
  if (entry === undefined) columns.keeps.push(place);
  else if (entry.failed) columns.failed.push(place);
  if (entry?.key === undefined) return;
  columns.keyed.push(place);
  columns.key.push(entry.key);
  columns.requestHash.push(entry.requestHash ?? "");
}

/** The writes, in the order they were put in. */
export function writesOf(columns: Columns): Write[] {
  const writes: Write[] = [];
  const seen = { keeps: 0, failed: 0, keyed: 0 };
  for (const [turn, id] of columns.id.entries()) {
    const ledger = { id, resumeHash: columns.resumeHash[turn] ?? "" };
    const end = writes.length + (columns.count[turn] ?? 0);
    for (let place = writes.length; place < end; place += 1) {
      const at = columns.at[place] ?? 0;
      if (columns.keeps[seen.keeps] === place) {
        seen.keeps += 1;
        writes.push({ ledger, at });
        continue;
      }
      const failed = columns.failed[seen.failed] === place;
      if (failed) seen.failed += 1;
      const entry = entryAt(columns, place, failed);
      if (columns.keyed[seen.keyed] === place) {
        entry.key = columns.key[seen.keyed] ?? "";
        entry.requestHash = columns.requestHash[seen.keyed] ?? "";
        seen.keyed += 1;
      }
      writes.push({ ledger, at, entry });
    }
  }
  return writes;
}

function entryAt({ at, expression, outcome, summary, elapsedUs }: Columns, place: number, failed: boolean): NewEntry {
  return {
    at: at[place] ?? 0,
    expression: expression[place] ?? "",
    outcome: outcome[place] ?? "",
    summary: summary[place] ?? "",
    failed,
    elapsedUs: elapsedUs[place] ?? 0,
  };
}

/** A plain number is `stored` with that seq; a keep that was done is 0. */
export type WriteAnswer = number | Appended;

/** Numbers that follow one another as the first and how many they are. */
export type FoldedAnswer = { first: number; count: number } | Appended;

export function foldAnswers(answers: WriteAnswer[]): FoldedAnswer[] {
  const folded: FoldedAnswer[] = [];
  let run = { first: 0, count: 0 };
  for (const answer of answers) {
    if (typeof answer !== "number") folded.push(answer);
    else if (folded.at(-1) === run && answer === run.first + run.count) run.count += 1;
    else {
      run = { first: answer, count: 1 };
      folded.push(run);
    }
  }
  return folded;
}

export function unfoldAnswers(folded: FoldedAnswer[]): Appended[] {
  const answers: Appended[] = [];
  for (const answer of folded) {
    if ("kind" in answer) answers.push(answer);
    else for (let i = 0; i < answer.count; i += 1) answers.push({ kind: "stored", seq: answer.first + i });
  }
  return answers;
}
