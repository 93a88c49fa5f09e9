/** `history.list`: entries of the caller's own history, a page at a time. */
import type { HistoryListParams, HistoryListResult } from "../protocol/generated/types.ts";
import type { Call } from "./call.ts";
import { describeEntry } from "./entry.ts";
import { readRefusal } from "./refusal.ts";

/** Answers at least everything acknowledged before it was asked (G4). */
export function historyList(call: Call<HistoryListParams>): void {
  readHistory(call).then(
    (result) => call.answer(result),
    (error) => call.broken(readRefusal(error)),
  );
}

const LIMIT_DEFAULT = 50;

async function readHistory({ params, caller, house }: Call<HistoryListParams>): Promise<HistoryListResult> {
  const limit = params.limit ?? LIMIT_DEFAULT;
  const { entries, lastSeq, more } = await house.history.list(caller.principal().ledger.id, { ...params, limit });
  return { entries: entries.map(describeEntry), lastSeq, more };
}
