/**
 * The way of a job on the parent's side: accepted, queued in a lane, sent to a worker, answered or refused.
 *
 * The fast lane keeps one worker busy with a window of jobs and accuses nobody: whatever is unanswered when that worker
 * dies runs again in another lane, where a worker holds one job at a time, so that the one that was running when it
 * dies is the culprit beyond doubt. Requests that come together leave together (`batching.ts`). No promise and
 * no timer belongs to a single request. What an expression means is nowhere looked at.
 */
import type { JailLimits } from "../jail/contract.ts";
import { turnMs } from "../turn.ts";
import { Batching } from "./batching.ts";
import type { Answer, EvaluateRequest, Evaluator, EvaluatorStatus, Refusal, Verdict } from "./evaluator.ts";
import { JobIds } from "./job-ids.ts";
import { Lane, type LaneName, lengthOf, type Ticket } from "./lane.ts";
import { type StandingLimits, Standings } from "./standing.ts";
import { Supervisor, type SupervisorOptions } from "./supervisor.ts";
import { Triage } from "./triage.ts";
import { blame, makeVerdict } from "./verdict.ts";
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
  standing: StandingLimits;
  supervisor: SupervisorOptions & { start: JailLimits };
};

/** A batch is closed when its text passes this, so that a window of large jobs does not fill memory. */
const batchLengthMax = 256 * 1024;
const sweepMs = 50;
/** A job that crashed one worker may have been unlucky; two is enough. */
const crashesMax = 2;
const triageLimits = { rememberedMax: 4_096, rememberedPerClientMax: 256, rememberedLength: 256 };
const retryMsMin = 50;
const retryMsMax = 5_000;
/** What a job is taken to cost before any was measured. */
const firstGuessUs = 200;
/** Others count as being served for so long after an answer. */
const servingMs = 100;
/** CPU of a worker's start, measured; charged to who made it necessary. */
const startUs = 170_000;

export class Flow implements Omit<Evaluator, "deaths" | "layers" | "proven"> {
  readonly #options: FlowOptions;
  readonly #lanes: Readonly<Record<LaneName, Lane>>;
  readonly #triage = new Triage(triageLimits);
  readonly #standings: Standings;
  readonly #supervisor: Supervisor;
  /** Refused at the door, told when the others leave: `done` never comes before `evaluate` returns. */
  #refused: { ticket: Ticket; refusal: Refusal }[] = [];
  readonly #ids = new JobIds();
  #meanUs = firstGuessUs;
  /** When somebody who neither burns nor comes from where it burns was last served; known only while anybody burns. */
  #servedMs = Number.NEGATIVE_INFINITY;
  readonly #batching = new Batching(() => this.#leave());
  #sweeper: NodeJS.Timeout | undefined;
  #closed = false;
  #closing: Promise<void> | undefined;

