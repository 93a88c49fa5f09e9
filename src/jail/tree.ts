/**
 * The shapes of mathjs's expression tree, as far as the jail looks at it.
 *
 * mathjs's own declarations leave out what the gate needs (`_compile`, visible blocks) and mix in what it must not
 * call; this file names only the members that are read here. Pure types and one function; it never changes a tree.
 */

/** A compiled tree: `args` holds the parameters of the enclosing function, `context` what `end` refers to. */
export type Run = (scope: object, args: object, context: unknown) => unknown;

type Shape<T extends string, Members> = Members & {
  type: T;
  toString(options?: object): string;
  toTex(options?: object): string;
  _compile(math: object, argNames: object): Run;
};

export type SymbolNode = Shape<"SymbolNode", { name: string }>;
export type ConstantNode = Shape<"ConstantNode", { value: unknown }>;
export type OperatorNode = Shape<
  "OperatorNode",
  { op: string; fn: string; args: Node[]; implicit: boolean; isPercentage?: boolean }
>;
export type FunctionNode = Shape<"FunctionNode", { fn: Node; args: Node[] }>;
export type IndexNode = Shape<"IndexNode", { dimensions: Node[]; dotNotation: boolean }>;
export type AccessorNode = Shape<"AccessorNode", { object: Node; index: IndexNode }>;
export type AssignmentNode = Shape<"AssignmentNode", { object: Node; index: IndexNode | null; value: Node }>;
export type FunctionAssignmentNode = Shape<"FunctionAssignmentNode", { name: string; params: string[]; expr: Node }>;
export type Node =
  | SymbolNode
  | ConstantNode
  | OperatorNode
  | FunctionNode
  | IndexNode
  | AccessorNode
  | AssignmentNode
  | FunctionAssignmentNode
  | Shape<"ArrayNode", { items: Node[] }>
  | Shape<"BlockNode", { blocks: { node: Node; visible: boolean }[] }>
  | Shape<"ConditionalNode", { condition: Node; trueExpr: Node; falseExpr: Node }>
  | Shape<"ObjectNode", { properties: Record<string, Node> }>
  | Shape<"ParenthesisNode", { content: Node }>
  | Shape<"RangeNode", { start: Node; end: Node; step: Node | null }>
  | Shape<"RelationalNode", { conditionals: string[]; params: Node[] }>;

/** The direct children of a node, in the order they are written. An unknown kind of node gives undefined: refuse it. */
export function children(node: Node): Node[] | undefined {
  switch (node.type) {
    case "SymbolNode":
    case "ConstantNode":
      return [];
    case "OperatorNode":
      return node.args;
    case "FunctionNode":
      return [node.fn, ...node.args];
    case "IndexNode":
      return node.dimensions;
    case "AccessorNode":
      return [node.object, node.index];
    case "AssignmentNode":
      return node.index ? [node.object, node.index, node.value] : [node.object, node.value];
    case "FunctionAssignmentNode":
      return [node.expr];
    case "ArrayNode":
      return node.items;
    case "BlockNode":
      return node.blocks.map((block) => block.node);
    case "ConditionalNode":
      return [node.condition, node.trueExpr, node.falseExpr];
    case "ObjectNode":
      return Object.values(node.properties);
    case "ParenthesisNode":
      return [node.content];
    case "RangeNode":
      return node.step ? [node.start, node.step, node.end] : [node.start, node.end];
    case "RelationalNode":
      return node.params;
    default:
      return undefined;
  }
}
