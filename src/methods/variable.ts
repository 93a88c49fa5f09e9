/** One variable of the caller, read and guarded: its value comes from the jail, because the server reads no stored text. */
import type { EvaluateRequest } from "../evaluator/evaluator.ts";
import type { Value } from "../jail/contract.ts";
import { RpcError } from "../protocol/errors.ts";
import type { HeldVariable } from "../protocol/generated/types.ts";
import { originOf } from "./calc-evaluate.ts";
import type { Call } from "./call.ts";
import type { Principal } from "./principal.ts";
import { evaluationError } from "./refusal.ts";

/** What the expression gives with these variables, under the client's settings. Rejects with its named error. */
export function evaluateFor(
  call: Call<unknown>,
  principal: Principal,
  expression: string,
  variables: Record<string, string> | undefined,
): Promise<Value> {
  const { settings } = principal;
  const request: EvaluateRequest = { ...originOf(call.caller, principal), expression, settings, ...(variables && { variables }) };
  return new Promise((resolve, reject) => {
    const cancel = call.house.evaluator.evaluate(request, ({ value, failure }) => {
      if (value === undefined) reject(evaluationError(failure, expression));
      else resolve(value);
    });
    call.onCancel(cancel);
  });
}

/** The variable with its value. Rejects with `not_found`, or with what evaluating its name meets. */
export async function readVariable(call: Call<unknown>, principal: Principal, name: string): Promise<HeldVariable> {
  const row = principal.scope.row(name);
  if (row === undefined) throw new RpcError("not_found", { path: "/name", detail: "there is no variable of this name" });
  const { type, value, text } = await evaluateFor(call, principal, name, principal.scope.select(name));
  return { name, version: row.version, type, value, text };
}

/** Compare-and-set: rejects with `conflict`, and what the variable holds now, when it has not the version the caller saw. */
export async function refuseStale(call: Call<unknown>, principal: Principal, name: string, ifVersion?: number): Promise<void> {
  const version = principal.scope.row(name)?.version ?? 0;
  if (ifVersion === undefined || ifVersion === version) return;
  if (version === 0) throw new RpcError("conflict", { current: { version } });
  const { name: _, ...current } = await readVariable(call, principal, name);
  throw new RpcError("conflict", { current });
}
