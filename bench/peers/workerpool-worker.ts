/** The process behind `workerpool.ts`: mathjs as it comes. */
import { evaluate } from "mathjs";
import workerpool from "workerpool";

workerpool.worker({
  evaluateFor: (expression: string, variables?: Record<string, unknown>) => evaluate(expression, { ...variables }),
});
