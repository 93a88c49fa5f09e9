/** `session.configure`: what the caller's later calls are evaluated under, and whether they are recorded. */
import type { EffectiveSettings, SessionConfigureParams } from "../protocol/generated/types.ts";
import type { Call } from "./call.ts";
import type { Principal } from "./principal.ts";
import { AFTER_ALL } from "./scope.ts";
import { inTurn } from "./turn.ts";

export function sessionConfigure(call: Call<SessionConfigureParams>): void {
  const { number, precision, history } = call.params;
  inTurn(call, AFTER_ALL, (principal) => {
    principal.settings = { ...principal.settings, ...(number && { number }), ...(precision && { precision }) };
    principal.records = history ?? principal.records;
    return effectiveSettings(principal);
  });
}

/** With mathjs's defaults for what was never set. */
function effectiveSettings({ settings: { number = "number", precision = 64 }, records }: Principal): EffectiveSettings {
  return { number, precision, history: records };
}
