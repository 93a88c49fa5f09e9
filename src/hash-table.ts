/**
 * A map for what comes and goes all the time, such as calls in flight: open addressing with linear probing in one array.
 *
 * V8's own `Map` leaves each deletion as a hole and makes itself anew when it is full of them; the table it had before points to
 * the next one. Once the collector has taken one of these for old, all that follow, and whatever was in them, stay alive until it
 * looks at everything: a quarter of what a busy server allocated was copied twice in vain.
 *
 * Keys may be chosen by a stranger, and may fall together: a look costs as many steps as there are entries then, and to delete one
 * all letters of them are read again. So keep few, and none that is long.
 */
import { invariant } from "./invariant.ts";
import { hashText, mixed } from "./protocol/hash.ts";

const SLOTS_MIN = 16;
/** 2^32 divided by the golden ratio (Knuth, The Art of Computer Programming, 6.4). */
const SPREAD = 0x9e3779b1;
const HIGH = 18;
/** Letters of a key. */
export const KEY_LENGTH_MAX = 64;

export class HashTable<K extends string | number, V> {
  #keys: (K | undefined)[] = [];
  #values: (V | undefined)[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(key: K): boolean {
    return this.#size > 0 && this.#keys[this.#slot(key)] !== undefined;
  }

  get(key: K): V | undefined {
    return this.#size === 0 ? undefined : this.#values[this.#slot(key)];
  }

  set(key: K, value: V): void {
    if (2 * (this.#size + 1) > this.#keys.length) this.#grow();
    const slot = this.#slot(key);
    if (this.#keys[slot] === undefined) this.#size += 1;
    this.#keys[slot] = key;
    this.#values[slot] = value;
  }

  /** Answers false when it was not there. */
  delete(key: K): boolean {
    if (this.#size === 0) return false;
    const [keys, values, mask] = [this.#keys, this.#values, this.#keys.length - 1];
    let free = this.#slot(key);
    if (keys[free] === undefined) return false;
    // Whoever was put behind because this place was taken moves up: a search ends at the first free slot.
    for (let at = (free + 1) & mask; keys[at] !== undefined; at = (at + 1) & mask) {
      const home = hashOf(keys[at] as K) & mask;
      if (((at - home) & mask) < ((at - free) & mask)) continue;
      keys[free] = keys[at];
      values[free] = values[at];
      free = at;
    }
    keys[free] = undefined;
    values[free] = undefined;
    this.#size -= 1;
    return true;
  }

  /** What is in it now, in no order; the table may change while somebody goes through the list. */
  values(): V[] {
    return this.#values.filter((_, slot): _ is V => this.#keys[slot] !== undefined);
  }

  /** Where the key is, or the free slot where it would be. There is always one. */
  #slot(key: K): number {
    const mask = this.#keys.length - 1;
    let slot = hashOf(key) & mask;
    for (let other = this.#keys[slot]; other !== undefined && other !== key; other = this.#keys[slot]) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    const slots = Math.max(SLOTS_MIN, 2 * keys.length);
    this.#keys = new Array<K | undefined>(slots).fill(undefined);
    this.#values = new Array<V | undefined>(slots).fill(undefined);
    for (const [old, key] of keys.entries()) {
      if (key === undefined) continue;
      const slot = this.#slot(key);
      this.#keys[slot] = key;
      this.#values[slot] = values[old];
    }
  }
}

/** Numbers that follow one another lie apart as a rule: side by side, to delete one would be to look at all that follow. */
function hashOf(key: string | number): number {
  if (typeof key === "number") {
    const spread = Math.imul(key, SPREAD);
    // Its high bits are those that depend on all of the key, so they come first.
    return ((spread >>> HIGH) | (spread << (32 - HIGH))) >>> 0;
  }
  invariant(key.length <= KEY_LENGTH_MAX, "keys of the table are short");
  return mixed(hashText(key, 0));
}
