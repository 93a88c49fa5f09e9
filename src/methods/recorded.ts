/** What a calculation leaves in its client's history, so that it can be told again: the entry, and what makes two requests one. */
import type { Entry, NewEntry } from "../history/history.ts";
import type { Value } from "../jail/contract.ts";
import { RpcError, toErrorObject } from "../protocol/errors.ts";
import type { CalcEvaluateParams, CalcEvaluateResult } from "../protocol/generated/types.ts";
import { turnDate } from "../turn.ts";
import type { Call } from "./call.ts";
import { hashToken } from "./principal.ts";

/** The stored outcome, byte for byte what was first answered, marked as a replay. */
export function replay(call: Call<CalcEvaluateParams>, entry: Entry): void {
  const stored = JSON.parse(entry.outcome);
  if (entry.failed) call.fail(new RpcError(stored.error.data.name, { ...stored.error.data, seq: entry.seq, replayed: true }));
  else call.answer({ ...stored, elapsedUs: entry.elapsedUs, seq: entry.seq, replayed: true });
}

/** A key is found again in the history only: where nothing is recorded, a repeated call would be done twice. */
export function refuseIdleKey({ key, record }: CalcEvaluateParams, records: boolean): void {
  if (key === undefined || (record ?? records)) return;
  throw new RpcError("invalid_params", { path: "/key", detail: "needs a call that is recorded: record: true, or no key" });
}

/** True for what was not calculated. */
export function isRefusal(outcome: Value | RpcError): boolean {
  return outcome instanceof RpcError && outcome.code < 0;
}

/** The entry a calculation leaves. */
export function entryOf(params: CalcEvaluateParams, outcome: Value | RpcError, elapsedUs: number): NewEntry {
  const failed = outcome instanceof RpcError;
  const json = JSON.stringify(failed ? { error: toErrorObject(outcome) } : describe(outcome));
  const entry = entryOfValue(params.expression, json, failed ? outcome.errorName : outcome.text, elapsedUs);
  entry.failed = failed;
  if (params.key !== undefined) {
    entry.key = params.key;
    entry.requestHash = requestHashOf(params);
  }
  return entry;
}

/** The entry of a value that is told as `json`, without a key. */
export function entryOfValue(expression: string, json: string, text: string, elapsedUs: number): NewEntry {
  return { at: turnDate(), expression, outcome: json, summary: text.slice(0, 256), failed: false, elapsedUs };
}

/** What a peer is told of a value, now and in every replay. */
export function describe({
  type,
  value,
  text,
  assigned,
  warnings,
  interpretation,
}: Value): Omit<CalcEvaluateResult, "elapsedUs"> {
  const described: Omit<CalcEvaluateResult, "elapsedUs"> = { type, value, text };
  if (assigned !== undefined) described.assigned = Object.keys(assigned);
  if (warnings !== undefined) described.warnings = warnings;
  if (interpretation !== undefined) described.interpretation = interpretation;
  return described;
}

/** Same key means same request: everything that can change the answer, in one order; members of an object have none. */
export function requestHashOf({ expression, variables, number, precision, limits, seed, explain }: CalcEvaluateParams): string {
  // Hashes of older entries have no place for these.
  const seeded = explain ? [seed, explain] : seed === undefined ? [] : [seed];
  return hashToken(JSON.stringify([expression, variables, number, precision, limits, ...seeded], inOrder));
}

/** For `JSON.stringify`: objects with their members by name. */
function inOrder(_name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
