/**
 * Whose frames are taken now: all sessions share each turn of the event loop, so that however many peers pour, the loop comes
 * round within about a millisecond to whoever asks little.
 *
 * A session takes frames while the turn has time; then it waits in a row and is not read from. What a session has waiting
 * when the loop comes round is taken a handful at a time, one session after the other.
 */
import { invariant } from "../invariant.ts";
import { takeTurn } from "../turn.ts";

/** Of one turn: a hundred short calls, and few enough that two turns of them are not noticed. */
const TURN_MS = 1;

export class Turns {
  readonly #waiting: (() => void)[] = [];
  #endMs = 0;
  #isOn = false;

  /** False when all have taken enough for now. */
  get hasTime(): boolean {
    if (!this.#isOn) this.#begin();
    return performance.now() < this.#endMs;
  }

  /** Calls `take` in a later turn, or later in this one after all who wait already; each takes at least one frame. */
  wait(take: () => void): void {
    this.#waiting.push(take);
    if (!this.#isOn) this.#begin();
  }

  #begin(): void {
    this.#isOn = true;
    this.#endMs = performance.now() + TURN_MS;
    setImmediate(() => takeTurn(() => this.#end()));
  }

  #end(): void {
    this.#isOn = false;
    if (this.#waiting.length === 0) return;
    this.#begin();
    do {
      const take = this.#waiting.shift();
      invariant(take !== undefined, "somebody waits");
      take();
    } while (this.#waiting.length > 0 && this.hasTime);
  }
}
