/** Evaluating what was typed: what a line without a slash does too. */
import { harmless } from "../harmless.ts";
import type { CalcEvaluateResult } from "../protocol/generated/types.ts";
import type { Command, Teller } from "./command.ts";
import { server } from "./spoken.ts";
import { formatError } from "./text-error.ts";

export const CALC: Command = {
  args: "EXPRESSION",
  summary: "evaluates; a line without a slash does the same",
  detail: ["/calc 2 inch to cm", "x = 3 keeps x for later lines, f(t) = t^2 + x keeps a function, ans is the last result."],
  run: calculate,
};

/** Says the result, or what is wrong and where. */
export function calculate(expression: string, teller: Teller): void {
  if (expression === "") return teller.say(["! There is nothing to calculate. Type an expression, or /help."]);
  teller.call("calc.evaluate", { expression }, (error, result) => {
    if (error !== undefined) return teller.say(formatError(error, expression));
    const { text, warnings = [] } = result as CalcEvaluateResult;
    teller.say([`= ${harmless(text)}`, ...warnings.map((warning) => server(harmless(warning)))]);
  });
}
