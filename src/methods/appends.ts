/** Appends of one principal that its history has not answered yet: who reads `$3` back waits for those sent before it. */
export class Appends {
  #begun = 0;
  #answered = 0;
  readonly #waiting: { after: number; run: () => void }[] = [];

  begin(): void {
    this.#begun += 1;
  }

  /** The history answers in the order of the appends. */
  answered(): void {
    this.#answered += 1;
    while (this.#waiting[0] !== undefined && this.#waiting[0].after <= this.#answered) this.#waiting.shift()?.run();
  }

  /** Runs `run` once all that are begun by now are answered, perhaps before this returns. */
  whenAnswered(run: () => void): void {
    if (this.#begun === this.#answered) run();
    else this.#waiting.push({ after: this.#begun, run });
  }
}
