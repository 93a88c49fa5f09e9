/**
 * The gate between parsing and evaluating: walks the tree of every text that is about to be run.
 *
 * Refuses what is too large or too deep, names outside the vocabulary, method calls, assignment to properties and to
 * built-in names, and every name that leads from a value to the engine (`constructor`, `__proto__`). On the same walk
 * it collects what the calculator needs: free names, and assigned names.
 * It looks at trees only; it evaluates nothing and knows no variable's value.
 */
import { DENIED, isAllowed, isConstant, isUnsafeName } from "./allowlist.ts";
import type { Failure, JailLimits } from "./contract.ts";
import { freezeValue } from "./freeze.ts";
import { findName } from "./position.ts";
import { Refusal, requireWithin } from "./refusal.ts";
import { writeExactly } from "./spelling.ts";
import {
  type AccessorNode,
  type AssignmentNode,
  children,
  type FunctionAssignmentNode,
  type FunctionNode,
  type IndexNode,
  type Node,
  type OperatorNode,
} from "./tree.ts";

/** What the gate learnt about an admitted tree. */
export type Tree = {
  node: Node;
  /** Names that are neither bound nor built in: variables, functions of the session, units. */
  free: Set<string>;
  /** Free names that are called outside of function bodies; they must be functions when the tree runs. */
  called: Set<string>;
  assigns: Set<string>;
  /** Sources of functions that use parameters of a function around them; such functions cannot be stored. */
  captures: Set<string>;
  /** Whether a job of this tree and nothing else is cheap, once that was asked (`price.ts`). */
  isCheapAlone?: boolean;
};

/** Names that can be kept, as `variableName` of `schemas/common.json`; mathjs would take some signs and any length too. */
const VARIABLE_NAME = /^[\p{L}_$][\p{L}\p{N}_$]{0,63}$/u;
/** What the parent gives an expression by these names are results of earlier ones. */
const RECALLED = /^(?:ans|\$\d+)$/;
const isRecalled = (name: string): boolean => RECALLED.test(name);
const NOTHING: ReadonlySet<string> = new Set();

type Walk = {
  tree: Tree;
  source: string;
  rules: Rules;
  nodes: number;
};
/** Where in the tree a walk is. `bound` are the parameters in force; `inBody` is true below a function definition. */
type Place = { depth: number; bound: ReadonlySet<string>; inBody: boolean };

/** How a function of mathjs prints itself; a stored function is this text. */
export function functionSource(name: string, params: readonly string[], body: string): string {
  return `${name}(${params.join(", ")}) = ${body}`;
}

/** What the gate is given once: bounds, a way to write a name into a tree, and whether `2` is read as a bigint. */
export type Rules = { limits: JailLimits; makeSymbol(name: string): Node; areDigitsBigints(): boolean };

/** Admits a parsed tree or throws a `Refusal`. `source` is the text it came from. */
export function admit(node: Node, source: string, rules: Rules): Tree {
  const tree: Tree = { node, free: new Set(), called: new Set(), assigns: new Set(), captures: new Set() };
  visit({ tree, source, rules, nodes: 0 }, node, { depth: 0, bound: NOTHING, inBody: false });
  for (const name of tree.assigns) tree.called.delete(name);
  return tree;
}

function refuse(walk: Walk, name: Failure["name"], detail: string, at?: string): never {
  const position = at === undefined ? undefined : findName(walk.source, at);
  throw new Refusal(position ? { name, detail, position } : { name, detail });
}

function requireSafe(walk: Walk, name: string): void {
  if (isUnsafeName(name)) refuse(walk, "access_refused", "This name is reserved", name);
}

/** The vocabulary of calls and values: a name of the deny table is refused wherever it stands. */
function requireUsable(walk: Walk, name: string): void {
  requireSafe(walk, name);
  const reason = DENIED.get(name);
  if (reason !== undefined) refuse(walk, "function_refused", `${name} is not available: ${reason}`, name);
}

/** Assigning to a built-in name would change what later parts of the expression mean. */
function requireAssignable(walk: Walk, name: string): void {
  requireUsable(walk, name);
  if (isConstant(name)) refuse(walk, "access_refused", `${name} is a built-in constant; choose another name`, name);
  if (isAllowed(name)) refuse(walk, "function_refused", `${name} is a built-in function; choose another name`, name);
  if (isRecalled(name)) refuse(walk, "access_refused", `${name} is a result that is called back; choose another name`, name);
  if (!VARIABLE_NAME.test(name)) refuse(walk, "access_refused", "Names have at most 64 letters and digits", name);
  walk.tree.assigns.add(name);
}

/** `ans` and `$3` are there for one evaluation: a function that is called in a later one would look for them in vain. */
function requireKeepable(walk: Walk, name: string): void {
  if (isRecalled(name)) refuse(walk, "access_refused", `A function cannot keep ${name}; give it a name first: a = ${name}`, name);
}

function visit(walk: Walk, node: Node, place: Place): void {
  walk.nodes++;
  requireWithin("too_many_nodes", "nodesMax", walk.rules.limits.nodesMax, walk.nodes);
  requireWithin("too_deep", "depthMax", walk.rules.limits.depthMax, place.depth);
  if (node.type === "SymbolNode") visitSymbol(walk, node.name, place);
  else if (node.type === "FunctionNode") visitCall(walk, node, place);
  else if (node.type === "OperatorNode") visitOperator(walk, node, place);
  else if (node.type === "AccessorNode") visitAccess(walk, node, place);
  else if (node.type === "AssignmentNode") visitAssignment(walk, node, place);
  else if (node.type === "FunctionAssignmentNode") visitDefinition(walk, node, place);
  else visitPlain(walk, node, place);
}

