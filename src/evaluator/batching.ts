/**
 * When requests leave: all that come in one turn of the event loop together, because a write and a wake cost more than most
 * jobs. Whoever came alone last time, and comes while nobody else waits for an answer, leaves at the end of its own event:
 * there is nothing to wait for. Of many clients that ask in turns the first may come so, once; those behind it come together.
 */
import { atTurnEnd } from "../turn.ts";

export class Batching {
  /** Requests without an answer; those that came since the last ones left, and how many these were. */
  #open = 0;
  #came = 0;
  #cameLast = 0;
  readonly #leave: () => void;

  /** `leave` is called later, and once for all that came before it. */
  constructor(leave: () => void) {
    this.#leave = () => {
      this.#cameLast = this.#came;
      this.#came = 0;
      leave();
    };
  }

  came(): void {
    if (this.#came === 0) {
      if (this.#open === 0 && this.#cameLast === 1) atTurnEnd(this.#leave);
      else setImmediate(this.#leave);
    }
    this.#came += 1;
    this.#open += 1;
  }

  answered(): void {
    this.#open -= 1;
  }
}
