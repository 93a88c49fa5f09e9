/**
 * A guess, from the text alone, in which lane a request should begin. Never a promise: the jail's own gate decides what
 * is cheap and defers the rest, and every job is answered rightly in either lane. Guessing right only saves the
 * second parse; keeping a burner away only saves the fast worker's life.
 */
import type { EvaluateRequest } from "./evaluator.ts";

/** Bounds of what is remembered. */
export type TriageLimits = {
  /** Expressions, and clients, remembered at most; the oldest goes first. */
  rememberedMax: number;
  /** Characters of an expression that is worth remembering. */
  rememberedLength: number;
  /** How long a client that burned begins in the slow lane. */
  burnerMs: number;
};

export class Triage {
  readonly #limits: TriageLimits;
  /** By client and expression: what is cheap depends on the client's variables, and nobody may spoil another's lane. */
  readonly #deferred = new Set<string>();
  readonly #burners = new Map<string, number>();

  constructor(limits: TriageLimits) {
    this.#limits = limits;
  }

  /** Lane to begin in. `check` evaluates nothing, so it is always fast; a slice of rows takes milliseconds. */
  lane(request: EvaluateRequest, nowMs: number): "fast" | "slow" {
    if (this.#burners.size > 0 && this.#burns(request.client, nowMs)) return "slow";
    if (request.kind !== undefined && request.kind !== "evaluate") return request.kind === "check" ? "fast" : "slow";
    if (request.expression.includes("[") || request.expression.includes('"')) return "slow";
    return this.#deferred.size > 0 && this.#deferred.has(key(request)) ? "slow" : "fast";
  }

  /** The jail deferred this one. */
  deferred(request: EvaluateRequest): void {
    if (request.expression.length > this.#limits.rememberedLength) return;
    this.#deferred.add(key(request));
    if (this.#deferred.size > this.#limits.rememberedMax) dropOldest(this.#deferred);
  }

  /** A job of this client cost a worker its life. */
  burned(client: string, nowMs: number): void {
    this.#burners.delete(client);
    this.#burners.set(client, nowMs + this.#limits.burnerMs);
    if (this.#burners.size > this.#limits.rememberedMax) dropOldest(this.#burners);
  }

  #burns(client: string, nowMs: number): boolean {
    const untilMs = this.#burners.get(client);
    if (untilMs === undefined) return false;
    if (untilMs > nowMs) return true;
    this.#burners.delete(client);
    return false;
  }
}

function key(request: EvaluateRequest): string {
  return `${request.client}\0${request.expression}`;
}

function dropOldest(remembered: { keys(): IterableIterator<string>; delete(key: string): boolean }): void {
  const oldest = remembered.keys().next();
  if (oldest.done !== true) remembered.delete(oldest.value);
}
