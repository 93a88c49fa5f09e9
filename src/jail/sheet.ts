/**
 * Numbers in cells, and the steps that fill one cell from others: what is left of an expression when the kind of each of its
 * parts is known. Each step is one operation of mathjs's on doubles; where mathjs would make anything else of them, there is a
 * doubt, and the expression takes the ordinary way.
 *
 * Every cell is a constant, or written before it is read: nothing of one run is seen by the next.
 */

const CELLS_MAX = 64;
const STEPS_MAX = 64;

/** Thrown while a sheet is made of an expression that is not for it. */
export class Unfit extends Error {}

/** Set by a step when its result is not for it to say. One at a time: the jail does one thing after the other. */
export const doubt = { arose: false };

/** A cell's number; the index names a cell there is. */
const read = (cells: Float64Array, at: number): number => cells[at] ?? Number.NaN;

export class Sheet {
  readonly cells = new Float64Array(CELLS_MAX);
  readonly steps: (() => void)[] = [];
  #used = 0;

  /** A cell that no step writes; the number may be given anew before each run. */
  put(value: number): number {
    const at = this.#take();
    this.cells[at] = value;
    return at;
  }

  /** What is in a cell at this time. */
  valueOf(at: number): number {
    return read(this.cells, at);
  }

  sum(a: number, b: number): number {
    const { cells } = this;
    return this.#step((to) => () => {
      cells[to] = read(cells, a) + read(cells, b);
    });
  }

  difference(a: number, b: number): number {
    const { cells } = this;
    return this.#step((to) => () => {
      cells[to] = read(cells, a) - read(cells, b);
    });
  }

  product(a: number, b: number): number {
    const { cells } = this;
    return this.#step((to) => () => {
      cells[to] = read(cells, a) * read(cells, b);
    });
  }

  quotient(a: number, b: number): number {
    const { cells } = this;
    return this.#step((to) => () => {
      cells[to] = read(cells, a) / read(cells, b);
    });
  }

  negative(a: number): number {
    const { cells } = this;
    return this.#step((to) => () => {
      cells[to] = -read(cells, a);
    });
  }

  /** Roots of negative numbers are complex, and at infinity mathjs has rules of its own. */
  power(a: number, b: number): number {
    const { cells } = this;
    return this.#step((to) => () => {
      const [base, exponent] = [read(cells, a), read(cells, b)];
      if ((!(base >= 0) && !Number.isInteger(exponent)) || !Number.isFinite(exponent)) doubt.arose = true;
      cells[to] = base ** exponent;
    });
  }

  /** A function of one number, for numbers from `from` on. */
  value(call: (x: number) => number, from: number, a: number): number {
    const { cells } = this;
    return this.#step((to) => () => {
      const x = read(cells, a);
      if (!(x >= from)) doubt.arose = true;
      cells[to] = call(x);
    });
  }

  /** The imaginary part of a negative number's root, whose real part is 0. */
  imaginaryRoot(a: number): number {
    const { cells } = this;
    return this.#step((to) => () => {
      const x = read(cells, a);
      if (!(x < 0)) doubt.arose = true;
      cells[to] = Math.sqrt(-x);
    });
  }

  /** Raises a doubt in each run in which a cell does not hold what it holds now. */
  pin(a: number): number {
    const { cells } = this;
    const value = read(cells, a);
    this.#add(() => {
      if (read(cells, a) !== value) doubt.arose = true;
    });
    return value;
  }

  /** Adds a step, which is taken at once, so that there are numbers to look at. */
  #step(make: (to: number) => () => void): number {
    const to = this.#take();
    this.#add(make(to));
    return to;
  }

  #add(step: () => void): void {
    if (this.steps.length >= STEPS_MAX) throw new Unfit();
    this.steps.push(step);
    step();
  }

  #take(): number {
    if (this.#used >= CELLS_MAX) throw new Unfit();
    this.#used += 1;
    return this.#used - 1;
  }
}
