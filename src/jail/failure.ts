/**
 * From whatever mathjs throws to a named failure with a place and suggestions.
 *
 * mathjs throws plain errors with English messages; the table below is the only place that reads them. What is not in
 * the table is `bad_argument`: mathjs checks its arguments and complains, the rest of its errors have classes.
 * A stack, a path or an internal value never gets into a failure.
 */
import { ALLOWED, DENIED } from "./allowlist.ts";
import type { Failure, FailureName, Position } from "./contract.ts";
import { findName, findOnly, positionAt } from "./position.ts";
import { Refusal, refusalBehind } from "./refusal.ts";
import { suggest } from "./suggestion.ts";
import { children, type Node } from "./tree.ts";

const DETAIL_MAX = 200;

/** What is known about the expression that failed. */
export type Circumstances = {
  source: string;
  /** Undefined when it did not parse: then positions in the error belong to the source itself. */
  node: Node | undefined;
  /** Names of the variables that were there. */
  variables: string[];
  /** Names of all units, without prefixes. */
  units: string[];
};

/** First match wins. A group in the pattern is the name the failure is about. */
const PATTERNS: readonly (readonly [RegExp, FailureName])[] = [
  [/Maximum call stack size exceeded/, "too_deep"],
  [
    /Invalid (?:array|string) length|Maximum BigInt size|BigInt is too big|allocation failed|Set maximum size|Map maximum size/i,
    "memory_limit",
  ],
  [/^Undefined symbol (\S+)$/, "unknown_symbol"],
  [/^Undefined function (\S+)$/, "unknown_function"],
  [/^Unit "(.*)" not found\.?$/, "unknown_unit"],
  [/^No access to (?:property|method) "(.*)"$/, "access_refused"],
  [/^Cannot access (?:method|property) "(\w*)"/, "access_refused"],
  [/Units do not match|Cannot convert to a unit with a value|is no angle|unit conversion/i, "unit_mismatch"],
  [
    /singular|determinant is zero|non-negative|must be positive|must be (?:an )?integer|integers? (?:number )?expected|division by zero|zero to a negative|empty array|converge|is no real|less than or equal|greater than|must be odd|must be integer|out of (?:range|bounds)|dividing by zero/i,
    "domain_error",
  ],
];

/** How the functions behind operators are written. A Map: the key may be anything a client wrote. */
const OPERATORS: ReadonlyMap<string, readonly string[]> = new Map([
  ["add", ["+"]],
  ["subtract", ["-"]],
  ["unaryMinus", ["-"]],
  ["unaryPlus", ["+"]],
  ["multiply", ["*"]],
  ["dotMultiply", [".*"]],
  ["divide", ["/"]],
  ["dotDivide", ["./"]],
  ["pow", ["^"]],
  ["dotPow", [".^"]],
  ["mod", ["%", "mod"]],
  ["factorial", ["!"]],
  ["ctranspose", ["'"]],
  ["to", ["to", "in"]],
  ["leftShift", ["<<"]],
  ["range", [":"]],
  ["index", ["["]],
  ["larger", [">"]],
  ["smaller", ["<"]],
  ["equal", ["=="]],
]);

type Complaint = { name: FailureName; about?: string; message: string; char?: number };

/** Maps an exception of parsing, gating or evaluating. Never throws. */
export function failureOf(error: unknown, circumstances: Circumstances): Failure {
  const refusal = error instanceof Refusal ? error : refusalBehind(error instanceof Error ? error.message : "");
  if (refusal) return withPlace(refusal.failure, refusal.about, circumstances);
  const complaint = complaintOf(error, circumstances.node === undefined);
  const failure: Failure = { name: complaint.name };
  // What is unknown is said by the place and the name of the failure; mathjs's words would only repeat it.
  if (!complaint.name.startsWith("unknown_")) failure.detail = tidy(complaint.message);
  if (complaint.char !== undefined) failure.position = positionAt(circumstances.source, complaint.char - 1);
  return withPlace(failure, complaint.about, circumstances);
}

/** A function that is called but is neither built in nor a variable. */
export function unknownFunction(name: string, circumstances: Circumstances): Failure {
  return withPlace({ name: "unknown_function" }, name, circumstances);
}