  constructor(options: FlowOptions) {
    const { queueMax, queuePerClientMax, supervisor } = options;
    this.#options = options;
    this.#standings = new Standings(options.standing);
    const makeLane = (runningPerClientMax: number) => new Lane({ queueMax, queuePerClientMax, runningPerClientMax });
    // One slow worker is always left to the others, when there is more than one.
    this.#lanes = { fast: makeLane(options.windowMax), slow: makeLane(Math.max(1, supervisor.workers - 2)), back: makeLane(1) };
    this.#supervisor = new Supervisor(supervisor, {
      answered: (worker, ticket, answer) => this.#answered(worker, ticket, answer),
      vacant: () => this.#pump(),
      lost: (worker, death) => this.#lost(worker, death),
      isServing: () => performance.now() < this.#servedMs + servingMs,
    });
  }

  /** Resolves when the first worker is ready. */
  async open(): Promise<void> {
    await this.#supervisor.open();
  }

  /** Lets the other workers follow. */
  fill(): void {
    this.#supervisor.fill();
  }

  evaluate(request: EvaluateRequest, done: (verdict: Verdict) => void): () => void {
    const { timeMs, timeMsMax } = this.#options;
    this.#supervisor.stillness.stir();
    const ticket: Ticket = {
      token: this.#ids.next(),
      request,
      timeMs: Math.min(request.timeMs ?? timeMs, timeMsMax),
      done,
      acceptedMs: turnMs(),
      us: 0,
      fell: false,
      crashes: 0,
      next: undefined,
    };
    const refusal = this.#enqueue(this.#lane(ticket), ticket);
    if (refusal !== undefined) this.#refused.push({ ticket, refusal });
    this.#batching.came();
    return () => this.#settle(ticket, { failure: { name: "cancelled" }, us: ticket.us });
  }

  keepWarm(): void {
    this.#supervisor.stillness.keepWarm();
  }

  status(): EvaluatorStatus {
    return { ...this.#supervisor.status(), queued: this.#sum((lane) => lane.size) };
  }

  close(): Promise<void> {
    this.#closing ??= this.#shutDown();
    return this.#closing;
  }

  async #shutDown(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#sweeper);
    this.#drain({ name: "shutting_down" });
    await this.#supervisor.close();
  }

  /** Refuses all that wait. */
  #drain(refusal: Refusal): void {
    for (const lane of Object.values(this.#lanes)) lane.drain((ticket) => this.#fail(ticket, refusal));
  }

  #sum(count: (lane: Lane) => number): number {
    return count(this.#lanes.fast) + count(this.#lanes.slow) + count(this.#lanes.back);
  }

  /** Where a ticket begins. */
  #lane({ request, acceptedMs }: Ticket): Lane {
    const isFast = this.#triage.looksCheap(request) && !this.#standings.isBarred(request, acceptedMs);
    return this.#lanes[isFast ? "fast" : this.#laneAfterFast(request)];
  }

  /** For work that is not cheap. While nobody burns, who is merely unknown need not wait for a back lane that has lost its workers. */
  #laneAfterFast(request: EvaluateRequest): LaneName {
    const nowMs = performance.now();
    const lane = this.#standings.lane(request, nowMs);
    return lane === "back" && !this.#supervisor.serves(lane) && !this.#standings.isHot(nowMs) ? "slow" : lane;
  }

  #enqueue(lane: Lane, ticket: Ticket): Refusal | undefined {
    if (this.#closed) return { name: "shutting_down" };
    const outage = this.#outage();
    if (outage !== undefined) return outage;
    const bound = lane.put(ticket);
    if (bound === undefined) return undefined;
    return { name: "server_busy", limit: { name: bound, value: this.#options[bound] }, retryAfterMs: this.#retryAfterMs(lane) };
  }

  /** Defined while no process lives and none could be started of late. */
  #outage(): Refusal | undefined {
    const retryAfterMs = this.#supervisor.outageMs;
    return retryAfterMs === undefined ? undefined : { name: "server_busy", retryAfterMs };
  }

  /** When half of what waits will have been served, at the pace of late. */
  #retryAfterMs(lane: Lane): number {
    const halfMs = (lane.size * this.#meanUs) / 2_000;
    return Math.round(Math.min(Math.max(halfMs, retryMsMin), retryMsMax));
  }

  #leave(): void {
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
      if (worker.lane !== "spare")
        this.#send(worker, this.#lanes[worker.lane], worker.lane === "fast" ? this.#options.windowMax : 1);
    }
    if (this.#sum((lane) => lane.clients) > 0) this.#sweeper ??= setTimeout(() => this.#sweep(), sweepMs);
  }

  #send(worker: Worker, lane: Lane, windowMax: number): void {
    if (lane.size === 0) return;
    const batch: Ticket[] = [];
    let length = 0;
    for (let room = windowMax - worker.unanswered; room > 0 && length < batchLengthMax; room -= 1) {
      const ticket = lane.take();
      if (ticket === undefined) break;
      batch.push(ticket);
      length += lengthOf(ticket);
    }
    if (batch.length > 0) worker.send(batch);
  }

  #answered(worker: Worker, ticket: Ticket, answer: Answer): void {
    // A liar may claim any cost; it is believed up to what the job was allowed.
    const us = Math.min(answer.us ?? 0, ticket.timeMs * 1_000);
    ticket.us += us;
    ticket.request.account?.charge(us);
    this.#meanUs += (us - this.#meanUs) / 64;
    const lane = worker.lane === "spare" ? "fast" : worker.lane;
    this.#lanes[lane].finish(ticket, us);
    if (answer.deferred === true) return this.#defer(ticket);
    const nowMs = turnMs();
    const good = answer.value !== undefined;
    if (lane !== "fast") this.#standings.worked({ request: ticket.request, us, good }, nowMs);
    if (this.#standings.isHot(nowMs) && !this.#standings.isSuspect(ticket.request, nowMs)) this.#servedMs = nowMs;
    this.#settle(ticket, makeVerdict(answer, ticket.us));
  }

  #defer(ticket: Ticket): void {
    this.#triage.deferred(ticket.request);
    if (ticket.done === undefined) return;
    const refusal = this.#enqueue(this.#lanes[this.#laneAfterFast(ticket.request)], ticket);
    if (refusal !== undefined) this.#fail(ticket, refusal);
  }

  #lost({ lane: name }: Worker, death: Death): void {
    const { unanswered, reason } = death;
    const [first] = unanswered;
    const { limits, confinement } = this.#options.supervisor;
    for (const ticket of unanswered.toReversed()) {
      const { timeMs } = ticket;
      const guilt = ticket === first ? blame(reason, { timeMs, rssMb: limits.rssMb, heapMb: confinement.heapMb }) : undefined;
      const wasteUs = guilt === undefined ? 0 : Math.min(death.heldMs, timeMs) * 1_000 + startUs;
      if (wasteUs > 0) ticket.request.account?.charge(wasteUs);
      if (name !== "spare") this.#lanes[name].finish(ticket, wasteUs);
      if (reason === "closed") this.#fail(ticket, { name: "shutting_down" });
      else if (name === "fast") this.#fall(ticket, guilt !== undefined);
      else if (ticket === first) this.#judge(ticket, guilt);
      else this.#again(ticket, "slow");
    }
    this.#pump();
  }

  /** From the fast lane: whoever ran may be the culprit, and the others very likely are not. */
  #fall(ticket: Ticket, ran: boolean): void {
    ticket.fell = true;
    this.#again(ticket, ran ? this.#laneAfterFast(ticket.request) : "slow");
  }

  #again(ticket: Ticket, lane: LaneName): void {
    if (ticket.done !== undefined) this.#lanes[lane].putBack(ticket);
  }

  /** The one job that a worker outside the fast lane had when it died. */
  #judge(ticket: Ticket, guilt: Refusal | undefined): void {
    if (guilt !== undefined) {
      this.#standings.burned(ticket.request, ticket.fell, performance.now());
      return this.#fail(ticket, guilt);
    }
    ticket.crashes += 1;
    if (ticket.crashes >= crashesMax) this.#fail(ticket, { name: "engine_crashed" });
    else this.#again(ticket, this.#laneAfterFast(ticket.request));
  }

  #sweep(): void {
    this.#sweeper = undefined;
    const { queueMs } = this.#options;
    const refusal: Refusal = { name: "request_timeout", limit: { name: "queueMs", value: queueMs } };
    const outage = this.#outage();
    if (outage !== undefined) this.#drain(outage);
    for (const lane of Object.values(this.#lanes)) {
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
    this.#batching.answered();
    try {
      done(verdict);
    } catch (error) {
      this.#options.supervisor.log("error", "a listener for a verdict threw", { error: String(error) });
    }
  }
}
