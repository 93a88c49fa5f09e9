/**
 * Things made from texts, kept by text, those that were not asked for of late leaving first.
 *
 * Two generations instead of a list in order of use: when the young one is full, it becomes the old one and what was old
 * and not asked for again is dropped. Dropping costs nothing per thing.
 */

/** Things in each generation, and characters of their texts: a compiled tree takes about 200 bytes a character. */
const KEPT_MAX = 1_000;
const KEPT_CHARS_MAX = 50_000;

export class Kept<T> {
  #young = new Map<string, { value: T }>();
  #old = new Map<string, { value: T }>();
  #chars = 0;

  /** What is kept, if anything. */
  find(text: string): T | undefined {
    return this.#find(text)?.value;
  }

  /** Makes what is not kept; throws what `make` throws, and keeps nothing then. */
  get(text: string, make: () => T): T {
    return (this.#find(text) ?? this.#keep(text, { value: make() })).value;
  }

  /** What was asked for again stays. */
  #find(text: string): { value: T } | undefined {
    const young = this.#young.get(text);
    if (young !== undefined) return young;
    const old = this.#old.get(text);
    return old && this.#keep(text, old);
  }

  #keep(text: string, what: { value: T }): { value: T } {
    this.#chars += text.length;
    if (this.#young.size >= KEPT_MAX || this.#chars > KEPT_CHARS_MAX) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#chars = text.length;
    }
    this.#young.set(text, what);
    return what;
  }
}
