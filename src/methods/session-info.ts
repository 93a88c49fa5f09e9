/** `session.info`: who the caller is, what its calls go by when they say nothing else, what it may use and has used. */
import { announcedLimits } from "../config.ts";
import type { SessionInfoResult } from "../protocol/generated/types.ts";
import type { Call } from "./call.ts";
import { readRefusal } from "./refusal.ts";

export function sessionInfo(call: Call<unknown>): void {
  describe(call).then(
    (result) => call.answer(result),
    (error) => call.broken(readRefusal(error)),
  );
}

async function describe({ caller, house }: Call<unknown>): Promise<SessionInfoResult> {
  const { ledger, settings, calls, quota } = caller.principal();
  const { lastSeq } = await house.history.list(ledger.id, { limit: 1 });
  const used = quota.describe();
  const { standing, limits } = caller;
  return {
    principal: ledger.id,
    // Who may do nothing does not come here, unless the token was revoked meanwhile.
    role: standing === "nobody" ? "anyone" : standing,
    settings,
    events: caller.notices.wanted,
    limits: announcedLimits(limits),
    calls,
    lastSeq,
    ...(used && { quota: used }),
  };
}
