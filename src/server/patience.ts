/**
 * How long a peer is not read from for what it sent that was no request. What was read is answered at once; then the peer
 * waits, and so does whatever it pours, in its own memory.
 *
 * A debt: each refused frame is worth its part of a second, a second of them is free, and the time pays it back.
 */
import type { Config } from "../config.ts";
import { turnMs } from "../turn.ts";

const FREE_MS = 1_000;

export class Patience {
  readonly #frameMs: number;
  readonly #pauseMsMax: number;
  readonly #goOn: () => void;
  /** When everything refused so far is paid. */
  #paidAt = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `goOn` is told when a pause is over. */
  constructor({ refusedFramesMax, refusedPauseMs }: Config, goOn: () => void) {
    this.#frameMs = 1_000 / refusedFramesMax;
    this.#pauseMsMax = refusedPauseMs;
    this.#goOn = goOn;
  }

  /** The peer sent a frame, or an item of a batch, that was no request. */
  refused(): void {
    const now = turnMs();
    this.#paidAt = Math.min(Math.max(now, this.#paidAt) + this.#frameMs, now + FREE_MS + this.#pauseMsMax);
  }

  /** True while the peer is not to be read from; `goOn` tells the end. */
  isPausing(): boolean {
    const leftMs = this.#paidAt - FREE_MS - turnMs();
    if (leftMs <= 0) return false;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#goOn();
    }, leftMs).unref();
    return true;
  }

  /** The peer is gone. */
  drop(): void {
    clearTimeout(this.#timer);
  }
}
