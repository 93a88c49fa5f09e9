/**
 * `calc.evaluate`: an expression in, a result or a named error out, and the entry in the caller's history.
 *
 * Step 5 and 9 of a request's way: makes the job (expression, the few variables it names), hands it to the evaluator,
 * takes over what it assigned, appends to the history, answers after the commit. Evaluates nothing itself.
 */
import type { EvaluateRequest, Refusal, Verdict } from "../evaluator/evaluator.ts";
import type { Appended, Entry, NewEntry } from "../history/history.ts";
import type { Failure, Value } from "../jail/contract.ts";
import { type ErrorData, RpcError, toErrorObject } from "../protocol/errors.ts";
import type { CalcEvaluateParams, CalcEvaluateResult } from "../protocol/generated/types.ts";
import type { Call } from "./call.ts";
import { excerptOf } from "./excerpt.ts";
import { hashToken, type Principal } from "./principal.ts";
import { recall } from "./recall.ts";
import { type Nature, natureOf } from "./scope.ts";
import { storedJson } from "./stored-json.ts";

/** One evaluation on its way, from the order it was asked in to the reply. */
type Evaluation = {
  readonly call: Call<CalcEvaluateParams>;
  readonly principal: Principal;
  readonly order: number;
  readonly nature: Nature;
};

/** Refuses what is over the limits, then lets the call in when the calls before it allow. */
export function calcEvaluate(call: Call<CalcEvaluateParams>): void {
  const { expression, key } = call.params;
  refuseOverLong(expression, call.house.config.expressionBytesMax);
  const principal = call.caller.principal();
  principal.used = true;
  const evaluation = { call, principal, order: ++principal.calls, nature: natureOf(expression) };
  if (key === undefined) begin(evaluation);
  else replayOrBegin(evaluation, key).catch((error) => call.broken(error));
}

/** `too_long` before anything else looks at the text. */
export function refuseOverLong(expression: string, bytesMax: number): void {
  // A UTF-16 unit is at most 3 bytes of UTF-8: short texts need no count.
  if (expression.length * 3 <= bytesMax) return;
  const used = Buffer.byteLength(expression);
  if (used > bytesMax) throw new RpcError("too_long", { limit: { name: "expressionBytesMax", value: bytesMax, used } });
}

async function replayOrBegin(evaluation: Evaluation, key: string): Promise<void> {
  const { call, principal } = evaluation;
  const found = await call.house.history.findKey(principal.ledger.id, key);
  if (found === undefined) begin(evaluation);
  else if (found.requestHash !== requestHashOf(call.params)) call.fail(new RpcError("key_conflict", { seq: found.entry.seq }));
  else replay(call, found.entry);
}

function begin(evaluation: Evaluation): void {
  const { principal, nature, call } = evaluation;
  principal.scope.enter(nature, () => {
    if (nature.readsAnswers) recall(call.house, principal, call.params.expression, (recalled) => evaluate(evaluation, recalled));
    else evaluate(evaluation, undefined);
  });
}

function evaluate(evaluation: Evaluation, recalled: Record<string, string> | undefined): void {
  const { call, principal } = evaluation;
  const { params } = call;
  const request: EvaluateRequest = { client: principal.ledger.id, expression: params.expression };
  const variables = variablesOf(principal, params, recalled);
  if (variables !== undefined) request.variables = variables;
  const number = params.number ?? principal.settings.number;
  const precision = params.precision ?? principal.settings.precision;
  if (number !== undefined || precision !== undefined) {
    request.settings = { ...(number && { number }), ...(precision && { precision }) };
  }
  if (params.limits?.timeMs !== undefined) request.timeMs = params.limits.timeMs;
  if (params.limits?.resultBytes !== undefined) request.resultBytesMax = params.limits.resultBytes;
  call.onCancel(call.house.evaluator.evaluate(request, (verdict) => settle(evaluation, verdict)));
}

/** Later ones win: the session's variables, what `ans` and `$n` stand for, the call's own. */
function variablesOf(
  principal: Principal,
  params: CalcEvaluateParams,
  recalled: Record<string, string> | undefined,
): Record<string, string> | undefined {
  const selected = principal.scope.select(params.expression);
  if (recalled === undefined && params.variables === undefined) return selected;
  const variables: Record<string, string> = Object.assign(Object.create(null), selected, recalled);
  for (const [name, value] of Object.entries(params.variables ?? {})) variables[name] = storedJson(value);
  return variables;
}

