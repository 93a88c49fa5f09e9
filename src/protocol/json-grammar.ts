/**
 * Whether a text is JSON, said without throwing.
 *
 * `JSON.parse` makes of each text it refuses a script in V8's old heap, which holds the whole text until the next collection of
 * everything: a peer that sends nothing but garbage had the server stop for one once or twice a second, and each refusal cost
 * some twenty times what it costs here. For texts that are JSON `JSON.parse` is faster, so only who has sent garbage is read
 * twice.
 *
 * The grammar is that of RFC 8259. Nothing recurses, and every character is looked at a bounded number of times.
 */
import { skipBlank } from "./json-source.ts";

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
/** The first character that may stand in a string as itself. */
const PRINTABLE = 0x20;
const NOWHERE = -1;

const WORD = /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const ESCAPE = /["\\/bfnrt]|u[0-9a-fA-F]{4}/y;

/** True for exactly the texts that `JSON.parse` accepts. */
export function isJson(text: string): boolean {
  /** What closes the lists and objects we are in. */
  const closers: number[] = [];
  let at = skipBlank(text, 0);
  while (at !== NOWHERE) {
    const closer = closerOf(text.charCodeAt(at));
    const inside = skipBlank(text, at + 1);
    if (closer !== undefined && text.charCodeAt(inside) !== closer) {
      closers.push(closer);
      at = startOfItem(text, inside, closer);
      continue;
    }
    at = skipBlank(text, closer === undefined ? endOfScalar(text, at) : inside + 1);
    for (; closers.length > 0 && text.charCodeAt(at) === closers.at(-1); at = skipBlank(text, at + 1)) closers.pop();
    if (closers.length === 0) return at === text.length;
    at = text.charCodeAt(at) === COMMA ? startOfItem(text, skipBlank(text, at + 1), closers.at(-1)) : NOWHERE;
  }
  return false;
}

function closerOf(unit: number): number | undefined {
  if (unit === OPEN_LIST) return CLOSE_LIST;
  return unit === OPEN_OBJECT ? CLOSE_OBJECT : undefined;
}

/** Where the value of an item begins: in an object after its name. */
function startOfItem(text: string, at: number, closer: number | undefined): number {
  if (closer === CLOSE_LIST) return at;
  const colon = text.charCodeAt(at) === QUOTE ? skipBlank(text, endOfString(text, at)) : NOWHERE;
  return text.charCodeAt(colon) === COLON ? skipBlank(text, colon + 1) : NOWHERE;
}

function endOfScalar(text: string, at: number): number {
  return text.charCodeAt(at) === QUOTE ? endOfString(text, at) : endOf(WORD, text, at);
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) return at + 1;
    if (unit < PRINTABLE) return NOWHERE;
    if (unit !== BACKSLASH) continue;
    at = endOf(ESCAPE, text, at + 1) - 1;
    if (at < start) return NOWHERE;
  }
  return NOWHERE;
}

/** Where a match that begins at `at` ends. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : NOWHERE;
}
