/**
 * What the server answered, read member by member into what the terminal commands print.
 *
 * A server is a stranger to a terminal: wrong members are left out, never believed. Knows no colours and no sockets.
 */
import { asObject, type ClientError } from "../client/exchange.ts";

/** A result of `calc.evaluate`. */
export type Answer = { type: string; value: unknown; text: string; seq?: number; assigned: string[]; warnings: string[] };

/** `line` and `column` count from 1, `column` and `length` in UTF-16 units. */
export type Place = { line: number; column: number; length: number };

/** What a person is told about an error. */
export type Failure = { name: string; message: string; detail?: string; place?: Place; suggestions: string[] };

export type Entry = { seq: number; at: string; expression: string; text?: string; failed?: string };

/** Reads a result of `calc.evaluate`; undefined when it is none. */
export function readAnswer(result: unknown): Answer | undefined {
  const { type, value, text, seq, assigned, warnings } = asObject(result) ?? {};
  if (typeof text !== "string") return undefined;
  const answer = {
    type: typeof type === "string" ? type : "",
    value,
    text,
    assigned: strings(assigned),
    warnings: strings(warnings),
  };
  return typeof seq === "number" ? { ...answer, seq } : answer;
}

/** Reads what an error is about. */
export function readFailure(error: ClientError): Failure {
  const { detail, position, suggestions } = error.data;
  const failure: Failure = { name: error.name, message: error.message, suggestions: strings(suggestions) };
  if (typeof detail === "string" && detail !== "") failure.detail = detail;
  const place = readPlace(position);
  if (place !== undefined) failure.place = place;
  return failure;
}

/** True when the same request may well succeed later. */
export function isForLater(error: ClientError): boolean {
  return error.data["retryable"] === true || typeof error.data["retryAfterMs"] === "number";
}

/** Reads the entries of `history.list`, oldest first. */
export function readEntries(result: unknown): Entry[] {
  const { entries } = asObject(result) ?? {};
  return list(entries).flatMap((item) => readEntry(item) ?? []);
}

/** Reads the names `calc.complete` offers, in its order. */
export function readCompletions(result: unknown): string[] {
  return strings(list(asObject(result)?.["names"]).map((item) => asObject(item)?.["name"]));
}

/** Reads the names of `scope.list`. */
export function readVariableNames(result: unknown): string[] {
  return strings(list(asObject(result)?.["variables"]).map((item) => asObject(item)?.["name"]));
}

/** Reads one member that is a text; empty when it is none. */
export function readText(result: unknown, name: string): string {
  const text = asObject(result)?.[name];
  return typeof text === "string" ? text : "";
}

/** Reads the members that are numbers, of the result itself or of the object under `name`. */
export function readNumbers(result: unknown, name?: string): [string, number][] {
  const object = asObject(name === undefined ? result : asObject(result)?.[name]) ?? {};
  return Object.entries(object).flatMap(([key, value]): [string, number][] => (typeof value === "number" ? [[key, value]] : []));
}

function readEntry(item: unknown): Entry | undefined {
  const { seq, at, expression, text, error } = asObject(item) ?? {};
  if (typeof seq !== "number" || typeof expression !== "string") return undefined;
  const entry: Entry = { seq, at: typeof at === "string" ? at : "", expression };
  if (typeof text === "string") entry.text = text;
  const { message, data } = asObject(error) ?? {};
  const { detail } = asObject(data) ?? {};
  if (error !== undefined) entry.failed = [detail, message, "failed"].find((said) => typeof said === "string") ?? "";
  return entry;
}

function readPlace(position: unknown): Place | undefined {
  const { line, column, length } = asObject(position) ?? {};
  if (!isCount(line) || !isCount(column)) return undefined;
  return { line, column, length: isCount(length) ? length : 1 };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 1;
}

function strings(value: unknown): string[] {
  return list(value).filter((item) => typeof item === "string");
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
