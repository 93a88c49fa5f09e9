/**
 * The way of a job on the parent's side: accepted, queued in a lane, sent to a worker, answered or refused.
 *
 * The fast lane keeps one worker busy with a window of jobs and accuses nobody: whatever is unanswered when that worker
 * dies runs again in the slow lane, where a worker holds one job at a time, so that the one that was running when a
 * slow worker dies is the culprit beyond doubt. Requests of one turn of the event loop leave together. No promise and
 * no timer belongs to a single request. What an expression means is nowhere looked at.
 */
import type { JailLimits, Outcome } from "../jail/contract.ts";
import type { EvaluateRequest, Evaluator, EvaluatorStatus, Layer, Refusal, Verdict } from "./evaluator.ts";
import { JobIds } from "./job-ids.ts";
import { Lane, type Ticket } from "./lane.ts";
import { Supervisor, type SupervisorOptions } from "./supervisor.ts";
import { Triage } from "./triage.ts";
import type { Death, Worker } from "./worker.ts";

export type FlowOptions = {
  /** Milliseconds a job may take, unless it asks for less or more; and the most it may ask for. */
  timeMs: number;
  timeMsMax: number;
  /** Requests waiting in one lane, in all and of one client; and how long any may wait. */
  queueMax: number;
  queuePerClientMax: number;
  queueMs: number;
  /** Jobs the fast worker may owe. */
  windowMax: number;
  supervisor: SupervisorOptions & { start: JailLimits };
};

/** A batch is closed when its text passes this, so that a window of large jobs does not fill memory. */
const batchLengthMax = 256 * 1024;
const sweepMs = 50;
/** A job that crashed one worker may have been unlucky; two is enough. */
const crashesMax = 2;
const triageLimits = { rememberedMax: 4_096, rememberedLength: 256, burnerMs: 10_000 };
const retryMsMin = 50;
const retryMsMax = 5_000;
/** What a job is taken to cost before any was measured. */
const firstGuessUs = 200;

export class Flow implements Evaluator {
  readonly #options: FlowOptions;
  readonly #fast: Lane;
  readonly #slow: Lane;
  readonly #triage = new Triage(triageLimits);
  readonly #supervisor: Supervisor;
  /** Refused at the door, told on the next turn: `done` never comes before `evaluate` returns. */
  #refused: { ticket: Ticket; refusal: Refusal }[] = [];
  readonly #ids = new JobIds();
  #meanUs = firstGuessUs;
  #woken = false;
  #sweeper: NodeJS.Timeout | undefined;
  #closed = false;
  #closing: Promise<void> | undefined;
  #layers: Layer[] = [];

