/**
 * A guess, from the text alone, whether a request is cheap. Never a promise: the jail itself decides what is cheap and
 * defers the rest, and every job is answered rightly in any lane. Guessing right only saves the second parse.
 *
 * Remembered is the form of what was deferred, its digits left out: who asks for eigenvalues asks again with other numbers.
 */
import type { EvaluateRequest } from "./evaluator.ts";

/** Bounds of what is remembered. */
export type TriageLimits = {
  /** Forms remembered at most, of all clients and of one; the oldest goes first. */
  rememberedMax: number;
  rememberedPerClientMax: number;
  /** Characters of an expression that is worth remembering. */
  rememberedLength: number;
};

export class Triage {
  readonly #limits: TriageLimits;
  /** By client: what is cheap depends on its variables, and nobody may push out what another is remembered by. */
  readonly #deferred = new Map<string, Set<string>>();
  #size = 0;

  constructor(limits: TriageLimits) {
    this.#limits = limits;
  }

  /** `check` evaluates nothing, so it is always cheap; a slice of rows takes milliseconds. */
  looksCheap({ client, expression, kind }: EvaluateRequest): boolean {
    if (kind !== undefined && kind !== "evaluate") return kind === "check";
    // Nothing with a text in it is provably cheap, nor a large collection, whose form would not be remembered.
    if (expression.includes('"')) return false;
    if (expression.length > this.#limits.rememberedLength) return !expression.includes("[");
    const mine = this.#size === 0 ? undefined : this.#deferred.get(client);
    return mine === undefined || !mine.has(formOf(expression));
  }

  /** The jail deferred this one. */
  deferred({ client, expression }: EvaluateRequest): void {
    const { rememberedMax, rememberedPerClientMax, rememberedLength } = this.#limits;
    if (expression.length > rememberedLength) return;
    const mine = this.#deferred.get(client) ?? new Set();
    const form = formOf(expression);
    // Whoever was heard of last is forgotten last.
    this.#deferred.delete(client);
    this.#deferred.set(client, mine);
    if (!mine.has(form)) this.#size += 1;
    mine.add(form);
    if (mine.size > rememberedPerClientMax) this.#dropOldest(mine);
    while (this.#size > rememberedMax) {
      const [stranger] = this.#deferred;
      if (stranger === undefined) return;
      this.#dropOldest(stranger[1]);
      if (stranger[1].size === 0) this.#deferred.delete(stranger[0]);
    }
  }

  #dropOldest(mine: Set<string>): void {
    const [oldest] = mine;
    if (oldest !== undefined && mine.delete(oldest)) this.#size -= 1;
  }
}

function formOf(expression: string): string {
  return expression.replace(/\d+/g, "0");
}
