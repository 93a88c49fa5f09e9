/**
 * Probes that poison the realm: what somebody who runs code inside an evaluation would change, so that the next client is
 * answered otherwise. Each is given everything, the engine and the modules included, changes one thing, and looks at it by
 * the way the jail itself goes. What took effect is put back, so that the next probe finds things as they were.
 */
import fs from "node:fs";
import type { Engine } from "./engine.ts";
import { read, write } from "./host.ts";
import type { Probe } from "./probe.ts";

/** What the probes attack; set before the first runs. */
export const target: { engine: Engine | undefined } = { engine: undefined };

function aim(): Engine {
  if (target.engine === undefined) throw new Error("the probes were given no engine");
  return target.engine;
}

class Stopped extends Error {}

/** What an evaluation of `text` gives, as the calculator would begin it. */
function evaluate(text: string): unknown {
  const { math, namespace } = aim();
  return math.parse(text)._compile(namespace, {})(new Map(), {}, null);
}

/** Ends a probe: with the evidence, or by throwing. */
function judge(isReached: boolean, evidence: string): string {
  if (!isReached) throw new Stopped("nothing changed");
  return evidence;
}

/** Writes a property by every way there is, looks whether that took effect, and puts it back. */
function plant(owner: object, key: PropertyKey, value: unknown, isReached: () => boolean): string {
  const before = Reflect.getOwnPropertyDescriptor(owner, key);
  const was: unknown = Reflect.get(owner, key);
  if (!Reflect.set(owner, key, value)) Reflect.defineProperty(owner, key, { value, configurable: true, writable: true });
  try {
    return judge(isReached(), `${String(key)} was replaced`);
  } finally {
    if (before === undefined) Reflect.deleteProperty(owner, key);
    else if (before.set !== undefined) Reflect.set(owner, key, was);
    else Reflect.defineProperty(owner, key, before);
  }
}

/** Calls something that changes state, when it is there. */
function call(owner: object, key: string, ...args: unknown[]): void {
  const method: unknown = Reflect.get(owner, key);
  if (typeof method !== "function") throw new Stopped(`${key} is not there`);
  Reflect.apply(method, owner, args);
}

const prototypeOf = (made: unknown): object => Object.getPrototypeOf(made);
const lie = (): string => "poisoned";
const isLie = (value: unknown): boolean => value === "poisoned";
/** Looks whether a replaced property of a language object is what everybody gets. */
const swap = (owner: () => object, key: PropertyKey, value: unknown) => (): string =>
  plant(owner(), key, value, () => Reflect.get(owner(), key) === value);

const MATHJS: readonly Probe[] = [
  {
    id: "namespace-function",
    aims: "a function of the vocabulary that answers what the attacker likes",
    attack: () => plant(aim().namespace, "sqrt", lie, () => isLie(evaluate("sqrt(4)"))),
  },
  {
    id: "namespace-name",
    aims: "a name of the attacker's own in the vocabulary",
    attack: () => plant(aim().namespace, "poison", lie, () => isLie(evaluate("poison()"))),
  },
  {
    id: "namespace-constant",
    aims: "another pi",
    attack: () => plant(aim().namespace, "pi", 3, () => evaluate("pi") === 3),
  },
  {
    id: "constant-in-place",
    aims: "another i, without touching its name",
    attack: () => plant(Object(aim().namespace["i"]), "im", 2, () => String(evaluate("i")) === "2i"),
  },
  {
    id: "instance-method",
    aims: "the function that writes every result out",
    attack: () => plant(aim().math, "format", lie, () => isLie(aim().math.format(1, 14))),
  },
  {
    id: "unit-method",
    aims: "how every unit is written",
    attack: () => plant(prototypeOf(evaluate("5 cm")), "format", lie, () => isLie(aim().math.format(evaluate("5 cm"), 14))),
  },
  {
    id: "decimal-method",
    aims: "how BigNumbers are added",
    attack: () =>
      plant(prototypeOf(prototypeOf(evaluate("bignumber(1)"))), "plus", lie, () =>
        isLie(evaluate("bignumber(1) + bignumber(2)")),
      ),
  },
  {
    id: "complex-method",
    aims: "how complex numbers are added",
    attack: () => plant(prototypeOf(evaluate("i")), "add", lie, () => isLie(evaluate("i + i"))),
  },
  {
    id: "fraction-method",
    aims: "how fractions are added",
    attack: () => plant(prototypeOf(evaluate("fraction(1)")), "add", lie, () => isLie(evaluate("fraction(1) + fraction(2)"))),
  },
  {
    id: "matrix-method",
    aims: "what every matrix becomes in an answer",
    attack: () => plant(prototypeOf(evaluate("[1]")), "toJSON", lie, () => isLie(JSON.parse(JSON.stringify(evaluate("[1]"))))),
  },
  {
    id: "node-method",
    aims: "how every name in an expression is compiled",
    attack: () =>
      plant(
        aim().math.SymbolNode.prototype,
        "_compile",
        () => lie,
        () => isLie(evaluate("pi")),
      ),
  },
  {
    id: "unit-size",
    aims: "an inch of one metre",
    attack: () => plant(Object(aim().math.Unit.UNITS["inch"]), "value", 1, () => evaluate("number(1 inch, m)") === 1),
  },
  {
    id: "unit-made",
    aims: "a unit of the attacker's own",
    attack: () => {
      call(aim().math.Unit, "createUnit", { poison: "5 cm" });
      return judge(String(evaluate("1 poison to cm")) === "5 cm", "there is a new unit");
    },
  },
  {
    id: "unit-lost",
    aims: "a world without inches",
    attack: () => {
      call(aim().math.Unit, "deleteUnit", "inch");
      return judge(!Object.hasOwn(aim().math.Unit.UNITS, "inch"), "a unit is gone");
    },
  },
  {
    id: "typed-conversion",
    aims: "functions that count as numbers",
    attack: () => {
      call(aim().math.typed, "addConversion", { from: "function", to: "number", convert: () => 666 });
      return judge(true, "there is a new conversion");
    },
  },
  {
    id: "typed-clear",
    aims: "functions that know no types any more",
    attack: () => {
      call(aim().math.typed, "clear");
      return judge(true, "the types are gone");
    },
  },
  {
    id: "typed-mismatch",
    aims: "an answer where the arguments are wrong",
    attack: () => plant(aim().math.typed, "onMismatch", lie, () => isLie(evaluate("sqrt(1, 2, 3)"))),
  },
  {
    id: "typed-signature",
    aims: "another function behind a signature",
    attack: () => {
      const { signatures } = Object(aim().namespace["add"]);
      return plant(signatures, "number,number", lie, () => isLie(signatures["number,number"](1, 2)));
    },
  },
  {
    id: "setting",
    aims: "arrays instead of matrices for everybody",
    attack: () => {
      call(aim().math, "config", { matrix: "Array" });
      return judge(Reflect.get(aim().math.config(), "matrix") === "Array", "a setting was changed");
    },
  },
  {
    id: "import",
    aims: "a function added to the calculator itself",
    attack: () => {
      call(aim().math, "import", { poison: lie });
      return judge(isLie(evaluate("poison()")), "there is a new function");
    },
  },
  {
    id: "literal",
    aims: "another number in an expression that is kept for everybody",
    attack: () => {
      const engine = aim();
      engine.prepare({ number: "BigNumber" });
      const digits = Object(Reflect.get(engine.math.parse("25"), "value")).d;
      engine.prepare(undefined);
      return plant(digits, 0, 26, () => digits[0] === 26);
    },
  },
];

