/**
 * The one mathjs instance of a jailed process, cut down to the allowlist.
 *
 * Made once, while the start-up snapshot is built. Every text that mathjs itself would parse (`derivative("x^2", "x")`,
 * `evaluate("1+1")`) goes through `guardParse`, because the instance is given a gated `parse` instead of its own.
 * What mathjs keeps between evaluations (number settings, what decimal.js was about to do when it failed, the unit system
 * that follows the last unit it read) is put back by `prepare`, so one job can leave nothing for the next; `seal` makes the
 * rest unchangeable.
 */
import { all, create } from "mathjs";
import { ALLOWED, isAllowed } from "./allowlist.ts";
import { CHANCE, type Chance, makeChance } from "./chance.ts";
import type { Settings } from "./contract.ts";
import { freezeValue } from "./freeze.ts";
import { type Decimals, makeForget, makeRecover, type Units } from "./leftovers.ts";
import { sealEngine } from "./seal.ts";
import { boundSizes, guardCalls } from "./sizes.ts";
import type { Node, SymbolNode } from "./tree.ts";

type Callable = (...args: unknown[]) => unknown;
type Namespace = Record<string, unknown>;
type Factory = ((dependencies: unknown) => unknown) & { fn: string; dependencies: string[] };
type Config = { number: string; precision: number; randomSeed?: string };
type Listener = (current: Config, previous: Config) => void;
type Class = (new (...args: unknown[]) => object) & { fromJSON(json: unknown): unknown };
type UnitValue = { clone(): UnitValue; units: { unit: object }[]; toBest(...args: unknown[]): unknown };
type UnitClass = Class &
  Units & {
    BASE_UNITS: Record<string, unknown>;
    isValuelessUnit(name: string): boolean;
    prototype: UnitValue;
  };
type Conversion = { from: string; to: string; convert: Callable };
type Typed = ((name: string, signatures: Record<string, Callable>) => Callable) & {
  removeConversion(conversion: Conversion): void;
  addConversion(conversion: Conversion): void;
};
type ParseDependencies = { typed: Typed };

/** Classes whose values may be stored. */
export type ClassName = "BigNumber" | "Complex" | "DenseMatrix" | "Fraction" | "Index" | "Range" | "ResultSet" | "SparseMatrix";

/** The members of a mathjs instance that the jail uses; its published types leave half of them out. */
type Instance = {
  config(options?: Partial<Config>): Config;
  on: (event: string, listener: Listener) => void;
  off(event: string): void;
  import(factories: unknown[]): void;
  expression: { mathWithTransform: Namespace };
  format(value: unknown, precision: number): string;
  typeOf(value: unknown): string;
  parse(text: string): Node;
  replacer(key: string, value: unknown): unknown;
  typed: Typed;
  version: string;
  Unit: UnitClass;
  SymbolNode: new (name: string) => SymbolNode;
  BigNumber: Decimals & Class;
} & Record<Exclude<ClassName, "BigNumber">, Class>;

/** Decides about a text that is about to be parsed inside an evaluation; throws to refuse it. */
export type GuardParse = (text: string, parse: (text: string) => Node) => Node;

/** Decides about a tree that is about to be evaluated inside an evaluation; throws to refuse it. */
export type GuardTree = (tree: Node) => void;

export type Engine = {
  /** What an expression sees: exactly the allowlist. Trees are compiled against this object only. */
  namespace: Namespace;
  math: Instance;
  /** Sets the number system and forgets what the job before left behind. Call it before parsing and before evaluating. */
  prepare(settings: Settings | undefined): void;
  /** To be called after an evaluation that may have been interrupted anywhere: a stack that overflowed. */
  recover(): void;
  /** Where random numbers come from. */
  chance: Chance;
  /** Makes everything unchangeable but what `prepare` puts back. Only for a process that makes no other engine. */
  seal(): void;
  /** The allowlisted name of a built-in function, or undefined. */
  nameOf(fn: unknown): string | undefined;
  /** Bounds of the functions that allocate; set them when they are known. */
  limits: { elementsMax: number };
};

const DEFAULTS: Config = { number: "number", precision: 64 };
/** Differs from every real setting, so that every listener recalculates what depends on it. */
const UNSET: Config = { number: "", precision: 0 };

/** Makes the engine. Takes half a second, which is why it happens before the snapshot is taken. */
export function makeEngine(guardParse: GuardParse, guardTree: GuardTree): Engine {
  const listeners: Listener[] = [];
  const math = makeInstance(listeners, guardParse);
  const namespace = math.expression.mathWithTransform;
  for (const name of Object.keys(namespace)) if (!isAllowed(name)) delete namespace[name];
  // mathjs's matrix literals read this one setting from the namespace; data only, and the gate refuses the name.
  Object.defineProperty(namespace, "config", { value: Object.freeze({ matrix: "Matrix" }) });
  const limits = { elementsMax: 1_000_000 };
  boundSizes(namespace, math.typed, limits);
  nameClasses(math);
  keepPrefixes(math.Unit);
  letEvaluateTrees(namespace, math.typed, guardTree);
  const chance = makeChance((text) => {
    // Each function draws from a generator of its own: with one text they would all draw the same.
    for (const [at, listener] of listeners.entries()) listener({ ...DEFAULTS, randomSeed: `${text} ${at}` }, DEFAULTS);
  });
  for (const name of CHANCE) guardCalls(namespace, math.typed, name, chance.wake);
  const names = new Map<unknown, string>();
  for (const name of ALLOWED) if (typeof namespace[name] === "function") names.set(namespace[name], name);
  return {
    namespace,
    math,
    limits,
    prepare: makePrepare(math, namespace, listeners),
    recover: makeRecover(math.BigNumber),
    chance,
    seal: () => sealEngine({ namespace, math }),
    nameOf: (fn) => names.get(fn),
  };
}

