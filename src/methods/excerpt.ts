/** The piece of an expression an error points at, made harmless: at most 64 characters, control characters escaped. */
import type { Position } from "../jail/contract.ts";

const CHARACTERS_MAX = 64;

/** The window of the line that holds `position`, and how many characters of it stand before the place. */
export type Excerpt = { text: string; before: number };

/** Cuts the window so that the place is inside it. */
export function excerptOf(expression: string, position: Position): Excerpt {
  const lineStart = expression.lastIndexOf("\n", position.offset - 1) + 1;
  const newline = expression.indexOf("\n", position.offset);
  const lineEnd = newline === -1 ? expression.length : newline;
  const from = Math.max(lineStart, Math.min(position.offset - CHARACTERS_MAX / 2, lineEnd - CHARACTERS_MAX));
  const text = escapeControls(expression.slice(from, Math.min(lineEnd, from + CHARACTERS_MAX))).slice(0, CHARACTERS_MAX);
  return { text, before: escapeControls(expression.slice(from, position.offset)).length };
}

/** Control and bidirectional characters as `\uXXXX`: what a terminal must never be sent. */
export function escapeControls(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]/gu, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
