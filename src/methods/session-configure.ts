/** `session.configure`: what the caller's later calls are evaluated under, whether they are recorded, and what the connection is told of. */
import type { EffectiveSettings, EventNames, SessionConfigureParams } from "../protocol/generated/types.ts";
import type { Call } from "./call.ts";
import { AFTER_ALL } from "./nature.ts";
import type { Principal } from "./principal.ts";
import { inTurn } from "./turn.ts";

export function sessionConfigure(call: Call<SessionConfigureParams>): void {
  const { number, precision, implicit, history, events } = call.params;
  inTurn(call, AFTER_ALL, (principal) => {
    // First, since it may be refused.
    if (events !== undefined) call.caller.notices.want(events, call.caller.principal());
    const { implicit: before = true, ...settings } = principal.settings;
    principal.settings = { ...settings, ...(number && { number }), ...(precision && { precision }) };
    // What is as always is not said: settings of one's own keep an expression from being calculated the fastest way.
    if (!(implicit ?? before)) principal.settings.implicit = false;
    principal.records = history ?? principal.records;
    return effectiveSettings(principal, call.caller.notices.wanted);
  });
}

/** With mathjs's defaults for what was never set. */
function effectiveSettings({ settings, records }: Principal, events: EventNames): EffectiveSettings {
  const { number = "number", precision = 64, implicit = true } = settings;
  return { number, precision, implicit, history: records, events };
}
