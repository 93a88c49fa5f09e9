/**
 * Tells provably cheap jobs from the rest, before anything is evaluated: walks the tree as the evaluation would, with an upper
 * bound of its size in place of each value, and adds up what each step costs at most.
 *
 * What it does not know is dear: texts, functions as values, elements that are assigned, recursion, ranges, and all functions
 * without a row here. A wrong "no" costs a client a slower lane; a wrong "yes" would let a bomb into the fast one.
 */
import { isAllowed, isCheap, isConstant } from "./allowlist.ts";
import type { Compiler } from "./compiler.ts";
import type { Job } from "./contract.ts";
import type { Tree } from "./gate.ts";
import { isStoredNumber, readStored } from "./stored.ts";
import type { AssignmentNode, FunctionAssignmentNode, FunctionNode, Node } from "./tree.ts";

/** The most a provably cheap job may cost, in scalar operations: well under a millisecond. */
const CHEAP_MAX = 200;
/** An element costs less than a node of its own while it is worked on, and as much when it is written out. */
const ELEMENT = 0.25;
/** An operation of BigNumbers costs more than one of numbers, by so much; and their digits are bounded. */
const BIG = 4;
const BIG_DIGITS_MAX = 64;
/** How far calls of functions that clients define are followed; what is deeper, like all recursion, is not provably cheap. */
const CALLS_DEEP = 6;
/** Powers of matrices and BigNumbers are looked through up to this exponent, which takes so many products. */
const EXPONENT_MAX = 64;
const EXPONENT_PRODUCTS = 12;

/** Operations whose cost does not depend on the exponents of their BigNumbers. */
const EXACT: ReadonlySet<string> = new Set(
  "abs add compare divide dotDivide dotMultiply equal larger largerEq multiply smaller smallerEq sqrt square subtract unaryMinus unaryPlus unequal".split(
    " ",
  ),
);
/** One value out of all elements. */
const FOLDS: ReadonlySet<string> = new Set("count mad max mean median min mode prod std sum variance".split(" "));
const EXACT_FOLDS: ReadonlySet<string> = new Set("max mean min prod sum".split(" "));
/** As many elements as there were. */
const MOVES: ReadonlySet<string> = new Set(
  "boolean column ctranspose flatten matrix number row size squeeze transpose".split(" "),
);
/** Of one number or of each element: bounded for numbers, not for BigNumbers. */
const BOUNDED: ReadonlySet<string> = new Set("erf factorial gamma".split(" "));

/** A bound of a value: its elements, and whether it may hold BigNumbers. */
type Worth = { size: number; isBig: boolean };
type Definition = Pick<FunctionAssignmentNode, "params" | "expr">;

const SCALAR: Worth = { size: 1, isBig: false };

/** True when the job takes well under a millisecond whatever its scalars are. Throws what compiling a stored function throws. */
export function isCheapJob(job: Job, tree: Tree, compiler: Compiler): boolean {
  if (job.kind === "check") return false;
  // Other number systems have no upper bound for what one operation costs: 9 ^ 9 ^ 9 of bigints.
  if ((job.settings?.number ?? "number") !== "number") return false;
  // Without variables the tree is all there is; but one tree may stand for many expressions that differ in their numbers (`template.ts`).
  const isAlone = job.variables === undefined && job.settings === undefined;
  if (isAlone && tree.isCheapAlone !== undefined) return tree.isCheapAlone;
  const pricing = new Pricing(job, compiler);
  const isCheap = pricing.priceOf(tree.node) <= CHEAP_MAX;
  if (isAlone && !pricing.readsNumbers) tree.isCheapAlone = isCheap;
  return isCheap;
}

class Pricing {
  /** The price holds for these numbers only. */
  readsNumbers = false;
  readonly #variables: Record<string, string>;
  readonly #areBigBounded: boolean;
  readonly #compiler: Compiler;
  /** What the expression itself has assigned so far. */
  readonly #names = new Map<string, Worth>();
  readonly #functions = new Map<string, Definition>();
  /** Parameters of the function that is followed. */
  #bound: ReadonlyMap<string, Worth> = new Map();
  #depth = 0;
  #cost = 0;

