/**
 * What there is to know of a function before it is kept: whether its text says all of it, and which names it uses.
 *
 * To know it the text is parsed again. The answer is the same for all texts that differ in their numbers only, so it is kept
 * by shape (`template.ts`): mathjs wrote the text, and writes a number it has written and read the same way again.
 */
import { freeNames, functionSource } from "./gate.ts";
import { Kept } from "./kept.ts";
import { lift, markedText } from "./template.ts";
import type { Node } from "./tree.ts";

export type Definition = {
  /** False when reading the text again would not give the same function. */
  saysAll: boolean;
  /** True when the same holds for all sources that differ in their numbers only. */
  isShared: boolean;
  /** Names it uses without binding them, sorted; its own may be among them. */
  names: readonly string[];
};

/** `parse` must throw what it throws for the text itself; texts with plain numbers only may stand for each other. */
export function makeReadDefinition(
  parse: (text: string) => Node,
  areNumbersPlain: () => boolean,
): (source: string) => Definition {
  const kept = new Kept<Definition | undefined>();
  const read = (source: string): Definition => {
    const node = parse(source);
    if (node.type !== "FunctionAssignmentNode" || functionSource(node.name, node.params, String(node.expr)) !== source)
      return { saysAll: false, isShared: false, names: [] };
    return { saysAll: true, isShared: false, names: [...freeNames(node)].sort() };
  };
  const readShape = (shape: string): Definition | undefined => {
    try {
      const definition = read(markedText(shape));
      return definition.saysAll ? { ...definition, isShared: true } : undefined;
    } catch {
      return undefined; // the source itself will say why
    }
  };
  return (source) => {
    const lifted = areNumbersPlain() ? lift(source) : undefined;
    if (lifted === undefined) return read(source);
    return kept.get(lifted.shape, () => readShape(lifted.shape)) ?? read(source);
  };
}
