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
  const makeTemplate = (shape: string, count: number): Template | undefined => {
    try {
      const node = engine.math.parse(markedText(shape));
      const slots = makeSlots(node, count);
      if (slots === undefined || latest?.node !== node || latest.captures.size > 0) return undefined;
      return { tree: latest, run: node._compile(engine.namespace, {}), slots };
    } catch {
      return undefined; // the expression's own text will say why
    }
  };
  const templates = new Kept<Template | undefined>();
  const compiled = new Kept<Compiled>();
  const compile = (text: string): Compiled => {
    const found = compiled.get(system + text, () => make(text));
    for (const source of found.tree.captures) captures.add(source);
    return found;
  };
  let system = "";
  return {
    engine,
    limits,
    readDefinition: makeReadDefinition((source) => compile(source).tree.node),
    writePlain: makeWritePlain(engine),
    captures,
    begin({ settings, seed }) {
      system = settings ? `${settings.number ?? ""}/${settings.precision ?? ""}/` : "";
      captures.clear();
      forgetRefusals();
      engine.prepare(settings);
      engine.chance.begin(seed);
    },
    compile,
    compileJob(text) {
      // In other number systems a number is made in its own way.
      const lifted = system === "" ? lift(text) : undefined;
      if (lifted === undefined) return compile(text);
      const { shape, numbers } = lifted;
      const template = templates.get(shape, () => makeTemplate(shape, numbers.length));
      if (template === undefined) return compile(text);
      for (let at = 0; at < numbers.length; at++) Object(template.slots[at]).value = numbers[at];
      return template;
    },
  };
}
