/**
 * Runs attacks inside jailed processes that are there to be sacrificed, and tells what became of each. The processes are
 * started and spoken to exactly as those that serve (`confine.ts`, `worker.ts`), so what stops a lie here stops it there.
 *
 * One attack at a time; when an attack costs its process the life, the next meets a new one. A report is the word of a
 * process that has been attacked: where it matters, let a witness outside say the same (`bait.ts`).
 */
import type { JailLimits } from "../jail/contract.ts";
import { type Confinement, spawnJailed } from "./confine.ts";
import type { Answer } from "./evaluator.ts";
import { JobIds } from "./job-ids.ts";
import type { Ticket } from "./lane.ts";
import { formatStart } from "./pipe.ts";
import { Worker, type WorkerLimits } from "./worker.ts";

/** In what the attacks run. */
export type Ground = { confinement: Confinement; blob: string; start: JailLimits; limits: WorkerLimits };

/** An attack: a probe of the jail's own collection, or an expression. */
export type Attack = {
  id: string;
  kind: "probe" | "evaluate";
  expression: string;
  timeMs: number;
  /** The process is not used again. */
  ends?: boolean;
};

/** What became of an attack. `by` is the sign of what stopped it: the code or name of an error, or why its process died. */
export type Fate = { id: string; reached: boolean; by: string; evidence: string };

/** A probe as the jail lists it. `ends`: its process is not used again. */
export type ProbeEntry = { id: string; aims: string; layers: readonly string[]; ends: boolean };

export type ProbeReport = Fate & { aims: string /** The layer whose sign `by` is. */; layer: string };

/** What a probe may take that ought to come back by itself, on a crowded machine; and one that has to be ended. */
const probeMs = 5_000;
const endMs = 200;
const deaths = new Set(["time_limit", "rss_limit", "heap_limit", "nonsense", "crashed"]);
/** Another client's job, sent to a process that has answered what it was not asked. */
const bystander = { expression: "20+22", value: 42 };

/** Every probe this installation has. */
export async function listProbes(ground: Ground): Promise<ProbeEntry[]> {
  const attack: Attack = { id: "list", kind: "probe", expression: "list", timeMs: probeMs };
  let found: ProbeEntry[] = [];
  await new Probing(ground, [attack], {}, (value) => {
    if (Array.isArray(value)) found = value.filter(isEntry);
    return { id: attack.id, reached: false, by: "", evidence: "" };
  }).run();
  if (found.length === 0) throw new Error("the jail lists no probes");
  return found;
}

/** Runs the probes with these ids, or all, one after the other. `told` is their bait. Rejects when no process can be started, or a probe was not told its bait. */
export async function runProbes(
  ground: Ground,
  told: Readonly<Record<string, string>>,
  ids?: readonly string[],
): Promise<ProbeReport[]> {
  const entries = (await listProbes(ground)).filter(({ id }) => ids === undefined || ids.includes(id));
  const attacks = entries.map((entry) => probeAttack(entry.id, entry.layers.includes("L7") ? endMs : probeMs, entry.ends));
  const fates = await runAttacks(ground, attacks, told);
  const untried = fates.filter(({ by }) => by === "Untold" || by === "unknown");
  if (untried.length > 0) throw new Error(`not tried: ${untried.map(({ id, evidence }) => `${id} (${evidence})`).join(", ")}`);
  return fates.map((fate) => {
    const entry = entries.find(({ id }) => id === fate.id);
    return { ...fate, aims: entry?.aims ?? "", layer: fate.reached ? "none" : layerOf(fate.by, entry?.layers ?? []) };
  });
}

export function probeAttack(id: string, timeMs: number, ends = false): Attack {
  return { id, kind: "probe", expression: id, timeMs, ends };
}

/** Runs attacks in their order; resolves with as many fates, when every process is gone. Rejects, all of them gone too, when told to stop. */
export function runAttacks(
  ground: Ground,
  attacks: readonly Attack[],
  told: Readonly<Record<string, string>> = {},
  signal?: AbortSignal,
): Promise<Fate[]> {
  return new Probing(ground, attacks, told, undefined).run(signal);
}

/** Which layer leaves such a sign. Node's permissions sign every refusal; what the kernel says may be the wall's or a limit's. */
function layerOf(by: string, layers: readonly string[]): string {
  if (deaths.has(by)) return "L7";
  if (by === "EvalError" || by === "TypeError") return "L3";
  if (by === "ERR_ACCESS_DENIED" || by === "ERR_DLOPEN_DISABLED") return "L4";
  if (["RangeError", "EMFILE", "EFBIG", "ERR_MEMORY_ALLOCATION_FAILED"].includes(by)) return "L5";
  if (/^E[A-Z0-9]+$/.test(by) && layers.includes("L6")) return "L6";
  return layers.find((layer) => layer !== "L4") ?? layers[0] ?? "unknown";
}

/** Reads what a probe says of itself; undefined when it says something else than it should. */
type Read = (value: unknown, attack: Attack) => Fate | undefined;

