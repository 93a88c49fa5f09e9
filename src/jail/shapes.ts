/**
 * What expressions of one shape share (`template.ts`), kept by shape: a compiled tree with slots for their numbers, and, where the
 * shape has one, a program that needs no tree (`program.ts`).
 */
import type { Definition } from "./definition.ts";
import type { Engine } from "./engine.ts";
import type { Tree } from "./gate.ts";
import { Kept } from "./kept.ts";
import { makeProgram, type Program } from "./program.ts";
import { type Lifted, lift, makeSlots, markedText, type Slots } from "./template.ts";
import type { Run } from "./tree.ts";

export type Compiled = { tree: Tree; run: Run };

type Variables = Readonly<Record<string, string>>;

/** `slots` hold the numbers of the expression it was last asked for. */
type Template = Compiled & Slots & { numbers: readonly number[]; answers: number; program?: Program | undefined };

/** Answers of a shape before a program is made of it; most are seen once. After the last try it has none for good. */
const TRIES: ReadonlySet<number> = new Set([2, 8, 32]);

type Making = {
  engine: Engine;
  read(text: string): Tree;
  finish(tree: Tree): Compiled;
  readDefinition(source: string): Definition;
};

export class Shapes {
  readonly #making: Making;
  readonly #kept = new Kept<Template | undefined>();
  #last: { text: string; lifted: Lifted | undefined } = { text: "", lifted: undefined };

  constructor(making: Making) {
    this.#making = making;
  }

  /** The result of an expression as `writeValue` writes it, if its shape has a program and there is no doubt. */
  calculate(text: string, variables: Variables): string | undefined {
    const lifted = this.#lift(text);
    const program = lifted && this.#kept.find(lifted.shape)?.program;
    return program?.run(lifted?.numbers ?? [], variables);
  }

  /** The tree that texts of one shape share, with the numbers of this text in it; undefined when it cannot be shared. */
  compile(text: string): Compiled | undefined {
    const lifted = this.#lift(text);
    if (lifted === undefined) return undefined;
    const { shape, numbers } = lifted;
    const template = this.#kept.get(shape, () => this.#make(shape, numbers.length));
    if (template === undefined) return undefined;
    template.numbers = numbers;
    for (const [at, slot] of template.slots.entries()) slot.value = numbers[at];
    return template;
  }

  /** Tells how the compiled expression was answered, right after it was; a shape that comes again is made a program. */
  learn(compiled: Compiled, variables: Variables, answer: string): void {
    if (!isTemplate(compiled)) return;
    compiled.answers += 1;
    if (compiled.program !== undefined || !TRIES.has(compiled.answers)) return;
    const { slots, bodies, tree, numbers } = compiled;
    const program = makeProgram({ node: tree.node, slots, bodies, ...this.#making }, variables);
    if (program?.run(numbers, variables) === answer) compiled.program = program;
  }

  #lift(text: string): Lifted | undefined {
    if (this.#last.text !== text) this.#last = { text, lifted: lift(text) };
    return this.#last.lifted;
  }

  #make(shape: string, count: number): Template | undefined {
    const { read, finish } = this.#making;
    try {
      const tree = read(markedText(shape));
      const slots = makeSlots(tree.node, count);
      // What is captured is told apart by its source, numbers included.
      if (slots === undefined || tree.captures.size > 0) return undefined;
      return { ...finish(tree), ...slots, numbers: [], answers: 0 };
    } catch {
      return undefined; // the expression's own text will say why
    }
  }
}

const isTemplate = (compiled: Compiled): compiled is Template => "slots" in compiled;
