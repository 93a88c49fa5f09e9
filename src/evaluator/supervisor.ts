/**
 * Decides which jailed processes live: one for the fast lane, the rest for the slow lane, and one warm spare that takes
 * the place of whichever dies, so that a kill costs nobody a start.
 *
 *   opening -> open -> closed
 *
 * It starts workers one or two at a time, waits longer after each start that fails, has the snapshot built anew when
 * it does not start, and replaces workers that have served long or grown fat. Jobs are not its business: what a dead
 * worker left unanswered goes back to the flow.
 */
import type { JailLimits, Outcome } from "../jail/contract.ts";
import { type Confinement, spawnJailed } from "./confine.ts";
import type { EvaluatorStatus } from "./evaluator.ts";
import type { Ticket } from "./lane.ts";
import { formatStart } from "./pipe.ts";
import { ensureSnapshot } from "./snapshot.ts";
import { type Death, Worker, type WorkerLimits } from "./worker.ts";

export type Log = (level: "debug" | "info" | "warn" | "error", message: string, fields: Record<string, unknown>) => void;

export type SupervisorOptions = {
  /** Workers that serve; the spare comes on top. At least 2. */
  workers: number;
  confinement: Confinement;
  cacheDir: string;
  /** The snapshot to start from; unused when the confinement has a command of its own. */
  blob: string;
  start: JailLimits;
  limits: WorkerLimits;
  /** Its processes take probes: for drills, never where clients are served. */
  probe?: boolean;
  log: Log;
};

/** What the supervisor tells the flow of jobs. */
export type SupervisorOwner = {
  answered(worker: Worker, ticket: Ticket, outcome: Outcome): void;
  /** A worker of a lane may take jobs. */
  vacant(): void;
  /** A worker died with these unanswered. */
  lost(worker: Worker, death: Death): void;
};

/** Starts under way at once: more would take the processor from those who work. */
const startsAtOnce = 2;
const backoffMs = 100;
const backoffMsMax = 5_000;
/** Starts that fail in a row before the snapshot is built anew: few while none has succeeded, more when it is known to be good. */
const failuresToRebuild = 2;
const failuresToDoubt = 5;
/** And before opening is given up. */
const failuresToGiveUp = 4;

