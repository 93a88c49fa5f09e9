/**
 * How code is written: the language we leave out, the powers only one file may hold, and the size of what one reads.
 */
import { type Node, SyntaxKind } from "typescript/unstable/ast";
import {
  isBindingElement,
  isCallExpression,
  isElementAccessExpression,
  isExportDeclaration,
  isImportSpecifier,
  isPropertyAccessExpression,
  isStringLiteral,
  isVariableDeclaration,
} from "typescript/unstable/ast/is";
import { findNodes, type Place, type Rule, sample } from "./rule.ts";
import { nodesOf, type Source, type Tree } from "./tree.ts";

const FUNCTION_LINES_MAX = 60;
const everywhere = () => true;

/** node:test takes a reporter as a default export and in no other way. */
const DEFAULT_EXPORTS = ["test/reporter.ts"];

const LEFT_OUT: Readonly<Partial<Record<SyntaxKind, string>>> = {
  [SyntaxKind.AnyKeyword]: "any",
  [SyntaxKind.EnumDeclaration]: "enum",
  [SyntaxKind.ModuleDeclaration]: "namespace",
  [SyntaxKind.Decorator]: "decorator",
  [SyntaxKind.NonNullExpression]: "non-null !",
  [SyntaxKind.ExclamationToken]: "definite !",
};

const leftOut: Rule = {
  title: "the code has no any, no non-null !, no enum, no namespace, no decorator",
  advice:
    "unknown and a check instead of any; a check or invariant() instead of !; a union of strings instead of an enum; a file instead of a namespace.",
  find: (tree) => findNodes(tree, everywhere, (node) => LEFT_OUT[node.kind]),
  samples: [
    sample("src/rooms/a.ts", "export function f(a: number) {\n  return a as any;\n}", 2),
    sample("test/a.test.ts", "const a: any[] = [];\nconst b = a[0]!;", 1, 2),
    sample("src/rooms/a.ts", "enum A { B }\nnamespace C { const d = 1; }\nclass E { f!: number; }\n@g class H {}", 1, 2, 3, 4),
    sample("src/rooms/a.ts", 'const any = "enum !";\nconst b = !any && any !== "";'),
  ],
};

const noDefault: Rule = {
  title: "exports have names",
  advice: "Export the noun by its name, so that one search finds every use.",
  find: (tree) =>
    findNodes(
      tree,
      (path) => !DEFAULT_EXPORTS.includes(path),
      ({ kind, parent }) => {
        const isDefault = kind === SyntaxKind.DefaultKeyword && parent.kind !== SyntaxKind.DefaultClause;
        return kind === SyntaxKind.ExportAssignment || isDefault ? "default export" : undefined;
      },
    ).concat(findNodes(tree, everywhere, renamedToDefault)),
  samples: [
    sample("src/rooms/a.ts", "export default function a() {}", 1),
    sample("src/rooms/a.ts", "const a = 1;\nexport default a;", 2),
    sample("src/rooms/a.ts", "const a = 1;\nexport { a as default };", 2),
    sample("src/rooms/a.ts", "export function a(b: number) {\n  switch (b) {\n    default:\n      return 1;\n  }\n}"),
  ],
};

function renamedToDefault(node: Node): string | undefined {
  if (!isExportDeclaration(node) || node.exportClause === undefined) return undefined;
  return /\bdefault\b/.test(node.exportClause.getText()) ? "default export" : undefined;
}

const noBarrels: Rule = {
  title: "no file only passes on what others export",
  advice: "Import from the file that has it.",
  find: (tree) =>
    tree.code
      .filter(isBarrel)
      .map(({ path }): Place => ({ path, line: 1, what: "is a barrel" }))
      .concat(
        findNodes(tree, everywhere, (node) =>
          isExportDeclaration(node) && node.exportClause === undefined ? "export *" : undefined,
        ),
      ),
  samples: [
    sample("src/rooms/index.ts", "export const a = 1;", 1),
    sample("src/rooms/all.ts", 'export { room } from "./room.ts";\nexport type { Post } from "./post.ts";', 1),
    sample("src/rooms/a.ts", 'export const a = 1;\nexport * from "./room.ts";', 2),
    sample("src/rooms/a.ts", 'export { room } from "./room.ts";\nexport const a = 1;'),
  ],
};

function isBarrel({ path, root }: Source): boolean {
  const passesOn = (node: Node) => isExportDeclaration(node) && node.moduleSpecifier !== undefined;
  return /(^|\/)index\.[tj]s$/.test(path) || (root.statements.length > 0 && root.statements.every(passesOn));
}

