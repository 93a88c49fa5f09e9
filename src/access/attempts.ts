/**
 * Wrong tokens of late, by address and in all: past either limit no token is looked at until the oldest is old enough.
 *
 * A right token takes nothing back: who guesses could otherwise pay for guesses with a token of his own. Memory is bounded by
 * `tokenFailuresMax`, because at that limit nothing more is looked at, so nothing more can fail.
 */
import { isIPv6 } from "node:net";

export type AttemptLimits = { tokenFailuresPerAddressMax: number; tokenFailuresMax: number; tokenFailuresMs: number };

/** The limit that is met, and milliseconds until it is not. */
export type Throttled = { name: "tokenFailuresPerAddressMax" | "tokenFailuresMax"; value: number; retryAfterMs: number };

type Failure = { key: string; atMs: number };

export class Attempts {
  readonly #limits: AttemptLimits;
  /** In order of time. */
  readonly #failures: Failure[] = [];
  readonly #byKey = new Map<string, number[]>();

  constructor(limits: AttemptLimits) {
    this.#limits = limits;
  }

  /** Failures remembered now. */
  get size(): number {
    return this.#failures.length;
  }

  /** Undefined when a token from `address` may be looked at. `nowMs` never goes back. */
  throttled(address: string, nowMs: number): Throttled | undefined {
    this.#forget(nowMs);
    const { tokenFailuresPerAddressMax, tokenFailuresMax, tokenFailuresMs } = this.#limits;
    const here = this.#byKey.get(keyOf(address)) ?? [];
    const retryAfterMs = (atMs = 0) => Math.max(1, Math.ceil(atMs + tokenFailuresMs - nowMs));
    if (here.length >= tokenFailuresPerAddressMax) {
      return { name: "tokenFailuresPerAddressMax", value: tokenFailuresPerAddressMax, retryAfterMs: retryAfterMs(here[0]) };
    }
    if (this.#failures.length < tokenFailuresMax) return undefined;
    return { name: "tokenFailuresMax", value: tokenFailuresMax, retryAfterMs: retryAfterMs(this.#failures[0]?.atMs) };
  }

  failed(address: string, nowMs: number): void {
    const key = keyOf(address);
    this.#failures.push({ key, atMs: nowMs });
    const here = this.#byKey.get(key);
    if (here === undefined) this.#byKey.set(key, [nowMs]);
    else here.push(nowMs);
  }

  #forget(nowMs: number): void {
    const kept = this.#failures.findIndex(({ atMs }) => atMs + this.#limits.tokenFailuresMs > nowMs);
    for (const { key } of this.#failures.splice(0, kept === -1 ? this.#failures.length : kept)) {
      const here = this.#byKey.get(key);
      here?.shift();
      if (here?.length === 0) this.#byKey.delete(key);
    }
  }
}

/** Who has one IPv6 address has 2^64 of them: they count as one. An IPv4 address is the same in either spelling. */
function keyOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [host = ""] = address.split("%");
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(host)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = "", tail] = host.split("::");
  const groups = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? 0 : tail.split(":").length;
  while (tail !== undefined && groups.length + after < 8) groups.push("0");
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}