function makeInstance(listeners: Listener[], guardParse: GuardParse): Instance {
  const math = create([] as never) as unknown as Instance;
  // mathjs's own listener would create all constants anew at every change of settings: 8 ms. `prepare` does it in 40 µs.
  math.off("config");
  math.on = (event, listener) => {
    if (event === "config") listeners.push(listener);
  };
  const factories = Object.values(all as unknown as Record<string, Factory>);
  math.import(factories.map((factory) => (factory.fn === "parse" ? gateParse(factory, guardParse) : factory)));
  return math;
}

/** `typeOf` answers the names of classes, and bundling shortens them. */
function nameClasses(math: Instance): void {
  for (const [name, value] of Object.entries(math)) {
    if (typeof value === "function" && value.prototype?.type === name) Object.defineProperty(value, "name", { value: name });
  }
}

/**
 * `toBest` puts the prefixes it is told into the table of units while it works: interrupted, it would leave them there for
 * everybody. So it is given an entry of its own.
 */
function keepPrefixes({ prototype }: UnitClass): void {
  const { toBest } = prototype;
  prototype.toBest = function (this: UnitValue, ...args) {
    const own = this.clone();
    own.units = own.units.map((part) => ({ ...part, unit: { ...part.unit } }));
    return toBest.apply(own, args);
  };
}

/**
 * Lets `evaluate` take a tree as well as a text: calling a tree's own method is refused. Every part of a tree was admitted
 * when it was parsed, but `resolve` and `simplify` put parts together anew: `resolve("o[k]", {k: "constructor"})`.
 */
function letEvaluateTrees(namespace: Namespace, typed: Typed, guardTree: GuardTree): void {
  const evaluate = Object(namespace["evaluate"]);
  const run = (node: unknown, scope?: unknown): unknown => {
    guardTree(node as Node);
    return Object(node).evaluate(scope);
  };
  namespace["evaluate"] = typed("evaluate", { ...evaluate.signatures, Node: run, "Node, Map": run, "Node, Object": run });
}

/** A factory of `parse` like mathjs's, whose every use (also the conversion of texts to trees) is guarded. */
function gateParse(original: Factory, guardParse: GuardParse): Factory {
  const make = (dependencies: unknown): unknown => {
    const { typed } = dependencies as ParseDependencies;
    const inner = original(dependencies) as Callable;
    const one = (text: unknown): Node => guardParse(String(text), inner as (text: string) => Node);
    const many = (texts: unknown): unknown => (Array.isArray(texts) ? texts.map(many) : one(texts));
    const parse = typed("parse", {
      string: one,
      Array: many,
      Matrix: (texts: unknown) => Object(texts).create(many(Object(texts).valueOf())),
    });
    for (const key of Object.keys(inner))
      if (!(key in parse)) Object.defineProperty(parse, key, { value: Reflect.get(inner, key) });
    typed.removeConversion({ from: "string", to: "Node", convert: inner });
    typed.addConversion({ from: "string", to: "Node", convert: parse });
    return parse;
  };
  return Object.assign(make, { isFactory: true, fn: original.fn, dependencies: original.dependencies });
}

/** The function that brings the engine into the state a job asks for. Cheap when nothing is to change. */
function makePrepare(math: Instance, namespace: Namespace, listeners: Listener[]): Engine["prepare"] {
  const { config } = math;
  const forget = makeForget(math);
  const useNumbers = makeUseNumbers(math, namespace, config);
  let current = DEFAULTS;
  return (settings) => {
    const number = settings?.number ?? DEFAULTS.number;
    const precision = settings?.precision ?? DEFAULTS.precision;
    const isChanged = number !== current.number || precision !== current.precision;
    if (isChanged) {
      current = { number, precision };
      config(current);
      for (const listener of listeners) listener(current, UNSET);
      useNumbers(number === "BigNumber");
    }
    forget(precision, isChanged);
  };
}

/**
 * Puts the constants into the namespace, behind accessors: as they are, or as BigNumbers that are calculated when they are
 * first asked for. The returned function chooses, and forgets the BigNumbers made so far.
 */
function makeUseNumbers(math: Instance, namespace: Namespace, config: Instance["config"]): (areBig: boolean) => void {
  const made = new Map<string, unknown>();
  let areBig = false;
  for (const make of Object.values(all as unknown as Record<string, Factory>)) {
    const name = make.fn;
    if (!Object.hasOwn(namespace, name) || typeof namespace[name] === "function") continue;
    const plain = namespace[name];
    const get = (): unknown => {
      if (!areBig) return plain;
      if (!made.has(name)) made.set(name, makeBig({ math, namespace, config }, make));
      return made.get(name);
    };
    delete namespace[name];
    Object.defineProperty(namespace, name, { get, configurable: true, enumerable: true });
  }
  return (choice) => {
    areBig = choice;
    made.clear();
  };
}

type Surroundings = { math: Instance; namespace: Namespace; config: Instance["config"] };

function makeBig({ math, namespace, config }: Surroundings, make: Factory): unknown {
  const units = { ...math.Unit.UNIT_SYSTEMS.auto };
  const { BigNumber, Unit, Complex } = math;
  const value = make({ config, BigNumber, Unit, Complex, ...upper(namespace, make.fn) });
  Unit.UNIT_SYSTEMS.auto = units; // making a constant must not count as using its units
  Unit.setUnitSystem("auto");
  freezeValue(value);
  return value;
}

/** `PI` and `E` are made from the constants they are other names of. */
function upper(namespace: Namespace, name: string): object {
  const lower = name.toLowerCase();
  return name !== lower && Object.hasOwn(namespace, lower) ? { [lower]: namespace[lower] } : {};
}
