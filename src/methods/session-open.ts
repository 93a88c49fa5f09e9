/** `session.open`: who the caller is, how to come back, what it may ask for. Optional: everything works without it. */
import { announcedLimits } from "../config.ts";
import type { Kept } from "../history/history.ts";
import { RpcError } from "../protocol/errors.ts";
import type { SessionOpenParams, SessionOpenResult } from "../protocol/generated/types.ts";
import type { Call } from "./call.ts";
import type { Principal } from "./principal.ts";

/** With `resume` the session speaks for the principal of that token from now on; an unknown token is `not_found`. */
export function sessionOpen(call: Call<SessionOpenParams>): void {
  open(call).then(
    (result) => call.answer(result),
    (error) => (error instanceof RpcError ? call.fail(error) : call.broken(error)),
  );
}

async function open(call: Call<SessionOpenParams>): Promise<SessionOpenResult> {
  const { params, house, caller } = call;
  const principal = await resumeOrStay(call);
  const { number, precision } = params;
  principal.settings = { ...principal.settings, ...(number && { number }), ...(precision && { precision }) };
  principal.used = true;
  refuseUnkept(await house.history.keep(principal.ledger, Date.now()));
  if (params.resume !== undefined) caller.become(principal);
  const { lastSeq } = await house.history.list(principal.ledger.id, { limit: 1 });
  return {
    principal: principal.ledger.id,
    resumeToken: principal.resumeToken,
    resumed: params.resume !== undefined,
    role: "anyone",
    lastSeq,
    settings: principal.settings,
    limits: announcedLimits(house.config),
  };
}

async function resumeOrStay({ params, house, caller }: Call<SessionOpenParams>): Promise<Principal> {
  if (params.resume === undefined) return caller.principal();
  const found = await house.principals.resume(params.resume);
  if (found === undefined) throw new RpcError("not_found", {});
  return found;
}

/** A token that would not work after a restart is not handed out. */
function refuseUnkept(kept: Kept): void {
  if (kept === "full") throw new RpcError("storage_full", { retryAfterMs: 1000 });
  if (kept === "busy") throw new RpcError("server_busy", { retryAfterMs: 100 });
  if (kept === "closed") throw new RpcError("shutting_down");
}
