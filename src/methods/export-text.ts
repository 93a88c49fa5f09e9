/**
 * Entries of a history as text for other programs: JSON lines, or CSV by RFC 4180 that a spreadsheet will not execute.
 *
 * An expression such as `=cmd|...` is text here and a formula there: a cell that begins like a formula gets an apostrophe in
 * front, unless it is a plain number.
 */
import type { Entry } from "../history/history.ts";
import { describeEntry } from "./entry.ts";

export type ExportFormat = "jsonl" | "csv";

const COLUMNS = ["seq", "at", "expression", "type", "text", "error", "elapsedUs", "hash"];
/** What spreadsheets take for the beginning of a formula, full-width forms and leading blanks included. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@|\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** What stands before the first entry. */
export function exportHead(format: ExportFormat): string {
  return format === "csv" ? `${COLUMNS.join(",")}\r\n` : "";
}

/** One entry with its line end. */
export function exportLine(format: ExportFormat, entry: Entry): string {
  const described = describeEntry(entry);
  if (format === "jsonl") return `${JSON.stringify(described)}\n`;
  const { seq, at, expression, type = "", text = "", error, elapsedUs, hash } = described;
  const cells = [seq, at, expression, type, text, error?.data.name ?? "", elapsedUs, hash];
  return `${cells.map((cell) => csvCell(String(cell))).join(",")}\r\n`;
}

function csvCell(text: string): string {
  const harmless = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n;\t]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
