/** `session.open`: who the caller is, how to come back, what it may ask for. Optional: everything works without it. */
import type { TokenRow } from "../access/token.ts";
import { announcedLimits } from "../config.ts";
import { RpcError } from "../protocol/errors.ts";
import type { SessionOpenParams, SessionOpenResult } from "../protocol/generated/types.ts";
import type { Call } from "./call.ts";
import { type Principal, signOfLife } from "./principal.ts";
import { historyRefusal, readRefusal } from "./refusal.ts";

/**
 * With `token` or `resume` the session speaks for the principal of that from now on. An unknown token is `unauthenticated`, an
 * unknown resume token `not_found`.
 */
export function sessionOpen(call: Call<SessionOpenParams>): void {
  open(call).then(
    (result) => call.answer(result),
    (error) => call.broken(readRefusal(error)),
  );
}

async function open(call: Call<SessionOpenParams>): Promise<SessionOpenResult> {
  const { params, house, caller } = call;
  const token = authenticate(call);
  const changes = token !== undefined || params.resume !== undefined;
  const principal = token === undefined ? await resumeOrStay(call) : ofToken(call, token);
  principal.used = true;
  const lastSeq = await keep(call, principal).catch((error) => {
    // Nobody speaks for it through this call: it must not count as attended for ever.
    if (changes) house.principals.leave(principal, Date.now());
    throw error;
  });
  const { number, precision } = params;
  enter(call, changes ? principal : undefined, token);
  principal.settings = { ...principal.settings, ...(number && { number }), ...(precision && { precision }) };
  const { standing, limits } = caller;
  return {
    principal: principal.ledger.id,
    ...(principal.resumeToken !== undefined && { resumeToken: principal.resumeToken }),
    resumed: changes && (params.resume !== undefined || lastSeq > 0),
    // A token that was revoked meanwhile can do nothing any more; the next call says so.
    role: standing === "nobody" ? "anyone" : standing,
    ...(caller.token !== undefined && { name: caller.token.name }),
    ...(principal.nick !== undefined && { nick: principal.nick }),
    lastSeq,
    settings: principal.settings,
    limits: announcedLimits(limits),
  };
}

/** Speaks for the principal, when it is another, and is told of what it asked for. */
function enter({ params, house, caller }: Call<SessionOpenParams>, other: Principal | undefined, token?: TokenRow): void {
  const { events } = params;
  if (other === undefined) return events === undefined ? undefined : caller.notices.want(events, caller.principal());
  try {
    caller.become(other, token, events);
  } catch (error) {
    house.principals.leave(other, Date.now());
    throw error;
  }
}

/** The row of the token the call brings; undefined when it brings none and needs none. */
function authenticate({ params, house, caller }: Call<SessionOpenParams>): TokenRow | undefined {
  const { token, resume } = params;
  if (token === undefined) {
    // An anonymous history is no way around a server that wants tokens, and a revoked token keeps nothing open.
    const standing = resume === undefined ? caller.standing : house.access.standing(undefined);
    if (standing === "nobody") throw new RpcError("unauthenticated");
    return undefined;
  }
  if (resume !== undefined) throw new RpcError("invalid_params", { path: "/resume", detail: "must not stand beside token" });
  const { token: found, throttled } = house.access.authenticate(token, caller.peer, performance.now());
  if (found !== undefined) return found;
  if (throttled === undefined) throw new RpcError("unauthenticated");
  const { name, value, retryAfterMs } = throttled;
  throw new RpcError("unauthenticated", { limit: { name, value }, retryAfterMs });
}

function ofToken({ house }: Call<SessionOpenParams>, { id, role }: TokenRow): Principal {
  return house.principals.ofToken(id, house.access.limits(role));
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
  const kept = await house.history.keep(ledger, signOfLife(principal, Date.now()));
  if (kept !== "kept") throw historyRefusal(kept);
  return (await house.history.list(ledger.id, { limit: 1 })).lastSeq;
}
