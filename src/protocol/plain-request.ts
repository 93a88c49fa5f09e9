/**
 * The commonest request, read in one pass over its text: `calc.evaluate` under a small whole number as its id, of an
 * expression in ASCII without escapes that assigns nothing, with at most some plain numbers as variables, and `record`.
 *
 * `message.ts` and the validators stay the authority: on any doubt there is no answer here, and the request is read as if
 * nothing had been tried. `test/protocol/plain-request.test.ts` shows that what is read here is read alike there.
 */
import { hashOn } from "./hash.ts";
import { Phrase } from "./phrase.ts";

export type PlainRequest = {
  /** Source text of the id, and its value. */
  id: string;
  key: number;
  expression: string;
  /** Of the expression, begun with the seed that was given. */
  hash: number;
  /** True when something in the expression may be a name. */
  named: boolean;
  /** The source text of the variables, numbers all of them, each name once; empty when there are none. */
  numbers: string;
  record: boolean | undefined;
};

export type TextFrame = { kind: "text"; text: string; plain?: PlainRequest };

const HEAD = new Phrase('{"jsonrpc":"2.0","id":');
const MIDDLE = new Phrase(',"method":"calc.evaluate","params":{"expression":"');
const VARIABLES = new Phrase(',"variables":{"');
const RECORDED = new Phrase(',"record":true}}');
const UNRECORDED = new Phrase(',"record":false}}');

/** Longer ones are rare. So many digits are a small integer for V8; a number of so many is exact, and so is its text. */
const LENGTH_MAX = 1_024;
const ID_DIGITS_MAX = 9;
const NUMBER_DIGITS_MAX = 15;
const NAME_LENGTH_MAX = 64;
const NAMES_MAX = 16;

const [QUOTE, DOLLAR, COMMA, MINUS, POINT, ZERO, NINE, COLON, EQUALS, UNDERSCORE, BACKSLASH, CLOSE] = [
  0x22, 0x24, 0x2c, 0x2d, 0x2e, 0x30, 0x39, 0x3a, 0x3d, 0x5f, 0x5c, 0x7d,
];
const LETTER_V = 0x76;

/** Where the request stands, among others: looking at a letter of a text costs several times more. */
let bytes: Uint8Array = new Uint8Array();
let view = new DataView(bytes.buffer);

/** What the passes below have found: one request is read at a time. */
const found = { key: 0, hash: 0, named: false };
const names = { count: 0, from: new Uint16Array(NAMES_MAX), to: new Uint16Array(NAMES_MAX) };

/**
 * Reads the frame `text`, which stands in `source` from `begin` on in UTF-8, a line feed, a carriage return or the end behind it;
 * undefined when it is anything else, or there is a doubt. `seed` begins the hash. Keeps `source` until the next is read.
 */
export function readPlainRequest(text: string, source: Uint8Array, begin: number, seed: number): PlainRequest | undefined {
  const end = begin + text.length;
  if (text.length > LENGTH_MAX || text.length < HEAD.length + MIDDLE.length) return undefined;
  if (source !== bytes) {
    bytes = source;
    view = new DataView(source.buffer, source.byteOffset, source.length);
  }
  if (!HEAD.standsAt(view, begin)) return undefined;
  const idEnd = passId(begin + HEAD.length);
  if (idEnd === 0 || idEnd + MIDDLE.length > end || !MIDDLE.standsAt(view, idEnd)) return undefined;
  const from = idEnd + MIDDLE.length;
  const to = passExpression(from, seed);
  if (to === 0) return undefined;
  let at = to + 1;
  let numbers = "";
  if (bytes[at + 2] === LETTER_V && at + VARIABLES.length <= end && VARIABLES.standsAt(view, at)) {
    const first = at + VARIABLES.length - 2;
    at = passVariables(first + 1);
    if (at === 0) return undefined;
    numbers = text.slice(first - begin, at - begin);
  }
  const record = readRecord(at, end);
  if (record === null) return undefined;
  const id = text.slice(HEAD.length, idEnd - begin);
  const expression = text.slice(from - begin, to - begin);
  return { id, key: found.key, expression, hash: found.hash, named: found.named, numbers, record };
}

/** The frame of a text that stands in `source` at `begin`, with what it asks when it is a plain request; without a seed nobody looks. */
export function readText(text: string, source: Uint8Array, begin: number, seed: number | undefined): TextFrame {
  const plain = seed === undefined ? undefined : readPlainRequest(text, source, begin, seed);
  return plain === undefined ? { kind: "text", text } : { kind: "text", text, plain };
}