/** All nodes that only hold others. A kind this file does not know is refused. */
function visitPlain(walk: Walk, node: Node, place: Place): void {
  // Kept expressions are shared, and so are their literals: a BigNumber's digits lie in an array.
  if (node.type === "ConstantNode") {
    freezeValue(node.value);
    if (place.inBody) writeExactly(node, walk.rules.areDigitsBigints());
  }
  if (node.type === "ObjectNode") for (const key of Object.keys(node.properties)) requireSafe(walk, key);
  const inner = children(node) ?? refuse(walk, "access_refused", "This kind of expression is not available");
  const below = node.type === "ParenthesisNode" || node.type === "BlockNode" ? place : deeper(place);
  for (const child of inner) visit(walk, child, below);
}

function visitOperator(walk: Walk, node: OperatorNode, place: Place): void {
  if (!isAllowed(node.fn)) refuse(walk, "function_refused", "This operator is not available");
  const below = deeper(place);
  for (const [at, arg] of node.args.entries()) {
    // The left side of a chain like 1 + 2 + 3 is deep only in the tree, not for a reader.
    visit(walk, arg, at === 0 && node.args.length > 1 ? place : below);
  }
}

const deeper = (place: Place): Place => ({ ...place, depth: place.depth + 1 });

function visitSymbol(walk: Walk, name: string, { bound, inBody }: Place): void {
  requireSafe(walk, name);
  if (bound.has(name)) return;
  requireUsable(walk, name);
  if (inBody) requireKeepable(walk, name);
  if (!isAllowed(name)) walk.tree.free.add(name);
}

function visitCall(walk: Walk, node: FunctionNode, place: Place): void {
  const below = deeper(place);
  if (node.fn.type === "AccessorNode" && methodOf(node.fn) === "evaluate") {
    // `tree.evaluate(scope)`, as mathjs's users write it, is read as `evaluate(tree, scope)`: no property is ever looked up.
    node.args.unshift(node.fn.object);
    node.fn = walk.rules.makeSymbol("evaluate");
  }
  if (node.fn.type === "SymbolNode") visitCallee(walk, node.fn.name, place);
  else if (node.fn.type === "FunctionNode") visit(walk, node.fn, below);
  else refuse(walk, "access_refused", "Methods cannot be called; use a function instead", methodOf(node.fn));
  for (const arg of node.args) visit(walk, arg, below);
}

function visitCallee(walk: Walk, name: string, { bound, inBody }: Place): void {
  if (bound.has(name)) return requireSafe(walk, name);
  requireUsable(walk, name);
  if (isAllowed(name)) return;
  walk.tree.free.add(name);
  if (inBody) requireKeepable(walk, name);
  else walk.tree.called.add(name);
}

/** The name of a property that is read or called, when it is written in the source. */
function methodOf(node: Node): string | undefined {
  return node.type === "AccessorNode" ? propertyOf(node.index) : undefined;
}

function propertyOf(index: IndexNode): string | undefined {
  const [only] = index.dimensions;
  return index.dimensions.length === 1 && only?.type === "ConstantNode" && typeof only.value === "string"
    ? only.value
    : undefined;
}

function visitAccess(walk: Walk, node: AccessorNode, place: Place): void {
  const property = propertyOf(node.index);
  if (property !== undefined) requireSafe(walk, property);
  visit(walk, node.object, deeper(place));
  visitIndex(walk, node.index, place);
}

function visitIndex(walk: Walk, index: IndexNode, place: Place): void {
  const below = { ...deeper(place), bound: new Set([...place.bound, "end"]) };
  for (const dimension of index.dimensions) visit(walk, dimension, below);
}

function visitAssignment(walk: Walk, node: AssignmentNode, place: Place): void {
  const { object, index, value } = node;
  if (index) {
    if (propertyOf(index) !== undefined || methodOf(object) !== undefined) {
      refuse(
        walk,
        "access_refused",
        "Properties cannot be assigned; write the whole object, or use subset",
        propertyOf(index) ?? methodOf(object),
      );
    }
    if (object.type === "SymbolNode") requireAssignable(walk, object.name);
    visit(walk, object, deeper(place));
    visitIndex(walk, index, place);
  } else if (object.type === "SymbolNode") requireAssignable(walk, object.name);
  else refuse(walk, "access_refused", "Only names and elements can be assigned");
  visit(walk, value, deeper(place));
}

function visitDefinition(walk: Walk, node: FunctionAssignmentNode, place: Place): void {
  requireAssignable(walk, node.name);
  for (const param of node.params) requireSafe(walk, param);
  visit(walk, node.expr, { depth: place.depth + 1, bound: new Set([...place.bound, ...node.params]), inBody: true });
  const captured = [...freeNames(node)].some((name) => place.bound.has(name));
  if (captured) walk.tree.captures.add(functionSource(node.name, node.params, node.expr.toString()));
}

/** Names a function uses without binding them, built-in names left out. */
export function freeNames(node: FunctionAssignmentNode): Set<string> {
  const free = new Set<string>();
  const collect = (inner: Node, bound: ReadonlySet<string>): void => {
    if (inner.type === "SymbolNode" && !bound.has(inner.name) && !isAllowed(inner.name) && inner.name !== "end")
      free.add(inner.name);
    const within = inner.type === "FunctionAssignmentNode" ? new Set([...bound, ...inner.params]) : bound;
    for (const child of children(inner) ?? []) collect(child, within);
  };
  collect(node, NOTHING);
  return free;
}
