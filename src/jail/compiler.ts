/**
 * Text to something that can be run: parse, gate, compile, and remember.
 *
 * 70 % of the work on a short expression is mathjs's parser, so what was compiled is kept, by text and number system,
 * what was not used for long leaving first. A kept expression holds no variable and no result.
 */
import type { JailLimits, Job } from "./contract.ts";
import { type Definition, makeReadDefinition } from "./definition.ts";
import { type Engine, type GuardParse, makeEngine } from "./engine.ts";
import { admit, type Rules, type Tree } from "./gate.ts";
import { Kept } from "./kept.ts";
import { makeWritePlain } from "./plain.ts";
import { nestsDeeper } from "./position.ts";
import { forgetRefusals, Refusal } from "./refusal.ts";
import { type Compiled, Shapes } from "./shapes.ts";

export type Compiler = {
  engine: Engine;
  limits: JailLimits;
  /** Throws what `compile` throws. See `definition.ts`. */
  readDefinition(source: string): Definition;
  /** See `plain.ts`. */
  writePlain: ReturnType<typeof makeWritePlain>;
  /** Whether the current job reads `2` as a bigint. */
  areDigitsBigints(): boolean;
  /** Functions of the current job that use parameters around them (see `Tree.captures`). */
  captures: Set<string>;
  /** Begins a job: its number system and seed hold for everything compiled and run until the next `begin`. */
  begin(job: Pick<Job, "settings" | "seed">): void;
  /** Throws what the parser or the gate throws. */
  compile(text: string): Compiled;
  /** The same for a job's own expression: what is made holds until the next call, and may be shared with other numbers. */
  compileJob(text: string): Compiled;
  /** Programs of shapes; for jobs with no settings of their own. */
  shapes: Shapes;
};

const UNLIMITED: JailLimits = { nodesMax: 2_000, depthMax: 100, elementsMax: 1_000_000, resultBytesMax: 262_144 };

/** Makes the engine and an empty cache. `limits` may be changed afterwards, in place. */
export function makeCompiler(): Compiler {
  const limits = { ...UNLIMITED };
  const captures = new Set<string>();
  let latest: Tree | undefined;
  let system = "";
  const areDigitsBigints = (): boolean => system.startsWith("bigint/");
  const rules: Rules = { limits, makeSymbol: (name) => new engine.math.SymbolNode(name), areDigitsBigints };
  const guardParse: GuardParse = (text, parse) => {
    const { depthMax } = limits;
    if (nestsDeeper(text, depthMax)) throw new Refusal({ name: "too_deep", limit: { name: "depthMax", value: depthMax } });
    const node = parse(text);
    latest = admit(node, text, rules);
    for (const source of latest.captures) captures.add(source);
    return node;
  };
  const engine: Engine = makeEngine(guardParse, (tree) => admit(tree, "", rules));
  const read = (text: string): Tree => {
    const node = engine.math.parse(text);
    return latest?.node === node ? latest : admit(node, text, rules);
  };
  const finish = (tree: Tree): Compiled => ({ tree, run: tree.node._compile(engine.namespace, {}) });
  const kept = new Kept<Compiled>();
  const compile = (text: string): Compiled => {
    const compiled = kept.get(system + text, () => finish(read(text)));
    for (const source of compiled.tree.captures) captures.add(source);
    return compiled;
  };
  // In other number systems a number is made, and written, in its own way.
  const areNumbersPlain = (): boolean => system === "";
  const readDefinition = makeReadDefinition((source) => compile(source).tree.node, areNumbersPlain);
  const shapes = new Shapes({ engine, read, finish, readDefinition });
  return {
    engine,
    limits,
    readDefinition,
    shapes,
    writePlain: makeWritePlain(engine),
    areDigitsBigints,
    captures,
    begin({ settings, seed }) {
      system = settings ? `${settings.number ?? ""}/${settings.precision ?? ""}/` : "";
      captures.clear();
      forgetRefusals();
      engine.prepare(settings);
      engine.chance.begin(seed);
    },
    compile,
    compileJob: (text) => (areNumbersPlain() ? shapes.compile(text) : undefined) ?? compile(text),
  };
}
