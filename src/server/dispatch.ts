/**
 * The gates between a parsed request and its handler, cheapest first, as one straight ladder; and the one funnel through
 * which whatever a handler throws becomes a named error.
 *
 * Step 4 of a request's way. Knows no framing: JSON-RPC and text come here alike.
 */
import { randomUUID } from "node:crypto";
import { mayCall } from "../access/role.ts";
import type { Log } from "../log.ts";
import type { Call, Caller, House } from "../methods/call.ts";
import { HANDLERS } from "../methods/table.ts";
import { tracedCall } from "../methods/traces.ts";
import { nearest } from "../nearest.ts";
import { RpcError } from "../protocol/errors.ts";
import { METHODS } from "../protocol/generated/methods.ts";
import type { TracedCall } from "../protocol/generated/types.ts";
import { checkParams, isMethod, METHOD_NAMES } from "../schema.ts";
import { turnMs } from "../turn.ts";
import { type SlowCall, SlowCalls } from "./slow-calls.ts";
import { Tally } from "./tally.ts";
import { Turns } from "./turns.ts";

/**
 * Told once: an error, or a result. When it throws on a result (one that cannot be encoded) it is told the error that makes
 * of it, so it must not have done anything before it throws.
 */
export type Reply = (error: RpcError | undefined, result: unknown, call: CallInFlight) => void;

export type Desk = {
  readonly house: House;
  readonly log: Log;
  readonly tally: Tally;
  readonly slowCalls: SlowCalls;
  readonly turns: Turns;
  /** True once the server has begun to close: nothing new is begun. */
  draining: boolean;
};

/** A desk at which nobody has called yet. */
export function makeDesk(house: House, log: Log, tally = new Tally()): Desk {
  return { house, log, tally, slowCalls: new SlowCalls(log, house.config.slowCallMs), turns: new Turns(), draining: false };
}

/** One call between its dispatch and its reply. */
export class CallInFlight implements Call<unknown> {
  readonly params: unknown;
  readonly caller: Caller;
  readonly house: House;
  readonly #desk: Desk;
  readonly #reply: Reply;
  readonly #method: string;
  readonly #number: number;
  readonly #begunMs: number;
  #answered = false;
  #cancelled = false;
  #cancel: (() => void) | undefined;

  /** `number` and `begunMs` of one that has begun before. */
  constructor(
    desk: Desk,
    method: string,
    params: unknown,
    caller: Caller,
    reply: Reply,
    number = desk.tally.begun(),
    begunMs = turnMs(),
  ) {
    this.#desk = desk;
    this.#method = method;
    this.#number = number;
    this.#begunMs = begunMs;
    this.house = desk.house;
    this.params = params;
    this.caller = caller;
    this.#reply = reply;
  }

  answer(result: unknown): void {
    this.#settle(undefined, result);
  }

  fail(error: RpcError): void {
    this.#settle(error, undefined);
  }

  /** A bug, or an outside that broke its word: the peer gets an incident id and nothing else, the log gets the stack. */
  broken(error: unknown): void {
    this.fail(error instanceof RpcError ? error : this.#report(error));
  }

  /** A call that was cancelled before it came so far is cancelled now. */
  onCancel(cancel: () => void): void {
    this.#cancel = cancel;
    if (this.#cancelled && !this.#answered) cancel();
  }

  /** Nobody waits for the answer any more, or somebody asked to stop. */
  cancel(): void {
    this.#cancelled = true;
    if (!this.#answered) this.#cancel?.();
  }

  get answered(): boolean {
    return this.#answered;
  }

  #settle(error: RpcError | undefined, result: unknown): void {
    if (this.#answered) {
      this.#desk.log.error({ ...this.#trace(), err: new Error("a call was answered twice") }, "internal error");
      return;
    }
    this.#answered = true;
    let told = error;
    try {
      this.#reply(error, result, this);
    } catch (thrown) {
      if (error !== undefined) throw thrown;
      told = this.#report(thrown);
      this.#reply(told, undefined, this);
    } finally {
      this.#count(told, result);
    }
  }

  #count(error: RpcError | undefined, result: unknown): void {
    const { tally, slowCalls, house } = this.#desk;
    const elapsedMs = turnMs() - this.#begunMs;
    const outcome = error?.errorName ?? "ok";
    tally.answered(this.#method, outcome, elapsedMs);
    if (house.traces.isOn) house.traces.tell(tracedCall(this.#trace(), outcome, elapsedMs, result));
    if (!slowCalls.isSlow(elapsedMs)) return;
    const { elapsedUs } = Object(result);
    const us = typeof elapsedUs === "number" ? elapsedUs : undefined;
    slowCalls.tell(this.#trace(), slowCall(this.#method, outcome, elapsedMs, us));
  }

  #trace(): CallTrace {
    return traceOf(this.caller, this.#method, this.#number);
  }

  /** The stack goes to the log, the incident id to the peer. */
  #report(error: unknown): RpcError {
    const incident = randomUUID();
    this.#desk.log.error({ ...this.#trace(), incident, err: error }, "internal error");
    return new RpcError("internal_error", { incident });
  }
}

type CallTrace = Omit<TracedCall, "outcome" | "elapsedMs">;

/** Which call a line of the log is about. A name that is in no table is the peer's content and stays out. */
export function traceOf(caller: Caller, method: string, number: number): CallTrace {
  return { ...caller.trace, call: number, method: isMethod(method) ? method : "other" };
}

/** What the log tells of a call that took long. */
export function slowCall(method: string, outcome: string, elapsedMs: number, us: number | undefined): SlowCall {
  const lane = isMethod(method) ? METHODS[method].lane : undefined;
  return { lane, elapsedMs: Math.round(elapsedMs), us, outcome };
}

/**
 * Leads a request through the gates to its handler. `reply` is called once, perhaps before this returns: a call that is not
 * answered by then can be cancelled.
 */
export function dispatch(desk: Desk, method: string, params: unknown, caller: Caller, reply: Reply): CallInFlight {
  const checked = check(desk, method, params, caller);
  const proven = checked instanceof RpcError ? undefined : checked.params;
  const call = new CallInFlight(desk, method, proven, caller, reply);
  if (checked instanceof RpcError) call.fail(checked);
  else {
    try {
      checked.handler(call);
    } catch (error) {
      call.broken(error);
    }
  }
  return call;
}

type Admitted = { handler: (call: Call<unknown>) => void; params: unknown };

function check(desk: Desk, method: string, params: unknown, { standing }: Caller): Admitted | RpcError {
  // A server that is leaving starts nothing it may not finish.
  if (desk.draining) return new RpcError("shutting_down", {});
  if (!isMethod(method)) return new RpcError("method_not_found", { suggestions: nearest(method, METHOD_NAMES, 3) });
  const least = METHODS[method].role;
  if (!mayCall(standing, least)) {
    if (standing === "nobody") return new RpcError("unauthenticated");
    return new RpcError("forbidden", { detail: `needs the role ${least}` });
  }
  const verdict = checkParams(method, params);
  if (verdict.problem !== undefined) return new RpcError("invalid_params", verdict.problem);
  // The validator has just proven that these params are this method's.
  return { handler: HANDLERS[method] as (call: Call<unknown>) => void, params: verdict.params };
}
