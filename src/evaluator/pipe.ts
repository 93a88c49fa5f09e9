/**
 * What crosses the pipe, as text: jobs out, outcomes in. The check of what comes in is strict, and `schemas/job.json`
 * by hand, because it runs once per answer.
 *
 * A line is an outcome only when every key is known and every value has its exact shape. `value.value` is free JSON by
 * contract; only its depth is bounded, since the server will write it out again with a recursive writer.
 */
import {
  type Checked,
  type Failure,
  type FailureName,
  idOfToken,
  type JailLimits,
  type Job,
  type Outcome,
  type Position,
  type Ready,
  type Rows,
  type Stored,
  type Value,
} from "../jail/contract.ts";
import type { RowsGiven } from "./evaluator.ts";
import type { Ticket } from "./lane.ts";
import { countNumbers } from "./short-line.ts";

/** An outcome whose every part was looked at. */
export type Heard = Omit<Outcome, "rows"> & { rows?: RowsGiven };

const failureNames: Record<FailureName, true> = {
  syntax_error: true,
  unknown_symbol: true,
  unknown_function: true,
  bad_argument: true,
  unit_mismatch: true,
  domain_error: true,
  function_refused: true,
  access_refused: true,
  unknown_unit: true,
  memory_limit: true,
  result_too_large: true,
  too_deep: true,
  too_many_nodes: true,
};

/** Levels of nesting a value may have. The jail's own depth limit is far below it. */
const valueDepthMax = 512;
/** A shorter line cannot nest deeper than `valueDepthMax`: a level takes two characters. */
const shallowLength = 2 * valueDepthMax;

/**
 * The line of a plain number, as the jail writes nearly all of its lines. What fits is an outcome by its grammar alone, so
 * that no tree has to be built and walked; a line in any other order is looked at the long way.
 */
const plainLine =
  /^\{"id":(0|[1-9]\d{0,14}),"value":\{"type":"number","value":(-?(?:0|[1-9]\d{0,20})(?:\.\d{1,25})?(?:e[+-]\d{1,3})?),"text":"([^"\\\p{Cc}]{0,64})"\},"us":(0|[1-9]\d{0,14})\}$/u;

function parsePlain(line: string): Heard | undefined {
  const found = plainLine.exec(line);
  if (found === null) return undefined;
  const [, id, value, text = "", us] = found;
  return { id: Number(id), us: Number(us), value: { type: "number", value: Number(value), text } };
}

const plainMember = '"value":{"type":"number","value":';
const rowsMember = '"rows":{';

