/** `session.open`: who the caller is, how to come back, what it may ask for. Optional: everything works without it. */
import { announcedLimits } from "../config.ts";
import { RpcError } from "../protocol/errors.ts";
import type { SessionOpenParams, SessionOpenResult } from "../protocol/generated/types.ts";
import type { Call } from "./call.ts";
import type { Principal } from "./principal.ts";
import { historyRefusal, readRefusal } from "./refusal.ts";

/** With `resume` the session speaks for the principal of that token from now on; an unknown token is `not_found`. */
export function sessionOpen(call: Call<SessionOpenParams>): void {
  open(call).then(
    (result) => call.answer(result),
    (error) => call.broken(readRefusal(error)),
  );
}

async function open(call: Call<SessionOpenParams>): Promise<SessionOpenResult> {
  const { params, house, caller } = call;
  const principal = await resumeOrStay(call);
  principal.used = true;
  const lastSeq = await keep(call, principal).catch((error) => {
    // Nobody speaks for it through this call: it must not count as attended for ever.
    if (params.resume !== undefined) house.principals.leave(principal, Date.now());
    throw error;
  });
  const { number, precision } = params;
  principal.settings = { ...principal.settings, ...(number && { number }), ...(precision && { precision }) };
  if (params.resume !== undefined) caller.become(principal);
  return {
    principal: principal.ledger.id,
    resumeToken: principal.resumeToken,
    resumed: params.resume !== undefined,
    ...(principal.nick !== undefined && { nick: principal.nick }),
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

/** The last seq of a ledger that is on disk now: a token that would not work after a restart is not handed out. */
async function keep({ house, params }: Call<SessionOpenParams>, principal: Principal): Promise<number> {
  const { ledger } = principal;
  if (params.nick !== undefined) house.principals.nicks.claim(principal, params.nick);
  const kept = await house.history.keep(ledger, Date.now());
  if (kept !== "kept") throw historyRefusal(kept);
  return (await house.history.list(ledger.id, { limit: 1 })).lastSeq;
}
