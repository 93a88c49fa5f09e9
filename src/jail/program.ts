/**
 * A template (`template.ts`) as a few operations on doubles, and its answer as pieces of text with numbers between them: for shapes
 * whose every part has a kind that does not depend on the numbers, such as `3 km/h to m/s`, `[[1, 2], [3, 4]] * [5, 6]` or
 * `f(x) = x ^ 2 + 7; f(3)`. No tree is walked then, no signature chosen, no unit made.
 *
 * A program is made after mathjs has answered an expression of the shape, and kept only if it gives the same answer, letter for
 * letter. It holds what follows from the shape, never a value; a number that would make mathjs go another way is a doubt, and then
 * the expression takes the ordinary way as if nothing had been tried.
 */
import { type Kept, type Pieces, writeAnswer } from "./answer-text.ts";
import type { Definition } from "./definition.ts";
import type { Engine } from "./engine.ts";
import { functionSource } from "./gate.ts";
import type { Model } from "./quantity.ts";
import { CONSTANTS } from "./scalar.ts";
import { doubt, Sheet, Unfit } from "./sheet.ts";
import { readStoredNumber } from "./stored.ts";
import { type BodyPiece, bodyText, type Slot } from "./template.ts";
import { call, listed, operate, type Term } from "./term.ts";
import type { FunctionAssignmentNode, FunctionNode, Node } from "./tree.ts";

/** How far calls of functions that the expression defines are followed. */
const CALLS_DEEP = 4;

/** What a program is made of: a shape as it stands, with numbers in its slots. */
export type Shape = {
  node: Node;
  slots: readonly Slot[];
  /** The bodies of its definitions as text around the slots. */
  bodies: ReadonlyMap<Node, readonly BodyPiece[]>;
  engine: Engine;
  readDefinition(source: string): Definition;
};

type Variables = Readonly<Record<string, string>>;

export class Program {
  readonly #sheet: Sheet;
  readonly #variables: readonly (readonly [name: string, at: number])[];
  readonly #fixed: ReadonlySet<string>;
  readonly #pieces: Pieces;

  /** `fixed`: names that stand for what is built in; the cells of the slots come first. */
  constructor(sheet: Sheet, variables: ReadonlyMap<string, number>, fixed: ReadonlySet<string>, pieces: Pieces) {
    this.#sheet = sheet;
    this.#variables = [...variables];
    this.#fixed = fixed;
    this.#pieces = pieces;
  }

  /** The result as `writeValue` writes it; undefined when it is not for this to say. */
  run(numbers: readonly number[], variables: Variables): string | undefined {
    const { cells, steps } = this.#sheet;
    for (const name in variables) if (this.#fixed.has(name)) return undefined;
    for (const [name, at] of this.#variables) {
      const value = numberIn(variables, name);
      if (value === undefined) return undefined;
      cells[at] = value;
    }
    for (let at = 0; at < numbers.length; at += 1) cells[at] = numbers[at] ?? Number.NaN;
    doubt.arose = false;
    for (const step of steps) step();
    return doubt.arose ? undefined : this.#write(cells);
  }

  #write(cells: Float64Array): string | undefined {
    let text = "";
    for (const piece of this.#pieces) {
      const written = typeof piece === "string" ? piece : piece(cells);
      if (written === undefined) return undefined;
      text += written;
    }
    return text;
  }
}

/** The number that is the variable of that name; undefined when it is anything else, or there is none. */
function numberIn(variables: Variables, name: string): number | undefined {
  return Object.hasOwn(variables, name) ? readStoredNumber(variables[name] ?? "") : undefined;
}

/** Undefined when the shape is not for a program, with these variables. */
export function makeProgram(shape: Shape, variables: Variables): Program | undefined {
  try {
    return new Maker(shape, variables).make();
  } catch {
    return undefined; // unfit, or mathjs refuses what the model of a unit shows to be wrong
  }
}

class Maker {
  readonly #sheet = new Sheet();
  readonly #shape: Shape;
  readonly #given: Variables;
  readonly #cells: Map<unknown, number>;
  readonly #variables = new Map<string, number>();
  readonly #fixed = new Set<string>();
  readonly #functions = new Map<string, FunctionAssignmentNode>();
  /** By name, what is kept: a number, or the pieces of a definition. */
  readonly #assigned = new Map<string, Kept>();
  #bound: ReadonlyMap<string, Term> = new Map();
  #depth = 0;

  constructor(shape: Shape, variables: Variables) {
    this.#shape = shape;
    this.#given = variables;
    this.#cells = new Map(shape.slots.map((slot) => [slot, this.#sheet.put(Number(slot.value))]));
  }

