/**
 * The one mathjs instance of a jailed process, cut down to the allowlist.
 *
 * Made once, while the start-up snapshot is built. Every text that mathjs itself would parse (`derivative("x^2", "x")`,
 * `evaluate("1+1")`) goes through `guardParse`, because the instance is given a gated `parse` instead of its own.
 * What mathjs keeps between evaluations (number settings, the unit system that follows the last unit it read) is put
 * back by `prepare`, so one job can leave nothing for the next.
 */
import { all, create } from "mathjs";
import { ALLOWED, isAllowed } from "./allowlist.ts";
import type { Settings } from "./contract.ts";
import { boundSizes } from "./sizes.ts";
import type { Node, SymbolNode } from "./tree.ts";

type Callable = (...args: unknown[]) => unknown;
type Namespace = Record<string, unknown>;
type Factory = ((dependencies: unknown) => unknown) & { fn: string; dependencies: string[] };
type Config = { number: string; precision: number; randomSeed?: string };
type Listener = (current: Config, previous: Config) => void;
type Class = (new (...args: unknown[]) => object) & { fromJSON(json: unknown): unknown };
type UnitClass = Class & {
  UNITS: Record<string, unknown>;
  BASE_UNITS: Record<string, unknown>;
  UNIT_SYSTEMS: { auto: Record<string, unknown> };
  isValuelessUnit(name: string): boolean;
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
  config(options: Partial<Config>): Config;
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
} & Record<ClassName, Class>;

/** Decides about a text that is about to be parsed inside an evaluation; throws to refuse it. */
export type GuardParse = (text: string, parse: (text: string) => Node) => Node;

/** Decides about a tree that is about to be evaluated inside an evaluation; throws to refuse it. */
export type GuardTree = (tree: Node) => void;

export type Engine = {
  /** What an expression sees: exactly the allowlist. Trees are compiled against this object only. */
  namespace: Namespace;
  math: Instance;
  /** Sets the number system and forgets the units of the job before. Call it before parsing and before evaluating. */
  prepare(settings: Settings | undefined): void;
  /** Starts the random numbers anew. Without it every process of one snapshot would draw the same ones. */
  reseed(seed: string): void;
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
  const forgetUnits = makeForgetUnits(math.Unit);
  const namespace = math.expression.mathWithTransform;
  for (const name of Object.keys(namespace)) if (!isAllowed(name)) delete namespace[name];
  // mathjs's matrix literals read this one setting from the namespace; data only, and the gate refuses the name.
  Object.defineProperty(namespace, "config", { value: Object.freeze({ matrix: "Matrix" }) });
  const limits = { elementsMax: 1_000_000 };
  boundSizes(namespace, math.typed, limits);
  nameClasses(math);
  letEvaluateTrees(namespace, math.typed, guardTree);
  const names = new Map<unknown, string>();
  for (const name of ALLOWED) if (typeof namespace[name] === "function") names.set(namespace[name], name);
  return {
    namespace,
    math,
    limits,
    prepare: makePrepare(math, namespace, listeners, forgetUnits),
    reseed: (randomSeed) => {
      for (const listener of listeners) listener({ ...DEFAULTS, randomSeed }, DEFAULTS);
    },
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

/**
 * mathjs answers in the units it last read, of whatever client: `1 m/s * 1 s` is in inches after somebody's `5 inch`.
 * The returned function puts its list of preferred units back to what it was when this was called.
 */
function makeForgetUnits({ BASE_UNITS, UNIT_SYSTEMS: { auto } }: UnitClass): () => void {
  const pristine = Object.entries(auto);
  const others = Object.keys(BASE_UNITS).filter((base) => !(base in auto));
  return () => {
    for (const [base, unit] of pristine) auto[base] = unit;
    for (const base of others) delete auto[base];
  };
}

/** The function that brings the engine into the state a job asks for. Cheap when nothing is to change. */
function makePrepare(math: Instance, namespace: Namespace, listeners: Listener[], forgetUnits: () => void): Engine["prepare"] {
  const constants = findConstants(namespace);
  let current = DEFAULTS;
  return (settings) => {
    const number = settings?.number ?? DEFAULTS.number;
    const precision = settings?.precision ?? DEFAULTS.precision;
    if (number !== current.number || precision !== current.precision) {
      current = { number, precision };
      math.config(current);
      for (const listener of listeners) listener(current, UNSET);
      putConstants(math, namespace, constants, number === "BigNumber");
    }
    forgetUnits();
  };
}

type Constant = { name: string; plain: unknown; make: Factory };

function findConstants(namespace: Namespace): Constant[] {
  const factories = Object.values(all as unknown as Record<string, Factory>);
  return factories
    .filter(({ fn }) => Object.hasOwn(namespace, fn) && typeof namespace[fn] !== "function")
    .map((make) => ({ name: make.fn, plain: namespace[make.fn], make }));
}

/** Constants as plain numbers, or as BigNumbers that are calculated when they are first asked for. */
function putConstants(math: Instance, namespace: Namespace, constants: Constant[], areBig: boolean): void {
  for (const { name, plain, make } of constants) {
    const put = (value: unknown): void => {
      Object.defineProperty(namespace, name, { value, configurable: true, enumerable: true, writable: true });
    };
    if (!areBig) {
      put(plain);
      continue;
    }
    const get = (): unknown => {
      const units = { ...math.Unit.UNIT_SYSTEMS.auto };
      const { config, BigNumber, Unit, Complex } = math;
      const value = make({ config, BigNumber, Unit, Complex, ...upper(namespace, name) });
      Object.assign(math.Unit.UNIT_SYSTEMS.auto, units); // making a constant must not count as using its units
      put(value);
      return value;
    };
    Object.defineProperty(namespace, name, { get, configurable: true, enumerable: true });
  }
}

/** `PI` and `E` are made from the constants they are other names of. */
function upper(namespace: Namespace, name: string): object {
  const lower = name.toLowerCase();
  return name !== lower && Object.hasOwn(namespace, lower) ? { [lower]: namespace[lower] } : {};
}
