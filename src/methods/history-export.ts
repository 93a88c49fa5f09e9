/** `history.export`: the caller's history as text, a page at a time. */
import type { HistoryExportParams, HistoryExportResult } from "../protocol/generated/types.ts";
import type { Call } from "./call.ts";
import { exportHead, exportLine } from "./export-text.ts";
import { readRefusal } from "./refusal.ts";

const ENTRIES_DEFAULT = 1_000;
/** A page is a message for a client to hold in memory, and for others to wait behind. */
const TEXT_CHARACTERS_MAX = 256 * 1024;

export function historyExport(call: Call<HistoryExportParams>): void {
  page(call).then(
    (result) => call.answer(result),
    (error) => call.broken(readRefusal(error)),
  );
}

async function page({ params, caller, house }: Call<HistoryExportParams>): Promise<HistoryExportResult> {
  const { format = "jsonl", after = 0, limit = ENTRIES_DEFAULT } = params;
  const listed = await house.history.list(caller.principal().ledger.id, { after, limit });
  const result = { text: after === 0 ? exportHead(format) : "", entries: 0, next: after, more: listed.more };
  for (const entry of listed.entries) {
    const line = exportLine(format, entry);
    if (result.entries > 0 && result.text.length + line.length > TEXT_CHARACTERS_MAX) return { ...result, more: true };
    result.text += line;
    result.entries += 1;
    result.next = entry.seq;
  }
  return result;
}
