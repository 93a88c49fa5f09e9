/**
 * `calc.evaluate`: an expression in, a result or a named error out, and the entry in the caller's history.
 *
 * Step 5 and 9 of a request's way: makes the job (expression, the few variables it names), hands it to the evaluator,
 * takes over what it assigned, appends to the history, answers after the commit. Evaluates nothing itself.
 */
import type { EvaluateRequest, Verdict } from "../evaluator/evaluator.ts";
import type { Appended, Entry } from "../history/history.ts";
import type { Value } from "../jail/contract.ts";
import { RpcError } from "../protocol/errors.ts";
import type { CalcEvaluateParams, CalcEvaluateResult } from "../protocol/generated/types.ts";
import { turnMs } from "../turn.ts";
import { type Call, type Caller, whenAnswered } from "./call.ts";
import { findRemembered, rowCharsMax } from "./memo.ts";
import { isByChance, type Nature, natureOf, readsOf } from "./nature.ts";
import { type Principal, takeAnswer } from "./principal.ts";
import { recall } from "./recall.ts";
import { describe, entryOf, isRefusal, refuseIdleKey, replay, requestHashOf } from "./recorded.ts";
import { answerCancel, evaluationError, historyRefusal, readRefusal, shareRefusal } from "./refusal.ts";
import { storedJson } from "./stored-json.ts";

/** One evaluation on its way, from the order it was asked in to the reply. */
export type Evaluation = {
  readonly call: Call<CalcEvaluateParams>;
  readonly principal: Principal;
  readonly order: number;
  readonly nature: Nature;
};

/** Refuses what is over the limits, then lets the call in when the calls before it allow. */
export function calcEvaluate(call: Call<CalcEvaluateParams>): void {
  const { expression } = call.params;
  refuseOverLong(expression, call.caller.limits.expressionBytesMax);
  const principal = call.caller.principal();
  refuseIdleKey(call.params, principal.records);
  principal.quota.check();
  principal.used = true;
  const nature = natureOf(expression);
  const evaluation = { call, principal, order: ++principal.calls, nature };
  // The order of the calls is settled here, in the order they came, before anything is waited for.
  if (principal.scope.admit(nature)) return enter(evaluation);
  const askedMs = turnMs();
  answerCancel(call);
  principal.scope.wait(nature, () => {
    if (call.answered) principal.scope.leave(nature);
    else if (turnMs() - askedMs > call.house.config.queueMs) refuseLate(evaluation);
    else enter(evaluation);
  });
}

function enter(evaluation: Evaluation): void {
  const { key } = evaluation.call.params;
  const { answer } = evaluation.principal;
  try {
    if (key === undefined) begin(evaluation, answer);
    else beginOnce(evaluation, key, answer);
  } catch (error) {
    abandon(evaluation, error);
  }
}

/** The calls before it took too long: whoever asked has given up by now. */
function refuseLate(evaluation: Evaluation): void {
  const limit = { name: "queueMs", value: evaluation.call.house.config.queueMs };
  abandon(evaluation, new RpcError("request_timeout", { limit, retryAfterMs: 0 }));
}

/** The way out for an entered call that was not handed to the evaluator. */
function abandon({ call, principal, nature }: Evaluation, error: unknown): void {
  if (!call.answered) call.broken(readRefusal(error));
  principal.scope.leave(nature);
}

/** `too_long` before anything else looks at the text. */
export function refuseOverLong(expression: string, bytesMax: number): void {
  // A UTF-16 unit is at most 3 bytes of UTF-8: short texts need no count.
  if (expression.length * 3 <= bytesMax) return;
  const used = Buffer.byteLength(expression);
  if (used > bytesMax) throw new RpcError("too_long", { limit: { name: "expressionBytesMax", value: bytesMax, used } });
}

/** Looks the key up when no other call has it in work; a call and its retry are not evaluated side by side. */
function beginOnce(evaluation: Evaluation, key: string, answer: Principal["answer"]): void {
  const { principal, call } = evaluation;
  const once = { ...evaluation, call: whenAnswered(call, () => principal.keys.free(key)) };
  principal.keys.take(key, () => {
    if (call.answered) {
      principal.keys.free(key);
      return principal.scope.leave(evaluation.nature);
    }
    answerCancel(once.call);
    call.house.history
      .findKey(principal.ledger.id, key)
      .then((found) => (found === undefined ? begin(once, answer) : settleFound(once, found)))
      .catch((error) => abandon(once, error));
  });
}

