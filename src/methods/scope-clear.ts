/** `scope.clear`: removes all variables and functions of the caller. */
import type { ScopeClearResult } from "../protocol/generated/types.ts";
import type { Call } from "./call.ts";
import { AFTER_ALL } from "./nature.ts";
import { inTurn } from "./turn.ts";

export function scopeClear(call: Call<unknown>): void {
  inTurn(call, AFTER_ALL, ({ scope, watch }): ScopeClearResult => {
    watch?.changed(scope.names, call.caller);
    return { removed: scope.clear() };
  });
}
