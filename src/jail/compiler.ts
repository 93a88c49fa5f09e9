/**
 * Text to something that can be run: parse, gate, compile, and remember.
 *
 * 70 % of the work on a short expression is mathjs's parser, so what was compiled is kept, by text and number system,
 * what was not used for long leaving first. A kept expression holds no variable and no result.
 */
import type { JailLimits, Job } from "./contract.ts";
import { type Engine, type GuardParse, makeEngine } from "./engine.ts";
import { admit, type Rules, type Tree } from "./gate.ts";
import { nestsDeeper } from "./position.ts";
import { forgetRefusals, Refusal } from "./refusal.ts";
import type { Run } from "./tree.ts";

export type Compiled = { tree: Tree; run: Run };

export type Compiler = {
  engine: Engine;
  limits: JailLimits;
  /** Functions of the current job that use parameters around them (see `Tree.captures`). */
  captures: Set<string>;
  /** Begins a job: its number system and seed hold for everything compiled and run until the next `begin`. */
  begin(job: Pick<Job, "settings" | "seed">): void;
  /** Throws what the parser or the gate throws. */
  compile(text: string): Compiled;
};

/** Expressions in each of the two generations kept, and their characters: a compiled tree takes about 200 bytes a character. */
const KEPT_MAX = 1_000;
const KEPT_CHARS_MAX = 50_000;

const UNLIMITED: JailLimits = { nodesMax: 2_000, depthMax: 100, elementsMax: 1_000_000, resultBytesMax: 262_144 };

/** Makes the engine and an empty cache. `limits` may be changed afterwards, in place. */
export function makeCompiler(): Compiler {
  const limits = { ...UNLIMITED };
  const captures = new Set<string>();
  let latest: Tree | undefined;
  const rules: Rules = { limits, makeSymbol: (name) => new engine.math.SymbolNode(name) };
  const guardParse: GuardParse = (text, parse) => {
    const { depthMax } = limits;
    if (nestsDeeper(text, depthMax)) throw new Refusal({ name: "too_deep", limit: { name: "depthMax", value: depthMax } });
    const node = parse(text);
    latest = admit(node, text, rules);
    for (const source of latest.captures) captures.add(source);
    return node;
  };
  const engine: Engine = makeEngine(guardParse, (tree) => admit(tree, "", rules));
  const make = (text: string): Compiled => {
    const node = engine.math.parse(text);
    const tree = latest?.node === node ? latest : admit(node, text, rules);
    return { tree, run: node._compile(engine.namespace, {}) };
  };
  let system = "";
  return {
    engine,
    limits,
    captures,
    begin({ settings, seed }) {
      system = settings ? `${settings.number ?? ""}/${settings.precision ?? ""}/` : "";
      captures.clear();
      forgetRefusals();
      engine.prepare(settings);
      engine.chance.begin(seed);
    },
    compile: remember(make, captures, () => system),
  };
}

/**
 * Two generations instead of a list in order of use: when the young one is full, it becomes the old one and what was
 * old and not asked for again is dropped. Dropping costs nothing per expression.
 */
function remember(make: (text: string) => Compiled, captures: Set<string>, system: () => string): Compiler["compile"] {
  let young = new Map<string, Compiled>();
  let old = new Map<string, Compiled>();
  let chars = 0;
  return (text) => {
    const key = system() + text;
    let compiled = young.get(key);
    if (!compiled) {
      compiled = old.get(key) ?? make(text);
      chars += key.length;
      if (young.size >= KEPT_MAX || chars > KEPT_CHARS_MAX) {
        old = young;
        young = new Map();
        chars = key.length;
      }
      young.set(key, compiled);
    }
    for (const source of compiled.tree.captures) captures.add(source);
    return compiled;
  };
}