/** Rows are written in this order only. */
const rowsHead = /^\{"id":(?:0|[1-9]\d{0,14}),"rows":\{"values":\[/;
const rowsTail = '],"failed":';

/**
 * The line of rows, in two parts that are JSON each by itself: their values, which are most of it and go on as the text they
 * came as, and the rest. Numbers are told by their grammar; of other values a tree has to be made to be looked at.
 */
function parseRows(line: string, bytes: Uint8Array, begin: number): Heard | undefined {
  const from = rowsHead.exec(line)?.[0].length ?? line.length;
  const to = line.lastIndexOf(rowsTail);
  if (to < from) return undefined;
  const text = line.slice(from, to);
  const found = parse(line.slice(0, from) + line.slice(to));
  if (!isObject(found) || !hasOnly(found, rowsOutcomeKeys) || !isCount(found.id) || !isRows(found.rows)) return undefined;
  if (!(found.us === undefined || isCount(found.us))) return undefined;
  const { failed, failures } = found.rows;
  const given = { failed, failures, text };
  const count = countNumbers(bytes, begin + from, begin + to);
  if (count > 0) return { id: found.id, us: found.us ?? 0, rows: { ...given, count } };
  // With the brackets it has in the line, so that nothing is copied.
  const values = parse(line.slice(from - 1, to + 1));
  if (!Array.isArray(values) || values.length === 0 || !nests(values, valueDepthMax)) return undefined;
  return { id: found.id, us: found.us ?? 0, rows: { ...given, count: values.length, values } };
}

/**
 * The outcome in a line, or undefined when the line is anything else. `line` has no LF, and stands in `bytes` at `begin`, a letter
 * for each byte, or it has other letters than ASCII. Never throws.
 */
export function parseOutcome(line: string, bytes: Uint8Array = Buffer.from(line), begin = 0): Heard | undefined {
  // What the id is followed by tells which of the forms it can be at all.
  const member = line.indexOf(",") + 1;
  if (line.startsWith(plainMember, member)) return parsePlain(line) ?? parseAny(line);
  return (line.startsWith(rowsMember, member) ? parseRows(line, bytes, begin) : undefined) ?? parseAny(line);
}

function parseAny(line: string): Heard | undefined {
  const found = parse(line);
  if (!isObject(found) || !isCount(found.id)) return undefined;
  if (!(found.us === undefined || isCount(found.us))) return undefined;
  const { value, checked, failure, deferred } = found;
  let kinds = 0;
  if (value !== undefined) kinds += isValue(value) && (line.length < shallowLength || nests(value.value, valueDepthMax)) ? 1 : 9;
  if (failure !== undefined) kinds += isFailure(failure) ? 1 : 9;
  if (deferred !== undefined) kinds += deferred === true ? 1 : 9;
  if (checked !== undefined) kinds += isChecked(checked) ? 1 : 9;
  if (kinds !== 1 || !hasOnly(found, outcomeKeys)) return undefined;
  return found as Heard;
}

/** The greeting in a line, or undefined when the line is anything else. Never throws. */
export function parseReady(line: string): Ready | undefined {
  const found = parse(line);
  if (!isObject(found) || !hasOnly(found, ["ready"]) || !isObject(found.ready)) return undefined;
  const { mathjs, node } = found.ready;
  if (!hasOnly(found.ready, ["mathjs", "node"]) || !isText(mathjs, 64) || !isText(node, 64)) return undefined;
  return { ready: { mathjs, node } };
}

/** A job's line, without LF. `cheapOnly` tells the jail to defer what is not cheap. */
export function formatJob({ token, request }: Ticket, cheapOnly: boolean): string {
  const { expression, kind, numbers = "", settings, seed, resultBytesMax, explain } = request;
  const variables = numbers === "" ? request.variables : storedNumbers(numbers);
  const job: Job = { id: idOfToken(token), expression };
  if (kind !== undefined && kind !== "evaluate") job.kind = kind;
  else if (cheapOnly) job.cheapOnly = true;
  if (variables !== undefined) job.variables = variables;
  if (settings !== undefined) job.settings = settings;
  if (seed !== undefined) job.seed = seed;
  if (resultBytesMax !== undefined) job.resultBytesMax = resultBytesMax;
  if (explain) job.explain = explain;
  return JSON.stringify(job);
}

/** Plain numbers as the stored variables they stand for. */
function storedNumbers(numbers: string): Record<string, string> {
  const values: Record<string, unknown> = JSON.parse(numbers);
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, JSON.stringify({ v: value })]));
}

/** The first line to the jail. With `probe` it runs probes, too. */
export function formatStart(start: JailLimits, probe = false): string {
  return `${JSON.stringify(probe ? { start, probe } : { start })}\n`;
}

type Json = Record<string, unknown>;

const outcomeKeys = ["id", "us", "value", "checked", "failure", "deferred"];
const rowsOutcomeKeys = ["id", "us", "rows"];
const valueKeys = ["type", "value", "text", "assigned", "warnings", "interpretation"];
const failureKeys = ["name", "position", "detail", "suggestions", "limit"];
const rowsKeys = ["values", "failed", "failures"];
const rowFailuresMax = 100;
const interpretationLengthMax = 262_144;
const checkedKeys = ["symbols", "assigns", "interpretation", "latex"];
const positionKeys = ["offset", "line", "column", "length"];
/** As `variableName` of `schemas/common.json`; keeps `__proto__` and its kin from ever becoming a key of ours. */
const variableName = /^(?!.*__)[\p{L}_$][\p{L}\p{N}_$]{0,63}$/u;

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isValue(found: unknown): found is Value {
  if (!isObject(found) || !hasOnly(found, valueKeys)) return false;
  if (!isText(found.type, 64) || typeof found.text !== "string" || found.value === undefined) return false;
  if (found.assigned !== undefined && !isAssigned(found.assigned)) return false;
  if (found.interpretation !== undefined && !isText(found.interpretation, interpretationLengthMax)) return false;
  return found.warnings === undefined || isTexts(found.warnings, 16, 200);
}