  make(): Program {
    const { node } = this.#shape;
    doubt.arose = false;
    const blocks = node.type === "BlockNode" ? node.blocks : [{ node, visible: true }];
    const visible: Term[] = [];
    for (const block of blocks) {
      const term = this.#statement(block.node);
      if (!block.visible) continue;
      if (term === undefined) throw new Unfit();
      visible.push(term);
    }
    if (doubt.arose) throw new Unfit();
    const isSet = node.type === "BlockNode";
    const pieces = writeAnswer(this.#sheet, visible, isSet, this.#assigned);
    return new Program(this.#sheet, this.#variables, this.#fixed, pieces);
  }

  /** A line of the expression; undefined for a definition. */
  #statement(node: Node): Term | undefined {
    if (node.type === "FunctionAssignmentNode") return this.#define(node);
    if (node.type !== "AssignmentNode") return this.#term(node);
    if (node.index !== null || node.object.type !== "SymbolNode") throw new Unfit();
    const term = this.#term(node.value);
    this.#keep(node.object.name, term);
    return term;
  }

  #define(node: FunctionAssignmentNode): undefined {
    const body = this.#shape.bodies.get(node.expr);
    if (body === undefined) throw new Unfit();
    const { saysAll, isShared, names } = this.#shape.readDefinition(functionSource(node.name, node.params, bodyText(body)));
    if (!saysAll || !isShared) throw new Unfit();
    const pieces = body.map((piece) => (typeof piece === "string" ? piece : (this.#cells.get(piece) ?? 0)));
    const source = [functionSource(node.name, node.params, ""), ...pieces];
    this.#keep(node.name, { kind: "source", source, needs: names.filter((name) => name !== node.name) });
    this.#functions.set(node.name, node);
  }

  /** What is assigned twice is written in the order of the first time; that is left to the ordinary way. */
  #keep(name: string, what: Kept): void {
    if (this.#assigned.has(name)) throw new Unfit();
    this.#assigned.set(name, what);
  }

  #term(node: Node): Term {
    switch (node.type) {
      case "ConstantNode":
        return { kind: "number", at: this.#cells.get(node) ?? this.#constant(node.value) };
      case "SymbolNode":
        return this.#symbol(node.name);
      case "ParenthesisNode":
        return this.#term(node.content);
      case "OperatorNode":
        if (node.isPercentage === true) throw new Unfit();
        return operate(
          this.#sheet,
          node.fn,
          node.args.map((arg) => this.#term(arg)),
        );
      case "ArrayNode":
        return listed(node.items.map((item) => this.#term(item)));
      case "FunctionNode":
        return this.#call(node);
      default:
        throw new Unfit();
    }
  }

  #constant(value: unknown): number {
    if (typeof value !== "number") throw new Unfit();
    return this.#sheet.put(value);
  }

  /** As mathjs looks names up: parameters, what is assigned, what is built in, units. */
  #symbol(name: string): Term {
    const known = this.#bound.get(name) ?? this.#assigned.get(name);
    if (known !== undefined) {
      if (known.kind === "source") throw new Unfit();
      return known;
    }
    if (Object.hasOwn(this.#given, name)) return { kind: "number", at: this.#variable(name) };
    this.#fixed.add(name);
    const constant = CONSTANTS.get(name);
    if (constant !== undefined) return { kind: "number", at: this.#sheet.put(constant) };
    const { math, namespace } = this.#shape.engine;
    if (name === "i") return { kind: "complex", re: this.#sheet.put(0), im: this.#sheet.put(1) };
    if (name in namespace || !math.Unit.isValuelessUnit(name)) throw new Unfit();
    return { kind: "unit", model: new math.Unit(null, name) as object as Model, at: undefined };
  }

  #variable(name: string): number {
    const before = this.#variables.get(name);
    if (before !== undefined) return before;
    const value = numberIn(this.#given, name);
    if (value === undefined) throw new Unfit();
    const at = this.#sheet.put(value);
    this.#variables.set(name, at);
    return at;
  }

  #call({ fn, args }: FunctionNode): Term {
    if (fn.type !== "SymbolNode" || this.#bound.has(fn.name)) throw new Unfit();
    const terms = args.map((arg) => this.#term(arg));
    const defined = this.#functions.get(fn.name);
    if (defined !== undefined) return this.#follow(defined, terms);
    if (this.#assigned.has(fn.name) || Object.hasOwn(this.#given, fn.name)) throw new Unfit();
    this.#fixed.add(fn.name);
    return call(this.#sheet, fn.name, terms);
  }

  /** A call of a function that the expression has defined before, written out. */
  #follow({ params, expr }: FunctionAssignmentNode, args: readonly Term[]): Term {
    if (args.length !== params.length || this.#depth >= CALLS_DEEP) throw new Unfit();
    const outer = this.#bound;
    this.#bound = new Map(args.map((arg, at) => [params[at] ?? "", arg]));
    this.#depth += 1;
    const term = this.#term(expr);
    this.#depth -= 1;
    this.#bound = outer;
    return term;
  }
}
