/**
 * The line of the log about a call that took long: which, how long, where the time went. Never what was asked.
 *
 * When everything is slow every call is, and the log must not make it worse: past `linesMax` lines a second they are only
 * counted, and the next line says how many were left out.
 */
import type { Log } from "../log.ts";

export type SlowCall = {
  lane: string | undefined;
  elapsedMs: number;
  /** CPU time in the jail, when the method has told one. */
  us: number | undefined;
  outcome: string;
};

const linesMax = 10;

export class SlowCalls {
  readonly #log: Log;
  readonly #slowCallMs: number;
  #second = 0;
  #lines = 0;
  #leftOut = 0;

  constructor(log: Log, slowCallMs: number) {
    this.#log = log;
    this.#slowCallMs = slowCallMs;
  }

  isSlow(elapsedMs: number): boolean {
    return elapsedMs >= this.#slowCallMs;
  }

  tell(trace: object, call: SlowCall): void {
    const second = Math.floor(performance.now() / 1000);
    if (second !== this.#second) [this.#second, this.#lines] = [second, 0];
    this.#lines += 1;
    if (this.#lines > linesMax) {
      this.#leftOut += 1;
      return;
    }
    const leftOut = this.#leftOut === 0 ? undefined : this.#leftOut;
    this.#leftOut = 0;
    this.#log.warn({ ...trace, ...call, leftOut }, "slow call");
  }
}