class Probing {
  readonly #ground: Ground;
  readonly #told: Readonly<Record<string, string>>;
  readonly #read: Read;
  readonly #ids = new JobIds();
  readonly #left: Attack[];
  readonly #fates: Fate[] = [];
  #current: Attack | undefined;
  #isOver = false;
  #worker: Worker | undefined;
  /** The current one was answered in its own words, and a bystander's job is with the process. */
  #lied = false;
  #finish: { resolve: (fates: Fate[]) => void; reject: (error: Error) => void } | undefined;

  constructor(ground: Ground, attacks: readonly Attack[], told: Readonly<Record<string, string>>, read: Read | undefined) {
    this.#ground = ground;
    this.#left = [...attacks];
    this.#told = told;
    this.#read = read ?? readFate;
  }

  async run(signal?: AbortSignal): Promise<Fate[]> {
    const stopped = () => this.#finish?.reject(new Error("stopped"));
    signal?.addEventListener("abort", stopped);
    try {
      return await new Promise((resolve, reject) => {
        this.#finish = { resolve, reject };
        if (signal?.aborted === true) stopped();
        else this.#startWorker();
      });
    } finally {
      signal?.removeEventListener("abort", stopped);
      this.#isOver = true;
      this.#worker?.close();
      await this.#worker?.gone;
    }
  }

  #startWorker(): void {
    if (this.#isOver) return;
    const { confinement, blob, start, limits } = this.#ground;
    this.#worker = new Worker(spawnJailed(confinement, blob), "front", formatStart(start, true), limits, {
      ready: () => this.#next(),
      answered: (worker, ticket, answer) => {
        if (worker === this.#worker) this.#answered(ticket, answer);
      },
      settled: () => undefined,
      died: (worker, { reason, detail }) => {
        if (reason === "start_failed") this.#finish?.reject(new Error(`a process for probes did not start: ${detail}`));
        else if (reason !== "closed") void worker.gone.then(() => this.#died(reason, detail));
      },
    });
  }

  #next(): void {
    this.#lied = false;
    this.#current = this.#left.shift();
    if (this.#current === undefined) this.#finish?.resolve(this.#fates);
    else this.#send(this.#current);
  }

  #send({ kind, expression, timeMs }: Omit<Attack, "id">): void {
    const request = { client: "probe", kind, expression, ...(kind === "probe" ? { variables: this.#told } : {}) };
    const ticket: Ticket = {
      token: this.#ids.next(),
      request,
      timeMs,
      // Somebody waits: nobody's job is given no time.
      done: () => undefined,
      acceptedMs: 0,
      us: 0,
      fell: false,
      crashes: 0,
      next: undefined,
    };
    this.#worker?.send([ticket]);
  }

  #answered({ request }: Ticket, { value, failure }: Answer): void {
    const current = this.#current;
    if (current === undefined) return;
    if (this.#lied) {
      const isRight = value?.value === bystander.value;
      const evidence = `${request.expression} = ${JSON.stringify(value?.value)}`;
      this.#settle({ id: current.id, reached: !isRight, by: isRight ? "ignored" : "nothing", evidence });
    } else if (current.kind === "evaluate") {
      const evidence = failure?.detail ?? String(value?.text);
      this.#settle({ id: current.id, reached: failure === undefined, by: failure?.name ?? "nothing", evidence });
    } else {
      const fate = this.#read(value?.value, current);
      if (fate !== undefined) this.#settle(fate);
      else {
        this.#lied = true;
        setImmediate(() => {
          if (this.#lied && this.#worker?.state === "ready")
            this.#send({ kind: "evaluate", ...bystander, timeMs: current.timeMs });
        });
      }
    }
  }

  #settle(fate: Fate): void {
    this.#fates.push(fate);
    const isSpent = this.#current?.ends === true;
    this.#current = undefined;
    const worker = this.#worker;
    if (worker === undefined) return;
    if (isSpent) worker.close();
    if (isSpent) void worker.gone.then(() => this.#died("closed", ""));
    else
      setImmediate(() => {
        if (worker.state === "ready" && worker === this.#worker && this.#current === undefined) this.#next();
      });
  }

  #died(reason: string, detail: string): void {
    const { id } = this.#current ?? {};
    if (id !== undefined) this.#fates.push({ id, reached: false, by: reason, evidence: detail });
    this.#current = undefined;
    if (this.#left.length === 0) this.#finish?.resolve(this.#fates);
    else this.#startWorker();
  }
}

function readFate(value: unknown, { id }: Attack): Fate | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (!("reached" in value && typeof value.reached === "boolean" && "by" in value && typeof value.by === "string"))
    return undefined;
  return { id, reached: value.reached, by: value.by, evidence: "evidence" in value ? String(value.evidence) : "" };
}

function isEntry(found: unknown): found is ProbeEntry {
  if (typeof found !== "object" || found === null) return false;
  const { id, aims, layers, ends } = found as Record<string, unknown>;
  return typeof id === "string" && typeof aims === "string" && Array.isArray(layers) && typeof ends === "boolean";
}
