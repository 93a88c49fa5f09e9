/** `scope.unset`: removes one variable, as a compare-and-set when asked. */
import { RpcError } from "../protocol/errors.ts";
import type { ScopeUnsetParams, ScopeUnsetResult } from "../protocol/generated/types.ts";
import type { Call } from "./call.ts";
import { AFTER_ALL } from "./nature.ts";
import { inTurn } from "./turn.ts";
import { refuseStale } from "./variable.ts";

export function scopeUnset(call: Call<ScopeUnsetParams>): void {
  const { name, ifVersion } = call.params;
  inTurn(call, AFTER_ALL, async (principal): Promise<ScopeUnsetResult> => {
    await refuseStale(call, principal, name, ifVersion);
    const version = principal.scope.row(name)?.version;
    if (version === undefined) throw new RpcError("not_found", { path: "/name", detail: "there is no variable of this name" });
    principal.scope.unset(name);
    principal.watch?.changed([name], call.caller);
    return { name, version };
  });
}
