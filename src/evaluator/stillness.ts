/** Notices that nothing has been asked for a while, and who asks first afterwards. One timer, however much is asked. */
import { turnMs } from "../turn.ts";

export type StillnessOwner = {
  /** False when it is not still after all. */
  still(): boolean;
  stirred(): void;
};

/**
 * From the first who asks to whom it wakes: a lone call is answered by then (in 2 to 9 ms), and what starts would take the
 * processor from it; little beside the 150 ms of a start.
 */
const WAKE_MS = 20;

export class Stillness {
  isStill = false;
  readonly #afterMs: number;
  readonly #owner: StillnessOwner;
  #stirredMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #ended = false;

  constructor(afterMs: number, owner: StillnessOwner) {
    this.#afterMs = afterMs;
    this.#owner = owner;
  }

  /** Something is asked; the first time it starts the watch. */
  stir(): void {
    if (this.#ended) return;
    this.#stirredMs = turnMs();
    this.#timer ??= this.isStill ? setTimeout(() => this.#wake(), WAKE_MS) : setTimeout(() => this.#look(), this.#afterMs);
    this.isStill = false;
  }

  /** Something was asked that needed nobody: what is not still yet stays so, and what is still sleeps on. */
  keepWarm(): void {
    if (!this.isStill) this.#stirredMs = turnMs();
  }

  /** From now on nobody is told anything. */
  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
  }

  #wake(): void {
    this.#timer = setTimeout(() => this.#look(), this.#afterMs);
    this.#owner.stirred();
  }

  #look(): void {
    this.#timer = undefined;
    const leftMs = this.#stirredMs + this.#afterMs - performance.now();
    // Whoever asks while it is being decided is told that it is still.
    this.isStill = leftMs <= 0;
    if (this.isStill) this.isStill = this.#owner.still();
    if (!this.isStill) this.#timer = setTimeout(() => this.#look(), leftMs > 0 ? leftMs : this.#afterMs);
  }
}
