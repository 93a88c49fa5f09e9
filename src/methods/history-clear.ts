/** `history.clear`: removes the caller's entries, all or the older ones; their numbers stay used and the rest stays provable. */
import type { HistoryClearParams, HistoryClearResult } from "../protocol/generated/types.ts";
import type { Call } from "./call.ts";
import { AFTER_ALL } from "./nature.ts";
import type { Principal } from "./principal.ts";
import { inTurn } from "./turn.ts";

export function historyClear(call: Call<HistoryClearParams>): void {
  inTurn(call, AFTER_ALL, (principal) => clear(call, principal));
}

/** What was asked before this call is recorded, and then removed with the rest. */
async function clear({ params, house }: Call<HistoryClearParams>, principal: Principal): Promise<HistoryClearResult> {
  const { id } = principal.ledger;
  await new Promise<void>((resolve) => principal.appends.whenAnswered(resolve));
  const removed = await house.history.clear(id, params.before ?? Number.MAX_SAFE_INTEGER);
  return { removed, lastSeq: (await house.history.list(id, { limit: 1 })).lastSeq };
}
