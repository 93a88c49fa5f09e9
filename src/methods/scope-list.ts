/** `scope.list`: the caller's variables and functions by name, without their values. */
import type { ScopeListResult } from "../protocol/generated/types.ts";
import type { Call } from "./call.ts";
import { READS } from "./nature.ts";
import { inTurn } from "./turn.ts";

export function scopeList(call: Call<unknown>): void {
  inTurn(call, READS, ({ scope }): ScopeListResult => {
    const variables = scope.names.sort().flatMap((name) => scope.row(name) ?? []);
    return { variables, bytes: scope.bytes };
  });
}
