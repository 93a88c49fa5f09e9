/**
 * Where in an expression something is. mathjs's trees carry no positions, so names and operators are looked up in the
 * text again: a scanner that knows strings, comments and numbers, and nothing else of the grammar. Used for failures
 * only, and for counting brackets before mathjs's recursive parser sees them.
 */
import type { Position } from "./contract.ts";

/** Strings (closed or not), comments, numbers with exponent, names, and any other single character. */
const TOKEN =
  /"(?:[^"\\]|\\.)*"?|#[^\n]*|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[\p{L}_$][\p{L}\p{N}_$]*|[<>=!.]=|\?\?|>>>|<<|>>|\.[*/^']|[^\s]/gsu;
/** After one of these an apostrophe means transpose; elsewhere it begins a string. */
const VALUE_END = /[\p{L}\p{N}_$)\]}'"]$/u;

const OPENING = "([{";
const CLOSING = ")]}";

type Token = { text: string; offset: number };

/** The tokens of a text, strings and comments left out. Never throws. */
export function* tokens(source: string): Generator<Token> {
  TOKEN.lastIndex = 0;
  let at = 0;
  let previous = "";
  while (at < source.length) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(source);
    if (!match) return;
    const text = match[0];
    at = match.index + text.length;
    if (text === "'" && !VALUE_END.test(previous)) {
      at = endOfString(source, at);
      previous = "'";
    } else if (text.startsWith('"') || text.startsWith("#")) previous = text.startsWith("#") ? "" : '"';
    else {
      previous = text;
      yield { text, offset: match.index };
    }
  }
}

function endOfString(source: string, from: number): number {
  for (let at = from; at < source.length; at++) {
    if (source[at] === "\\") at++;
    else if (source[at] === "'") return at + 1;
  }
  return source.length;
}

/** True when brackets outside strings and comments nest deeper than `depthMax`. */
export function nestsDeeper(source: string, depthMax: number): boolean {
  let opened = 0;
  for (let at = 0; at < source.length; at++) if (OPENING.includes(source.charAt(at))) opened++;
  if (opened <= depthMax) return false;
  let depth = 0;
  for (const { text } of tokens(source)) {
    if (OPENING.includes(text) && ++depth > depthMax) return true;
    if (CLOSING.includes(text)) depth--;
  }
  return false;
}

/** A position from an offset; offsets beyond the end are moved onto the last character. */
export function positionAt(source: string, offset: number, length = 1): Position {
  const start = Math.max(0, Math.min(offset, source.length));
  const before = source.slice(0, start);
  const line = before.split("\n").length;
  return { offset: start, line, column: start - before.lastIndexOf("\n"), length };
}

/** Where a name or operator first stands in the source, outside strings and comments. */
export function findName(source: string, name: string): Position | undefined {
  for (const { text, offset } of tokens(source)) if (text === name) return positionAt(source, offset, name.length);
  return undefined;
}

/** Where one of several tokens stands, if it is the only one of them in the source: a wrong caret is worse than none. */
export function findOnly(source: string, names: ReadonlySet<string>): Position | undefined {
  let found: Token | undefined;
  for (const token of tokens(source)) {
    if (!names.has(token.text)) continue;
    if (found) return undefined;
    found = token;
  }
  return found && positionAt(source, found.offset, found.text.length);
}
