/** All targets by name. */
import { makeExpressionTarget } from "./expression.ts";
import { makeFrameTarget } from "./frame.ts";
import { makeMessageTarget } from "./message.ts";
import type { Target } from "./target.ts";
import { makeTextTarget } from "./text.ts";

const MAKERS: Readonly<Record<Target["name"], () => Target>> = {
  frame: makeFrameTarget,
  message: makeMessageTarget,
  text: makeTextTarget,
  expression: makeExpressionTarget,
};

export const TARGET_NAMES: readonly string[] = Object.keys(MAKERS);

export function makeTargets(names: readonly string[]): Target[] {
  return Object.entries(MAKERS).flatMap(([name, make]) => (names.includes(name) ? [make()] : []));
}