const LANGUAGE: readonly Probe[] = [
  { id: "json", aims: "what every answer is written with", attack: swap(() => globalThis, "JSON", { stringify: lie }) },
  { id: "date", aims: "another clock", attack: swap(() => globalThis, "Date", lie) },
  { id: "math-random", aims: "dice that always fall the same", attack: swap(() => Math, "random", lie) },
  { id: "math-function", aims: "another sine", attack: swap(() => Math, "sin", lie) },
  { id: "object-prototype", aims: "a member every object has", attack: swap(() => Object.prototype, "toJSON", lie) },
  { id: "bigint-json", aims: "what every bigint becomes in an answer", attack: swap(() => BigInt.prototype, "toJSON", lie) },
  { id: "array-iterator", aims: "what every loop goes over", attack: swap(() => Array.prototype, Symbol.iterator, lie) },
  { id: "iterator-next", aims: "where every loop ends", attack: swap(() => prototypeOf([].values()), "next", lie) },
  { id: "map-get", aims: "what is found for a name", attack: swap(() => Map.prototype, "get", lie) },
  { id: "regexp-exec", aims: "what every pattern matches", attack: swap(() => RegExp.prototype, "exec", lie) },
  { id: "instance-of", aims: "what counts as a class's own", attack: swap(() => Map, Symbol.hasInstance, lie) },
  { id: "promise-then", aims: "what runs later", attack: swap(() => Promise.prototype, "then", lie) },
  { id: "error-hook", aims: "a call at every error", attack: swap(() => Error, "prepareStackTrace", lie) },
  { id: "error-limit", aims: "stacks that cost time", attack: swap(() => Error, "stackTraceLimit", 1e6) },
  { id: "global-new", aims: "a place to leave things for later", attack: swap(() => globalThis, "poison", 1) },
  {
    id: "global-node",
    aims: "anything of Node's from the global object",
    attack: () => {
      const names = ["process", "Buffer", "fetch", "WebSocket", "queueMicrotask", "setTimeout", "crypto", "WebAssembly", "eval"];
      const found = names.filter((name) => name in globalThis);
      return judge(found.length > 0, `there are ${found.join(", ")}`);
    },
  },
  {
    id: "regexp-memory",
    aims: "the text of the client before",
    attack: () => judge(/secret/.test("a secret") && Reflect.get(RegExp, "lastMatch") === "secret", "the last match can be read"),
  },
  {
    id: "module-write",
    aims: "every answer on its way out",
    attack: () => patchModule("writeSync", () => write(1, new Uint8Array(0))),
  },
  {
    id: "module-read",
    aims: "every job on its way in",
    attack: () => patchModule("readSync", () => read(0, new Uint8Array(1), 0, 0, null)),
  },
];

/** Replaces a function of Node's module, and does what the jail does when it needs it. */
function patchModule(name: "writeSync" | "readSync", use: () => unknown): string {
  let isCalled = false;
  const patched = (): number => {
    isCalled = true;
    return 0;
  };
  return plant(fs, name, patched, () => {
    use();
    return isCalled;
  });
}

/** Each is to be stopped by `seal.ts`, `globals.ts`, `freeze.ts` or `host.ts`. */
export const REALM_PROBES: readonly Probe[] = [...MATHJS, ...LANGUAGE].map((probe) => ({ ...probe, id: `realm-${probe.id}` }));
