/**
 * One compiled tree for all expressions that differ in their numbers only: `3 inch to cm` and `5 inch to cm`.
 *
 * mathjs's parser never looks at what a number is, only at where one stands. So the text is parsed once with marks in the
 * place of its numbers, and the nodes that hold the marks become slots. Whatever is not certainly a number of its own
 * (`2e`, `0x1`, `1.`, `.5`, digits of a name) stays in the shape as it is. That a mark is found exactly once is checked.
 */
import { formatNumber } from "./digits.ts";
import { children, type Node } from "./tree.ts";

/** A text without its numbers, and the numbers. */
export type Lifted = { shape: string; numbers: number[] };

/** A node that holds a number of the expression at hand. */
export type Slot = { value: unknown };

/** Stands in a shape where a number was; no shape is made of a text that has it. */
const PLACE = "\0";
/** Values that nobody writes, one for each place; should somebody, there is no template. mathjs writes them without an exponent. */
const MARK_FROM = 51_907.4375;
/** In a string digits are text; a comment may end anywhere. */
const OPAQUE = /["'#\\\0]/;
/** In front of a number: nothing that could make it part of a name or of another number. */
const BEFORE = /[\s()[\]{},;:+\-*/^=<>!?&|~%]/;
/** Behind it: nothing that could make it the beginning of another number (`0x1`, `1e`, `1.`). */
const AFTER = /[\sacdf-np-wyzA-DF-Z()[\]{},;:+\-*/^=<>!?&|~%]/;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Takes the numbers out of a text; undefined when that is not safe. */
export function lift(text: string): Lifted | undefined {
  if (OPAQUE.test(text)) return undefined;
  const numbers: number[] = [];
  let shape = "";
  let from = 0;
  NUMBER.lastIndex = 0;
  for (let match = NUMBER.exec(text); match !== null; match = NUMBER.exec(text)) {
    const end = match.index + match[0].length;
    const isOwn =
      (match.index === 0 || BEFORE.test(text.charAt(match.index - 1))) && (end === text.length || AFTER.test(text.charAt(end)));
    if (!isOwn) continue;
    numbers.push(Number(match[0]));
    shape += text.slice(from, match.index) + PLACE;
    from = end;
  }
  return { shape: shape + text.slice(from), numbers };
}

/** The shape with marks for numbers: what the parser is given. */
export function markedText(shape: string): string {
  let mark = MARK_FROM;
  return shape.replaceAll(PLACE, () => String(mark++));
}

/** The text of a definition's body, in pieces around its slots. */
export type BodyPiece = string | Slot;

/** What a tree made from a marked text shares: its slots in the order of the numbers, and by node the bodies of its definitions. */
export type Slots = { slots: Slot[]; bodies: ReadonlyMap<Node, readonly BodyPiece[]> };

/** Undefined when a mark is not there exactly once. */
export function makeSlots(node: Node, count: number): Slots | undefined {
  const slots: Slot[] = [];
  const bodies: Node[] = [];
  let found = 0;
  const visit = (part: Node): void => {
    const place = part.type === "ConstantNode" ? placeOf(part.value, count) : -1;
    if (part.type === "ConstantNode" && place !== -1) {
      found += 1;
      slots[place] = readLate(part);
    }
    if (part.type === "FunctionAssignmentNode") bodies.push(part.expr);
    for (const child of children(part) ?? []) visit(child);
  };
  visit(node);
  if (found !== count || Object.keys(slots).length !== count) return undefined;
  return { slots, bodies: new Map(bodies.map((body) => [body, writeFast(body, slots)])) };
}

/** Which place a value is the mark of; -1 when it is none. */
function placeOf(value: unknown, count: number): number {
  const place = typeof value === "number" ? value - MARK_FROM : -1;
  return Number.isInteger(place) && place >= 0 && place < count ? place : -1;
}

/** mathjs compiles a constant to the value it has at that time; this one is looked at when it runs. */
function readLate(node: Slot): Slot {
  const read = (): unknown => node.value;
  Object.defineProperty(node, "_compile", { value: () => read });
  return node;
}

const MARK = /(\d+\.4375)/;
/** No double needs more to be told from all others. */
const DIGITS_MAX = 17;

/** Every definition writes out its body. With other numbers the text is the same but for the numbers. */
function writeFast(body: Node, slots: readonly Slot[]): readonly BodyPiece[] {
  const write = body.toString;
  const pieces = body
    .toString()
    .split(MARK)
    .map((piece) => slots[placeOf(Number(piece), slots.length)] ?? piece);
  Object.defineProperty(body, "toString", {
    value: (options?: object) => (options === undefined ? bodyText(pieces) : Reflect.apply(write, body, [options])),
  });
  return pieces;
}

/** With the numbers that are in the slots now. */
export function bodyText(pieces: readonly BodyPiece[]): string {
  let text = "";
  for (const piece of pieces) text += typeof piece === "string" ? piece : formatNumber(Number(piece.value), DIGITS_MAX);
  return text;
}
