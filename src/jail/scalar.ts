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
import type { JailLimits } from "./contract.ts";
import { dropVariables, findVariable, isPlainName, readVariables } from "./line-variables.ts";
import { isDigit, isLetter, literal, readLiteral } from "./literal.ts";
import { isJsonNumber, readStoredNumber } from "./stored.ts";

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

const [TAB, LF, SPACE, OPEN, CLOSE, TIMES, PLUS, MINUS, POINT, SLASH, CARET] = [9, 10, 32, 40, 41, 42, 43, 45, 46, 47, 94];

const NO_VARIABLES: Record<string, string> = {};

/**
 * What is being read: from `at` to `end`, where a line feed stands, so that no look goes past it. Bytes, because looking at a
 * letter of a text costs several times more; `text` has a letter for each of them. One at a time: the jail does one thing after the other.
 */
let bytes: Uint8Array = new Uint8Array(CHARS_MAX + 1);
let text = "";
let at = 0;
let end = 0;
let depth = 0;
/** Variables as the server keeps them. */
let variables: Record<string, string> = {};
/** Set once there is a doubt; from then on every part answers NaN and nothing is read any more. */
let doubtful = false;

const own = bytes;

/** The value of an expression, finite and not -0; undefined when this is not for it to say. */
export function calculateScalar(expression: string, given: Record<string, string>): number | undefined {
  const { length } = expression;
  if (length > CHARS_MAX) return undefined;
  for (let place = 0; place < length; place += 1) {
    const code = expression.charCodeAt(place);
    // No letter beyond ASCII means anything here.
    if (code > 127) return undefined;
    own[place] = code;
  }
  own[length] = LF;
  variables = given;
  dropVariables();
  return calculate(own, expression, 0, length);
}

/**
 * The same of a line among others: `lines` has a line feed at `to`, the expression begins at `from`, and `given`, where it is
 * not 0, is where its variables begin: a JSON object of plain numbers without blanks, each name once. `letters` is `lines` in latin1.
 */
export function calculateLine(lines: Uint8Array, letters: string, given: number, from: number, to: number): number | undefined {
  variables = NO_VARIABLES;
  if (given === 0) dropVariables();
  else if (!readVariables(lines, letters, given)) return undefined;
  return to - from > CHARS_MAX ? undefined : calculate(lines, letters, from, to);
}

function calculate(lines: Uint8Array, letters: string, from: number, to: number): number | undefined {
  bytes = lines;
  text = letters;
  at = from;
  end = to;
  depth = 0;
  doubtful = false;
  const value = sum();
  return doubtful || at < end || !isJsonNumber(value) ? undefined : value;
}

function doubt(): number {
  doubtful = true;
  at = end;
  return Number.NaN;
}

/** The next character that is no space, not taken yet; a line feed at the end. */
function peek(): number {
  for (; ; at += 1) {
    const code = bytes[at] ?? LF;
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

function number(): number {
  const value = readLiteral(bytes, text, at);
  at = literal.end;
  return Number.isNaN(value) ? doubt() : value;
}

function named(): number {
  const from = at;
  for (let code = bytes[at] ?? LF; isLetter(code) || isDigit(code); code = bytes[at] ?? LF) at += 1;
  const value = findVariable(bytes, from, at);
  if (value !== undefined) return peek() === OPEN ? doubt() : value;
  const name = text.slice(from, at);
  const stored = Object.hasOwn(variables, name) ? variables[name] : undefined;
  if (peek() === OPEN) {
    const known = stored === undefined ? FUNCTIONS.get(name) : undefined;
    if (known === undefined) return doubt();
    const argument = group();
    return argument >= known.from ? known.call(argument) : doubt();
  }
  if (stored === undefined) return CONSTANTS.get(name) ?? doubt();
  if (!isPlainName(name)) return doubt();
  return readStoredNumber(stored) ?? doubt();
}
