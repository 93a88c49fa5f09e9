/**
 * Answers, errors and history entries as lines for a terminal. Pure: text in, lines out.
 *
 * Whatever comes from outside leaves here without control characters: a terminal obeys them, and neither a server nor a
 * pasted expression may give it orders. Colours are the caller's `Paint`, laid around text that is already harmless.
 */
import { harmless } from "../harmless.ts";
import type { Answer, Entry, Failure } from "./reply.ts";

/** How to show a piece of text; identity without colours. */
export type Paint = (style: "result" | "error" | "note" | "caret", text: string) => string;

export const plain: Paint = (_style, text) => text;

/** Drawn two columns wide by terminals: East Asian wide and full-width forms, and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
/** Drawn onto the character before. */
const JOINING = /\p{Mn}|\p{Me}|[\u1160-\u11ff]|\u200c|\u200d/u;
/** Columns shown of a long source line. */
const SOURCE_COLUMNS_MAX = 100;

/** Columns the text takes on a terminal. It must be escaped already. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += JOINING.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/** A result as lines: matrices row by row, everything else as the server wrote it. */
export function answerLines(answer: Answer, paint: Paint): string[] {
  const rows = matrixRows(answer) ?? answer.text.split("\n").map(harmless);
  const warnings = answer.warnings.map((warning) => paint("note", `  (${harmless(warning)})`));
  return [...rows.map((row, at) => `${at === 0 ? "= " : "  "}${paint("result", row)}`), ...warnings];
}

/** An error as lines: what is wrong, the line of the expression it is about, a caret under the place, near names. */
export function failureLines(failure: Failure, expression: string, paint: Paint): string[] {
  const said = harmless(failure.detail ?? failure.message);
  const lines = [`${paint("error", said)} ${paint("note", `(${harmless(failure.name)})`)}`];
  if (failure.place !== undefined) lines.push(...caretLines(expression, failure.place, paint));
  if (failure.suggestions.length > 0) lines.push(`  did you mean ${failure.suggestions.map(harmless).join(", ")}?`);
  return lines;
}

/** History entries as lines, numbers aligned. */
export function entryLines(entries: Entry[], paint: Paint): string[] {
  const width = String(entries.at(-1)?.seq ?? 0).length;
  return entries.map(({ seq, expression, text, failed }) => {
    const outcome = failed === undefined ? `= ${paint("result", harmless(text ?? ""))}` : paint("error", `! ${harmless(failed)}`);
    return `${paint("note", String(seq).padStart(width))}  ${harmless(expression)}  ${outcome}`;
  });
}

function caretLines(expression: string, place: { line: number; column: number; length: number }, paint: Paint): string[] {
  const line = expression.split("\n")[place.line - 1];
  if (line === undefined) return [];
  const at = Math.min(place.column - 1, line.length);
  const before = harmless(line.slice(0, at).replaceAll("\t", " "));
  const marked = harmless(line.slice(at, at + place.length).replaceAll("\t", " "));
  const after = harmless(line.slice(at + place.length).replaceAll("\t", " "));
  const lead = clip(before, SOURCE_COLUMNS_MAX / 2, "end");
  const shown = clip(marked, SOURCE_COLUMNS_MAX / 2, "start");
  const rest = clip(after, SOURCE_COLUMNS_MAX / 4, "start");
  const carets = "^".repeat(Math.max(1, displayWidth(shown)));
  return [`  ${lead}${shown}${rest}`, `  ${" ".repeat(displayWidth(lead))}${paint("caret", carets)}`];
}

/** At most `columnsMax` characters from one end of the text; an ellipsis stands for what was left out. */
function clip(text: string, columnsMax: number, keep: "start" | "end"): string {
  const characters = Array.from(text);
  if (characters.length <= columnsMax) return text;
  return keep === "start" ? `${characters.slice(0, columnsMax).join("")}…` : `…${characters.slice(-columnsMax).join("")}`;
}

/** The rows of a two-dimensional matrix with aligned columns; undefined when the answer is something else. */
function matrixRows({ type, text }: Answer): string[] | undefined {
  if (!/Matrix$|^Array$/.test(type) || !text.startsWith("[[")) return undefined;
  const rows = splitList(text)?.map(splitList);
  if (rows === undefined || !rows.every((row) => row !== undefined && row.length === rows[0]?.length)) return undefined;
  const cells = rows.map((row) => (row ?? []).map(harmless));
  if (cells.flat().some((cell) => cell.startsWith("["))) return undefined;
  const widths = (cells[0] ?? []).map((_, column) =>
    cells.reduce((most, row) => Math.max(most, displayWidth(row[column] ?? "")), 0),
  );
  return cells.map((row) => `[ ${row.map((cell, at) => " ".repeat((widths[at] ?? 0) - displayWidth(cell)) + cell).join("  ")} ]`);
}

/** The items of a bracketed list, brackets and strings inside respected; undefined when it is not one list. */
function splitList(text: string): string[] | undefined {
  if (!text.startsWith("[") || !text.endsWith("]")) return undefined;
  const items: string[] = [];
  let depth = 0;
  let start = 1;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\](){},]/g)) {
    if ("[({".includes(token)) depth += 1;
    else if ("])}".includes(token)) depth -= 1;
    if ((token === "," && depth === 1) || (token === "]" && depth === 0)) {
      items.push(text.slice(start, index).trim());
      start = index + 1;
    }
    if (depth === 0 && index < text.length - 1) return undefined;
  }
  return depth === 0 ? items : undefined;
}
