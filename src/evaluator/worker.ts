/**
 * The parent's handle of one jailed process: jobs go in by the batch, outcomes come out in order, and anything else
 * that comes out costs the process its life.
 *
 *   starting -> ready <-> busy -> dead
 *                 \-> retiring -> dead        (takes no more jobs, finishes those it has)
 *
 * It judges only its own process; what becomes of the unanswered tickets is the supervisor's business. The first
 * unanswered ticket is the one that runs: the jail answers in order. Its clock starts when it became the first.
 *
 * Invariant: ids in `#sent` from `#head` on are exactly those the process owes an outcome for, in order.
 */
import { performance } from "node:perf_hooks";
import { takeTurn } from "../turn.ts";
import { areShort, formatLines, readAnswer } from "./answer.ts";
import { type JailedProcess, jailedPid, killJailed, yieldJailed } from "./confine.ts";
import type { Answer } from "./evaluator.ts";
import type { LaneName, Ticket } from "./lane.ts";
import { LastWords } from "./last-words.ts";
import { LineReader } from "./line-reader.ts";
import { parseReady } from "./pipe.ts";
import { hasEnded, readRssMb } from "./proc.ts";
import { WaitMeter } from "./wait-meter.ts";

/** Why a worker is dead: `heap_limit` is the engine's own verdict, `killed` the doing of somebody else, `crashed` every other end that nobody here wanted. */
export type DeathReason =
  | "time_limit"
  | "rss_limit"
  | "heap_limit"
  | "nonsense"
  | "crashed"
  | "killed"
  | "start_failed"
  | "retired"
  | "closed";

/** What is left when a worker is dead: unanswered tickets in order, the running one first, and for how long it held the worker. */
export type Death = { reason: DeathReason; unanswered: Ticket[]; heldMs: number; detail: string };

/** What a worker tells its owner. None of these is called after `died`. */
export type WorkerOwner = {
  ready(worker: Worker): void;
  answered(worker: Worker, ticket: Ticket, answer: Answer): void;
  /** All answers of one read were handed over: there may be room for more jobs. */
  settled(worker: Worker): void;
  died(worker: Worker, death: Death): void;
};

export type WorkerLimits = {
  /** Time from spawn to the greeting. */
  startMs: number;
  /** Resident memory that ends it. */
  rssMb: number;
  /** Bytes of a value, unless the job asks otherwise; bounds the length of a line. */
  resultBytesMax: number;
  /** Patience of the fast lane, where nothing ought to take long; the slow lane waits as long as the job may. */
  fastMs: number;
  /** A worker is worn after so many jobs, or when it holds more memory than this between jobs. */
  jobsMax: number;
  rssSoftMb: number;
};

/** How often a busy worker is looked at; the deadline is this exact. */
const lookMs = 15;
/** On a crowded machine a job's time is what the worker had of the processor, until so many times as much has passed on the clock. */
const starvedFactor = 4;
/** A job younger than this has not had the time to eat memory. */
const rssAfterMs = 10;
/** Answered tickets that may lie at the front of the list before it is cut. */
const headMax = 256;
const jobsPerLook = 1_000;
/** Half of the CPU time the kernel allows it in its life (`confine.ts`). */
const cpuUsMax = 300_000_000;
/** A value, its text, what it assigned and the escapes of JSON: nothing honest is longer. */
const lineBytesPerResultByte = 8;
const lineBytesBase = 64 * 1024;
/** How the keeper of a jailed process tells that it was killed, as a shell does. */
const sigkillStatus = 128 + 9;
/** Descendants may hold the pipes open; a process that has ended is believed after this. */
const lingerMs = 200;

export class Worker {
  /** The jailed process itself, from its greeting on; before, perhaps the command that makes its wall. */
  pid: number;
  /** Resolves when the process has ended and its pipes are closed. */
  readonly gone: Promise<void>;
  state: "starting" | "ready" | "retiring" | "dead" = "starting";
  /** Which lane it serves. Never changes while it has jobs. */
  lane: LaneName | "spare" = "spare";
  /** Which lanes it may be given: the back one only, where it stands aside all its life, or any other. */
  readonly side: "front" | "back";
  /** Jobs sent in its life, and what they cost, as the jail measured it. */
  jobs = 0;
  cpuUs = 0;
  readonly #process: JailedProcess;
  readonly #owner: WorkerOwner;
  readonly #limits: WorkerLimits;
  readonly #lines = new LineReader();
  #sent: Ticket[] = [];
  #head = 0;
  #firstSinceMs = 0;
  /** The one timer: the start, then the look at what runs. It may fire once in vain after the last answer. */
  #timer: NodeJS.Timeout | undefined;
  #waiting: WaitMeter;
  readonly #words = new LastWords();
  #ended = false;
  #lookAtJobs = jobsPerLook;

