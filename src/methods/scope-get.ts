/** `scope.get`: one variable with its value and version. */
import type { ScopeGetParams } from "../protocol/generated/types.ts";
import type { Call } from "./call.ts";
import { READS } from "./nature.ts";
import { inTurn } from "./turn.ts";
import { readVariable } from "./variable.ts";

export function scopeGet(call: Call<ScopeGetParams>): void {
  call.caller.principal().quota.check();
  inTurn(call, READS, (principal) => readVariable(call, principal, call.params.name));
}
