/**
 * The evaluator as the rest of the server sees it: hand in a request, get one verdict.
 *
 * Behind it stand lanes (fair queues), a supervisor (starts and kills) and workers (one jailed process each);
 * DESIGN.md beside this file tells how they play together. Nothing here parses maths.
 */
import type { Checked, Failure, Outcome, Rows, Settings, Value } from "../jail/contract.ts";

export type EvaluateRequest = {
  /** Whom the work is for; the lanes are fair between clients. */
  client: string;
  /** Where the client comes from, and since when it is known (monotonic milliseconds): what it is judged by before it is known. */
  network?: string;
  sinceMs?: number;
  /** Told what the work has cost, as soon as it is known and also when nobody waits for the answer any more. */
  account?: Account;
  expression: string;
  /** `probe` only in a process that was started for it. */
  kind?: "evaluate" | "check" | "rows" | "probe";
  /**
   * For `rows`: the JSON, without a line end, of scalars by name, in lists of one length, `rows`, that is not 0. The jail
   * answers for as many as it takes time for.
   */
  columns?: { json: readonly Buffer[]; rows: number };
  /** Stored variables by name, only those the expression may need. */
  variables?: Record<string, string>;
  /**
   * Given where the expression fits a short line (`jail/contract.ts`) and is ASCII, and in place of `variables`: those that are
   * plain numbers, as they stand there, or an empty text.
   */
  numbers?: string;
  settings?: Settings;
  /** See `Job.seed`. */
  seed?: number;
  /** Milliseconds one attempt may take in the jail. Default and ceiling are settings. */
  timeMs?: number;
  resultBytesMax?: number;
  /** See `Job.explain`. */
  explain?: true;
};

export type Account = {
  /** Microseconds of CPU; for a job that was killed the time it held its worker, and the start of the next. */
  charge(us: number): void;
};

/** Failures the parent's side adds to those born in the jail. */
export type Refusal = {
  name: "time_limit" | "memory_limit" | "engine_crashed" | "server_busy" | "request_timeout" | "shutting_down" | "cancelled";
  limit?: { name: string; value: number; used?: number };
  retryAfterMs?: number;
};

/**
 * What `count` rows gave; `text` is the JSON text of the values, of a list without its brackets, to be passed on as it is. The
 * values themselves are there when one of them is no number.
 */
export type RowsGiven = Omit<Rows, "values"> & { count: number; text: string; values?: unknown[] };

/** What a worker says of a job, every part looked at. With `json` the value is a number, and this its JSON text. */
export type Answer = Omit<Outcome, "id" | "rows"> & { rows?: RowsGiven; json?: string };

/** What became of a request. Exactly one of `value`, `checked`, `rows`, `failure`. */
export type Verdict = {
  value?: Value;
  /** The JSON text of a value that is a number, when it came as such. */
  json?: string;
  checked?: Checked;
  rows?: RowsGiven;
  failure?: Failure | Refusal;
  /** Microseconds of CPU in the jail, as the jail measured them. */
  us: number;
};

/** A layer of the jail and whether it was proven to stand, by running the attack. */
export type Layer = { id: string; name: string; stands: boolean; how: string };

export type EvaluatorStatus = {
  workers: { pid: number; lane: string; state: string; jobs: number }[];
  queued: number;
  starts: number;
  kills: Record<string, number>;
};

export type Evaluator = {
  /** Never throws. `done` is called exactly once, never before this returns. The returned function cancels: `done` then gets `cancelled`. */
  evaluate(request: EvaluateRequest, done: (verdict: Verdict) => void): () => void;
  /** A call was answered from memory: whoever is kept while anything is asked stays, and nobody is started for it. */
  keepWarm(): void;
  status(): EvaluatorStatus;
  /** How many processes have ended that were asked anything: what one of them said may be remembered until it grows, and no longer. */
  deaths(): number;
  /** What was proven; empty while the proof is under way. */
  layers(): readonly Layer[];
  /** Resolves when the proof is over, whatever it found. */
  readonly proven: Promise<readonly Layer[]>;
  /** Kills every jailed process; unanswered requests get `shutting_down`. Resolves when all are gone. Idempotent. */
  close(): Promise<void>;
};
