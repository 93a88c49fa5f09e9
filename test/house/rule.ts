/**
 * What a house rule is: a search for places that break it, an advice, and samples that prove the search.
 *
 * A rule without a sample it complains about is refused by `house.test.ts`: a rule that cannot fail guards nothing.
 */
import type { Node } from "typescript/unstable/ast";
import { lineOf, nodesOf, type Source, type Tree } from "./tree.ts";

/** `line` counts from 1. */
export type Place = { readonly path: string; readonly line: number; readonly what: string };

/** A small tree, and the places (`path:line`) a rule must find in it: none in a sample that is right. */
export type Sample = { readonly files: Readonly<Record<string, string>>; readonly finds: readonly string[] };

export type Rule = {
  /** Name of the test: what holds, as a sentence. */
  readonly title: string;
  /** What to do about a place. */
  readonly advice: string;
  readonly find: (tree: Tree) => Place[];
  readonly samples: readonly Sample[];
};

/** A sample of one file. `lines` are the lines the rule must name. */
export function sample(path: string, text: string, ...lines: number[]): Sample {
  return { files: { [path]: text }, finds: lines.map((line) => `${path}:${line}`) };
}

/** The failure's message: what holds no more, where, and what to do. */
export function formatPlaces(rule: Rule, places: readonly Place[]): string {
  const lines = places.map(({ path, line, what }) => `  ${path}:${line}: ${what}`);
  return [`${rule.title}, but:`, ...lines, rule.advice].join("\n");
}

/** Searches the syntax of the chosen sources: `judge` says what is wrong with a node, or undefined. */
export function findNodes(
  tree: Tree,
  chosen: (path: string) => boolean,
  judge: (node: Node, source: Source) => string | undefined,
): Place[] {
  return tree.code
    .filter((source) => chosen(source.path))
    .flatMap((source) =>
      nodesOf(source.root).flatMap((node) => {
        const what = judge(node, source);
        return what === undefined ? [] : [{ path: source.path, line: lineOf(source.root, node), what }];
      }),
    );
}

/** Searches the text of the chosen files line by line. */
export function findLines(tree: Tree, chosen: (path: string) => boolean, pattern: RegExp): Place[] {
  return [...tree.files]
    .filter(([path]) => chosen(path))
    .flatMap(([path, text]) =>
      text.split("\n").flatMap((line, index) => {
        const found = pattern.exec(line);
        return found === null ? [] : [{ path, line: index + 1, what: found[0].trim() }];
      }),
    );
}
