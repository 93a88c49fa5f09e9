/**
 * Plain arithmetic over a block of rows at once: each operation runs over all of them before the next, so that a row costs
 * some nanoseconds and not a walk of mathjs's tree.
 *
 * What it calculates is mathjs's own value bit for bit: the same operations on the same numbers in the same order, as in
 * `scalar.ts`. Where that is in doubt the value is NaN, and whatever is not finite is left to mathjs.
 */
import type { Job } from "./contract.ts";
import { CONSTANTS, FUNCTIONS } from "./scalar.ts";
import { readStoredNumber } from "./stored.ts";
import type { FunctionNode, Node, OperatorNode } from "./tree.ts";

/** Rows of a block: what is calculated of them fits the nearest cache. */
export const BLOCK_ROWS = 256;
/** Operations of one expression; what is longer is rare. */
const STEPS_MAX = 64;

/** Fills the values of rows `from` to `to`, at most a block; the array is the same every time. */
export type Block = (from: number, to: number) => Float64Array;

type Binary = (left: Float64Array, right: Float64Array, out: Float64Array, count: number) => void;

const BINARY: ReadonlyMap<string, Binary> = new Map<string, Binary>([
  [
    "add",
    (left, right, out, count) => {
      for (let at = 0; at < count; at++) out[at] = (left[at] ?? 0) + (right[at] ?? 0);
    },
  ],
  [
    "subtract",
    (left, right, out, count) => {
      for (let at = 0; at < count; at++) out[at] = (left[at] ?? 0) - (right[at] ?? 0);
    },
  ],
  [
    "multiply",
    (left, right, out, count) => {
      for (let at = 0; at < count; at++) out[at] = (left[at] ?? 0) * (right[at] ?? 0);
    },
  ],
  [
    "divide",
    (left, right, out, count) => {
      for (let at = 0; at < count; at++) out[at] = (left[at] ?? 0) / (right[at] ?? 0);
    },
  ],
  [
    "pow",
    (left, right, out, count) => {
      for (let at = 0; at < count; at++) out[at] = power(left[at] ?? 0, right[at] ?? 0);
    },
  ],
]);

/** Roots of negative numbers are complex, at infinity mathjs has rules of its own, and a doubt to the power of 0 would be 1. */
function power(base: number, exponent: number): number {
  const isDoubtful = Number.isNaN(base) || (base < 0 && !Number.isInteger(exponent)) || !Number.isFinite(exponent);
  return isDoubtful ? Number.NaN : base ** exponent;
}

/** Undefined when the expression holds anything but numbers and arithmetic on them. */
export function makeBlock(node: Node, job: Job): Block | undefined {
  return new Maker(job).make(node);
}

class Maker {
  readonly #columns: Record<string, unknown[]>;
  readonly #variables: Record<string, string>;
  #steps = 0;

  constructor({ columns, variables }: Job) {
    this.#columns = columns ?? {};
    this.#variables = variables ?? {};
  }

  make(node: Node): Block | undefined {
    this.#steps += 1;
    if (this.#steps > STEPS_MAX) return undefined;
    switch (node.type) {
      case "ParenthesisNode":
        return this.make(node.content);
      case "ConstantNode":
        return typeof node.value === "number" ? makeConstant(node.value) : undefined;
      case "SymbolNode":
        return this.#makeName(node.name);
      case "OperatorNode":
        return this.#makeOperator(node);
      case "FunctionNode":
        return this.#makeCall(node);
      default:
        return undefined;
    }
  }

  #makeName(name: string): Block | undefined {
    if (Object.hasOwn(this.#columns, name)) return makeColumn(this.#columns[name] ?? []);
    const stored = Object.hasOwn(this.#variables, name) ? this.#variables[name] : undefined;
    const constant = stored === undefined ? CONSTANTS.get(name) : readStoredNumber(stored);
    return constant === undefined ? undefined : makeConstant(constant);
  }

  #makeOperator({ fn, args }: OperatorNode): Block | undefined {
    const [first, second] = args;
    const left = first && this.make(first);
    if (left === undefined || args.length > 2) return undefined;
    if (second === undefined) {
      if (fn === "unaryPlus") return left;
      return fn === "unaryMinus" ? makeEach(left, (value) => -value) : undefined;
    }
    const right = this.make(second);
    const run = BINARY.get(fn);
    if (right === undefined || run === undefined) return undefined;
    const out = new Float64Array(BLOCK_ROWS);
    return (from, to) => {
      run(left(from, to), right(from, to), out, to - from);
      return out;
    };
  }

  #makeCall({ fn, args }: FunctionNode): Block | undefined {
    const [argument] = args;
    if (argument === undefined || args.length > 1 || fn.type !== "SymbolNode" || this.#isTaken(fn.name)) return undefined;
    const known = FUNCTIONS.get(fn.name);
    const given = known && this.make(argument);
    if (known === undefined || given === undefined) return undefined;
    return makeEach(given, (value) => (value >= known.from ? known.call(value) : Number.NaN));
  }

  #isTaken(name: string): boolean {
    return Object.hasOwn(this.#columns, name) || Object.hasOwn(this.#variables, name);
  }
}

function makeConstant(value: number): Block {
  const out = new Float64Array(BLOCK_ROWS).fill(value);
  return () => out;
}

/** A variable of a single call cannot be -0, and a row gives what that gives. */
export function unsigned(value: unknown): unknown {
  return value === 0 ? 0 : value;
}

/** What is no number is a doubt. */
function makeColumn(values: readonly unknown[]): Block {
  const out = new Float64Array(BLOCK_ROWS);
  return (from, to) => {
    for (let row = from; row < to; row++) {
      const value = unsigned(values[row]);
      out[row - from] = typeof value === "number" ? value : Number.NaN;
    }
    return out;
  };
}

function makeEach(given: Block, call: (value: number) => number): Block {
  const out = new Float64Array(BLOCK_ROWS);
  return (from, to) => {
    const values = given(from, to);
    for (let at = 0; at < to - from; at++) out[at] = call(values[at] ?? 0);
    return out;
  };
}
