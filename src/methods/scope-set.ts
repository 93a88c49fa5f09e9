/**
 * `scope.set`: a variable from a JSON value or from the result of an expression, as a compare-and-set when asked.
 *
 * The value goes through the jail, which refuses names that are not the session's to set and writes what is stored.
 */
import { RpcError } from "../protocol/errors.ts";
import type { HeldVariable, ScopeSetParams } from "../protocol/generated/types.ts";
import { refuseOverLong } from "./calc-evaluate.ts";
import type { Call } from "./call.ts";
import { AFTER_ALL } from "./nature.ts";
import type { Principal } from "./principal.ts";
import { recall } from "./recall.ts";
import { storedJson } from "./stored-json.ts";
import { inTurn } from "./turn.ts";
import { evaluateFor, refuseStale } from "./variable.ts";

export function scopeSet(call: Call<ScopeSetParams>): void {
  const { value, expression } = call.params;
  if ((value === undefined) === (expression === undefined)) {
    throw new RpcError("invalid_params", { path: "", detail: "needs either value or expression" });
  }
  if (expression !== undefined) refuseOverLong(expression, call.caller.limits.expressionBytesMax);
  call.caller.principal().quota.check();
  inTurn(call, AFTER_ALL, (principal) => set(call, principal));
}

async function set(call: Call<ScopeSetParams>, principal: Principal): Promise<HeldVariable> {
  const { name, value, expression, ifVersion } = call.params;
  const { scope, answer } = principal;
  await refuseStale(call, principal, name, ifVersion);
  const text = expression === undefined ? storedJson(value) : await resultOf(call, principal, expression, answer);
  const made = await evaluateFor(call, principal, `${name} = ${name}`, { [name]: text });
  const limit = scope.assign(made.assigned ?? {});
  if (limit !== undefined) throw new RpcError("memory_limit", { limit });
  principal.watch?.changed([name], call.caller);
  return { name, version: scope.row(name)?.version ?? 0, type: made.type, value: made.value, text: made.text };
}

/** The stored text of what the expression gives. */
async function resultOf(
  call: Call<unknown>,
  principal: Principal,
  expression: string,
  answer: Principal["answer"],
): Promise<string> {
  const recalled = await recall(call.house, principal, expression, answer);
  const variables = { ...principal.scope.select(expression), ...recalled };
  const { type, value } = await evaluateFor(call, principal, expression, variables);
  if (type === "function") throw new RpcError("bad_argument", { detail: "a function is assigned by calc.evaluate: f(x) = x^2" });
  return storedJson(value);
}
