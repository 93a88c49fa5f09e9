/** A calculator in this process and the parent's part around it: carries variables from job to job as the server does. */
import { makeCalculator } from "../../src/jail/calculator.ts";
import type { Checked, Failure, JailLimits, Job, Outcome, Value } from "../../src/jail/contract.ts";

export const LIMITS: JailLimits = { nodesMax: 2_000, depthMax: 100, elementsMax: 1_000_000, resultBytesMax: 262_144 };

export const calculator = makeCalculator();
calculator.start(LIMITS);

/** Runs one job and reads its line. */
export function runJob(job: Omit<Job, "id">): Outcome {
  return JSON.parse(calculator.answer(calculator.plan({ id: 1, ...job }))) as Outcome;
}

export function evaluated(expression: string, job: Partial<Job> = {}): Value {
  const { value, failure } = runJob({ expression, ...job });
  if (!value) throw new Error(`${expression} failed: ${JSON.stringify(failure)}`);
  return value;
}

export function failureOf(expression: string, job: Partial<Job> = {}): Failure {
  const { failure, value } = runJob({ expression, ...job });
  if (!failure) throw new Error(`${expression} did not fail: ${JSON.stringify(value)}`);
  return failure;
}

export function checkedOf(expression: string): Checked {
  const { checked } = runJob({ expression, kind: "check" });
  if (!checked) throw new Error(`${expression} was not checked`);
  return checked;
}

/** A session: each `ask` sees what the ones before it assigned. */
export function openSession(settings?: Job["settings"]): { ask(expression: string): Value; variables: Record<string, string> } {
  const variables: Record<string, string> = {};
  return {
    variables,
    ask(expression) {
      const value = evaluated(expression, settings ? { variables, settings } : { variables });
      for (const [name, stored] of Object.entries(value.assigned ?? {})) variables[name] = stored.text;
      return value;
    },
  };
}