function settleFound({ call, principal, nature }: Evaluation, found: { entry: Entry; requestHash: string }): void {
  if (call.answered) return principal.scope.leave(nature);
  if (found.requestHash === requestHashOf(call.params)) replay(call, found.entry);
  else call.fail(new RpcError("key_conflict", { seq: found.entry.seq }));
  principal.scope.leave(nature);
}

/** `answer`: what `ans` is to it. */
function begin(evaluation: Evaluation, answer: Principal["answer"]): void {
  const { principal, nature, call } = evaluation;
  if (!nature.readsAnswers) return evaluate(evaluation, undefined);
  answerCancel(call);
  recall(call.house, principal, call.params.expression, answer).then(
    (recalled) => evaluate(evaluation, recalled),
    (error) => abandon(evaluation, error),
  );
}

function evaluate(evaluation: Evaluation, recalled: Record<string, string> | undefined): void {
  const { call, principal, nature } = evaluation;
  if (call.answered) return principal.scope.leave(nature);
  const request = requestOf(evaluation, recalled);
  const { memo, evaluator } = call.house;
  const repeats = isRepeatable(request, nature);
  const found = repeats ? findRemembered(call.house, request.expression) : undefined;
  if (found !== undefined) {
    call.onCancel(() => undefined); // too late from now on, also while the entry is on its way to the disk
    return settle(evaluation, found);
  }
  const cancel = evaluator.evaluate(request, (verdict) => {
    if (repeats && verdict.value !== undefined) memo.offer(request.expression, verdict.value, verdict.us);
    settle(evaluation, verdict);
  });
  call.onCancel(cancel);
}

/** True when the value depends on nothing but the expression, and whoever may have it may have all that the memo holds. */
function isRepeatable(request: EvaluateRequest, nature: Nature): boolean {
  const { expression, variables, settings, seed, explain, resultBytesMax = 0 } = request;
  if (nature.writes || variables !== undefined || settings !== undefined || seed !== undefined || explain) return false;
  return !(nature.named && isByChance(expression)) && resultBytesMax >= 3 * rowCharsMax;
}

function requestOf({ call, principal, nature }: Evaluation, recalled: Record<string, string> | undefined): EvaluateRequest {
  const { params, caller } = call;
  const { evaluateMs, evaluateMsCeiling, resultBytesMax } = caller.limits;
  const request: EvaluateRequest = {
    client: principal.ledger.id,
    network: caller.network,
    sinceMs: principal.sinceMs,
    account: principal.quota,
    expression: params.expression,
    timeMs: Math.min(params.limits?.timeMs ?? evaluateMs, evaluateMsCeiling),
    resultBytesMax: Math.min(params.limits?.resultBytes ?? resultBytesMax, resultBytesMax),
  };
  const variables = variablesOf(principal, nature, params, recalled);
  if (variables !== undefined) request.variables = variables;
  const number = params.number ?? principal.settings.number;
  const precision = params.precision ?? principal.settings.precision;
  const { implicit } = principal.settings;
  if (number !== undefined || precision !== undefined || implicit !== undefined) {
    request.settings = { ...(number && { number }), ...(precision && { precision }), ...(implicit === false && { implicit }) };
  }
  if (params.seed !== undefined) request.seed = params.seed;
  if (params.explain) request.explain = true;
  return request;
}

/** Whom an evaluation is for. */
export function originOf({ network }: Caller, { ledger, sinceMs, quota }: Principal): Omit<EvaluateRequest, "expression"> {
  return { client: ledger.id, network, sinceMs, account: quota };
}

/** Later ones win: the session's variables, what `ans` and `$n` stand for, the call's own. */
function variablesOf(
  { scope }: Principal,
  nature: Nature,
  params: CalcEvaluateParams,
  recalled: Record<string, string> | undefined,
): Record<string, string> | undefined {
  const selected = scope.select(params.expression, readsOf(nature));
  if (recalled === undefined && params.variables === undefined) return selected;
  const variables: Record<string, string> = Object.assign(Object.create(null), selected, recalled);
  for (const [name, value] of Object.entries(params.variables ?? {})) variables[name] = storedJson(value);
  return variables;
}