export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #owner: SupervisorOwner;
  readonly #workers = new Set<Worker>();
  /** Killed and not reaped yet. */
  readonly #leaving = new Set<Worker>();
  readonly #kills: Record<string, number> = {};
  #blob: string;
  #starts = 0;
  #failures = 0;
  #proven = false;
  #rebuilt = false;
  #backoff: NodeJS.Timeout | undefined;
  #mending: Promise<void> | undefined;
  /** Before the layers are proven the first worker stands alone: the others would take the processor from the proof. */
  #full = false;
  #opening: { resolve: (first: Worker) => void; reject: (error: Error) => void } | undefined;
  #closed = false;

  constructor(options: SupervisorOptions, owner: SupervisorOwner) {
    this.#options = options;
    this.#blob = options.blob;
    this.#owner = owner;
  }

  /** Every living process, in order of its start. */
  get workers(): ReadonlySet<Worker> {
    return this.#workers;
  }

  /** Starts the first worker and resolves with it when it is ready. Rejects when none can be started. */
  open(): Promise<Worker> {
    return new Promise((resolve, reject) => {
      this.#opening = { resolve, reject };
      this.#staff();
    });
  }

  /** Lets the others follow, by themselves from now on. */
  fill(): void {
    this.#full = true;
    this.#staff();
  }

  status(): Omit<EvaluatorStatus, "queued"> {
    const workers = [...this.#workers].map(({ pid, lane, state, jobs, unanswered }) => {
      return { pid, lane, state: state === "ready" && unanswered > 0 ? "busy" : state, jobs };
    });
    return { workers, starts: this.#starts, kills: { ...this.#kills } };
  }

  /** Kills every process; resolves when all are reaped. Call once. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#backoff);
    for (const worker of this.#workers) worker.close();
    await this.#mending;
    await Promise.all([...this.#leaving].map((worker) => worker.gone));
  }

  /** Starts what is missing, as fast as is wise. */
  #staff(): void {
    if (this.#closed || this.#backoff !== undefined || this.#mending !== undefined) return;
    const staying = this.#count((worker) => worker.state !== "retiring");
    const starting = this.#count((worker) => worker.state === "starting");
    const atOnce = this.#opening === undefined ? startsAtOnce : 1;
    const wanted = this.#full ? this.#options.workers + 1 : 1;
    const missing = Math.min(wanted - staying, atOnce - starting);
    for (let started = 0; started < missing; started += 1) this.#startWorker();
  }

  #startWorker(): void {
    const { confinement, limits, start, probe } = this.#options;
    this.#starts += 1;
    try {
      const owner = {
        ready: (worker: Worker) => this.#ready(worker),
        answered: (worker: Worker, ticket: Ticket, outcome: Outcome) => this.#owner.answered(worker, ticket, outcome),
        settled: (worker: Worker) => this.#settled(worker),
        died: (worker: Worker, death: Death) => this.#died(worker, death),
      };
      this.#workers.add(new Worker(spawnJailed(confinement, this.#blob), formatStart(start, probe), limits, owner));
    } catch (error) {
      this.#startFailed(String(error));
    }
  }

  #ready(worker: Worker): void {
    this.#failures = 0;
    this.#rebuilt = false;
    this.#proven = true;
    this.#place();
    this.#opening?.resolve(worker);
    this.#opening = undefined;
    this.#staff();
    this.#owner.vacant();
  }

  #settled(worker: Worker): void {
    if (worker.isWorn() && worker.lane !== "spare" && this.#spare() !== undefined) {
      worker.retire();
      this.#place();
      this.#staff();
    }
    this.#owner.vacant();
  }

  /** Gives warm spares the places that are empty, the fast lane's first. */
  #place(): void {
    if (this.#closed) return;
    for (let spare = this.#spare(); spare !== undefined; spare = this.#spare()) {
      if (this.#serving("fast") === 0) spare.lane = "fast";
      else if (this.#serving("slow") < this.#options.workers - 1) spare.lane = "slow";
      else return;
    }
  }

  #spare(): Worker | undefined {
    for (const worker of this.#workers) if (worker.lane === "spare" && worker.state === "ready") return worker;
    return undefined;
  }

  #serving(lane: "fast" | "slow"): number {
    return this.#count((worker) => worker.lane === lane && worker.state === "ready");
  }

  #count(condition: (worker: Worker) => boolean): number {
    let count = 0;
    for (const worker of this.#workers) if (condition(worker)) count += 1;
    return count;
  }

  #died(worker: Worker, death: Death): void {
    this.#workers.delete(worker);
    this.#leaving.add(worker);
    void worker.gone.then(() => this.#leaving.delete(worker));
    const { reason, detail, unanswered } = death;
    this.#kills[reason] = (this.#kills[reason] ?? 0) + 1;
    if (reason === "start_failed") this.#startFailed(detail);
    else
      this.#options.log("info", "worker died", {
        reason,
        pid: worker.pid,
        lane: worker.lane,
        jobs: worker.jobs,
        unanswered: unanswered.length,
      });
    this.#place();
    this.#staff();
    this.#owner.lost(worker, death);
  }

  #startFailed(detail: string): void {
    if (this.#closed) return;
    this.#failures += 1;
    this.#options.log("warn", "a worker did not start", { failures: this.#failures, detail });
    if (this.#failures >= failuresToGiveUp) {
      this.#opening?.reject(new Error(`no jailed process can be started: ${detail}`));
      this.#opening = undefined;
    }
    const waitMs = Math.min(backoffMs * 2 ** (this.#failures - 1), backoffMsMax);
    this.#backoff ??= setTimeout(() => {
      this.#backoff = undefined;
      this.#mending = this.#mend();
    }, waitMs);
  }

  /** A blob may have been removed, or be one that this machine cannot start: then it is made anew, once in a row of failures. */
  async #mend(): Promise<void> {
    const { confinement, cacheDir, log } = this.#options;
    const rebuild = this.#failures >= (this.#proven ? failuresToDoubt : failuresToRebuild) && !this.#rebuilt;
    if (rebuild) this.#rebuilt = true;
    try {
      if (confinement.command === undefined) this.#blob = await ensureSnapshot({ cacheDir, rebuild });
    } catch (error) {
      log("error", "the jail's snapshot cannot be built", { detail: String(error) });
    }
    this.#mending = undefined;
    this.#staff();
  }
}