  constructor(options: FlowOptions) {
    const { queueMax, queuePerClientMax, supervisor } = options;
    this.#options = options;
    this.#fast = new Lane({ queueMax, queuePerClientMax, runningPerClientMax: options.windowMax });
    // One slow worker is always left to the others, when there is more than one.
    this.#slow = new Lane({ queueMax, queuePerClientMax, runningPerClientMax: Math.max(1, supervisor.workers - 2) });
    this.#supervisor = new Supervisor(supervisor, {
      answered: (worker, ticket, outcome) => this.#answered(worker, ticket, outcome),
      vacant: () => this.#pump(),
      lost: (worker, death) => this.#lost(worker, death),
    });
  }

  /** Resolves when the first worker is ready and the layers are proven. */
  async open(prove: (ready: Promise<unknown>) => Promise<Layer[]>): Promise<void> {
    const ready = this.#supervisor.open();
    [this.#layers] = await Promise.all([prove(ready), ready]);
    this.#supervisor.fill();
  }

  evaluate(request: EvaluateRequest, done: (verdict: Verdict) => void): () => void {
    const { timeMs, timeMsMax } = this.#options;
    const ticket: Ticket = {
      id: this.#ids.next(),
      request,
      timeMs: Math.min(request.timeMs ?? timeMs, timeMsMax),
      done,
      acceptedMs: performance.now(),
      us: 0,
      fell: false,
      crashes: 0,
      next: undefined,
    };
    const refusal = this.#enqueue(this.#lane(this.#triage.lane(request, ticket.acceptedMs)), ticket);
    if (refusal !== undefined) this.#refused.push({ ticket, refusal });
    if (!this.#woken) {
      this.#woken = true;
      setImmediate(() => this.#wake());
    }
    return () => this.#settle(ticket, { failure: { name: "cancelled" }, us: ticket.us });
  }

  status(): EvaluatorStatus {
    return { ...this.#supervisor.status(), queued: this.#fast.size + this.#slow.size };
  }

  layers(): Layer[] {
    return this.#layers;
  }

  close(): Promise<void> {
    this.#closing ??= this.#shutDown();
    return this.#closing;
  }

  async #shutDown(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#sweeper);
    for (const lane of [this.#fast, this.#slow]) lane.drain((ticket) => this.#fail(ticket, { name: "shutting_down" }));
    await this.#supervisor.close();
  }

  #lane(name: "fast" | "slow"): Lane {
    return name === "fast" ? this.#fast : this.#slow;
  }

  #enqueue(lane: Lane, ticket: Ticket): Refusal | undefined {
    if (this.#closed) return { name: "shutting_down" };
    const bound = lane.put(ticket);
    if (bound === undefined) return undefined;
    return { name: "server_busy", limit: { name: bound, value: this.#options[bound] }, retryAfterMs: this.#retryAfterMs(lane) };
  }

  /** When half of what waits will have been served, at the pace of late. */
  #retryAfterMs(lane: Lane): number {
    const halfMs = (lane.size * this.#meanUs) / 2_000;
    return Math.round(Math.min(Math.max(halfMs, retryMsMin), retryMsMax));
  }

  #wake(): void {
    this.#woken = false;
    const refused = this.#refused;
    this.#refused = [];
    for (const { ticket, refusal } of refused) this.#fail(ticket, refusal);
    this.#pump();
  }

  /** Hands out what the workers have room for. */
  #pump(): void {
    if (this.#closed) return;
    for (const worker of this.#supervisor.workers) {
      if (worker.state !== "ready") continue;
      if (worker.lane === "fast") this.#send(worker, this.#fast, this.#options.windowMax);
      else if (worker.lane === "slow") this.#send(worker, this.#slow, 1);
    }
    if (this.#fast.clients + this.#slow.clients > 0) this.#sweeper ??= setTimeout(() => this.#sweep(), sweepMs);
  }

  #send(worker: Worker, lane: Lane, windowMax: number): void {
    if (lane.size === 0) return;
    const batch: Ticket[] = [];
    let length = 0;
    for (let room = windowMax - worker.unanswered; room > 0 && length < batchLengthMax; room -= 1) {
      const ticket = lane.take();
      if (ticket === undefined) break;
      batch.push(ticket);
      length += lengthOf(ticket.request);
    }
    if (batch.length > 0) worker.send(batch);
  }

  #answered(worker: Worker, ticket: Ticket, outcome: Outcome): void {
    // A liar may claim any cost; it is believed up to what the job was allowed.
    const us = Math.min(outcome.us ?? 0, ticket.timeMs * 1_000);
    ticket.us += us;
    this.#meanUs += (us - this.#meanUs) / 64;
    this.#lane(worker.lane === "fast" ? "fast" : "slow").finish(ticket, us);
    if (outcome.deferred === true) this.#defer(ticket);
    else this.#settle(ticket, makeVerdict(outcome, ticket.us));
  }

  #defer(ticket: Ticket): void {
    this.#triage.deferred(ticket.request);
    if (ticket.done === undefined) return;
    const refusal = this.#enqueue(this.#slow, ticket);
    if (refusal !== undefined) this.#fail(ticket, refusal);
  }

  #lost(worker: Worker, death: Death): void {
    const fast = worker.lane === "fast";
    const lane = this.#lane(fast ? "fast" : "slow");
    const [first] = death.unanswered;
    for (const ticket of death.unanswered.toReversed()) {
      lane.finish(ticket, ticket === first ? ticket.timeMs * 1_000 : 0);
      if (death.reason === "closed") this.#fail(ticket, { name: "shutting_down" });
      else if (fast || ticket !== first) this.#again(ticket);
      else this.#blame(ticket, death);
    }
    this.#pump();
  }

  #again(ticket: Ticket): void {
    ticket.fell = true;
    if (ticket.done !== undefined) this.#slow.putBack(ticket);
  }

  /** The one job a slow worker had when it died. */
  #blame(ticket: Ticket, { reason }: Death): void {
    const { limits, confinement } = this.#options.supervisor;
    const memory = (name: "rssMb" | "heapMb", value: number): Refusal => ({ name: "memory_limit", limit: { name, value } });
    if (ticket.fell) this.#triage.burned(ticket.request.client, performance.now());
    if (reason === "time_limit") this.#fail(ticket, { name: reason, limit: { name: "timeMs", value: ticket.timeMs } });
    else if (reason === "rss_limit") this.#fail(ticket, memory("rssMb", limits.rssMb));
    else if (reason === "heap_limit") this.#fail(ticket, memory("heapMb", confinement.heapMb));
    else {
      ticket.crashes += 1;
      if (ticket.crashes >= crashesMax) this.#fail(ticket, { name: "engine_crashed" });
      else this.#again(ticket);
    }
  }

  #sweep(): void {
    this.#sweeper = undefined;
    const { queueMs } = this.#options;
    const refusal: Refusal = { name: "request_timeout", limit: { name: "queueMs", value: queueMs } };
    for (const lane of [this.#fast, this.#slow]) {
      lane.expire(performance.now() - queueMs, (ticket) => this.#fail(ticket, refusal));
      lane.forget();
    }
    this.#pump();
  }

  #fail(ticket: Ticket, failure: Refusal): void {
    this.#settle(ticket, { failure, us: ticket.us });
  }

  /** Gives the verdict, once. A listener that throws is a bug, but not the bug of those who wait behind it. */
  #settle(ticket: Ticket, verdict: Verdict): void {
    const { done } = ticket;
    if (done === undefined) return;
    ticket.done = undefined;
    try {
      done(verdict);
    } catch (error) {
      this.#options.supervisor.log("error", "a listener for a verdict threw", { error: String(error) });
    }
  }
}

function makeVerdict({ value, checked, rows, failure }: Outcome, us: number): Verdict {
  if (value !== undefined) return { value, us };
  if (checked !== undefined) return { checked, us };
  if (rows !== undefined) return { rows, us };
  return failure === undefined ? { us } : { failure, us };
}

function lengthOf({ expression, variables }: EvaluateRequest): number {
  let length = expression.length;
  if (variables !== undefined) for (const name in variables) length += variables[name]?.length ?? 0;
  return length;
}
