/**
 * A plain request (`protocol/plain-request.ts`) on the short way from its text to its reply: the same gates as in `dispatch.ts`
 * and `methods/calc-evaluate.ts`, in the same order, for a call that most of them do not concern. One object stands for the
 * call, for what the evaluator is asked and for whoever is told.
 *
 * What the short way does not know it leaves to the long one: at the door, where nothing was done yet, when the verdict is
 * more than a value, and when its entry was not simply stored, with a `CallInFlight` in its place.
 */
import { mayCall } from "../access/role.ts";
import { finish, settle } from "../methods/calc-evaluate.ts";
import type { Account, Appended, Call, Caller, EvaluateRequest, Value, Verdict } from "../methods/call.ts";
import { findRemembered, type Remembered, valueMembers } from "../methods/memo.ts";
import { isByChance, type Nature, PLAIN, READS } from "../methods/nature.ts";
import { type Principal, takeAnswer } from "../methods/principal.ts";
import { entryOfValue } from "../methods/recorded.ts";
import { METHODS } from "../protocol/generated/methods.ts";
import type { CalcEvaluateParams } from "../protocol/generated/types.ts";
import { encodeValue, numberMembers } from "../protocol/message.ts";
import type { PlainRequest } from "../protocol/plain-request.ts";
import { turnMs } from "../turn.ts";
import { CallInFlight, type Desk, type Reply, slowCall, traceOf } from "./dispatch.ts";

const METHOD = "calc.evaluate";

/** Who is told of the reply. */
export type Asker = {
  /** The reply of a call that ends on the short way; `seq` of its entry, if it left one. */
  tell(id: string, key: number, reply: string, seq: number | undefined): void;
  /** What tells the reply of one that ends on the long way. */
  replyTo(id: string, key: number): Reply;
};

/** Lets a request in: answers its reply when that is known, the call to begin when it is not, undefined when it must go the long way. */
export function admitPlain(desk: Desk, caller: Caller, request: PlainRequest, asker: Asker): string | PlainCall | undefined {
  const { memo, traces } = desk.house;
  const { limits } = caller;
  if (desk.draining || !mayCall(caller.standing, METHODS[METHOD].role)) return undefined;
  // Whatever is taken down of an answer is taken down on the long way.
  if (traces.isOn || desk.slowCalls.isSlow(0)) return undefined;
  if (request.expression.length * 3 > limits.expressionBytesMax) return undefined;
  const principal = caller.principal();
  const nature = request.named ? { ...READS, sees: request.expression } : PLAIN;
  if (!isPlainFor(principal, request, nature) || !principal.quota.hasRoom || !principal.scope.admit(nature)) return undefined;
  principal.used = true;
  principal.calls += 1;
  const repeats = request.numbers === "" && memo.fits(limits);
  const found = repeats ? findRemembered(desk.house, request.expression, request.hash) : undefined;
  if (found?.members === undefined || isRecorded(principal, request)) {
    return new PlainCall(desk, caller, principal, request, asker, repeats, found);
  }
  takeAnswer(principal, principal.calls, found.value.value);
  desk.tally.answeredAtOnce(METHOD);
  principal.scope.leave(nature);
  return encodeValue(request.id, found.members, found.us);
}

function isRecorded({ records }: Principal, { record }: PlainRequest): boolean {
  return record ?? records;
}

/** True when the value depends on nothing but the request. */
function isPlainFor({ settings, scope }: Principal, { expression, named }: PlainRequest, nature: Nature): boolean {
  // Whatever settings there will be: who has any goes the long way.
  for (const _ in settings) return false;
  return !named || (!expression.includes("ans") && !isByChance(expression) && scope.isStrangeTo(nature));
}

/** What is told of a value; undefined when there is more to tell than that. */
function membersOf({ value, json }: Verdict): string | undefined {
  if (value === undefined) return undefined;
  return json === undefined ? valueMembers(value) : numberMembers(json, value.text);
}

export class PlainCall implements EvaluateRequest {
  readonly client: string;
  readonly network: string;
  readonly sinceMs: number;
  readonly account: Account;
  readonly expression: string;
  readonly numbers: string;
  readonly timeMs: number;
  readonly resultBytesMax: number;
  readonly #desk: Desk;
  readonly #caller: Caller;
  readonly #principal: Principal;
  readonly #request: PlainRequest;
  readonly #asker: Asker;
  readonly #repeats: boolean;
  readonly #found: Remembered | undefined;
  readonly #order: number;
  readonly #number: number;
  readonly #begunMs = turnMs();
  #cancel: (() => void) | undefined;

