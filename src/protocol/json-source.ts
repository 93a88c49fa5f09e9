/**
 * The source text of parts of a JSON document: what `JSON.parse` forgets. `1.0`, `1e400` and `"\u0041"` are ids whose
 * echo must be byte-exact, and their values no longer tell how they were written.
 *
 * Everything here but `isDeeper` reads text that `JSON.parse` has accepted, and checks nothing again.
 * Nothing here recurses, and every character is looked at a bounded number of times.
 */
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const ID = '"id"';

/**
 * True when brackets in the text, outside strings, nest deeper than `depthMax`; the text may be anything.
 * Asked before `JSON.parse`, so that nothing that recurses ever sees a message that deep.
 */
export function isDeeper(text: string, depthMax: number): boolean {
  // A document one level too deep has this many brackets; most messages are shorter and are not scanned at all.
  if (text.length < 2 * (depthMax + 1)) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) at = endOfString(text, at) - 1;
    else if (unit === OPEN_LIST || unit === OPEN_OBJECT) depth++;
    else if (unit === CLOSE_LIST || unit === CLOSE_OBJECT) depth--;
    if (depth > depthMax) return true;
  }
  return false;
}

/** The source of the own `id` of a JSON object that has one. Of duplicate keys the last counts, as in `JSON.parse`. */
export function idSource(text: string): string {
  const key = text.indexOf(ID);
  // Without escapes `"id"` is a whole string, and the only one is the key: no need to walk over the other members.
  if (key !== -1 && text.indexOf(ID, key + ID.length) === -1 && !text.includes("\\")) {
    const start = skipBlank(text, skipBlank(text, key + ID.length) + 1);
    return text.slice(start, endOfValue(text, start));
  }
  return memberSource(text, "id");
}

/** The source of an own member of a JSON object, "null" when it has none. Of duplicate keys the last counts. */
export function memberSource(text: string, name: string): string {
  let source = "null";
  let at = skipBlank(text, skipBlank(text, 0) + 1);
  while (text.charCodeAt(at) === QUOTE) {
    const endOfKey = endOfString(text, at);
    const start = skipBlank(text, skipBlank(text, endOfKey) + 1);
    const end = endOfValue(text, start);
    if (isKey(text.slice(at, endOfKey), name)) source = text.slice(start, end);
    at = skipComma(text, end);
  }
  return source;
}

/** The sources of the items of a JSON array, in order. */
export function itemSources(text: string): string[] {
  const sources: string[] = [];
  let at = skipBlank(text, skipBlank(text, 0) + 1);
  while (text.charCodeAt(at) !== CLOSE_LIST) {
    const end = endOfValue(text, at);
    sources.push(text.slice(at, end));
    at = skipComma(text, end);
  }
  return sources;
}

function isKey(key: string, name: string): boolean {
  return key === `"${name}"` || (key.includes("\\") && JSON.parse(key) === name);
}

function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;
}

export function skipBlank(text: string, from: number): number {
  let at = from;
  while (isBlank(text.charCodeAt(at))) at++;
  return at;
}

function skipComma(text: string, from: number): number {
  const at = skipBlank(text, from);
  return text.charCodeAt(at) === COMMA ? skipBlank(text, at + 1) : at;
}

/** The index after the string whose opening quote is at `start`; the end of the text when it never closes. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let before = quote - 1;
    while (text.charCodeAt(before) === BACKSLASH) before--;
    if ((quote - before) % 2 === 1) return quote + 1;
  }
  return text.length;
}

function endOfValue(text: string, start: number): number {
  const unit = text.charCodeAt(start);
  if (unit === QUOTE) return endOfString(text, start);
  return unit === OPEN_LIST || unit === OPEN_OBJECT ? endOfBrackets(text, start) : endOfWord(text, start);
}

/** Numbers, `true`, `false`, `null`. */
function endOfWord(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === COMMA || unit === CLOSE_OBJECT || unit === CLOSE_LIST || isBlank(unit)) break;
  }
  return at;
}

function endOfBrackets(text: string, start: number): number {
  let depth = 0;
  let at = start;
  do {
    const unit = text.charCodeAt(at);
    if (unit === OPEN_LIST || unit === OPEN_OBJECT) depth++;
    else if (unit === CLOSE_LIST || unit === CLOSE_OBJECT) depth--;
    at = unit === QUOTE ? endOfString(text, at) : at + 1;
  } while (depth > 0);
  return at;
}