  constructor({ variables, settings }: Job, compiler: Compiler) {
    this.#variables = variables ?? {};
    this.#areBigBounded = (settings?.precision ?? BIG_DIGITS_MAX) <= BIG_DIGITS_MAX;
    this.#compiler = compiler;
  }

  /** What running the tree and writing its value costs. Stops when it is too much. */
  priceOf(node: Node): number {
    const { size } = this.#statement(node);
    return this.#cost + size;
  }

  #dear(): Worth {
    this.#cost = Number.POSITIVE_INFINITY;
    return SCALAR;
  }

  #spend(operations: number, isBig: boolean): void {
    if (isBig && !this.#areBigBounded) this.#dear();
    else this.#cost += isBig ? operations * BIG : operations;
  }

  /** A whole expression, or a line of one: here it is certain that what is assigned is assigned. */
  #statement(node: Node): Worth {
    if (node.type === "BlockNode") return this.#sum(node.blocks.map((block) => this.#statement(block.node)));
    if (node.type === "FunctionAssignmentNode") {
      this.#cost += 1;
      this.#names.delete(node.name);
      this.#functions.set(node.name, node);
      return SCALAR;
    }
    if (node.type === "AssignmentNode") return this.#assign(node, true);
    return this.#worth(node);
  }

  #worth(node: Node): Worth {
    this.#cost += 1;
    if (this.#cost > CHEAP_MAX) return SCALAR;
    switch (node.type) {
      case "ConstantNode":
        return isScalar(node.value) ? SCALAR : this.#dear();
      case "SymbolNode":
        return this.#bound.get(node.name) ?? this.#symbol(node.name);
      case "ParenthesisNode":
        return this.#worth(node.content);
      case "ConditionalNode":
        this.#worth(node.condition);
        return join(this.#worth(node.trueExpr), this.#worth(node.falseExpr));
      case "RelationalNode":
        return this.#each(
          "compare",
          node.params.map((param) => this.#worth(param)),
        );
      case "ArrayNode":
        return this.#sum(node.items.map((item) => this.#worth(item)));
      case "OperatorNode":
        return this.#builtIn(
          node.fn,
          node.args,
          node.args.map((arg) => this.#worth(arg)),
        );
      case "FunctionNode":
        return this.#call(node);
      case "AssignmentNode":
        return this.#assign(node, false);
      default:
        return this.#dear();
    }
  }

  #symbol(name: string): Worth {
    const assigned = this.#names.get(name);
    if (assigned !== undefined) return assigned;
    if (this.#functions.has(name) || (isAllowed(name) && !isConstant(name))) return this.#dear();
    const stored = this.#stored(name);
    return stored === undefined || isStoredNumber(stored) ? SCALAR : this.#dear();
  }

  #stored(name: string): string | undefined {
    return Object.hasOwn(this.#variables, name) ? this.#variables[name] : undefined;
  }

  /** What may not be reached, or not yet, leaves the name what it was or makes it the new value. */
  #assign({ object, index, value }: AssignmentNode, isCertain: boolean): Worth {
    if (index !== null || object.type !== "SymbolNode") return this.#dear();
    const worth = this.#worth(value);
    // It is written out once more, to be kept.
    this.#spend(worth.size, false);
    this.#names.set(object.name, isCertain ? worth : join(worth, this.#symbol(object.name)));
    this.#functions.delete(object.name);
    return worth;
  }

  #call({ fn, args }: FunctionNode): Worth {
    if (fn.type !== "SymbolNode" || this.#bound.has(fn.name) || this.#names.has(fn.name)) return this.#dear();
    const worths = args.map((arg) => this.#worth(arg));
    const defined = this.#functions.get(fn.name);
    if (defined !== undefined) return this.#follow(defined, worths);
    if (isAllowed(fn.name)) return this.#builtIn(fn.name, args, worths);
    const text = this.#stored(fn.name);
    const content = text === undefined ? undefined : readStored(text);
    if (content && "b" in content) return this.#builtIn(content.b, args, worths);
    if (!content || !("f" in content) || this.#cost > CHEAP_MAX) return this.#dear();
    const { node } = this.#compiler.compile(content.f).tree;
    return node.type === "FunctionAssignmentNode" ? this.#follow(node, worths) : this.#dear();
  }

  /** One call of a function that a client defined. */
  #follow({ params, expr }: Definition, args: readonly Worth[]): Worth {
    if (this.#depth >= CALLS_DEEP) return this.#dear();
    const outer = this.#bound;
    this.#bound = new Map(params.map((param, at) => [param, args[at] ?? SCALAR]));
    this.#depth += 1;
    const worth = this.#worth(expr);
    this.#depth -= 1;
    this.#bound = outer;
    return worth;
  }

  #builtIn(name: string, args: readonly Node[], worths: readonly Worth[]): Worth {
    const [first = SCALAR, second = SCALAR] = worths;
    if (name === "pow" && (first.size > 1 || first.isBig || second.size > 1 || second.isBig)) return this.#power(first, args[1]);
    if (name === "cbrt" && worths.length > 1) return this.#each(name, [first, { size: 3, isBig: false }]);
    if (name === "divide" && second.size > 1) this.#invert(second);
    if (isCheap(name)) return this.#each(name, worths);
    const all = this.#sum(worths);
    if (FOLDS.has(name)) return all.isBig && !EXACT_FOLDS.has(name) ? this.#dear() : this.#fold(all, worths.length);
    if (MOVES.has(name)) return all;
    if (BOUNDED.has(name)) return all.isBig ? this.#dear() : this.#each(name, worths);
    if (name === "bignumber" && worths.length === 1) return { ...all, isBig: true };
    if (name === "dot") return { size: 1, isBig: this.#each("multiply", worths).isBig };
    if (name === "det" || name === "inv" || name === "trace") return this.#invert(first);
    return this.#dear();
  }

  /** Sides of any shapes: no more elements than all pairs. */
  #each(name: string, worths: readonly Worth[]): Worth {
    let size = 1;
    let isBig = false;
    for (const worth of worths) {
      size *= worth.size;
      isBig ||= worth.isBig;
    }
    if (isBig && !EXACT.has(name)) return this.#dear();
    if (size === 1 && !isBig) return SCALAR;
    this.#spend(size * ELEMENT, isBig);
    return { size, isBig };
  }

  #sum(worths: readonly Worth[]): Worth {
    let size = 0;
    let isBig = false;
    for (const worth of worths) {
      size += worth.size;
      isBig ||= worth.isBig;
    }
    this.#spend(size * ELEMENT, isBig);
    return { size: Math.max(1, size), isBig };
  }

  /** With more than one argument the others may be dimensions, and the value a list. */
  #fold(all: Worth, args: number): Worth {
    return args === 1 ? { size: 1, isBig: all.isBig } : all;
  }

  /** A square matrix, or else an error. */
  #invert(worth: Worth): Worth {
    this.#spend(worth.size ** 1.5, worth.isBig);
    return worth;
  }

  #power(base: Worth, exponent: Node | undefined): Worth {
    this.readsNumbers = true;
    if (exponent?.type !== "ConstantNode" || !Number.isInteger(exponent.value)) return this.#dear();
    const power = Number(exponent.value);
    if (power < 0 || power > EXPONENT_MAX) return this.#dear();
    this.#spend(EXPONENT_PRODUCTS * ELEMENT * base.size ** 1.5, base.isBig);
    return base;
  }
}

function isScalar(value: unknown): boolean {
  return typeof value !== "string" && typeof value !== "bigint" && !(value instanceof Object);
}

function join(one: Worth, other: Worth): Worth {
  return { size: Math.max(one.size, other.size), isBig: one.isBig || other.isBig };
}
