/** `history.get`: one entry of the caller's own history. */
import { RpcError } from "../protocol/errors.ts";
import type { HistoryGetParams } from "../protocol/generated/types.ts";
import type { Call } from "./call.ts";
import { describeEntry, entryAt } from "./entry.ts";
import { readRefusal } from "./refusal.ts";

/** Finds everything acknowledged before it was asked (G4). */
export function historyGet(call: Call<HistoryGetParams>): void {
  entryAt(call.house.history, call.caller.principal().ledger.id, call.params.seq).then(
    (entry) => {
      if (entry === undefined) call.fail(new RpcError("not_found", { path: "/seq", detail: "there is no entry of this number" }));
      else call.answer(describeEntry(entry));
    },
    (error) => call.broken(readRefusal(error)),
  );
}
