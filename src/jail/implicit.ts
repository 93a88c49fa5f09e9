/**
 * The gate for who has switched implicit multiplication off: `price qty` and `3 (4)` are refused at their place, so that a
 * forgotten sign is not taken for a product. A number in front of a unit is one quantity and goes through, and so do `3i` and
 * units in a row, so that every answer can be typed again: `2 inch`, `3 (kg m) / s^2`.
 *
 * Looks at the expression itself only: texts that it parses and functions that were kept are what they were.
 */
import { isAllowed } from "./allowlist.ts";
import type { Job, Position } from "./contract.ts";
import { positionAt, tokens } from "./position.ts";
import { Refusal } from "./refusal.ts";
import { children, type Node, type OperatorNode } from "./tree.ts";

const DETAIL = "Values in a row are not multiplied; write * between them";

/** Tells whether a name is a unit where it stands. */
type IsUnit = (name: string) => boolean;

/** Throws a `Refusal` at the first multiplication without a sign, quantities aside. `isUnitName` knows mathjs's units. */
export function refuseImplicit(root: Node, job: Pick<Job, "expression" | "variables" | "columns">, isUnitName: IsUnit): void {
  const bound = new Set([...Object.keys(job.variables ?? {}), ...Object.keys(job.columns ?? {})]);
  const { products } = look(root, { products: [], bound });
  const isUnit: IsUnit = (name) => !bound.has(name) && (name === "i" || (isUnitName(name) && !isAllowed(name)));
  const wrong = products.findIndex((product) => !isQuantity(product, isUnit));
  if (wrong === -1) return;
  const places = placesIn(job.expression);
  // A wrong caret is worse than none.
  const position = places.length === products.length ? places[wrong] : undefined;
  throw new Refusal({ name: "syntax_error", detail: DETAIL, ...(position && { position }) });
}

type Found = { products: OperatorNode[]; bound: Set<string> };

/** All multiplications without a sign, in the order of their places, and the names the expression gives a meaning of its own. */
function look(node: Node, found: Found): Found {
  const [first, ...others] = children(node) ?? [];
  if (first !== undefined) look(first, found);
  if (node.type === "OperatorNode" && node.implicit) found.products.push(node);
  if (node.type === "FunctionAssignmentNode") for (const name of [node.name, ...node.params]) found.bound.add(name);
  if (node.type === "AssignmentNode" && node.object.type === "SymbolNode") found.bound.add(node.object.name);
  for (const other of others) look(other, found);
  return found;
}

/** A number or units, then units. A product on the left stands before this one, and was looked at. */
function isQuantity({ args }: OperatorNode, isUnit: IsUnit): boolean {
  const [left, right] = args;
  if (left === undefined || right === undefined || !areUnits(right, isUnit)) return false;
  return (left.type === "OperatorNode" && left.implicit) || isNumber(left) || areUnits(left, isUnit);
}

function areUnits(node: Node, isUnit: IsUnit): boolean {
  if (node.type === "SymbolNode") return isUnit(node.name);
  if (node.type === "ParenthesisNode") return areUnits(node.content, isUnit);
  if (node.type !== "OperatorNode") return false;
  const [left, right] = node.args;
  if (left === undefined || right === undefined || !areUnits(left, isUnit)) return false;
  if (node.fn === "pow") return isNumber(right);
  return (node.fn === "multiply" || node.fn === "divide") && areUnits(right, isUnit);
}

/** A number as it is written: `2`, `-2`, `1/2`. */
function isNumber(node: Node): boolean {
  if (node.type === "ConstantNode") return true;
  const isSign = node.type === "OperatorNode" && ["unaryMinus", "unaryPlus", "divide"].includes(node.fn);
  return isSign && node.args.every(isNumber);
}

const NUMBER = /^[.\d]/;
const NAME = /^[\p{L}_$]/u;
const WORDS = new Set(["mod", "to", "in", "and", "or", "xor", "not"]);
/** What a value may end with, other than a name or a number. */
const ENDS = new Set([")", "]", "}", "'", ".'", "!"]);

/** Where a value follows another without a sign, outside strings and comments: the first word of the second. */
function placesIn(source: string): Position[] {
  const places: Position[] = [];
  let depth = 0;
  let before = { text: "", end: 0 };
  for (const { text, offset } of tokens(source)) {
    // Between brackets a new line is a blank.
    if (depth === 0 && source.slice(before.end, offset).includes("\n")) before = { text: "", end: 0 };
    if (follows(before.text, text)) places.push(positionAt(source, offset, text.length));
    if (text === "(" || text === "[" || text === "{") depth += 1;
    if (text === ")" || text === "]" || text === "}") depth -= 1;
    before = { text, end: offset + text.length };
  }
  return places;
}

function follows(before: string, text: string): boolean {
  const isAfterNumber = NUMBER.test(before);
  const isAfterName = NAME.test(before) && !WORDS.has(before);
  if (text === "(") return isAfterNumber || before === ")" || before === "'" || before === "!";
  const isName = NAME.test(text) && (!WORDS.has(text) || (text === "in" && isAfterNumber));
  if (!isName && !NUMBER.test(text)) return false;
  return isAfterName || ENDS.has(before) || (isAfterNumber && isName);
}