/** What becomes of a verdict: told, kept, recorded. The way out of the scope for a call that was handed to the evaluator. */
export function settle(evaluation: Evaluation, verdict: Verdict): void {
  const { call, principal, nature } = evaluation;
  const { scope } = principal;
  if (verdict.value?.assigned === undefined || scope.isNext(nature)) return settleNow(evaluation, verdict);
  // Until those before it are answered it may still be cancelled.
  answerCancel(call);
  scope.inOrder(nature, () => {
    if (call.answered) return scope.leave(nature);
    call.onCancel(() => undefined);
    settleNow(evaluation, verdict);
  });
}

function settleNow(evaluation: Evaluation, verdict: Verdict): void {
  const { call, principal, nature } = evaluation;
  let leaves = true;
  try {
    leaves = conclude(evaluation, verdict);
  } catch (error) {
    call.broken(error);
  } finally {
    // Whatever happened: the calls that wait for this one must not wait for ever.
    if (leaves) principal.scope.leave(nature);
  }
}

/** False when the call leaves by itself, once it is recorded. */
function conclude(evaluation: Evaluation, { value, failure, us }: Verdict): boolean {
  const { call, principal, nature } = evaluation;
  const { expression, key } = call.params;
  if (value === undefined) reply(evaluation, evaluationError(failure, expression), us);
  else if (key === undefined || !isRecorded(evaluation) || !principal.scope.takes(value.assigned)) {
    reply(evaluation, keep(evaluation, value), us);
  } else {
    // Not before it is on disk: where there is no room it is asked again under its key, and must be done once.
    reply(evaluation, value, us, (appended) => {
      if (appended.kind === "stored") keep(evaluation, value);
      principal.scope.leave(nature);
    });
    return false;
  }
  return true;
}

/** Takes over what was assigned and what `ans` is now; when a limit forbids it, nothing, and the evaluation has failed. */
function keep({ call, principal, order }: Evaluation, value: Value): Value | RpcError {
  if (value.assigned !== undefined) {
    const limit = principal.scope.assign(value.assigned);
    if (limit !== undefined) return new RpcError("memory_limit", { limit });
    principal.watch?.changed(Object.keys(value.assigned), call.caller);
  }
  takeAnswer(principal, order, value.value);
  return value;
}

function isRecorded({ call, principal }: Evaluation): boolean {
  return call.params.record ?? principal.records;
}

/** Answers, after the commit when there is an entry. `settled` is told first what became of the entry. */
function reply(evaluation: Evaluation, outcome: Value | RpcError, us: number, settled?: (appended: Appended) => void): void {
  const { call, principal } = evaluation;
  // What was refused was not calculated, so it leaves no entry: the caller may simply ask again.
  if (!isRecorded(evaluation) || isRefusal(outcome)) return respond(call, outcome, us, undefined);
  const entry = entryOf(call.params, outcome, us);
  principal.appends.begin();
  call.house.history.append(principal.ledger, entry, (appended) => {
    principal.appends.answered();
    settled?.(appended);
    finish(call, outcome, us, appended);
  });
}

/** Tells the outcome of a call whose entry is answered. */
export function finish(call: Call<CalcEvaluateParams>, outcome: Value | RpcError, us: number, appended: Appended): void {
  switch (appended.kind) {
    case "stored":
      return respond(call, outcome, us, appended.seq);
    case "replayed":
      return replay(call, appended.entry);
    case "conflict":
      return call.fail(new RpcError("key_conflict", { seq: appended.seq }));
    case "ledgerFull":
      return call.fail(shareRefusal(call.house.config.historyBytesPerClientMax));
    default:
      return call.fail(historyRefusal(appended.kind));
  }
}

function respond(call: Call<CalcEvaluateParams>, outcome: Value | RpcError, us: number, seq: number | undefined): void {
  if (outcome instanceof RpcError) {
    if (seq !== undefined) outcome.data.seq = seq;
    return call.fail(outcome);
  }
  const { type, value, text, assigned, warnings, interpretation } = outcome;
  const result: CalcEvaluateResult =
    assigned === undefined && warnings === undefined && interpretation === undefined
      ? { type, value, text, elapsedUs: us }
      : { ...describe(outcome), elapsedUs: us };
  if (seq !== undefined) result.seq = seq;
  call.answer(result);
}
