/**
 * A bucket that leaks: what is spent flows in, and flows out again at a steady rate, so that its level tells what was
 * spent above the rate of late. Two numbers, however long ago and however often somebody spent; no timer.
 */
export class Meter {
  /** What flows out in a millisecond. */
  readonly #perMs: number;
  #level = 0;
  #atMs = 0;

  constructor(perMs: number) {
    this.#perMs = perMs;
  }

  add(amount: number, nowMs: number): void {
    this.#level = this.level(nowMs) + amount;
    this.#atMs = nowMs;
  }

  /** What is in it now. */
  level(nowMs: number): number {
    return Math.max(0, this.#level - Math.max(0, nowMs - this.#atMs) * this.#perMs);
  }

  /** Milliseconds until the level is down to `level`, if nothing is added; 0 when it is. */
  fallsToMs(level: number, nowMs: number): number {
    return Math.max(0, (this.level(nowMs) - level) / this.#perMs);
  }
}