function isAssigned(found: unknown): found is Record<string, Stored> {
  return isObject(found) && Object.entries(found).every(([name, stored]) => variableName.test(name) && isStored(stored));
}

function isStored(found: unknown): found is Stored {
  if (!isObject(found) || !hasOnly(found, ["text", "type", "needs"])) return false;
  if (typeof found.text !== "string" || !isText(found.type, 64)) return false;
  return found.needs === undefined || isTexts(found.needs);
}

function isFailure(found: unknown): found is Failure {
  if (!isObject(found) || !hasOnly(found, failureKeys)) return false;
  if (typeof found.name !== "string" || !Object.hasOwn(failureNames, found.name)) return false;
  if (found.position !== undefined && !isPosition(found.position)) return false;
  if (found.detail !== undefined && !isText(found.detail, 200)) return false;
  if (found.suggestions !== undefined && !isTexts(found.suggestions, 5, 128)) return false;
  return found.limit === undefined || isLimit(found.limit);
}

function isLimit(found: unknown): found is NonNullable<Failure["limit"]> {
  if (!isObject(found) || !hasOnly(found, ["name", "value", "used"])) return false;
  return isText(found.name, 64) && Number.isFinite(found.value) && (found.used === undefined || Number.isFinite(found.used));
}

function isPosition(found: unknown): found is Position {
  if (!isObject(found) || !hasOnly(found, positionKeys) || !positionKeys.every((key) => isCount(found[key]))) return false;
  return found.line !== 0 && found.column !== 0;
}

function isChecked(found: unknown): found is Checked {
  if (!isObject(found) || !hasOnly(found, checkedKeys) || !isTexts(found.symbols) || !isTexts(found.assigns)) return false;
  return isText(found.interpretation, interpretationLengthMax) && typeof found.latex === "string";
}

/** All but the values. */
function isRows(found: unknown): found is Rows {
  if (!isObject(found) || !hasOnly(found, rowsKeys) || !isCount(found.failed)) return false;
  // The values were taken out; these would be others.
  if (!Array.isArray(found.values) || found.values.length > 0) return false;
  const { failures } = found;
  return Array.isArray(failures) && failures.length <= rowFailuresMax && failures.every(isRowFailure);
}

/** True when a value is explained if, and only if, that was asked for: what nobody asked for must not get into a memo. */
export function fitsValue({ interpretation }: Value, explain = false): boolean {
  return (interpretation !== undefined) === explain;
}

/** True when rows say no more than was asked, and nothing that contradicts itself. */
export function fitsRows({ count, values, failed, failures }: RowsGiven, asked: number): boolean {
  if (count > asked || failed > count || failures.length > failed) return false;
  return failures.every(({ row }, at) => values?.[row] === null && row > (failures[at - 1]?.row ?? -1));
}

function isRowFailure(found: unknown): boolean {
  return isObject(found) && hasOnly(found, ["row", "failure"]) && isCount(found.row) && isFailure(found.failure);
}

function isObject(found: unknown): found is Json {
  return typeof found === "object" && found !== null && !Array.isArray(found);
}

function hasOnly(found: Json, keys: readonly string[]): boolean {
  for (const key in found) if (!keys.includes(key)) return false;
  return true;
}

function isCount(found: unknown): found is number {
  return Number.isSafeInteger(found) && Number(found) >= 0;
}

function isText(found: unknown, lengthMax: number): found is string {
  return typeof found === "string" && found.length <= lengthMax;
}

function isTexts(found: unknown, countMax = Number.POSITIVE_INFINITY, lengthMax = Number.POSITIVE_INFINITY): boolean {
  return Array.isArray(found) && found.length <= countMax && found.every((text) => isText(text, lengthMax));
}

/** True when nothing in `found` lies deeper than `left` levels. */
function nests(found: unknown, left: number): boolean {
  if (typeof found !== "object" || found === null) return true;
  if (left === 0) return false;
  for (const inner of Array.isArray(found) ? found : Object.values(found)) if (!nests(inner, left - 1)) return false;
  return true;
}
