/**
 * Decides which jailed processes live: one for the fast lane, the rest for the slow lane, and one warm spare that takes
 * the place of whichever dies; and one for the back lane with a spare of its own, so that who burns workers there never
 * takes one from the others. While nothing is asked, only one fast and one slow worker stay. Waits longer after each start that fails, has a snapshot that does not start built anew, and
 * replaces workers that are worn. Jobs are not its business: what a dead worker left unanswered goes back to the flow.
 *
 *   opening -> open -> closed
 */
import type { JailLimits } from "../jail/contract.ts";
import { turnMs } from "../turn.ts";
import { type Confinement, spawnJailed } from "./confine.ts";
import type { Answer, EvaluatorStatus } from "./evaluator.ts";
import type { LaneName, Ticket } from "./lane.ts";
import { formatStart } from "./pipe.ts";
import { Roster } from "./roster.ts";
import { ensureSnapshot } from "./snapshot.ts";
import { Stillness } from "./stillness.ts";
import { type Death, Worker, type WorkerLimits } from "./worker.ts";

export type Log = (level: "debug" | "info" | "warn" | "error", message: string, fields: Record<string, unknown>) => void;

export type SupervisorOptions = {
  /** Workers of the fast and the slow lane; a spare and the two of the back lane come on top. At least 2. */
  workers: number;
  confinement: Confinement;
  cacheDir: string;
  /** The snapshot to start from; unused when the confinement has a command of its own. */
  blob: string;
  start: JailLimits;
  limits: WorkerLimits;
  /** Its processes take probes: for drills, never where clients are served. */
  probe?: boolean;
  /** Without a job for so long, it lets go whom nobody needs. */
  sparesKeptMs: number;
  /** Told of every process that has ended, for whatever reason, and had been asked anything. */
  died(): void;
  log: Log;
};

/** What the supervisor tells the flow of jobs. */
export type SupervisorOwner = {
  answered(worker: Worker, ticket: Ticket, answer: Answer): void;
  /** A worker of a lane may take jobs. */
  vacant(): void;
  /** A worker died with these unanswered. */
  lost(worker: Worker, death: Death): void;
  /** True while clients who do not burn are being served. */
  isServing(): boolean;
};

/** Starts under way at once: more would take the processor from those who work. */
const startsAtOnce = { front: 2, back: 1 };
/** The back lane's worker and its spare. */
const backWorkers = 2;
/** Who stays when nothing is asked: one fast, one slow, both at the front. */
const stillWorkers = 2;
/** Between starts for the back lane while others are served: forking stops this process for some 10 ms, and takes 170 ms of a processor. */
const restMs = 2_000;
/** Starts, or lives without a job, that may fail in a row before the waits grow and the snapshot is looked at: somebody may just have been unlucky. */
const failuresAtOnce = 2;
const backoffMs = 25;
/** Bounds how long a cause that has ended goes unnoticed; two vain starts a second cost little. */
const backoffMsMax = 500;
/** Without a living process for so long, calls are refused instead of queued: several starts would have ended it. */
const outageAfterMs = 1_500;
/** From spawn to greeting, roughly: what a client is told to wait beyond the back-off. */
const startGuessMs = 250;
/** Starts that fail in a row before the snapshot is built anew: few while none has succeeded, more when it is known to be good. */
const failuresToRebuild = 2;
const failuresToDoubt = 5;
const failuresToGiveUp = 4; // and before opening is given up

