/**
 * What is asked: four kinds of work, each with the value that mathjs in this process gives, so that a fast wrong answer
 * counts as a failure.
 */
import { evaluate, replacer } from "mathjs";

export type Question = {
  expression: string;
  variables?: Record<string, number>;
  /** The value as JSON text. */
  expected: string;
};

export type WorkloadName = "UNIQUE" | "FORMULA" | "REPEAT" | "MIX";

export const WORKLOADS: Record<WorkloadName, { about: string; make: (index: number) => Omit<Question, "expected"> }> = {
  UNIQUE: {
    about: "plain arithmetic, no expression twice",
    make: (index) => ({ expression: `${index} * ${(index % 89) + 0.25} + ${index % 97} / 7 - (${index % 13} - 1.5)` }),
  },
  FORMULA: {
    about: "one formula, other variables every time",
    make: (index) => ({
      expression: "price * qty * (1 - discount)",
      variables: { price: 10 + (index % 1_009) / 8, qty: 1 + (index % 61), discount: (index % 20) / 100 },
    }),
  },
  REPEAT: {
    about: "sixteen expressions, over and over",
    make: (index) => ({ expression: `(${index % 16} + 2) * 3.5 / 7 - 1` }),
  },
  MIX: {
    about: "units, matrices, complex and big numbers, functions of one's own",
    make: (index) => ({ expression: mix(index) }),
  },
};

const MIXED: readonly ((n: number) => string)[] = [
  (n) => `${n} inch to cm`,
  (n) => `[[1, ${n}], [3, 4]] * [5, 6]`,
  (n) => `sqrt(-${n}) + 2i`,
  (n) => `bignumber(${n}) / 3`,
  (n) => `f(x) = x ^ 2 + ${n}; f(3)`,
  (n) => `mean([${n}, 2, 3, 4])`,
  (n) => `sin(${n} deg) ^ 2 + cos(${n} deg) ^ 2`,
  (n) => `${n} km/h to m/s`,
];

function mix(index: number): string {
  return MIXED[index % MIXED.length]?.(1 + (index % 991)) ?? "";
}

/** Questions `from` to `from + count`, with their answers. */
export function makeQuestions(name: WorkloadName, from: number, count: number): Question[] {
  const { make } = WORKLOADS[name];
  return Array.from({ length: count }, (_, index) => {
    const question = make(from + index);
    return { ...question, expected: JSON.stringify(evaluate(question.expression, { ...question.variables }), replacer) };
  });
}