  constructor(jailed: JailedProcess, side: "front" | "back", start: string, limits: WorkerLimits, owner: WorkerOwner) {
    this.#process = jailed;
    this.side = side;
    this.#limits = limits;
    this.#owner = owner;
    this.pid = jailedPid(jailed);
    if (side === "back") yieldJailed(jailed);
    this.#waiting = new WaitMeter(this.pid);
    this.#timer = setTimeout(() => this.#end("start_failed", "no greeting in time"), limits.startMs);
    this.gone = new Promise((resolve) => this.#watchEnd(resolve));
    jailed.stdout.on("data", (chunk: Buffer) => takeTurn(() => this.#read(chunk)));
    jailed.stderr.on("data", (chunk: Buffer) => this.#hear(chunk));
    // Writing to a dying process fails; its death is told once, by its end.
    jailed.stdin.on("error", () => {});
    jailed.stdin.write(start);
  }

  /** Tickets sent and not answered. */
  get unanswered(): number {
    return this.#sent.length - this.#head;
  }

  /** Resident memory, read now. */
  get rssMb(): number {
    return readRssMb(this.pid);
  }

  /** One write for all of them. Only to a worker that is ready. */
  send(tickets: readonly Ticket[]): void {
    if (this.unanswered === 0) this.#firstSinceMs = performance.now();
    this.#sent.push(...tickets);
    this.jobs += tickets.length;
    const isFast = this.lane === "fast";
    const lines = formatLines(tickets, isFast, this.#limits.resultBytesMax);
    // Of ASCII nobody need count the bytes first.
    this.#process.stdin.write(lines, areShort(tickets, isFast) ? "latin1" : "utf8");
    this.#timer ??= setTimeout(() => this.#look(), lookMs);
  }

  /** True when it should be replaced before it becomes a nuisance. Reads its memory once in `jobsPerLook` jobs. */
  isWorn(): boolean {
    if (this.jobs >= this.#limits.jobsMax || this.cpuUs >= cpuUsMax) return true;
    if (this.jobs < this.#lookAtJobs) return false;
    this.#lookAtJobs = this.jobs + jobsPerLook;
    return this.rssMb > this.#limits.rssSoftMb;
  }

  /** Takes no more jobs; ends when it owes nothing. */
  retire(): void {
    this.state = "retiring";
    if (this.unanswered === 0) this.#end("retired", "");
  }

  /** SIGKILL, now. */
  close(): void {
    this.#end("closed", "");
  }

  #read(chunk: Buffer): void {
    if (this.#is("dead")) return;
    const lines = this.#lines.read(chunk, this.#lineBytesMax());
    const { bytes, isAscii } = this.#lines;
    let at = 0;
    if (lines === undefined) this.#end("nonsense", "a line longer than any answer, or not UTF-8");
    for (const line of lines ?? []) {
      // The owner, too, may end this worker over any answer.
      if (this.#is("dead")) return;
      if (this.state === "starting") this.#greet(line);
      else if (isAscii) this.#answer(line, bytes, at);
      else this.#answer(line, Buffer.from(line), 0);
      at += line.length + 1;
    }
    // Only a whole answer moves the clock: who dribbles bytes gains nothing.
    if (lines?.length !== 0) this.#firstSinceMs = performance.now();
    if (this.#lines.inLine && this.unanswered === 0 && this.state !== "starting") this.#end("nonsense", "spoke unasked");
    if (lines?.length !== 0 && !this.#is("dead")) this.#owner.settled(this);
    if (this.#is("retiring") && this.unanswered === 0) this.#end("retired", "");
  }

  /** Last words, for the cause of death; the last of them tells it. */
  #hear(chunk: Buffer): void {
    if (!this.#words.hear(chunk)) this.#end("nonsense", "a flood on stderr");
  }

  #greet(line: string): void {
    if (parseReady(line) === undefined) {
      this.#end("start_failed", "an unknown greeting");
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.pid = jailedPid(this.#process);
    this.#waiting = new WaitMeter(this.pid);
    // Its keeper may have been told to yield only when it had started it.
    if (this.side === "back") yieldJailed(this.#process);
    this.state = "ready";
    this.#owner.ready(this);
  }

  #answer(line: string, bytes: Uint8Array, at: number): void {
    const ticket = this.#sent[this.#head];
    const answer = ticket && readAnswer(line, ticket, this.lane === "fast", bytes, at);
    if (ticket === undefined || answer === undefined) {
      this.#end("nonsense", "not the outcome of the next job");
      return;
    }
    this.#head += 1;
    if (this.#head === this.#sent.length || this.#head > headMax) {
      this.#sent = this.#head === this.#sent.length ? [] : this.#sent.slice(this.#head);
      this.#head = 0;
    }
    this.cpuUs += answer.us ?? 0;
    this.#owner.answered(this, ticket, answer);
  }

  #lineBytesMax(): number {
    const asked = this.#sent[this.#head]?.request.resultBytesMax ?? this.#limits.resultBytesMax;
    return lineBytesBase + lineBytesPerResultByte * asked;
  }

  /** The look at a busy worker: is its job overdue, does it eat memory? */
  #look(): void {
    this.#timer = undefined;
    const first = this.#sent[this.#head];
    if (first === undefined || this.#is("dead")) return;
    const runsMs = performance.now() - this.#firstSinceMs;
    const leftMs = Math.max(this.#patienceMs(first) + this.#waiting.look(first) - runsMs, 0);
    // An answer may lie in the pipe because this process was busy: read first, then judge.
    if (leftMs === 0 || runsMs >= starvedFactor * this.#patienceMs(first)) setImmediate(() => this.#judge(first));
    else if (runsMs >= rssAfterMs && this.rssMb > this.#limits.rssMb) this.#end("rss_limit", "");
    else this.#timer = setTimeout(() => this.#look(), Math.min(lookMs, Math.ceil(leftMs)));
  }

  #judge(suspect: Ticket): void {
    if (this.#is("dead")) return;
    if (this.#sent[this.#head] === suspect) this.#end(hasEnded(this.pid) ? "killed" : "time_limit", "");
    else if (this.unanswered > 0) this.#timer ??= setTimeout(() => this.#look(), lookMs);
  }

  /** A cancelled job is let run as long as replacing its worker costs, then it holds the worker no longer. */
  #patienceMs(ticket: Ticket): number {
    return this.lane === "fast" || ticket.done === undefined ? Math.min(ticket.timeMs, this.#limits.fastMs) : ticket.timeMs;
  }

  #watchEnd(resolve: () => void): void {
    const { child, stdout, stderr } = this.#process;
    let linger: NodeJS.Timeout | undefined;
    child.once("error", (error) => {
      this.#end("start_failed", error.message);
      if (child.pid === undefined) resolve();
    });
    child.once("exit", () => {
      // Its group may hold descendants; its number is nobody else's yet.
      killJailed(this.#process);
      this.#ended = true;
      linger = setTimeout(() => {
        stdout.destroy();
        stderr.destroy();
      }, lingerMs);
    });
    child.once("close", (code, signal) => {
      clearTimeout(linger);
      const cause = this.state === "starting" ? "start_failed" : this.#words.cause;
      const isKilled = signal === "SIGKILL" || (this.#process.keeps && code === sigkillStatus);
      this.#end(isKilled ? "killed" : cause, `${signal ?? code} ${this.#words}`);
      resolve();
    });
  }

  // A method, because the owner may change the state between two looks at it.
  #is(state: Worker["state"]): boolean {
    return this.state === state;
  }

  /** The only way out, taken once. */
  #end(reason: DeathReason, detail: string): void {
    if (this.state === "dead") return;
    this.state = "dead";
    clearTimeout(this.#timer);
    if (!this.#ended) killJailed(this.#process);
    const unanswered = this.#sent.slice(this.#head);
    this.#owner.died(this, { reason, unanswered, heldMs: performance.now() - this.#firstSinceMs, detail });
  }
}
