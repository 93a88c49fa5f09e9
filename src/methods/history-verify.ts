/** `history.verify`: the hash chain of the caller's history, walked from its beginning (G9). */
import type { Call } from "./call.ts";
import { readRefusal } from "./refusal.ts";

export function historyVerify(call: Call<unknown>): void {
  call.house.history.verify(call.caller.principal().ledger.id).then(
    (verified) => call.answer(verified),
    (error) => call.broken(readRefusal(error)),
  );
}