export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #owner: SupervisorOwner;
  readonly #roster: Roster;
  /** Killed and not reaped yet. */
  readonly #leaving = new Set<Worker>();
  readonly #kills: Record<string, number> = {};
  #blob: string;
  #starts = 0;
  #failures = 0;
  /** When a process that served or stood by was last seen to die. */
  #livedMs = 0;
  #proven = false;
  #rebuilt = false;
  #backoff: NodeJS.Timeout | undefined;
  #backoffEndsMs = 0;
  #rest: NodeJS.Timeout | undefined;
  #backStartedMs = Number.NEGATIVE_INFINITY;
  #mending: Promise<void> | undefined;
  /** Before the layers are proven the first worker stands alone: the others would take the processor from the proof. */
  #full = false;
  #opening: { resolve: (first: Worker) => void; reject: (error: Error) => void } | undefined;
  #closed = false;
  /** Told of each job: whoever was let go is started again. */
  readonly stillness: Stillness;

  constructor(options: SupervisorOptions, owner: SupervisorOwner) {
    this.#options = options;
    this.stillness = new Stillness(options.sparesKeptMs, { still: () => this.#letGo(), stirred: () => this.#staff() });
    this.#blob = options.blob;
    this.#roster = new Roster(options.workers - 1);
    this.#owner = owner;
  }

  /** Every living process, in order of its start. */
  get workers(): ReadonlySet<Worker> {
    return this.#roster.workers;
  }

  /** Starts the first worker and resolves with it when it is ready. Rejects when none can be started. */
  open(): Promise<Worker> {
    return new Promise((resolve, reject) => {
      this.#opening = { resolve, reject };
      this.#staff();
    });
  }

  /** Lets the others follow. */
  fill(): void {
    this.#full = true;
    this.stillness.stir();
    this.#staff();
  }

  /** False while anybody works or starts. */
  #letGo(): boolean {
    if (this.#roster.count(({ state, unanswered }) => state !== "ready" || unanswered > 0) > 0) return false;
    const kept = new Set([this.#roster.idle("front", "fast"), this.#roster.idle("front", "slow")]);
    if (kept.has(undefined)) return false;
    for (const worker of this.#roster.workers) if (!kept.has(worker)) worker.retire();
    return true;
  }

  /** While nothing has lived for `outageAfterMs`: milliseconds after which it is worth asking again. */
  get outageMs(): number | undefined {
    if (turnMs() - this.#livedMs < outageAfterMs || this.#roster.some(({ state }) => state !== "starting")) return undefined;
    return Math.ceil(Math.max(this.#backoffEndsMs - performance.now(), 0)) + startGuessMs;
  }

  status(): Omit<EvaluatorStatus, "queued"> {
    const workers = [...this.#roster.workers].map(({ pid, lane, state, jobs, unanswered }) => {
      return { pid, lane, state: state === "ready" && unanswered > 0 ? "busy" : state, jobs };
    });
    return { workers, starts: this.#starts, kills: { ...this.#kills } };
  }

  /** Kills every process; resolves when all are reaped. Call once. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#backoff);
    clearTimeout(this.#rest);
    this.stillness.end();
    for (const worker of this.#roster.workers) worker.close();
    await this.#mending;
    await Promise.all([...this.#leaving].map((worker) => worker.gone));
  }

  /** Starts what is missing, as fast as is wise. */
  #staff(): void {
    if (this.#closed || this.#backoff !== undefined || this.#mending !== undefined) return;
    const { isStill } = this.stillness;
    this.#staffSide("front", isStill ? stillWorkers : this.#full ? this.#options.workers + 1 : 1);
    if (isStill) return;
    // Whoever is served first is started first.
    if (this.#full && this.#roster.count(({ side, state }) => side === "front" && state === "ready") > 0) this.#staffBack();
  }

  #staffBack(): void {
    if (this.#rest !== undefined) return;
    const leftMs = this.#backStartedMs + restMs - performance.now();
    if (leftMs <= 0 || !this.#owner.isServing()) return this.#staffSide("back", backWorkers);
    this.#rest = setTimeout(() => {
      this.#rest = undefined;
      this.#staff();
    }, leftMs);
  }

  #staffSide(side: Worker["side"], wanted: number): void {
    const staying = this.#roster.count((worker) => worker.side === side && worker.state !== "retiring");
    const starting = this.#roster.count((worker) => worker.side === side && worker.state === "starting");
    const atOnce = this.#opening === undefined ? startsAtOnce[side] : 1;
    const missing = Math.min(wanted - staying, atOnce - starting);
    for (let started = 0; started < missing; started += 1) this.#startWorker(side);
  }

  #startWorker(side: Worker["side"]): void {
    const { confinement, limits, start, probe } = this.#options;
    this.#starts += 1;
    try {
      const owner = {
        ready: (worker: Worker) => this.#ready(worker),
        answered: (worker: Worker, ticket: Ticket, answer: Answer) => this.#owner.answered(worker, ticket, answer),
        settled: (worker: Worker) => this.#settled(worker),
        died: (worker: Worker, death: Death) => this.#died(worker, death),
      };
      // Whatever may be the matter, where starts fail it is not to be the processor.
      const jailed = spawnJailed(confinement, this.#blob, side === "back" && this.#failures === 0);
      const worker = new Worker(jailed, side, formatStart(start, probe), limits, owner);
      this.#roster.workers.add(worker);
      if (side === "back") this.#backStartedMs = performance.now();
    } catch (error) {
      this.#startFailed(String(error));
    }
  }

  #ready(worker: Worker): void {
    this.#rebuilt = false;
    this.#proven = true;
    this.#options.log("debug", "worker ready", { pid: worker.pid });
    this.#roster.place();
    this.#opening?.resolve(worker);
    this.#opening = undefined;
    this.#staff();
    this.#owner.vacant();
  }

  #settled(worker: Worker): void {
    if (worker.jobs > 0) this.#failures = 0;
    if (worker.isWorn() && worker.lane !== "spare" && this.#roster.idle(worker.side, "spare") !== undefined) {
      worker.retire();
      this.#roster.place();
      this.#staff();
    }
    this.#owner.vacant();
  }

  /** True while a worker of this lane lives. */
  serves(lane: LaneName): boolean {
    return this.#roster.some((worker) => worker.lane === lane && worker.state === "ready");
  }

  #died(worker: Worker, death: Death): void {
    this.#roster.workers.delete(worker);
    if (worker.jobs > 0) this.#options.died();
    this.#leaving.add(worker);
    void worker.gone.then(() => this.#leaving.delete(worker));
    const { reason, detail, unanswered } = death;
    this.#kills[reason] = (this.#kills[reason] ?? 0) + 1;
    if (reason === "start_failed") this.#startFailed(detail);
    else {
      this.#livedMs = performance.now();
      const { pid, lane, jobs } = worker;
      this.#options.log("info", "worker died", { reason, pid, lane, jobs, unanswered: unanswered.length });
      // Who dies before it was given anything to do is no better than who does not start.
      if (worker.jobs === 0 && reason !== "retired") this.#failed(reason === "killed");
    }
    if (!this.#closed) this.#roster.place();
    this.#staff();
    this.#owner.lost(worker, death);
  }

  #startFailed(detail: string): void {
    if (this.#closed) return;
    this.#failed(false);
    this.#options.log("warn", "a worker did not start", { failures: this.#failures, detail });
    if (this.#failures < failuresToGiveUp) return;
    this.#opening?.reject(new Error(`no jailed process can be started: ${detail}`));
    this.#opening = undefined;
  }

  /** Lets the next starts wait, the longer the more have failed in a row; who was killed by somebody else has not failed. */
  #failed(byOther: boolean): void {
    // What fails together fails once.
    if (this.#closed || this.#backoff !== undefined) return;
    if (!byOther) this.#failures += 1;
    const many = Math.max(0, this.#failures - failuresAtOnce);
    const waitMs = Math.min(backoffMs * 2 ** many, backoffMsMax);
    this.#backoffEndsMs = performance.now() + waitMs;
    this.#backoff = setTimeout(() => {
      this.#backoff = undefined;
      if (many === 0) this.#staff();
      else this.#mending = this.#mend().then(() => this.#mended());
    }, waitMs);
  }

  /** A blob may have been removed, or be one that this machine cannot start: then it is made anew, once in a row of failures. */
  async #mend(): Promise<void> {
    const { confinement, cacheDir, log } = this.#options;
    const rebuild = this.#failures >= (this.#proven ? failuresToDoubt : failuresToRebuild) && !this.#rebuilt;
    this.#rebuilt ||= rebuild;
    try {
      if (confinement.command === undefined) this.#blob = await ensureSnapshot({ cacheDir, rebuild });
    } catch (error) {
      log("error", "the jail's snapshot cannot be built", { detail: String(error) });
    }
  }

  #mended(): void {
    this.#mending = undefined;
    this.#staff();
  }
}
