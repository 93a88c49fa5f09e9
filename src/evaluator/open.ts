/** Opens the evaluator: finds out what this machine can do, makes the snapshot, starts the first worker. */
import { inspectJailed, type JailMode, makeConfinement } from "./confine.ts";
import type { Evaluator } from "./evaluator.ts";
import { Flow } from "./flow.ts";
import { ensureSnapshot } from "./snapshot.ts";
import type { Log } from "./supervisor.ts";

/** Every bound comes from the settings; `schemas/config.json` gives each its default and its reason. */
export type EvaluatorOptions = {
  /** Processes that serve, one of them in the fast lane; raised to 2. One warm spare comes on top. */
  workers: number;
  jailMode: JailMode;
  /** Folder of the snapshots; made when absent. */
  cacheDir: string;
  /** Milliseconds one attempt may take: unless the request says otherwise, and at most. */
  timeMs: number;
  timeMsMax: number;
  /** Old-generation heap of a worker, and the resident memory that gets it killed. */
  heapMb: number;
  rssMb: number;
  /** What the jail refuses by itself. */
  resultBytesMax: number;
  nodesMax: number;
  depthMax: number;
  elementsMax: number;
  /** Requests that may wait in each lane, in all and of one client; and how long. */
  queueMax: number;
  queuePerClientMax: number;
  queueMs: number;
  log: Log;
  /** argv in place of the jail. Tests put a liar here; nothing else sets it. */
  command?: readonly string[];
};

/** Patience with a job of the fast lane. Far above what a cheap one takes, far below what people notice. */
const fastMs = 100;
/** From spawn to greeting: about 115 ms on an idle machine. */
const startMs = 10_000;
const jobsMax = 200_000;
/** Two batches: one in the pipe while the other is worked on. */
const windowMax = 128;
/** Share of `rssMb` above which an idle worker is replaced. */
const softShare = 0.75;

/** Resolves when the first worker is ready. Rejects when none can be started, or when `jailMode` is `require` and a layer does not stand. */
export async function openEvaluator(options: EvaluatorOptions): Promise<Evaluator> {
  const { workers, jailMode, cacheDir, heapMb, rssMb, resultBytesMax, nodesMax, depthMax, elementsMax, command, log } = options;
  const [confinement, blob] = await Promise.all([
    makeConfinement({ mode: jailMode, heapMb, rssMb, ...(command === undefined ? {} : { command }) }),
    command === undefined ? ensureSnapshot({ cacheDir }) : "",
  ]);
  const limits = { startMs, rssMb, resultBytesMax, fastMs, jobsMax, rssSoftMb: rssMb * softShare };
  const start = { nodesMax, depthMax, elementsMax, resultBytesMax };
  const supervisor = { workers: Math.max(2, workers), confinement, cacheDir, blob, start, limits, log };
  const flow = new Flow({ ...options, windowMax, supervisor });
  try {
    await flow.open((pid) => inspectJailed(pid, confinement));
    const fallen = flow.layers().filter((layer) => !layer.stands);
    if (jailMode === "require" && fallen.length > 0)
      throw new Error(`jail layers missing: ${fallen.map(({ id }) => id).join(", ")}`);
  } catch (error) {
    await flow.close();
    throw error;
  }
  return flow;
}
