/**
 * The idempotency keys of one principal that are in work, so that a call and its retry are never evaluated side by side:
 * the retry waits until the first is answered, and then finds the stored outcome (G5).
 *
 * In memory only; what was answered before is the history's to know.
 */
export class KeyTurns {
  readonly #waiting = new Map<string, (() => void)[]>();

  /** Runs `run` when the key is free, perhaps before this returns; each that ran must `free` the key once. */
  take(key: string, run: () => void): void {
    const waiting = this.#waiting.get(key);
    if (waiting !== undefined) return void waiting.push(run);
    this.#waiting.set(key, []);
    run();
  }

  /** The call that had the key is answered: the next has it. */
  free(key: string): void {
    const next = this.#waiting.get(key)?.shift();
    if (next === undefined) this.#waiting.delete(key);
    else next();
  }

  /** Keys in work. */
  get size(): number {
    return this.#waiting.size;
  }
}
