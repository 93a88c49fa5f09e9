/**
 * Expressions of the whole vocabulary, small enough that nothing in them takes long: what takes long is refused by design,
 * and says nothing about arithmetic.
 */
import type { Dice } from "./dice.ts";
import type { Question } from "./reference.ts";

const VARIABLES = ["p", "q", "v", "w", "z", "total", "x_1"];
const FUNCTIONS = ["fu", "fv"];

const ONE = words(`abs cbrt ceil cube fix floor log log10 log1p log2 sign sqrt square unaryMinus unaryPlus acos acosh acot
  acsc asec asin asinh atan atanh cos cot csc sec sin tan tanh not bitNot arg conj im re isFinite isInteger
  isNaN isNegative isNumeric isPositive isZero isBounded erf number string boolean fraction bignumber bigint complex typeOf
  clone hasNumericValue format num den`);
const TWO =
  words(`add subtract multiply divide dotMultiply dotDivide mod gcd lcm hypot atan2 and or xor equal unequal larger largerEq
  smaller smallerEq compare compareNatural deepEqual equalText compareText bitAnd bitOr bitXor nullish max min`);
const OF_MATRIX =
  words(`det inv transpose trace size sum prod mean median min max std variance mode sort flatten squeeze norm cumsum
  diag ctranspose count pinv rows abs sqrt exp map forEach sparse matrix setDistinct setSize eigs qr lup expm sqrtm diff fft`);
const OF_MATRICES = words(`add subtract multiply dotMultiply dotDivide dotPow cross dot kron concat setUnion setIntersect
  setDifference setSymDifference distance deepEqual equal larger lsolve usolve lusolve`);
/** With many digits they take long where their argument is large. */
const STEEP = words(`exp expm1 cosh coth csch sech sinh`);
const SMALL = words(`factorial gamma catalan bellNumbers lgamma`);
const UNITS = words(`m cm km inch ft s hour minute kg g lb N J W A V K degC degF deg rad L mol Hz byte bit`);
const CONSTANTS = words(`pi e tau phi i true false Infinity NaN null LN2 SQRT2 speedOfLight gravity molarMass`);
const OPERATORS = [
  "+",
  "-",
  "*",
  "/",
  "+",
  "-",
  "*",
  "/",
  "%",
  "mod",
  ".*",
  "./",
  "==",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "and",
  "or",
  "xor",
  "&",
  "|",
  "^|",
  "??",
  "",
];
const ODD_CHARACTERS = [..."()[]{},;:.'\"+-*/^%!=<>&|?@#$\\ 0e_i°²π\n"];
const UNKNOWN = ["nosuch", "sqr", "Sin", "lenght", "foo_bar"];

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

