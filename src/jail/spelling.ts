/**
 * How a constant of a tree that is kept as text is written, so that it is read as the same constant again. mathjs writes what people
 * want to see: the fraction 1/2 as `1/2`, which is a division, and `x ^ 1/2` another expression; the number 2 as `2`, which is a bigint
 * where digits alone are; a BigNumber with as many digits as the precision has.
 */
import type { ConstantNode, Node } from "./tree.ts";

const DIGITS = /^\d+$/;

type Fraction = { s: bigint; n: bigint; d: bigint };

const isFraction = (value: unknown): value is Fraction =>
  typeof value === "object" && value !== null && "d" in value && typeof value.d === "bigint" && value.d > 0n;

const isBigNumber = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "isBigNumber" in value && value.isBigNumber === true;

/** Undefined where mathjs's own way will do. */
function spell({ value }: ConstantNode, areDigitsBigints: boolean): string | undefined {
  if (isFraction(value)) return fractionText(value);
  if (isBigNumber(value)) return inBrackets(String(value));
  if (!areDigitsBigints || typeof value !== "number") return undefined;
  return DIGITS.test(String(value)) ? `${value}.0` : undefined;
}

/** Decimals where they end; a division in brackets where they do not, which no literal is. */
function fractionText(value: Fraction): string {
  let rest = value.d;
  for (const factor of [2n, 5n]) while (rest % factor === 0n) rest /= factor;
  const text = rest === 1n ? String(value) : `${value.s < 0n ? "-" : ""}${value.n}/${value.d}`;
  return inBrackets(text);
}

/** Whatever binds less than a literal does. */
const inBrackets = (text: string): string => (/^[-+]|\//.test(text) ? `(${text})` : text);

/** Makes a constant write itself so, whoever asks: mathjs writes out the body of a function when it makes one. */
export function writeExactly(node: ConstantNode, areDigitsBigints: boolean): void {
  const text = spell(node, areDigitsBigints);
  if (text !== undefined) Object.defineProperty(node, "_toString", { value: () => text, configurable: true });
}

/** A whole tree as text that is read as the same tree again. */
export function treeText(tree: { toString(options?: object): string }, areDigitsBigints: boolean): string {
  const handler = (node: Node): string | undefined => (node.type === "ConstantNode" ? spell(node, areDigitsBigints) : undefined);
  return tree.toString({ handler });
}
