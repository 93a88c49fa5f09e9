/** `session.close`: goodbye. What is in flight is answered, what comes after is not read, then the connection closes. */
import type { SessionCloseResult } from "../protocol/generated/types.ts";
import type { Call } from "./call.ts";

export function sessionClose(call: Call<unknown>): void {
  const { nick } = call.caller.principal();
  const result: SessionCloseResult = nick === undefined ? { lastWords: "Goodbye!" } : { nick, lastWords: `Goodbye ${nick}!` };
  call.caller.finish();
  call.answer(result);
}
