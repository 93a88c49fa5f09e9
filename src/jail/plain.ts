/**
 * Small results of the everyday kinds as text, at a fraction of what mathjs's general way costs: matrices of real and
 * complex numbers, complex numbers, BigNumbers, and units that were converted to. The same characters as mathjs's, or no answer: then
 * the general way is taken. `test/jail/plain.test.ts` compares the two.
 */
import { formatDigits, formatNumber } from "./digits.ts";
import type { Engine } from "./engine.ts";

/** A result in both forms: JSON, and text for people. */
export type Written = { json: string; text: string };

/** With no more numbers, lists and units than this a result is never near `PLAIN_BYTES`. */
const PARTS_MAX = 32;
/** Below it the limit of the size is looked at in the general way. */
export const PLAIN_BYTES = 4_096;
/** Characters of a BigNumber. */
const BIG_LENGTH_MAX = 256;
/** Brackets of a matrix. */
const LEVELS_MAX = 4;

type Part = { unit: { value: unknown }; prefix: { value: unknown }; power: number };
type Unit = { value: unknown; units: Part[]; fixPrefix: boolean; skipAutomaticSimplification: boolean; formatUnits(): string };
type Complex = { re: number; im: number };
type BigNumber = { isFinite(): boolean; isZero(): boolean; toString(): string };

/** Counts down while a result is written; below 0 it is not small. */
const room = { parts: 0 };

const isReal = (value: unknown): value is number => typeof value === "number" && value - value === 0;

/** Makes the function that writes a result to so many digits, if it is one of the kinds above. */
export function makeWritePlain({ math }: Engine): (result: object, digits: number) => Written | undefined {
  const classes = [math.DenseMatrix, math.Complex, math.Unit, math.BigNumber];
  const [matrices, complexes, units, bigs] = classes.map(({ prototype }): unknown => prototype);
  const textOf = (value: unknown, digits: number, levels: number): string | undefined => {
    if (--room.parts < 0 || levels < 0) return undefined;
    if (isReal(value)) return formatNumber(value, digits);
    if (Array.isArray(value)) return listText(value, digits, levels);
    const isComplex = typeof value === "object" && value !== null && Object.getPrototypeOf(value) === complexes;
    return isComplex ? complexText(value as Complex, digits) : undefined;
  };
  const listText = (list: readonly unknown[], digits: number, levels: number): string | undefined => {
    let text = "[";
    for (let at = 0; at < list.length; at++) {
      const item = textOf(list[at], digits, levels - 1);
      if (item === undefined) return undefined;
      text += at === 0 ? item : `, ${item}`;
    }
    return `${text}]`;
  };
  return (result, digits) => {
    const kind: unknown = Object.getPrototypeOf(result);
    if (kind === units) return writeUnit(result as Unit, digits);
    if (kind === bigs) return writeBig(result as BigNumber, digits);
    if (kind !== matrices && kind !== complexes) return undefined;
    room.parts = PARTS_MAX;
    const text = textOf(kind === matrices ? Reflect.get(result, "_data") : result, digits, LEVELS_MAX);
    return text === undefined ? undefined : { json: JSON.stringify(result), text };
  };
}

/** decimal.js rounds half up, as it is done for numbers. */
function writeBig(big: BigNumber, digits: number): Written | undefined {
  if (!big.isFinite() || big.isZero()) return undefined;
  const plain = big.toString();
  if (plain.length > BIG_LENGTH_MAX) return undefined;
  return { json: `{"mathjs":"BigNumber","value":"${plain}"}`, text: formatDigits(plain, digits) };
}

/** As `format` of mathjs's complex numbers: what is too small beside the other part to be seen is left out. */
export function complexText({ re, im }: Complex, digits: number): string | undefined {
  if (!isReal(re) || !isReal(im)) return undefined;
  const least = 10 ** -digits;
  const hasReal = re !== 0 && !(Math.abs(re / im) < least);
  const hasImaginary = im !== 0 && !(Math.abs(im / re) < least);
  if (!hasImaginary) return formatNumber(re, digits);
  const size = im === 1 || im === -1 ? "i" : `${formatNumber(Math.abs(im), digits)}i`;
  if (!hasReal) return im < 0 ? `-${size}` : size;
  return `${formatNumber(re, digits)} ${im < 0 ? "-" : "+"} ${size}`;
}

/** A unit that nothing is left to choose for: `to` has set it and its prefix. */
function writeUnit(unit: Unit, digits: number): Written | undefined {
  if (!unit.fixPrefix || !unit.skipAutomaticSimplification || unit.units.length === 0 || unit.units.length > PARTS_MAX)
    return undefined;
  const value = magnitude(unit);
  if (value === undefined) return undefined;
  const name = unit.formatUnits();
  const json = `{"mathjs":"Unit","value":${value},"unit":${JSON.stringify(name)},"fixPrefix":true,"skipSimp":true}`;
  return { json, text: name === "" ? formatNumber(value, digits) : `${formatNumber(value, digits)} ${name}` };
}

/** How many of its units a unit is, by mathjs's steps; undefined for all but real numbers. */
function magnitude({ value, units }: Unit): number | undefined {
  let size = value;
  for (const { unit, prefix, power } of units) {
    if (typeof size !== "number" || typeof unit.value !== "number" || typeof prefix.value !== "number") return undefined;
    const base = unit.value * prefix.value;
    if (!(base >= 0)) return undefined;
    size /= base ** power;
  }
  return isReal(size) ? size : undefined;
}