/** True, false, undefined where the request ends without; null when it ends otherwise. */
function readRecord(at: number, end: number): boolean | undefined | null {
  if (at + UNRECORDED.length === end && UNRECORDED.standsAt(view, at)) return false;
  if (at + RECORDED.length === end && RECORDED.standsAt(view, at)) return true;
  return at + 2 === end && bytes[at] === CLOSE && bytes[at + 1] === CLOSE ? undefined : null;
}

/** The end of the whole number, 0 when there is a doubt. */
function passId(from: number): number {
  let at = from;
  let key = 0;
  for (let code = bytes[at] ?? 0; isDigit(code); code = bytes[at] ?? 0) {
    key = key * 10 + (code - ZERO);
    at += 1;
  }
  found.key = key;
  const isFine = at > from && at - from <= ID_DIGITS_MAX && (bytes[from] !== ZERO || at === from + 1);
  return isFine ? at : 0;
}

/** The place of the closing quote, 0 when there is a doubt: what is not ASCII, escapes, `=`, and `$`, which may name what was answered before. */
function passExpression(from: number, seed: number): number {
  let hash = seed;
  let named = false;
  // A line feed ends it, if nothing does before.
  for (let at = from; ; at += 1) {
    const code = bytes[at] ?? 0;
    if (code === QUOTE) {
      found.hash = hash;
      found.named = named;
      return at === from ? 0 : at;
    }
    if (code < 0x20 || code > 0x7f || code === BACKSLASH || code === EQUALS || code === DOLLAR) return 0;
    hash = hashOn(hash, code);
    if (code > 0x40 && isLetter(code)) named = true;
  }
}

/** From the quote of the first name to behind the closing brace; 0 when there is a doubt. */
function passVariables(from: number): number {
  names.count = 0;
  for (let at = from; ; at += 1) {
    if (bytes[at] !== QUOTE || names.count === NAMES_MAX) return 0;
    const close = passName(at + 1);
    if (close === 0 || bytes[close + 1] !== COLON) return 0;
    at = passNumber(close + 2);
    if (at === 0) return 0;
    const code = bytes[at] ?? 0;
    if (code === CLOSE) return at + 1;
    if (code !== COMMA) return 0;
  }
}

/** The place of the quote behind a name that was not there before, of ASCII letters, digits and single `_`; 0 when there is a doubt. */
function passName(from: number): number {
  let at = from;
  for (let code = bytes[at] ?? 0; isLetter(code) || (isDigit(code) && at > from); code = bytes[at] ?? 0) {
    if (code === UNDERSCORE && bytes[at + 1] === UNDERSCORE) return 0;
    at += 1;
  }
  if (at === from || at - from > NAME_LENGTH_MAX || bytes[at] !== QUOTE) return 0;
  for (let place = 0; place < names.count; place += 1) {
    const other = names.from[place] ?? 0;
    if ((names.to[place] ?? 0) - other === at - from && isSame(other, from, at - from)) return 0;
  }
  names.from[names.count] = from;
  names.to[names.count] = at;
  names.count += 1;
  return at;
}

function isSame(one: number, other: number, length: number): boolean {
  for (let at = 0; at < length; at += 1) if (bytes[one + at] !== bytes[other + at]) return false;
  return true;
}

/** The end of a number that is written without an exponent, is exact as a double, and is not -0; 0 when there is a doubt. */
function passNumber(from: number): number {
  const first = bytes[from] === MINUS ? from + 1 : from;
  let at = first;
  let anyDigits = 0;
  for (let code = bytes[at] ?? 0; isDigit(code); code = bytes[at] ?? 0) {
    anyDigits |= code - ZERO;
    at += 1;
  }
  if (at === first || (bytes[first] === ZERO && at > first + 1)) return 0;
  if (bytes[at] === POINT) {
    const point = at;
    at += 1;
    for (let code = bytes[at] ?? 0; isDigit(code); code = bytes[at] ?? 0) {
      anyDigits |= code - ZERO;
      at += 1;
    }
    if (at === point + 1) return 0;
  }
  return at - first > NUMBER_DIGITS_MAX || (first > from && anyDigits === 0) ? 0 : at;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === UNDERSCORE;
}
