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

/** What stands before the first entry; `extra` names a column in front of the others. */
export function exportHead(format: ExportFormat, ...extra: string[]): string {
  return format === "csv" ? `${[...extra, ...COLUMNS].join(",")}\r\n` : "";
}

/** One entry with its line end; with the id of its ledger in front when many are written. */
export function exportLine(format: ExportFormat, entry: Entry, ledger?: string): string {
  const described = describeEntry(entry);
  if (format === "jsonl") return `${JSON.stringify({ ...(ledger && { ledger }), ...described })}\n`;
  const { seq, at, expression, type = "", text = "", error, elapsedUs, hash } = described;
  const cells = [
    ...(ledger === undefined ? [] : [ledger]),
    seq,
    at,
    expression,
    type,
    text,
    error?.data.name ?? "",
    elapsedUs,
    hash,
  ];
  return `${cells.map((cell) => csvCell(String(cell))).join(",")}\r\n`;
}

function csvCell(text: string): string {
  const harmless = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n;\t]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
