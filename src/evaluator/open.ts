/** Opens the evaluator: finds out what this machine can do, makes the snapshot, starts the workers, proves the layers. */
import { once } from "node:events";
import { type JailMode, makeConfinement } from "./confine.ts";
import type { Evaluator, Layer } from "./evaluator.ts";
import { Flow } from "./flow.ts";
import type { KernelTools } from "./kernel.ts";
import type { Ground } from "./probing.ts";
import { layersUntried, proveLayers } from "./proof.ts";
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
  /** How long who burned is kept to the back lane, and the share of a processor that counts as burning. */
  penalMs: number;
  burnPercent: number;
  /** Without a job for so long, only two processes stay. */
  sparesKeptMs: number;
  log: Log;
  /** Before it resolves no more than the first worker is started, unless a layer is required: whoever is waited for comes first. Default: at once. */
  quiet?: Promise<void>;
  /** argv in place of the jail. Tests put a liar here; nothing else sets it. */
  command?: readonly string[];
  /** Where the programs for the kernel's wall lie, instead of the usual places; `{}` does without. */
  kernelTools?: KernelTools;
};

/** Patience with a job of the fast lane. Far above what a cheap one takes, far below what people notice. */
const fastMs = 100;
/** From spawn to greeting: about 60 ms on an idle machine. */
const startMs = 10_000;
/** Against what piles up without being seen as memory; the start of the next adds 10 ns to each of so many jobs. */
const jobsMax = 10_000_000;
/** Two batches: one in the pipe while the other is worked on. */
const windowMax = 128;
/** Clients and networks whose standing is remembered. */
const standingsMax = 10_000;
/** What a client may use at once above its share: two jobs that took their whole time. */
const burstJobs = 2;
/** Share of `rssMb` above which an idle worker is replaced. */
const softShare = 0.75;

/**
 * Resolves when the first worker is ready; `jailMode` `require` wants every layer proven before that. Rejects when no worker
 * can be started, or when a layer that is required does not stand.
 */
export async function openEvaluator(options: EvaluatorOptions): Promise<Evaluator> {
  const { workers, jailMode, cacheDir, command, log, penalMs, burnPercent, timeMs, sparesKeptMs, quiet } = options;
  const ground = await prepareGround(options);
  let deaths = 0;
  const died = () => {
    deaths += 1;
  };
  const supervisor = { ...ground, workers: Math.max(2, workers), cacheDir, sparesKeptMs, died, log };
  const standing = { penalMs, burnPercent, burstUs: burstJobs * timeMs * 1_000, rememberedMax: standingsMax };
  const flow = new Flow({ ...options, windowMax, standing, supervisor });
  const leaving = new AbortController();
  const ready = flow.open();
  const left = once(leaving.signal, "abort");
  const calm = jailMode === "require" ? Promise.resolve() : settle(ready).then(() => Promise.race([quiet, left]));
  const proven = command === undefined ? calm.then(() => prove(ground, cacheDir, ready, leaving.signal)) : Promise.resolve([]);
  let known: readonly Layer[] = [];
  void proven.then((layers) => {
    known = layers;
    const fields = { mode: jailMode, wall: ground.confinement.wall?.name ?? "none", ...tell(layers) };
    if (!leaving.signal.aborted) log(fields.missing.length === 0 ? "info" : "warn", "jail", fields);
  });
  const close = async () => {
    leaving.abort();
    await Promise.all([flow.close(), proven]);
  };
  try {
    await ready;
    // Nobody's expression runs before what is required was seen to stand.
    if (jailMode === "require") requireAll(await proven);
  } catch (error) {
    await close();
    throw error;
  }
  void calm.then(() => {
    if (!leaving.signal.aborted) flow.fill();
  });
  const [evaluate, keepWarm, status] = [flow.evaluate.bind(flow), flow.keepWarm.bind(flow), flow.status.bind(flow)];
  return { evaluate, keepWarm, status, deaths: () => deaths, layers: () => known, proven, close };
}

/** What every jailed process of an evaluator with these bounds is started with, and watched by. */
export async function prepareGround(options: EvaluatorOptions): Promise<Ground> {
  const { jailMode, cacheDir, heapMb, rssMb, resultBytesMax, nodesMax, depthMax, elementsMax, command, kernelTools } = options;
  const [confinement, blob] = await Promise.all([
    makeConfinement({
      mode: jailMode,
      heapMb,
      rssMb,
      ...(command === undefined ? {} : { command }),
      ...(kernelTools === undefined ? {} : { kernelTools }),
    }),
    command === undefined ? ensureSnapshot({ cacheDir }) : "",
  ]);
  const limits = { startMs, rssMb, resultBytesMax, fastMs, jobsMax, rssSoftMb: rssMb * softShare };
  return { confinement, blob, start: { nodesMax, depthMax, elementsMax, resultBytesMax }, limits };
}

/**
 * Proves the layers beside the start of the workers; when that start shows that the snapshot had to be made anew, once more.
 * Never rejects: a layer that could not be tried does not stand.
 */
async function prove(ground: Ground, cacheDir: string, ready: Promise<unknown>, signal: AbortSignal): Promise<Layer[]> {
  if (signal.aborted) return layersUntried("it is stopped");
  try {
    return await proveLayers(ground, signal);
  } catch {}
  try {
    await ready;
    return await proveLayers({ ...ground, blob: await ensureSnapshot({ cacheDir }) }, signal);
  } catch (error) {
    return layersUntried(error instanceof Error ? error.message : String(error));
  }
}

/** Resolves when the promise is settled, whichever way. */
function settle(promise: Promise<unknown>): Promise<void> {
  return promise.then(
    () => undefined,
    () => undefined,
  );
}

function tell(layers: readonly Layer[]): { stands: string[]; missing: string[] } {
  const ids = (stands: boolean) => layers.filter((layer) => layer.stands === stands).map(({ id }) => id);
  return { stands: ids(true), missing: ids(false) };
}

function requireAll(layers: readonly Layer[]): void {
  const fallen = layers.filter((layer) => !layer.stands);
  if (fallen.length === 0) return;
  const hint = fallen.some(({ id }) => id.startsWith("L6")) ? "; the kernel's wall needs Linux and bubblewrap" : "";
  const told = fallen.map(({ id, name, how }) => `${id} (${name}: ${how})`).join(", ");
  throw new Error(`jail layers missing: ${told}${hint}`);
}