const functionSize: Rule = {
  title: `no function is longer than ${FUNCTION_LINES_MAX} lines`,
  advice: "Name a part of it by its verb and take it out: the places nobody else can edit begin here.",
  find: (tree) =>
    findNodes(tree, everywhere, (node, { root, path }) => {
      if (!isFunction(node) || (path.startsWith("test/") && isChapter(node))) return undefined;
      const lineAt = (position: number) => root.getLineAndCharacterOfPosition(position).line;
      const lines = lineAt(node.end) - lineAt(node.getStart(root)) + 1;
      return lines > FUNCTION_LINES_MAX ? `a function of ${lines} lines` : undefined;
    }),
  samples: [
    sample("src/rooms/a.ts", `\nexport function a() {${"\n".repeat(60)}}`, 2),
    sample("src/rooms/a.ts", `class A {\n  b() {${"\n".repeat(60)}}\n}`, 2),
    sample("test/a.test.ts", `test("a", () => {${"\n".repeat(60)}});`, 1),
    sample("test/a.test.ts", `describe("a", () => {${"\n".repeat(90)}test("b", c);});\nconst b = () => {${"\n".repeat(59)}};`),
  ],
};

const FUNCTIONS: readonly SyntaxKind[] = [
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.FunctionExpression,
  SyntaxKind.ArrowFunction,
  SyntaxKind.MethodDeclaration,
  SyntaxKind.Constructor,
  SyntaxKind.GetAccessor,
  SyntaxKind.SetAccessor,
];

function isFunction(node: Node): boolean {
  return FUNCTIONS.includes(node.kind);
}

/** What holds tests is a chapter (of a file or a contract suite), not a function one reads at once. */
function isChapter(node: Node): boolean {
  const isHeld = (one: Node) => isCallExpression(one) && /^(describe|it|test)$/.test(one.expression.getText());
  return nodesOf(node).some(isHeld);
}

const environment: Rule = {
  title: "nobody reads the environment but src/config.ts",
  advice: "Make it a setting in schemas/config.json; src/config.ts reads it, and the caller passes it on.",
  find: (tree) => findProcess(tree, (path) => path !== "src/config.ts" && /^(src|scripts)\//.test(path), "env"),
  samples: [
    sample("src/rooms/a.ts", 'const a = process.env["HOME"];', 1),
    sample("src/rooms/a.ts", "const { env } = process;", 1),
    sample("src/rooms/a.ts", 'import { env } from "node:process";', 1),
    sample("scripts/a.ts", '\nconst a = globalThis.process["env"];', 2),
    sample("src/config.ts", "const { env } = process;"),
  ],
};

/** Programs have a main and may end themselves; the jailed process has its own. */
const PROGRAMS = /^src\/(cli\/|jail\/main\.ts$)/;

const exit: Rule = {
  title: "only a program's main ends the process",
  advice: "Return or throw, and let src/cli/ decide; what cannot be true goes through invariant().",
  find: (tree) => findProcess(tree, (path) => path.startsWith("src/") && !PROGRAMS.test(path), "exit"),
  samples: [
    sample("src/server/a.ts", "export function a() {\n  process.exit(1);\n}", 2),
    sample("src/evaluator/a.ts", 'import { exit } from "process";', 1),
    sample("src/cli/a.ts", "process.exit(1);"),
    sample("src/server/b.ts", "process.exitCode = 1;"),
  ],
};

/** Every way to a member of `process`: by dot, by bracket, by destructuring, by import. */
function findProcess(tree: Tree, chosen: (path: string) => boolean, member: string): Place[] {
  const isProcess = (node: Node): boolean => /(^|\.)process$/.test(node.getText());
  return findNodes(tree, chosen, (node) => {
    const byDot = isPropertyAccessExpression(node) && node.name.text === member && isProcess(node.expression);
    const byBracket =
      isElementAccessExpression(node) &&
      isStringLiteral(node.argumentExpression) &&
      node.argumentExpression.text === member &&
      isProcess(node.expression);
    return byDot || byBracket || isTaken(node, member) ? `process.${member}` : undefined;
  });
}

/** `const { env } = process`, `import { env } from "node:process"`, also under another name. */
function isTaken(node: Node, member: string): boolean {
  if (!isBindingElement(node) && !isImportSpecifier(node)) return false;
  if ((node.propertyName ?? node.name)?.getText() !== member) return false;
  const around = isBindingElement(node) ? node.parent.parent : node.parent.parent.parent;
  const from = isVariableDeclaration(around) ? around.initializer?.getText() : around.getText().replace(/^.*from /s, "");
  return from !== undefined && /^(globalThis\.)?process$|^"(node:)?process"/.test(from);
}

export const SYNTAX_RULES: readonly Rule[] = [leftOut, noDefault, noBarrels, functionSize, environment, exit];
