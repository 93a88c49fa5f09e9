/** Opens evaluators for tests, with small limits, and asks them; `using` closes them whatever happens. */
import { fileURLToPath } from "node:url";
import { readConfig } from "../../src/config.ts";
import type { EvaluateRequest, Evaluator, Verdict } from "../../src/evaluator/evaluator.ts";
import { type EvaluatorOptions, openEvaluator } from "../../src/evaluator/open.ts";
import { until } from "../until.ts";

const { cacheDir } = readConfig({});

export const options: EvaluatorOptions = {
  workers: 2,
  jailMode: "prefer",
  cacheDir,
  timeMs: 250,
  timeMsMax: 5_000,
  heapMb: 128,
  rssMb: 256,
  resultBytesMax: 262_144,
  nodesMax: 2_000,
  depthMax: 100,
  elementsMax: 1_000_000,
  queueMax: 10_000,
  queuePerClientMax: 5_000,
  queueMs: 20_000,
  penalMs: 10_000,
  burnPercent: 25,
  sparesKeptMs: 3_600_000,
  log: () => undefined,
};

/** The command that starts the liar in place of the jail. */
export const liar = [process.execPath, fileURLToPath(new URL("liar.ts", import.meta.url))];

export type Asking = AsyncDisposable & {
  evaluator: Evaluator;
  /** Resolves with the verdict. */
  ask(expression: string, request?: Partial<EvaluateRequest>): Promise<Verdict>;
  /** Resolves when this many processes serve or stand by. */
  staffed(): Promise<void>;
};

export async function openAsking(changes: Partial<EvaluatorOptions> = {}): Promise<Asking> {
  const evaluator = await openEvaluator({ ...options, ...changes });
  const ready = () => evaluator.status().workers.filter(({ state }) => state === "ready" || state === "busy").length;
  return {
    evaluator,
    ask: (expression, request) => {
      return new Promise((resolve) => evaluator.evaluate({ client: "alice", expression, ...request }, resolve));
    },
    staffed: () => until(() => ready() >= (changes.workers ?? options.workers) + 3),
    [Symbol.asyncDispose]: () => evaluator.close(),
  };
}

/** What a person would see: the value, or the name of the failure. */
export function said({ value, failure }: Verdict): unknown {
  return failure === undefined ? value?.value : failure.name;
}

/** True while a process of this number exists and is not merely waiting to be reaped. */
export function lives(pid: number): boolean {
  try {
    return !/\) Z /.test(process.getBuiltinModule("fs").readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
