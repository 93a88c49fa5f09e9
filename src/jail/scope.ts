/**
 * The variables of one evaluation: made for it, thrown away after it.
 *
 * Looks like a Map to mathjs. Variables arrive as stored texts and are made into values when they are first read, so
 * a variable that is shipped but not used costs nothing. Remembers which names were assigned.
 */
export class Scope {
  /** Names the expression assigned, in order. */
  readonly assigned = new Set<string>();
  readonly #values = new Map<string, unknown>();
  readonly #stored: Record<string, string>;
  readonly #revive: (text: string, scope: Scope) => unknown;
  #revivals = 0;

  constructor(stored: Record<string, string>, revive: (text: string, scope: Scope) => unknown) {
    this.#stored = stored;
    this.#revive = revive;
  }

  has(name: string): boolean {
    return this.#values.has(name) || Object.hasOwn(this.#stored, name);
  }

  get(name: string): unknown {
    const text = this.#values.has(name) || !Object.hasOwn(this.#stored, name) ? undefined : this.#stored[name];
    if (text === undefined) return this.#values.get(name);
    // Running a function's definition assigns its name; that it had this name once must not show.
    this.#revivals++;
    try {
      this.#values.set(name, this.#revive(text, this));
    } finally {
      this.#revivals--;
    }
    return this.#values.get(name);
  }

  set(name: string, value: unknown): this {
    if (this.#revivals > 0) return this;
    this.assigned.add(name);
    this.#values.set(name, value);
    return this;
  }

  /** Gives a name a value from outside the expression. */
  place(name: string, value: unknown): void {
    this.#values.set(name, value);
  }

  delete(name: string): boolean {
    return this.#values.delete(name);
  }

  keys(): Iterator<string> {
    return new Set([...Object.keys(this.#stored), ...this.#values.keys()]).values();
  }
}
