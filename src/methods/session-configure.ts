/** `session.configure`: what the caller's later calls are evaluated under, and whether they are recorded. */
import type { EffectiveSettings, SessionConfigureParams } from "../protocol/generated/types.ts";
import type { Call } from "./call.ts";
import type { Principal } from "./principal.ts";
import { AFTER_ALL } from "./scope.ts";
import { inTurn } from "./turn.ts";

export function sessionConfigure(call: Call<SessionConfigureParams>): void {
  const { number, precision, implicit, history } = call.params;
  inTurn(call, AFTER_ALL, (principal) => {
    const { implicit: before = true, ...settings } = principal.settings;
    principal.settings = { ...settings, ...(number && { number }), ...(precision && { precision }) };
    // What is as always is not said: settings of one's own keep an expression from being calculated the fastest way.
    if (!(implicit ?? before)) principal.settings.implicit = false;
    principal.records = history ?? principal.records;
    return effectiveSettings(principal);
  });
}

/** With mathjs's defaults for what was never set. */
function effectiveSettings({ settings, records }: Principal): EffectiveSettings {
  const { number = "number", precision = 64, implicit = true } = settings;
  return { number, precision, implicit, history: records };
}
