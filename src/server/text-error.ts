/** An error as a person reads it: what is wrong, the piece of the line, a caret under the place. */
import { harmless } from "../harmless.ts";
import { excerptOf } from "../methods/excerpt.ts";
import type { RpcError } from "../protocol/errors.ts";

/** Lines that begin with `! `. `expression` is what the error's position counts in. */
export function formatError(error: RpcError, expression: string): string[] {
  const { position, detail, suggestions = [], retryAfterMs, incident } = error.data;
  const parts = [detail === undefined ? `${error.message}.` : `${error.message}: ${harmless(detail)}.`.replace(/\.\.$/, ".")];
  if (suggestions.length > 0) parts.push(`Did you mean ${suggestions.map(harmless).join(", ")}?`);
  if (error.errorName === "unauthenticated" && retryAfterMs === undefined) parts.push("Log in with /login TOKEN.");
  if (retryAfterMs !== undefined) parts.push(`Try again in ${Math.ceil(retryAfterMs / 1000)} s.`);
  if (incident !== undefined) parts.push(`Incident ${incident}.`);
  const lines = [`! ${parts.join(" ")}`];
  if (position === undefined) return lines;
  const { text, before } = excerptOf(expression, position);
  const carets = Math.max(1, Math.min(position.length, text.length - before));
  lines.push(`!   ${text}`, `!   ${" ".repeat(before)}${"^".repeat(carets)}`);
  return lines;
}