  /** `found`: what is remembered of its expression; `repeats`: what is found now may be. */
  constructor(
    desk: Desk,
    caller: Caller,
    principal: Principal,
    request: PlainRequest,
    asker: Asker,
    repeats: boolean,
    found: Remembered | undefined,
  ) {
    const { evaluateMs, evaluateMsCeiling, resultBytesMax } = caller.limits;
    this.client = principal.ledger.id;
    this.network = caller.network;
    this.sinceMs = principal.sinceMs;
    this.account = principal.quota;
    this.expression = request.expression;
    this.numbers = request.numbers;
    this.timeMs = Math.min(evaluateMs, evaluateMsCeiling);
    this.resultBytesMax = resultBytesMax;
    this.#desk = desk;
    this.#caller = caller;
    this.#principal = principal;
    this.#request = request;
    this.#asker = asker;
    this.#repeats = repeats;
    this.#found = found;
    this.#order = principal.calls;
    this.#number = desk.tally.begun();
  }

  /** Call once. Its reply may be told before this returns. */
  begin(): void {
    const found = this.#found;
    if (found === undefined) this.#cancel = this.#desk.house.evaluator.evaluate(this, (verdict) => this.#told(verdict));
    else if (found.members === undefined) this.#goLong(found);
    else this.#conclude(found.value, found.members, found.us);
  }

  /** Nobody waits for the answer any more, or somebody asked to stop. */
  cancel(): void {
    this.#cancel?.();
  }

  #told(verdict: Verdict): void {
    const { value, us } = verdict;
    const { memo, traces } = this.#desk.house;
    if (this.#repeats && value !== undefined) memo.offer(this.expression, value, us, this.#request.hash);
    const members = traces.isOn ? undefined : membersOf(verdict);
    if (value === undefined || members === undefined) return this.#goLong(verdict);
    this.#conclude(value, members, us);
  }

  /** `members`: what is told of the value, and kept. */
  #conclude(value: Value, members: string, us: number): void {
    const principal = this.#principal;
    takeAnswer(principal, this.#order, value.value);
    if (isRecorded(principal, this.#request)) {
      principal.appends.begin();
      const entry = entryOfValue(this.expression, `{${members}}`, value.text, us);
      this.#desk.house.history.append(principal.ledger, entry, (appended) => this.#appended(value, members, us, appended));
    } else this.#tell(members, us, undefined);
    principal.scope.leave(this.#nature);
  }

  #appended(value: Value, members: string, us: number, appended: Appended): void {
    this.#principal.appends.answered();
    if (appended.kind === "stored" && !this.#desk.house.traces.isOn) this.#tell(members, us, appended.seq);
    else finish(this.#inFlight(), value, us, appended);
  }

  #tell(members: string, us: number, seq: number | undefined): void {
    const { id, key } = this.#request;
    this.#asker.tell(id, key, encodeValue(id, members, us, seq), seq);
    const { slowCalls, tally } = this.#desk;
    const elapsedMs = turnMs() - this.#begunMs;
    tally.answered(METHOD, "ok", elapsedMs);
    if (slowCalls.isSlow(elapsedMs)) {
      slowCalls.tell(traceOf(this.#caller, METHOD, this.#number), slowCall(METHOD, "ok", elapsedMs, us));
    }
  }

  get #nature(): Nature {
    return this.#request.named ? READS : PLAIN;
  }

  /** What becomes of the verdict is told as if the call had come the long way. */
  #goLong(verdict: Verdict): void {
    settle({ call: this.#inFlight(), principal: this.#principal, order: this.#order, nature: this.#nature }, verdict);
  }

  /** The same call as the long way knows it. */
  #inFlight(): Call<CalcEvaluateParams> {
    const { id, key, record } = this.#request;
    const params = { expression: this.expression, ...(record !== undefined && { record }) };
    const reply = this.#asker.replyTo(id, key);
    const call = new CallInFlight(this.#desk, METHOD, params, this.#caller, reply, this.#number, this.#begunMs);
    return call as Call<CalcEvaluateParams>;
  }
}