function complaintOf(error: unknown, isParsing: boolean): Complaint {
  if (!(error instanceof Error)) return { name: "bad_argument", message: "The calculation failed" };
  // A callback's own error arrives wrapped in the name of the function that called it.
  const message = error.message.replace(/^(?:Function \w+ cannot apply callback arguments to function [^:]*: )+/, "");
  if (error instanceof SyntaxError && "char" in error && typeof error.char === "number") {
    const text = message.replace(/ \(char \d+\)$/, "");
    return isParsing
      ? { name: "syntax_error", message: text, char: error.char }
      : { name: "syntax_error", message: `In a text: ${text}` };
  }
  for (const [pattern, name] of PATTERNS) {
    const match = pattern.exec(message);
    if (match) return match[1] === undefined ? { name, message, ...aboutOf(error, message) } : { name, about: match[1], message };
  }
  return { name: "bad_argument", message: message || "The calculation failed", ...aboutOf(error, message) };
}

/** The function an error of mathjs is about: typed-function says so, other messages name it. */
function aboutOf(error: Error, message: string): { about?: string } {
  const data = "data" in error ? error.data : undefined;
  if (typeof data === "object" && data !== null && "fn" in data && typeof data.fn === "string") return { about: data.fn };
  const named = /\bfunction (\w+)/.exec(message)?.[1] ?? /^'(\w+)' is not a function/.exec(message)?.[1];
  return named === undefined ? {} : { about: named };
}

/** Source of the engine, as JavaScript writes a function into a message: `Cannot convert function n(e,t){…`. */
const SOURCE = /(?:\bfunction\b[^(]*\([^)]*\)\s*\{|\([^()]*\)\s*=>|[\w$]+\s*=>|\bclass\b[^{]*\{).*$/s;

/** At most 200 characters, control characters escaped, without source. */
function tidy(message: string): string {
  const escaped = message
    .slice(0, 4 * DETAIL_MAX)
    .replace(SOURCE, "a function")
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return escaped.length > DETAIL_MAX ? `${escaped.slice(0, DETAIL_MAX - 1)}…` : escaped;
}

function withPlace(failure: Failure, about: string | undefined, circumstances: Circumstances): Failure {
  const { source, node, variables, units } = circumstances;
  const out: Failure = { ...failure };
  if (about !== undefined && out.name === "unknown_symbol" && node && isUnitPlace(node, about)) out.name = "unknown_unit";
  const position = out.position ?? placeOf(source, node, about);
  if (position && out.name !== "too_many_nodes") out.position = position;
  if (about !== undefined && out.name.startsWith("unknown_")) {
    const pool =
      out.name === "unknown_function"
        ? [...variables, ...ALLOWED]
        : out.name === "unknown_unit"
          ? [...units, ...variables]
          : [...variables, ...ALLOWED, ...units];
    const suggestions = suggest(about, pool);
    if (suggestions.length > 0) out.suggestions = suggestions;
    if (DENIED.has(about)) out.name = "function_refused";
  }
  return out;
}

function placeOf(source: string, node: Node | undefined, about: string | undefined): Position | undefined {
  if (about !== undefined) {
    const base = about.replace(/Scalar$/, "");
    const found = findName(source, about) ?? findName(source, base) ?? findOnly(source, new Set(OPERATORS.get(base)));
    if (found) return found;
  }
  return node && placeOfRoot(source, node);
}

/** The place of the outermost call or operator, when its name stands only once in the source. */
function placeOfRoot(source: string, node: Node): Position | undefined {
  if (node.type === "ParenthesisNode") return placeOfRoot(source, node.content);
  if (node.type === "AssignmentNode") return placeOfRoot(source, node.value);
  if (node.type === "FunctionNode" && node.fn.type === "SymbolNode") return findOnly(source, new Set([node.fn.name]));
  return node.type === "OperatorNode" ? findOnly(source, new Set([node.op, ...(OPERATORS.get(node.fn) ?? [])])) : undefined;
}

/** True where only a unit makes sense: right after a number (`2 foo`), or converted from or to (`5 inch to foo`). */
function isUnitPlace(node: Node, name: string): boolean {
  if (node.type === "OperatorNode" && node.fn === "to" && holds(node, name)) return true;
  if (node.type === "OperatorNode" && node.implicit && name.length > 1) {
    const [left, right] = node.args;
    if (left?.type === "ConstantNode" && right && holds(right, name)) return true;
  }
  return (children(node) ?? []).some((child) => isUnitPlace(child, name));
}

const holds = (node: Node, name: string): boolean =>
  node.type === "SymbolNode" ? node.name === name : (children(node) ?? []).some((child) => holds(child, name));
