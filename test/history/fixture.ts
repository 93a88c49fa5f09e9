/**
 * What the tests of the history share: a directory that is removed at the end, entries, and appends as promises.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { Appended, Entry, History, Ledger, NewEntry } from "../../src/history/history.ts";

/** A new directory, gone after the test. */
export function makeDirectory(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), "canaduck-history-"));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export function ledgerNamed(name: string): Ledger {
  return { id: name.padEnd(22, "-"), resumeHash: name.padEnd(64, "0") };
}

export function makeEntry(expression: string, more: Partial<NewEntry> = {}): NewEntry {
  return {
    at: 1_000,
    expression,
    outcome: `{"value":"${expression}"}`,
    summary: `= ${expression}`,
    failed: false,
    elapsedUs: 7,
    ...more,
  };
}

export function append(history: History, ledger: Ledger, entry: NewEntry): Promise<Appended> {
  return new Promise((resolve) => history.append(ledger, entry, resolve));
}

/** Appends that must all be stored; answers their seqs. */
export async function appendAll(history: History, ledger: Ledger, expressions: string[]): Promise<number[]> {
  const answers = await Promise.all(expressions.map((expression) => append(history, ledger, makeEntry(expression))));
  return answers.map((answer) => (answer.kind === "stored" ? answer.seq : assert.fail(answer.kind)));
}

export function seqs(entries: Entry[]): number[] {
  return entries.map((entry) => entry.seq);
}

export function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, i) => i + 1);
}
