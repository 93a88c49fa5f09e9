/** What the server answers otherwise than mathjs, and means to: each difference has one of these rules, or is a failure. */
import { isDeepStrictEqual } from "node:util";
import { DENIED, isAllowed, isUnsafeName } from "../src/jail/allowlist.ts";
import type { Answer, Question } from "./reference.ts";

export type Told = {
  result?: { type: string; value: unknown; text: string; warnings?: string[] };
  error?: { name: string; line: string };
};

/** `session`: the expression and all before it. */
type Rule = { rule: string; holds(question: Question, told: Told, theirs: Answer | undefined, session: string): boolean };

/** What the session holds from then on is not the same on both sides. */
export const DRAWN = "the eigenvectors of a matrix that is not symmetric begin with random ones";

const SLOW_MS = 20;
const SIZES: readonly string[] = ["memory_limit", "result_too_large", "too_deep", "too_many_nodes", "too_long"];
/** What the server may say of that which mathjs works at for long; the last ones before anything is evaluated. */
export const STOPS: readonly string[] = ["time_limit", ...SIZES, "unknown_function", "function_refused", "access_refused"];
const ASSIGNED = /([A-Za-z_$][\w$]*)\s*(?:\([^()]*\))?\s*=(?!=)/g;

const names = (text: string): string[] => text.match(/[A-Za-z_$][\w$]*/g) ?? [];
const called = (text: string): string[] => text.match(/[A-Za-z_$][\w$]*(?=\s*\()/g) ?? [];
/** A number of a tree that is read anew may be a fraction. */
const withoutOnes = (text = ""): string => text.replaceAll(/(?<=\d)\/1\b/g, "");
const assigned = (text: string): string[] => [...text.matchAll(ASSIGNED)].map(([, name = ""]) => name);

const RULES: readonly Rule[] = [
  {
    rule: "what takes long is stopped",
    holds: (_, { error }, theirs) => error?.name === "time_limit" && (theirs === undefined || theirs.cpuMs > SLOW_MS),
  },
  { rule: "what is large is refused", holds: (_, { error }) => SIZES.includes(error?.name ?? "") },
  {
    rule: "some functions are refused",
    holds: ({ expression }, { error }) =>
      error?.name === "function_refused" && names(expression).some((name) => DENIED.has(name) || !isAllowed(name)),
  },
  {
    rule: "built-in names are not assigned",
    holds: ({ expression }, { error }) =>
      /^(function|access)_refused$/.test(error?.name ?? "") && assigned(expression).some(isAllowed),
  },
  {
    rule: "a function does not keep a result that is called back",
    holds: ({ expression }, { error }) => error?.name === "access_refused" && /\)\s*=(?!=).*\$\d/s.test(expression),
  },
  {
    rule: "names that lead to the engine are reserved",
    holds: ({ expression }, { error }) => error?.name === "access_refused" && names(expression).some(isUnsafeName),
  },
  {
    rule: "methods are not called and properties are not assigned",
    holds: ({ expression }, { error }) =>
      error?.name === "access_refused" && /\.\s*[A-Za-z_$]\w*\s*(\(|=)|\]\s*(\(|=)|\)\s*\(/.test(expression),
  },
  {
    rule: "a function is written as its head or name, not as the engine's source",
    holds: (_, { result }, theirs) =>
      result?.type === theirs?.result?.type &&
      /^function\b|function \w*\(/.test(theirs?.result?.text ?? "") &&
      result?.text.includes("{\n") === false,
  },
  {
    rule: "a stored tree is read anew from its text",
    holds: ({ expression, number }, { result }, theirs) =>
      (/Node"/.test(JSON.stringify(result ?? "")) || (number === "Fraction" && result?.type === "string")) &&
      withoutOnes(result?.text) === withoutOnes(theirs?.result?.text) &&
      !/simplify|derivative|parse/.test(expression),
  },
  {
    rule: "a unit that mathjs makes and cannot write cannot be kept either",
    holds: ({ expression, number }, { error }) =>
      number === "BigNumber" &&
      error?.name === "bad_argument" &&
      /Cannot implicitly convert a number with >15/.test(error.line) &&
      /\bnum(?:ber|eric)\(/.test(expression),
  },
  {
    rule: "a product of units in a variable is shown in the units it was made with, not in those read last or first",
    holds: (_, { result }, theirs) =>
      result?.type === "Unit" &&
      isDeepStrictEqual(result.value, theirs?.result?.value) &&
      /[ ^/]/.test(String(Object(result.value).unit)),
  },
  {
    rule: "a plain number has 14 digits, `precision` is that of BigNumbers",
    holds: ({ precision }, { result }, theirs) =>
      precision !== undefined && result?.type === "number" && isDeepStrictEqual(result.value, theirs?.result?.value),
  },
  {
    rule: "a transform turns by tau as a plain number, not as a BigNumber of few digits",
    holds: ({ number }, { result }, theirs, session) =>
      /fft\b/.test(session) && number === "BigNumber" && result !== undefined && result.type === theirs?.result?.type,
  },
  {
    rule: DRAWN,
    holds: (_, { result }, theirs, session) =>
      /\beigs\b/.test(session) && result !== undefined && result.type === theirs?.result?.type,
  },
  {
    rule: "an unknown function is told before anything is evaluated",
    holds: ({ expression }, { error }, theirs) =>
      error?.name === "unknown_function" && (theirs?.unknownCalls ?? called(expression).some((name) => !isAllowed(name))),
  },
];

/** The rule that explains the difference in the answers to the last question of a session, or undefined. */
export function explain(session: readonly Question[], told: Told, theirs: Answer | undefined): string | undefined {
  const question = session.at(-1) ?? { expression: "" };
  const text = session.map(({ expression }) => expression).join("\n");
  return RULES.find(({ holds }) => holds(question, told, theirs, text))?.rule;
}
