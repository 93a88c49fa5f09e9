/**
 * Plain scalar arithmetic in one pass over the text, without a tree: most of what a calculator is asked, at a tenth of the
 * cost of parsing it for mathjs.
 *
 * Gives up on any doubt, and then the expression takes the ordinary way as if nothing had been tried. What it does
 * calculate is mathjs's own value bit for bit: the same operations on the same numbers in the same order. It calls
 * nothing but `Math`, so there is nothing here for the gate to guard.
 *
 *   sum     = product { ("+" | "-") product }
 *   product = signed { ("*" | "/") signed }
 *   signed  = ("+" | "-") signed | power
 *   power   = primary [ "^" signed ]
 *   primary = number | variable | constant | function "(" sum ")" | "(" sum ")"
 */
import { isUnsafeName } from "./allowlist.ts";
import type { JailLimits } from "./contract.ts";
import { SCALAR_TEXT } from "./stored.ts";

/** Longer and deeper texts go the ordinary way. A text has no more nodes than characters. */
const CHARS_MAX = 256;
const DEPTH_MAX = 24;

/** True when nothing that is calculated here could be over the limits. */
export function fitsScalars({ nodesMax, depthMax }: JailLimits): boolean {
  return nodesMax >= CHARS_MAX && depthMax >= DEPTH_MAX;
}

/** What a name stands for where no variable has it. mathjs gives the same doubles. */
export const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ["pi", Math.PI],
  ["tau", 2 * Math.PI],
  ["e", Math.E],
]);

/** Functions of one real number for which mathjs calls the same function of `Math`, and from which number on it does. */
export const FUNCTIONS: ReadonlyMap<string, { from: number; call: (x: number) => number }> = new Map([
  ["sqrt", { from: 0, call: Math.sqrt }],
  ["log", { from: 0, call: Math.log }],
  ["abs", { from: Number.NEGATIVE_INFINITY, call: Math.abs }],
  ["exp", { from: Number.NEGATIVE_INFINITY, call: Math.exp }],
  ["sin", { from: Number.NEGATIVE_INFINITY, call: Math.sin }],
  ["cos", { from: Number.NEGATIVE_INFINITY, call: Math.cos }],
  ["tan", { from: Number.NEGATIVE_INFINITY, call: Math.tan }],
]);

/** Words mathjs reads as operators and constants, whatever a variable of that name holds. */
const WORDS: ReadonlySet<string> = new Set("and end false in Infinity mod NaN not null or to true undefined xor".split(" "));

const [TAB, SPACE, OPEN, CLOSE, TIMES, PLUS, MINUS, POINT, SLASH, ZERO, NINE, CARET] = [
  9, 32, 40, 41, 42, 43, 45, 46, 47, 48, 57, 94,
];

const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;
const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;

/** What is being read. One at a time: the jail does one thing after the other. */
let text = "";
let at = 0;
let depth = 0;
let variables: Record<string, string> = {};
/** Set once there is a doubt; from then on every part answers NaN and nothing is read any more. */
let doubtful = false;

/** The value of an expression, finite and not -0; undefined when this is not for it to say. */
export function calculateScalar(expression: string, given: Record<string, string>): number | undefined {
  if (expression.length > CHARS_MAX) return undefined;
  text = expression;
  at = 0;
  depth = 0;
  variables = given;
  doubtful = false;
  const value = sum();
  if (doubtful || at < text.length || !Number.isFinite(value) || Object.is(value, -0)) return undefined;
  return value;
}

function doubt(): number {
  doubtful = true;
  at = text.length;
  return Number.NaN;
}

/** The next character that is no space, not taken yet; NaN at the end. */
function peek(): number {
  for (; ; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== SPACE && code !== TAB) return code;
  }
}

function sum(): number {
  let value = product();
  for (;;) {
    const code = peek();
    if (code !== PLUS && code !== MINUS) return value;
    at += 1;
    value = code === PLUS ? value + product() : value - product();
  }
}

function product(): number {
  let value = signed();
  for (;;) {
    const code = peek();
    if (code !== TIMES && code !== SLASH) return value;
    at += 1;
    value = code === TIMES ? value * signed() : value / signed();
  }
}

function signed(): number {
  const code = peek();
  if (code !== PLUS && code !== MINUS) return power();
  at += 1;
  depth += 1;
  const value = depth > DEPTH_MAX ? doubt() : signed();
  depth -= 1;
  return code === MINUS ? -value : value;
}

function power(): number {
  const base = primary();
  if (peek() !== CARET) return base;
  at += 1;
  depth += 1;
  const exponent = depth > DEPTH_MAX ? doubt() : signed();
  depth -= 1;
  // Roots of negative numbers are complex, and at infinity mathjs has rules of its own.
  if ((base < 0 && !Number.isInteger(exponent)) || !Number.isFinite(exponent)) return doubt();
  return base ** exponent;
}

function primary(): number {
  const code = peek();
  if (isDigit(code) || code === POINT) return number();
  if (isLetter(code)) return named();
  return code === OPEN ? group() : doubt();
}

function group(): number {
  at += 1;
  depth += 1;
  const value = depth > DEPTH_MAX ? doubt() : sum();
  depth -= 1;
  if (peek() !== CLOSE) return doubt();
  at += 1;
  return value;
}

/** A literal such as `12`, `.5`, `1.5e-3`. `1.` is left to mathjs, which reads `1.*2` in its own way; so is `2x`. */
function number(): number {
  const from = at;
  const whole = digits();
  let isLiteral = whole > 0;
  if (text.charCodeAt(at) === POINT) {
    at += 1;
    isLiteral = digits() > 0;
  }
  const mark = text.charCodeAt(at) | 32;
  if (mark === 101) {
    at += 1;
    const sign = text.charCodeAt(at);
    if (sign === PLUS || sign === MINUS) at += 1;
    isLiteral &&= digits() > 0;
  }
  const next = text.charCodeAt(at);
  if (!isLiteral || isLetter(next) || next === POINT) return doubt();
  return Number(text.slice(from, at));
}

/** Passes digits; how many there were. */
function digits(): number {
  const from = at;
  while (isDigit(text.charCodeAt(at))) at += 1;
  return at - from;
}

function named(): number {
  const from = at;
  for (let code = text.charCodeAt(at); isLetter(code) || isDigit(code); code = text.charCodeAt(at)) at += 1;
  const name = text.slice(from, at);
  const stored = Object.hasOwn(variables, name) ? variables[name] : undefined;
  if (peek() === OPEN) {
    const known = stored === undefined ? FUNCTIONS.get(name) : undefined;
    if (known === undefined) return doubt();
    const argument = group();
    return argument >= known.from ? known.call(argument) : doubt();
  }
  if (stored === undefined) return CONSTANTS.get(name) ?? doubt();
  if (!plainNames.has(name) && !isPlainName(name)) return doubt();
  return SCALAR_TEXT.test(stored) ? Number(stored.slice(5, -1)) : doubt();
}

/** Names of variables that were found to be nothing else; thrown away when there are so many. */
const plainNames = new Set<string>();
const PLAIN_NAMES_MAX = 1_000;

function isPlainName(name: string): boolean {
  // The gate refuses unsafe names.
  if (isUnsafeName(name) || WORDS.has(name)) return false;
  if (plainNames.size >= PLAIN_NAMES_MAX) plainNames.clear();
  plainNames.add(name);
  return true;
}
