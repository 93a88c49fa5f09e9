/** Chance from a seed: whatever was made can be made again. */
import { makeDice } from "../test/jail/arithmetic.ts";

export class Dice {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = makeDice(seed);
  }

  /** From 0 up to 1. */
  part(): number {
    return this.#next();
  }

  /** A whole number from 0 up to `below`, never `below` itself. */
  below(below: number): number {
    return Math.floor(this.#next() * below);
  }

  chance(part: number): boolean {
    return this.#next() < part;
  }

  pick<T>(from: readonly [T, ...T[]]): T;
  pick<T>(from: readonly T[]): T | undefined;
  pick<T>(from: readonly T[]): T | undefined {
    return from[this.below(from.length)];
  }

  /** So many things. */
  times<T>(count: number, make: () => T): T[] {
    return Array.from({ length: count }, make);
  }
}
