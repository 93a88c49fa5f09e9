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
import { lift, makeSlots, markedText, type Slot } from "./template.ts";
import type { Run } from "./tree.ts";

export type Compiled = { tree: Tree; run: Run };

/** `slots` hold the numbers of the expression it was last asked for. */
type Template = Compiled & { slots: Slot[] };

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
  const share = makeShare(read, finish);
  return {
    engine,
    limits,
    readDefinition: makeReadDefinition((source) => compile(source).tree.node, areNumbersPlain),
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
    compileJob: (text) => (areNumbersPlain() ? share(text) : undefined) ?? compile(text),
  };
}

/** A function that answers the compiled tree which texts of one shape share, with the numbers of this text in it, if it can be shared. */
function makeShare(read: (text: string) => Tree, finish: (tree: Tree) => Compiled): (text: string) => Compiled | undefined {
  const kept = new Kept<Template | undefined>();
  const make = (shape: string, count: number): Template | undefined => {
    try {
      const tree = read(markedText(shape));
      const slots = makeSlots(tree.node, count);
      // What is captured is told apart by its source, numbers included.
      return slots === undefined || tree.captures.size > 0 ? undefined : { ...finish(tree), slots };
    } catch {
      return undefined; // the expression's own text will say why
    }
  };
  return (text) => {
    const lifted = lift(text);
    if (lifted === undefined) return undefined;
    const { shape, numbers } = lifted;
    const template = kept.get(shape, () => make(shape, numbers.length));
    template?.slots.forEach((slot, at) => {
      slot.value = numbers[at];
    });
    return template;
  };
}
