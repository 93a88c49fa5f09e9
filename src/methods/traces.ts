/**
 * The traces that operators have running: each takes down, for a while, which calls were answered and what became of them.
 *
 * Nothing a client wrote or was answered comes here. While nobody traces, a call costs one look at `isOn`. Bounded by
 * `tracesMax` traces of at most as many calls as their `limit`, for at most their `ms`.
 */
import { RpcError } from "../protocol/errors.ts";
import type { AdminTraceResult, TracedCall } from "../protocol/generated/types.ts";

/** What a trace takes down: how many calls, and whose when not everybody's. */
export type TraceFilter = { limit: number; connection?: number; principal?: string };

type Trace = { readonly filter: TraceFilter; readonly told: AdminTraceResult; readonly end: () => void };

/** When a trace of somebody else may be over. */
const RETRY_MS = 1_000;

export class Traces {
  readonly #running = new Set<Trace>();
  readonly #tracesMax: number;

  constructor(tracesMax: number) {
    this.#tracesMax = tracesMax;
  }

  get isOn(): boolean {
    return this.#running.size > 0;
  }

  /**
   * Takes calls down until `ms` milliseconds are over or the server drains; then `ended` is told what there was, once. Answers
   * what stops it early, and then nothing is told. Throws `server_busy` when too many are running.
   */
  begin(filter: TraceFilter, ms: number, ended: (told: AdminTraceResult) => void): () => void {
    if (this.#running.size >= this.#tracesMax) {
      const limit = { name: "tracesMax", value: this.#tracesMax };
      throw new RpcError("server_busy", { limit, retryAfterMs: RETRY_MS });
    }
    const stop = (): void => {
      clearTimeout(timer);
      this.#running.delete(trace);
    };
    const end = (): void => {
      stop();
      ended(trace.told);
    };
    const trace: Trace = { filter, told: { calls: [], dropped: 0 }, end };
    const timer = setTimeout(end, ms);
    this.#running.add(trace);
    return stop;
  }

  /** A call was answered. */
  tell(call: TracedCall): void {
    for (const { filter, told } of this.#running) {
      if (filter.connection !== undefined && filter.connection !== call.connection) continue;
      if (filter.principal !== undefined && filter.principal !== call.principal) continue;
      if (told.calls.length < filter.limit) told.calls.push(call);
      else told.dropped += 1;
    }
  }

  /** The server drains: whoever traces is told what there was so far. */
  end(): void {
    for (const trace of this.#running) trace.end();
  }
}

/** The line of a call that was answered; of its result only what it cost. */
export function tracedCall(
  call: Omit<TracedCall, "outcome" | "elapsedMs">,
  outcome: string,
  elapsedMs: number,
  result: unknown,
): TracedCall {
  const { elapsedUs } = Object(result);
  const traced: TracedCall = { ...call, outcome, elapsedMs: Math.round(elapsedMs * 1000) / 1000 };
  if (Number.isSafeInteger(elapsedUs)) traced.elapsedUs = elapsedUs;
  return traced;
}
