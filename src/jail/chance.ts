/**
 * Where random numbers come from, so that an evaluation stays a function of its job alone: one with a seed draws the same
 * numbers in every process, one without draws numbers that no other job draws.
 */

/** Of the vocabulary, what draws random numbers. */
export const CHANCE = ["random", "randomInt", "pickRandom"] as const;

export type Chance = {
  /** What unseeded jobs are told apart by; once for each process. */
  keep(secret: string): void;
  /** Begins a job. Costs nothing until `wake`. */
  begin(seed: number | undefined): void;
  /** Before each draw: the first one of a job seeds the generators. */
  wake(): void;
};

/** `reseed` starts mathjs's generators from a text. */
export function makeChance(reseed: (text: string) => void): Chance {
  let secret = "";
  let drawn = 0;
  let seed: number | undefined;
  let isAwake = false;
  return {
    keep(given) {
      secret = given;
    },
    begin(given) {
      seed = given;
      isAwake = false;
      dice.state = 0;
    },
    wake() {
      if (isAwake) return;
      isAwake = true;
      reseed(seed === undefined ? `${secret} ${++drawn}` : `seed ${seed}`);
    },
  };
}

const dice = { state: 0 };

/**
 * Stands in for `Math.random` in a jailed process, which `eigs` and `partitionSelect` throw to get going: from the same state
 * for every job, so their last digits depend on no other client. Mulberry32.
 */
export function throwDice(): number {
  dice.state = (dice.state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(dice.state ^ (dice.state >>> 15), 1 | dice.state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}
