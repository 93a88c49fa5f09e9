/** What a requester is told: the jail's outcome, or what this side makes of a worker's death. */
import type { Answer, Refusal, Verdict } from "./evaluator.ts";
import type { DeathReason } from "./worker.ts";

export function makeVerdict({ value, json, checked, rows, failure }: Answer, us: number): Verdict {
  if (json !== undefined && value !== undefined) return { value, json, us };
  if (value !== undefined) return { value, us };
  if (checked !== undefined) return { checked, us };
  if (rows !== undefined) return { rows, us };
  return failure === undefined ? { us } : { failure, us };
}

/** The failure of the job a worker died of, with the limit it met; undefined when the death was not necessarily its doing. */
export function blame(reason: DeathReason, limits: { timeMs: number; rssMb: number; heapMb: number }): Refusal | undefined {
  const { timeMs, rssMb, heapMb } = limits;
  switch (reason) {
    case "time_limit":
      return { name: "time_limit", limit: { name: "timeMs", value: timeMs } };
    case "rss_limit":
      return { name: "memory_limit", limit: { name: "rssMb", value: rssMb } };
    case "heap_limit":
      return { name: "memory_limit", limit: { name: "heapMb", value: heapMb } };
    default:
      return undefined;
  }
}
