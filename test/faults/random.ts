/** Chance that can be repeated: the same seed makes the same choices. */
export type Random = { below(bound: number): number; pick<T>(among: readonly T[]): T };

/** Mulberry32: 32 bits of state, and all that a choice of victims needs. */
export function makeRandom(seed: number): Random {
  let state = seed >>> 0;
  const below = (bound: number) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
  const pick = <T>(among: readonly T[]): T => {
    const found = among[below(among.length)];
    if (found === undefined) throw new Error("there is nothing to choose from");
    return found;
  };
  return { below, pick };
}
