/**
 * The processor time of one principal: what the jail measured, and for what was killed the time it held its worker and the
 * start of the next (`evaluator/flow.ts` says how much). It comes back steadily, `quotaCpuMs` in `quotaWindowMs`.
 *
 * What a call costs is known afterwards only, so a call is let in while there is room at all, and what it takes beyond is a
 * debt that is paid before the next.
 */
import type { Account } from "../evaluator/evaluator.ts";
import { Meter } from "../evaluator/meter.ts";
import { RpcError } from "../protocol/errors.ts";
import type { SessionInfoResult } from "../protocol/generated/types.ts";
import { turnMs } from "../turn.ts";

export type QuotaLimits = { quotaCpuMs: number; quotaWindowMs: number };

export class Quota implements Account {
  #limits: QuotaLimits;
  #spent: Meter;

  /** `owedMs` is used up from the start. */
  constructor(limits: QuotaLimits, owedMs = 0) {
    this.#limits = limits;
    this.#spent = meterFor(limits, owedMs);
  }

  /** Other limits from now on; what is used stays used. */
  bind(limits: QuotaLimits): void {
    this.#spent = meterFor(limits, this.usedMs);
    this.#limits = limits;
  }

  charge(us: number): void {
    this.#spent.add(us / 1_000, turnMs());
  }

  /** Milliseconds of processor time that are not back yet. */
  get usedMs(): number {
    return this.#limits.quotaCpuMs === 0 ? 0 : this.#spent.level(turnMs());
  }

  /** False while nothing is left. */
  get hasRoom(): boolean {
    const { quotaCpuMs } = this.#limits;
    return quotaCpuMs === 0 || this.usedMs < quotaCpuMs;
  }

  /** Throws `quota_exceeded` while nothing is left. */
  check(): void {
    if (this.hasRoom) return;
    const { quotaCpuMs } = this.#limits;
    const usedMs = this.usedMs;
    const retryAfterMs = Math.ceil(this.#spent.fallsToMs(quotaCpuMs, turnMs())) + 1;
    throw new RpcError("quota_exceeded", {
      limit: { name: "quotaCpuMs", value: quotaCpuMs, used: Math.round(usedMs) },
      retryAfterMs,
    });
  }

  /** What its owner is told; undefined when there is no quota. */
  describe(): SessionInfoResult["quota"] {
    const { quotaCpuMs: cpuMs, quotaWindowMs: windowMs } = this.#limits;
    if (cpuMs === 0) return undefined;
    const resetsInMs = Math.ceil(this.#spent.fallsToMs(0, turnMs()));
    return { usedCpuMs: Math.round(this.usedMs), cpuMs, windowMs, resetsInMs };
  }
}

function meterFor({ quotaCpuMs, quotaWindowMs }: QuotaLimits, usedMs: number): Meter {
  const meter = new Meter(quotaCpuMs / quotaWindowMs);
  meter.add(usedMs, turnMs());
  return meter;
}
