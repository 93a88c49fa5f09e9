/** The piece of an expression an error points at, made harmless: at most 64 characters, control characters escaped. */
import { harmless } from "../harmless.ts";
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
  const to = Math.min(lineEnd, from + CHARACTERS_MAX);
  const before = harmless(expression.slice(from, position.offset));
  const after = harmless(expression.slice(Math.max(from, position.offset), to));
  // Escaping makes longer: what is before the place gives way first, so that the place stays in the window.
  const kept = before.slice(Math.max(0, before.length - Math.max(CHARACTERS_MAX / 2, CHARACTERS_MAX - after.length)));
  return { text: (kept + after).slice(0, CHARACTERS_MAX), before: kept.length };
}
