/** Entries of a history as methods need them: one by its number, and as a peer is shown it. */
import type { Entry, History } from "../history/history.ts";
import type { Entry as DescribedEntry } from "../protocol/generated/types.ts";

/** The entry with that number; undefined when there is none. Rejects with `HistoryError`. */
export async function entryAt(history: History, ledgerId: string, seq: number): Promise<Entry | undefined> {
  const { entries } = await history.list(ledgerId, { after: seq - 1, limit: 1 });
  return entries[0]?.seq === seq ? entries[0] : undefined;
}

/** What a peer is shown: the result's members, or the error. */
export function describeEntry({ seq, at, expression, outcome, elapsedUs, hash }: Entry): DescribedEntry {
  const { type, value, text, error } = JSON.parse(outcome);
  const described = { seq, at: new Date(at).toISOString(), expression, elapsedUs, hash };
  return error === undefined ? { ...described, type, value, text } : { ...described, error };
}