function settle(evaluation: Evaluation, verdict: Verdict): void {
  const { principal, nature, order } = evaluation;
  let error: RpcError | undefined;
  const { value } = verdict;
  if (value === undefined) error = errorOf(evaluation, verdict.failure);
  else if (value.assigned !== undefined) {
    const limit = principal.scope.assign(value.assigned);
    if (limit !== undefined) error = new RpcError("memory_limit", { limit });
  }
  if (error === undefined && value !== undefined && (principal.answer === undefined || principal.answer.order < order)) {
    principal.answer = { order, value };
  }
  reply(evaluation, error ?? value, verdict.us);
  principal.scope.leave(nature);
}

function errorOf({ call }: Evaluation, failure: Failure | Refusal | undefined): RpcError {
  if (failure === undefined) return new RpcError("engine_crashed", {});
  return evaluationError(failure, call.params.expression);
}

/** The named error of a failure, with the piece of the expression it points at. */
export function evaluationError(failure: Failure | Refusal, expression: string): RpcError {
  const { name, ...rest } = failure;
  const data: ErrorData = rest;
  if (data.position !== undefined) data.excerpt = excerptOf(expression, data.position).text;
  return new RpcError(name, data);
}

function reply(evaluation: Evaluation, outcome: Value | RpcError | undefined, us: number): void {
  const { call, principal } = evaluation;
  if (outcome === undefined) return call.fail(new RpcError("engine_crashed", {}));
  // What was refused was not calculated, so it leaves no entry: the caller may simply ask again.
  if (call.params.record === false || isRefusal(outcome)) return respond(call, outcome, us, undefined);
  call.house.history.append(principal.ledger, entryOf(call.params, outcome, us), (appended) => {
    finish(call, outcome, us, appended);
  });
}

function isRefusal(outcome: Value | RpcError): boolean {
  return outcome instanceof RpcError && outcome.code < 0;
}

function finish(call: Call<CalcEvaluateParams>, outcome: Value | RpcError, us: number, appended: Appended): void {
  switch (appended.kind) {
    case "stored":
      return respond(call, outcome, us, appended.seq);
    case "replayed":
      return replay(call, appended.entry);
    case "conflict":
      return call.fail(new RpcError("key_conflict", { seq: appended.seq }));
    case "full":
      return call.fail(new RpcError("storage_full", { retryAfterMs: 1000 }));
    case "busy":
      return call.fail(new RpcError("server_busy", { retryAfterMs: 100 }));
    case "closed":
      return call.fail(new RpcError("shutting_down", {}));
  }
}

function respond(call: Call<CalcEvaluateParams>, outcome: Value | RpcError, us: number, seq: number | undefined): void {
  if (outcome instanceof RpcError) {
    if (seq !== undefined) outcome.data.seq = seq;
    return call.fail(outcome);
  }
  const { type, value, text, assigned, warnings } = outcome;
  const result: CalcEvaluateResult = { type, value, text, elapsedUs: us };
  if (seq !== undefined) result.seq = seq;
  if (assigned !== undefined) result.assigned = Object.keys(assigned);
  if (warnings !== undefined) result.warnings = warnings;
  call.answer(result);
}

/** The stored outcome, byte for byte what was first answered, marked as a replay. */
function replay(call: Call<CalcEvaluateParams>, entry: Entry): void {
  const stored = JSON.parse(entry.outcome);
  if (entry.failed) call.fail(new RpcError(stored.error.data.name, { ...stored.error.data, seq: entry.seq }));
  else call.answer({ ...stored, elapsedUs: entry.elapsedUs, seq: entry.seq, replayed: true });
}

function entryOf(params: CalcEvaluateParams, outcome: Value | RpcError, elapsedUs: number): NewEntry {
  const failed = outcome instanceof RpcError;
  const entry: NewEntry = {
    at: Date.now(),
    expression: params.expression,
    outcome: failed ? JSON.stringify({ error: toErrorObject(outcome) }) : outcomeText(outcome),
    summary: (failed ? outcome.errorName : outcome.text).slice(0, 256),
    failed,
    elapsedUs,
  };
  if (params.key !== undefined) {
    entry.key = params.key;
    entry.requestHash = requestHashOf(params);
  }
  return entry;
}

function outcomeText({ type, value, text, assigned, warnings }: Value): string {
  return JSON.stringify({
    type,
    value,
    text,
    ...(assigned && { assigned: Object.keys(assigned) }),
    ...(warnings && { warnings }),
  });
}

/** Same key means same request: everything that can change the answer, in one order. */
function requestHashOf({ expression, variables, number, precision, limits }: CalcEvaluateParams): string {
  return hashToken(JSON.stringify([expression, variables, number, precision, limits]));
}
