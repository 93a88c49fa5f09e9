/**
 * The decimal point by which a plain number in a function's text is read as one again where digits alone are a bigint: `n / 2.0`
 * and `13%`, which is `13 / 100`, are kept as text, and there `n / 2` would be another function.
 */
import type { ConstantNode } from "./tree.ts";

const DIGITS = /^\d+$/;

/** Makes the node write its number so. */
export function writePoint(node: ConstantNode): void {
  if (typeof node.value !== "number") return;
  const text = node.toString();
  if (DIGITS.test(text)) Object.defineProperty(node, "_toString", { value: () => `${text}.0` });
}
