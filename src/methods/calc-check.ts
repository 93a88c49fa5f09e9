/** `calc.check`: what an expression needs, assigns and means, or its error with the place. Evaluates and records nothing. */
import type { EvaluateRequest } from "../evaluator/evaluator.ts";
import type { CalcCheckParams } from "../protocol/generated/types.ts";
import { originOf, refuseOverLong } from "./calc-evaluate.ts";
import type { Call } from "./call.ts";
import { readingOf } from "./nature.ts";
import { answerCancel, evaluationError } from "./refusal.ts";

/** Sees the variables an evaluation sent now would see. */
export function calcCheck(call: Call<CalcCheckParams>): void {
  const { expression } = call.params;
  refuseOverLong(expression, call.caller.limits.expressionBytesMax);
  const principal = call.caller.principal();
  principal.quota.check();
  const { scope } = principal;
  const nature = readingOf(expression);
  answerCancel(call);
  scope.enter(nature, () => {
    if (call.answered) return scope.leave(nature);
    const variables = scope.select(expression);
    const { implicit } = principal.settings;
    const request: EvaluateRequest = { ...originOf(call.caller, principal), kind: "check", expression };
    if (variables !== undefined) request.variables = variables;
    if (implicit === false) request.settings = { implicit };
    const cancel = call.house.evaluator.evaluate(request, ({ checked, failure }) => {
      scope.leave(nature);
      if (checked !== undefined) call.answer(checked);
      else call.fail(evaluationError(failure, expression));
    });
    call.onCancel(cancel);
  });
}
