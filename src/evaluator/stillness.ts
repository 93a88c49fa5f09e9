/** Notices that nothing has been asked for a while, and who asks first afterwards. One timer, however much is asked. */
import { turnMs } from "../clock.ts";

export type StillnessOwner = {
  /** False when it is not still after all. */
  still(): boolean;
  stirred(): void;
};

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
    this.#timer ??= setTimeout(() => this.#look(), this.#afterMs);
    if (!this.isStill) return;
    this.isStill = false;
    this.#owner.stirred();
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

  #look(): void {
    this.#timer = undefined;
    const leftMs = this.#stirredMs + this.#afterMs - performance.now();
    // Whoever asks while it is being decided is told that it is still.
    this.isStill = leftMs <= 0;
    if (this.isStill) this.isStill = this.#owner.still();
    if (!this.isStill) this.#timer = setTimeout(() => this.#look(), leftMs > 0 ? leftMs : this.#afterMs);
  }
}
