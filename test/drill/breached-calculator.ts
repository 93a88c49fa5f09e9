/**
 * Stands in for `src/jail/calculator.ts` in the test-only bundle: mathjs as it comes, with neither gate nor allowlist in
 * front of it. What it is bundled with is 15.1.1, from which an expression can run code.
 */
import { all, create } from "mathjs";
import type { Calculator } from "../../src/jail/calculator.ts";

/** @public Imported by `src/jail/main.ts` once it is bundled. */
export function makeCalculator(): Calculator {
  const math = create(all ?? {});
  return {
    ready: { mathjs: String(Reflect.get(math, "version")), node: process.versions.node },
    start: () => undefined,
    seal: () => undefined,
    arm: () => undefined,
    calculateLine: () => undefined,
    plan: (job) => ({ job, cheap: false, started: 0 }),
    answer: ({ job: { id, expression } }) => {
      try {
        const found: unknown = math.evaluate(expression, {});
        const value = typeof found === "number" ? found : String(found);
        return JSON.stringify({ id, value: { type: "breached", value, text: String(value) } });
      } catch (error) {
        return JSON.stringify({ id, failure: { name: "bad_argument", detail: String(error).slice(0, 200) } });
      }
    },
  };
}
