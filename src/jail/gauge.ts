/** Measures what a job took and what its result weighs. */
import { byteLength, nowMs } from "./host.ts";
import { isPlain } from "./kind.ts";
import { Refusal, requireWithin } from "./refusal.ts";

/**
 * A clock for the cost of jobs, in whole microseconds since `started`. It counts wall time: reading the CPU clock costs
 * more than a cheap job, and a jailed process does nothing but its job.
 */
export function microsecondsSince(started: number): number {
  return Math.round((nowMs() - started) * 1000);
}

/** Levels of brackets in the JSON of a value. The parent takes more for a lie. */
const VALUE_DEPTH_MAX = 400;

/**
 * Refuses a value whose JSON must be longer than `bytesMax` or nests too deep, before it is written out:
 * `f(o, n) = n < 1 ? o : f([o, o], n - 1)` builds 2^n elements out of n. Stops counting as soon as a limit is passed.
 */
export function requireLight(value: unknown, bytesMax: number): void {
  let bytes = 0;
  const weigh = (part: unknown, depth: number): void => {
    bytes += typeof part === "string" ? part.length + 2 : 2;
    requireBytes(bytes, bytesMax);
    if (typeof part !== "object" || part === null) return;
    requireWithin("too_deep", "valueDepthMax", VALUE_DEPTH_MAX, depth);
    const json: unknown = !isPlain(part) && "toJSON" in part && typeof part.toJSON === "function" ? part.toJSON() : part;
    for (const [key, inner] of Object.entries(Object(json))) {
      if (!Array.isArray(json)) bytes += key.length + 3;
      weigh(inner, depth + 1);
    }
  };
  weigh(value, 1);
}

/** Refuses a text that takes more than `bytesMax` bytes. */
export function requireShort(text: string, bytesMax: number): void {
  if (text.length * 3 <= bytesMax) return;
  requireBytes(byteLength(text), bytesMax);
}

/** Refuses when what was counted is more than `bytesMax`. */
export function requireBytes(bytes: number, bytesMax: number): void {
  if (bytes <= bytesMax) return;
  throw new Refusal({ name: "result_too_large", limit: { name: "resultBytesMax", value: bytesMax, used: bytes } });
}
