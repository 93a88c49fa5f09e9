/**
 * What the house rules look at: every file of the repository, its text, and for code the syntax tree and the imports.
 *
 * The parser is TypeScript's own: version 7 is a native program that hands its trees to JavaScript through
 * `typescript/unstable/*`. One start of it parses any number of trees, so the samples that prove the rules are parsed
 * together with the real thing. Nothing is resolved or type-checked here, and nothing is written.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { type Node, type SourceFile, SyntaxKind } from "typescript/unstable/ast";
import {
  isCallExpression,
  isExportDeclaration,
  isIdentifier,
  isImportDeclaration,
  isImportTypeNode,
  isLiteralTypeNode,
  isStringLiteral,
} from "typescript/unstable/ast/is";
import { createVirtualFileSystem } from "typescript/unstable/fs";
import { API } from "typescript/unstable/sync";

/** `from` as written; `to` is a path from the root when `from` is relative, else undefined. `typeOnly` leaves no trace at run time. */
export type Import = {
  readonly from: string;
  readonly to: string | undefined;
  readonly line: number;
  readonly typeOnly: boolean;
};

export type Source = {
  readonly path: string;
  readonly text: string;
  readonly root: SourceFile;
  readonly imports: readonly Import[];
};

/** `files`: text by path from the root, generated ones included. `code`: those of them that people write in TypeScript or JavaScript. */
export type Tree = { readonly files: ReadonlyMap<string, string>; readonly code: readonly Source[] };

const codePattern = /^(src|test|scripts|bench|fuzz|bin)\/.*\.(ts|js)$/;
const textPattern = /(^|\/)[^.]+$|\.(ts|js|json|md|sql|sh|txt|yml)$|^\.[a-z]+$/;

/** Every file that git tracks or would track, as text; bytes that are not text are left out. */
export function readFiles(root: string): Map<string, string> {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], {
    cwd: root,
    encoding: "utf8",
  });
  const paths = [...new Set(listed.split("\0"))].filter((path) => textPattern.test(path) && isFile(join(root, path)));
  return new Map(paths.sort().map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

/** Not when git still lists it and it is gone, nor when it is a link to a folder. */
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** Parses any number of trees at once. */
export function growTrees(all: readonly ReadonlyMap<string, string>[]): Tree[] {
  const wanted = all.flatMap((files, index) =>
    [...files].filter(([path]) => isCode(path)).map(([path, text]): [string, string] => [`/${index}/${path}`, text]),
  );
  const options = { noLib: true, noResolve: true, types: [], allowJs: true };
  const project = JSON.stringify({ compilerOptions: options, files: wanted.map(([path]) => path) });
  const api = new API({ fs: createVirtualFileSystem({ "/tsconfig.json": project, ...Object.fromEntries(wanted) }) });
  try {
    const program = api.updateSnapshot({ openProjects: ["/tsconfig.json"] }).getProject("/tsconfig.json")?.program;
    const parse = (path: string): SourceFile => program?.getSourceFile(path) ?? fail(`TypeScript gave no tree of ${path}`);
    return all.map((files, index) => ({
      files,
      code: [...files].filter(([path]) => isCode(path)).map(([path, text]) => makeSource(path, text, parse(`/${index}/${path}`))),
    }));
  } finally {
    api.close();
  }
}

function isCode(path: string): boolean {
  return codePattern.test(path) && !path.includes("/generated/") && !path.includes("/fixtures/");
}

function makeSource(path: string, text: string, root: SourceFile): Source {
  const imports = nodesOf(root).flatMap((node) => {
    const found = importOf(node);
    if (found === undefined) return [];
    const to = found.from.startsWith(".") ? posix.join(posix.dirname(path), found.from) : undefined;
    return [{ ...found, to, line: lineOf(root, node) }];
  });
  return { path, text, root, imports };
}

/** Static, dynamic, type and `require` imports, and re-exports. */
function importOf(node: Node): { from: string; typeOnly: boolean } | undefined {
  if (isImportDeclaration(node) && isStringLiteral(node.moduleSpecifier)) {
    return { from: node.moduleSpecifier.text, typeOnly: node.importClause?.phaseModifier === SyntaxKind.TypeKeyword };
  }
  if (isExportDeclaration(node) && node.moduleSpecifier !== undefined && isStringLiteral(node.moduleSpecifier)) {
    return { from: node.moduleSpecifier.text, typeOnly: node.isTypeOnly };
  }
  if (isImportTypeNode(node) && isLiteralTypeNode(node.argument) && isStringLiteral(node.argument.literal)) {
    return { from: node.argument.literal.text, typeOnly: true };
  }
  if (!isCallExpression(node)) return undefined;
  const called = node.expression;
  const loads = called.kind === SyntaxKind.ImportKeyword || (isIdentifier(called) && called.text === "require");
  const [argument] = node.arguments;
  return loads && argument !== undefined && isStringLiteral(argument) ? { from: argument.text, typeOnly: false } : undefined;
}

/** Every node below `root`, parents before children. */
export function nodesOf(root: Node): Node[] {
  const nodes: Node[] = [];
  const visit = (node: Node): void => {
    nodes.push(node);
    node.forEachChild(visit);
  };
  root.forEachChild(visit);
  return nodes;
}

/** The 1-based line where `node` begins, its comments left out. */
export function lineOf(root: SourceFile, node: Node): number {
  return root.getLineAndCharacterOfPosition(node.getStart(root)).line + 1;
}

function fail(why: string): never {
  throw new Error(why);
}
