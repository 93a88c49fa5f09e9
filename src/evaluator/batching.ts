/**
 * When requests leave: all that come in one turn of the event loop together, because a write and a wake cost more than most
 * jobs. Whoever comes alone, as the last one did, while nobody else waits for an answer, leaves at the end of its own event: there is nothing
 * to wait for. Of clients that ask in step the first may leave so, once; from then on they leave together.
 */
import { atTurnEnd } from "../turn.ts";

export class Batching {
  /** Requests without an answer. */
  #open = 0;
  /** Some have come and not left. */
  #due = false;
  /** Whether who came, and who left last, was the only one. */
  #alone = false;
  #wasAlone = false;
  #leaving = false;
  readonly #leave: () => void;

  /** `leave` is called later, and once for all that came before it. */
  constructor(leave: () => void) {
    this.#leave = () => {
      this.#wasAlone = this.#alone;
      this.#due = false;
      this.#leaving = true;
      leave();
      this.#leaving = false;
    };
  }

  came(): void {
    this.#alone = this.#open === 0;
    this.#open += 1;
    if (!this.#due) {
      this.#due = true;
      // Who comes because another was refused waits, or all of them would be refused in one turn.
      if (this.#alone && this.#wasAlone && !this.#leaving) atTurnEnd(this.#leave);
      else setImmediate(this.#leave);
    }
  }

  answered(): void {
    this.#open -= 1;
  }
}
