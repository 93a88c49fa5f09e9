/** How an expression was understood: its tree written out with every bracket, so that precedence shows. */
import { Refusal } from "./refusal.ts";
import type { Node } from "./tree.ts";

/** As `schemas/job.json` says: the parent takes more for a lie. Several times what the longest expression can become. */
const INTERPRETATION_LENGTH_MAX = 262_144;

/** Throws a `Refusal` when it is longer than the parent takes. */
export function interpretationOf(node: Node): string {
  const text = node.toString({ parenthesis: "all" });
  if (text.length <= INTERPRETATION_LENGTH_MAX) return text;
  const limit = { name: "interpretationLengthMax", value: INTERPRETATION_LENGTH_MAX, used: text.length };
  throw new Refusal({ name: "result_too_large", limit });
}