export class Grammar {
  readonly #dice: Dice;

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  /** One session: each expression sees what those before it assigned. */
  session(length: number): Question[] {
    const kind = this.#dice.part();
    const settings =
      kind < 0.55
        ? {}
        : kind < 0.75
          ? { number: "BigNumber", ...(this.#dice.chance(0.5) && { precision: this.#dice.pick([5, 20, 64]) }) }
          : { number: this.#dice.pick(["Fraction", "bigint"]) };
    const made = this.#dice.times(length, () => ({ expression: this.#statement(), ...settings }));
    // Where nothing is assigned, half of everything is an unknown name.
    const first = [
      ...VARIABLES.slice(0, 4).map((name) => `${name} = ${this.any(1)}`),
      "fu(p, n) = p * n + q",
      "fv(p, n) = p > n",
    ];
    return [{ expression: first.filter(() => this.#dice.chance(0.8)).join("; "), ...settings }, ...made];
  }

  #statement(): string {
    const kind = this.#dice.part();
    let text = this.any(1 + this.#dice.below(4));
    if (kind < 0.15) text = `${this.#pick(VARIABLES)} = ${text}`;
    else if (kind < 0.2) text = `${this.#pick(FUNCTIONS)}(p, n) = ${this.any(2)}`;
    else if (kind < 0.24) text = `${text}${this.#pick(["; ", "\n", ";\n"])}${this.any(2)}`;
    else if (kind < 0.26) text = `${this.#pick(VARIABLES)}[${1 + this.#dice.below(3)}] = ${this.scalar(1)}`;
    return this.#dice.chance(0.06) ? this.#spoil(text) : text;
  }

  /** One character too many, too few, or another. */
  #spoil(text: string): string {
    const at = this.#dice.below(text.length + 1);
    const odd = this.#dice.chance(0.7) ? this.#pick(ODD_CHARACTERS) : "";
    return text.slice(0, at) + odd + text.slice(at + this.#dice.below(2));
  }

  any(room: number): string {
    const kind = this.#dice.part();
    if (kind < 0.6) return this.scalar(room);
    if (kind < 0.8) return this.matrix(room);
    if (kind < 0.88) return this.unit(room);
    if (kind < 0.94) return this.text(room);
    return this.#other(room);
  }

  scalar(room: number): string {
    const kind = this.#dice.part();
    if (room < 1 || kind < 0.15) return this.#atom();
    if (kind < 0.5) return `${this.scalar(room - 1)} ${this.#pick(OPERATORS)} ${this.scalar(room - 1)}`;
    if (kind < 0.55)
      return `(${this.scalar(room - 1)})${this.#pick(["^", ".^"])}${this.#pick(["2", "3", "-1", "0", "0.5", "(1/3)", "-2"])}`;
    // Of Infinity it never ends.
    if (kind < 0.555) return `isPrime(${this.#number()})`;
    if (kind < 0.6) return `${this.#pick(STEEP)}(${this.#dice.chance(0.05) ? this.scalar(room - 1) : this.#dice.below(90) / 10})`;
    if (kind < 0.7) return `${this.#pick(ONE)}(${this.scalar(room - 1)})`;
    if (kind < 0.78) return `${this.#pick(TWO)}(${this.scalar(room - 1)}, ${this.scalar(room - 1)})`;
    if (kind < 0.82)
      return `${this.scalar(room - 1)} ${this.#pick([">", "<", "=="])} ${this.scalar(0)} ? ${this.any(room - 1)} : ${this.any(room - 1)}`;
    if (kind < 0.86) return `${this.#pick(SMALL)}(${this.#dice.below(9)})`;
    if (kind < 0.88)
      return `${this.#pick(["combinations", "permutations", "stirlingS2", "nthRoot", "nthRoots"])}(${3 + this.#dice.below(5)}, ${1 + this.#dice.below(4)})`;
    if (kind < 0.91) return `${this.#pick(["round", "format"])}(${this.scalar(room - 1)}, ${1 + this.#dice.below(12)})`;
    if (kind < 0.95) return `${this.#pick(FUNCTIONS)}(${this.scalar(room - 1)}, ${this.scalar(room - 1)})`;
    return `${this.#pick(["-", "+", "not ", "~"])}${this.scalar(room - 1)}`;
  }

  matrix(room: number): string {
    const kind = this.#dice.part();
    if (room < 1 || kind < 0.3) return this.#literal();
    if (kind < 0.5) return `${this.#pick(OF_MATRIX)}(${this.matrix(room - 1)})`;
    if (kind < 0.65) return `${this.#pick(OF_MATRICES)}(${this.matrix(room - 1)}, ${this.matrix(room - 1)})`;
    if (kind < 0.8)
      return `${this.matrix(room - 1)} ${this.#pick(["+", "-", "*", ".*", "./", ".^", "=="])} ${this.#dice.chance(0.5) ? this.matrix(room - 1) : this.scalar(0)}`;
    if (kind < 0.86) return `${this.matrix(room - 1)}[${this.#pick(["1", "2", "1:2", "end", ":, 1", "1, :", "0", "5", "2, 2"])}]`;
    if (kind < 0.9) return `${this.#pick(["zeros", "ones", "identity"])}(${this.#pick(["2", "2, 3", "[2, 2]", "3"])})`;
    if (kind < 0.94)
      return `${this.#pick(["map", "filter"])}(${this.matrix(room - 1)}, k(n) = ${this.#pick(["n + 1", "n > 1", "n ^ 2", "-n", "string(n)"])})`;
    return `${this.#dice.below(4)}:${this.#pick(["", "2:", "0.5:", "-1:"])}${this.#dice.below(9)}`;
  }

  unit(room: number): string {
    const kind = this.#dice.part();
    const one = `${this.#number()} ${this.#pick(UNITS)}`;
    if (room < 1 || kind < 0.3) return one;
    if (kind < 0.5) return `${this.unit(room - 1)} ${this.#pick(["to", "in"])} ${this.#pick(UNITS)}`;
    if (kind < 0.85)
      return `${this.unit(room - 1)} ${this.#pick(["+", "-", "*", "/", "*", "/"])} ${this.#dice.chance(0.6) ? this.unit(room - 1) : this.#number()}`;
    return `${this.#pick(["abs", "sqrt", "square", "number", "string", "sin", "toBest", "round", "numeric", "format"])}(${this.unit(room - 1)})`;
  }

  text(room: number): string {
    const kind = this.#dice.part();
    const one = `"${this.#pick(["", "a", "12", "1e3", "é", "x y", "\\n", "0x1F", "2 cm", "3/4"])}"`;
    if (room < 1 || kind < 0.4) return one;
    if (kind < 0.6) return `concat(${this.text(room - 1)}, ${this.text(room - 1)})`;
    if (kind < 0.8)
      return `${this.#pick(["number", "bignumber", "fraction", "bigint", "size", "unit", "boolean", "typeOf", "complex"])}(${this.text(room - 1)})`;
    return `${this.#pick(["bin", "hex", "oct"])}(${this.#dice.below(300)})`;
  }

  /** Objects, algebra, and names nobody knows. */
  #other(room: number): string {
    const kind = this.#dice.part();
    const term = this.#pick(["x^2 + 3 x", "sin(x) / x", "2 x - x", "(x + 1)^2", "x * y + y", "x / (x + 1)", "log(x)"]);
    if (kind < 0.2) return `derivative("${term}", "x")`;
    if (kind < 0.4)
      return `${this.#pick(["simplify", "rationalize", "parse", "leafCount", "simplifyConstant", "simplifyCore"])}("${term}")`;
    if (kind < 0.6) return `{a: ${this.scalar(room - 1)}, b: ${this.any(room - 1)}}${this.#pick(["", ".a", '["b"]', ".c"])}`;
    if (kind < 0.8) return `${this.#pick(UNKNOWN)}(${this.scalar(room - 1)})`;
    return this.#pick(UNKNOWN);
  }

  #atom(): string {
    const kind = this.#dice.part();
    if (kind < 0.6) return this.#number();
    return kind < 0.8 ? this.#pick(VARIABLES) : this.#pick(CONSTANTS);
  }

  #number(): string {
    const whole = this.#dice.below(100);
    return this.#pick([
      String(this.#dice.below(10)), String(whole), `${whole}.${this.#dice.below(1000)}`, `.${whole}`, `${whole}.`, `${this.#dice.below(10)}e${this.#dice.below(20)}`,
      `${this.#dice.below(10)}.5e-${this.#dice.below(10)}`, "0.1", "0", `${whole}%`, `${whole} i`, `0x${whole}`, `0b101`, "9007199254740993", "1/3", "0.3333333333333333",
    ]); // biome-ignore format: a list of words
  }

  #literal(): string {
    const row = (length: number) =>
      this.#dice.times(length, () => (this.#dice.chance(0.85) ? String(this.#dice.below(20) - 5) : this.scalar(1))).join(", ");
    const width = 1 + this.#dice.below(3);
    const rows = this.#dice.times(1 + this.#dice.below(3), () => row(this.#dice.chance(0.95) ? width : 1));
    return `[${rows.join("; ")}]`;
  }

  #pick<T>(from: readonly T[]): T {
    const found = this.#dice.pick(from);
    if (found === undefined) throw new RangeError("there is nothing to pick from");
    return found;
  }
}
