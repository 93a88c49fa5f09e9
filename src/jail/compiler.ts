/**
 * Text to something that can be run: parse, gate, compile, and remember.
 *
 * 70 % of the work on a short expression is mathjs's parser, so what was compiled is kept, by text and number system,
 * the least recently used leaving first. A kept expression holds no variable and no result.
 */
import type { JailLimits, Settings } from "./contract.ts";
import { type Engine, makeEngine } from "./engine.ts";
import { admit, type Rules, type Tree } from "./gate.ts";
import { bracketDepth } from "./position.ts";
import { forgetRefusals, requireWithin } from "./refusal.ts";
import type { Node, Run } from "./tree.ts";

export type Compiled = { tree: Tree; run: Run };

export type Compiler = {
  engine: Engine;
  limits: JailLimits;
  /** Functions of the current job that use parameters around them (see `Tree.captures`). */
  captures: Set<string>;
  /** Begins a job: its number system holds for everything compiled and run until the next `begin`. */
  begin(settings: Settings | undefined): void;
  /** Throws what the parser or the gate throws. */
  compile(text: string): Compiled;
};

/** Expressions kept, and their characters in all: compiled trees take about 200 bytes a character. */
const KEPT_MAX = 2_000;
const KEPT_CHARS_MAX = 100_000;

const UNLIMITED: JailLimits = { nodesMax: 2_000, depthMax: 100, elementsMax: 1_000_000, resultBytesMax: 262_144 };

/** Makes the engine and an empty cache. `limits` may be changed afterwards, in place. */
export function makeCompiler(): Compiler {
  const limits = { ...UNLIMITED };
  const captures = new Set<string>();
  const trees = new WeakMap<Node, Tree>();
  const rules: Rules = { limits, makeSymbol: (name) => new engine.math.SymbolNode(name) };
  const engine: Engine = makeEngine((text, parse) => {
    requireWithin("too_deep", "depthMax", limits.depthMax, bracketDepth(text));
    const node = parse(text);
    const tree = admit(node, text, rules);
    for (const source of tree.captures) captures.add(source);
    trees.set(node, tree);
    return node;
  });
  const make = (text: string): Compiled => {
    const node = engine.math.parse(text);
    const tree = trees.get(node) ?? admit(node, text, rules);
    return { tree, run: node._compile(engine.namespace, {}) };
  };
  let system = "";
  return {
    engine,
    limits,
    captures,
    begin(settings) {
      system = settings ? `${settings.number ?? ""}/${settings.precision ?? ""}/` : "";
      captures.clear();
      forgetRefusals();
      engine.prepare(settings);
    },
    compile: remember(make, captures, () => system),
  };
}

function remember(make: (text: string) => Compiled, captures: Set<string>, system: () => string): Compiler["compile"] {
  const kept = new Map<string, Compiled>();
  let chars = 0;
  return (text) => {
    const key = system() + text;
    const known = kept.get(key);
    const compiled = known ?? make(text);
    if (known) {
      kept.delete(key);
      for (const source of known.tree.captures) captures.add(source);
    } else chars += key.length;
    kept.set(key, compiled);
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT_MAX && chars <= KEPT_CHARS_MAX) break;
      kept.delete(oldest);
      chars -= oldest.length;
    }
    return compiled;
  };
}
