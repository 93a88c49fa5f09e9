/**
 * One compiled tree for all expressions that differ in their numbers only: `3 inch to cm` and `5 inch to cm`.
 *
 * mathjs's parser never looks at what a number is, only at where one stands. So the text is parsed once with marks in the
 * place of its numbers, and the nodes that hold the marks become slots. Whatever is not certainly a number of its own
 * (`2e`, `0x1`, `1.`, `.5`, digits of a name) stays in the shape as it is. That a mark is found exactly once is checked.
 */
import { children, type Node } from "./tree.ts";

/** A text without its numbers, and the numbers. `areShortest` when each was written the way mathjs itself writes it. */
export type Lifted = { shape: string; numbers: number[]; areShortest: boolean };

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
/** From where to where mathjs writes a number without an exponent. */
const [PLAIN_FROM, PLAIN_BELOW] = [1e-3, 1e5];
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Takes the numbers out of a text; undefined when that is not safe. */
export function lift(text: string): Lifted | undefined {
  if (OPAQUE.test(text)) return undefined;
  const numbers: number[] = [];
  let shape = "";
  let areShortest = true;
  let from = 0;
  NUMBER.lastIndex = 0;
  for (let match = NUMBER.exec(text); match !== null; match = NUMBER.exec(text)) {
    const end = match.index + match[0].length;
    const isOwn =
      (match.index === 0 || BEFORE.test(text.charAt(match.index - 1))) && (end === text.length || AFTER.test(text.charAt(end)));
    if (!isOwn) continue;
    const number = Number(match[0]);
    if (String(number) !== match[0] || number >= PLAIN_BELOW || (number < PLAIN_FROM && number !== 0)) areShortest = false;
    numbers.push(number);
    shape += text.slice(from, match.index) + PLACE;
    from = end;
  }
  return { shape: shape + text.slice(from), numbers, areShortest };
}

/** The shape with marks for numbers: what the parser is given. */
export function markedText(shape: string): string {
  let mark = MARK_FROM;
  return shape.replaceAll(PLACE, () => String(mark++));
}

/** The slots of a tree made from a marked text, in the order of the numbers; undefined when a mark is not there exactly once. */
export function makeSlots(node: Node, count: number): Slot[] | undefined {
  const slots: Slot[] = [];
  let found = 0;
  const visit = (part: Node): void => {
    const place = part.type === "ConstantNode" && typeof part.value === "number" ? part.value - MARK_FROM : -1;
    if (part.type === "ConstantNode" && place >= 0 && place < count) {
      found += 1;
      slots[place] = makeSlot(part);
    }
    for (const child of children(part) ?? []) visit(child);
  };
  visit(node);
  return found === count && Object.keys(slots).length === count ? slots : undefined;
}

/** mathjs compiles a constant to the value it has at that time; this one is looked at when it runs. */
function makeSlot(node: Slot): Slot {
  const read = (): unknown => node.value;
  Object.defineProperty(node, "_compile", { value: () => read });
  return node;
}
