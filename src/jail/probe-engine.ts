/** Probes of the JavaScript engine: code from strings, other realms, and changes that the next client would notice. */
import { setFlagsFromString } from "node:v8";
import { builtin, inside, type Probe, stopped, world } from "./probe.ts";

const layers = ["L3"];
const SOURCE = "return typeof process";
const host = (): string => "here";
const NAMES = { Function, array: Array.prototype, object: Object.prototype };

/** The constructor behind a function's kind, as an expression would reach it. */
const makerOf = (sample: object): unknown => Reflect.get(Object.getPrototypeOf(sample), "constructor");

function make(maker: unknown): string {
  if (typeof maker !== "function") return stopped("there is no constructor");
  return typeof Reflect.construct(maker, [SOURCE]);
}

/** Sets a member that everybody uses, looks whether it took, and puts it back. */
function poison(owner: object, name: PropertyKey): string {
  const before = Reflect.getOwnPropertyDescriptor(owner, name);
  const evil = (): number => 666;
  // As code would write it, so that a frozen member throws.
  Object.assign(owner, { [name]: evil });
  const took = Reflect.get(owner, name) === evil;
  if (before === undefined) Reflect.deleteProperty(owner, name);
  else Reflect.defineProperty(owner, name, before);
  return took ? `${String(name)} answers 666` : stopped("it did not take");
}

const CODE: readonly Probe[] = [
  {
    id: "code-eval",
    aims: "run a text as code",
    layers,
    attack: () => String(Reflect.apply(world().eval, undefined, ["1 + 1"])),
  },
  { id: "code-function", aims: "make a function from a text", layers, attack: () => make(NAMES.Function) },
  {
    id: "code-async",
    aims: "make an asynchronous function from a text",
    layers,
    attack: () => make(makerOf(async () => undefined)),
  },
  { id: "code-generator", aims: "make a generator from a text", layers, attack: () => make(makerOf(function* () {})) },
  {
    id: "code-async-generator",
    aims: "make an asynchronous generator from a text",
    layers,
    attack: () => make(makerOf(async function* () {})),
  },
  {
    id: "code-flags",
    aims: "switch the engine's rule against code from texts off",
    layers,
    attack: () => {
      setFlagsFromString("--no-disallow-code-generation-from-strings");
      return make(NAMES.Function);
    },
  },
  {
    id: "code-way-back",
    aims: "come back from a realm of node:vm with this one's Function",
    layers,
    attack: () => String(builtin("node:vm").runInNewContext("host.constructor('return typeof process')()", { host })),
  },
  {
    id: "code-realm",
    aims: "read a file from a realm of node:vm that nothing was taken from",
    layers: ["L4", "L6"],
    attack: () => {
      // The realm itself can be made: it gives an attacker no more than the code he has.
      const context = { fs: builtin("node:fs") };
      return `${builtin("node:vm").runInNewContext("Function('fs', 'return fs.readFileSync(\"/etc/passwd\").length')(fs)", context)} bytes`;
    },
  },
];

const POISON: readonly Probe[] = [
  {
    id: "poison-proto",
    aims: "reach the prototype of everything by __proto__",
    layers,
    attack: () => (Reflect.has({}, "__proto__") ? "reached" : stopped("there is no __proto__")),
  },
  { id: "poison-array", aims: "change what map does for the next client", layers, attack: () => poison(NAMES.array, "map") },
  { id: "poison-json", aims: "change what is written to the server", layers, attack: () => poison(JSON, "stringify") },
  { id: "poison-math", aims: "change a sine for the next client", layers, attack: () => poison(Math, "sin") },
  { id: "poison-object", aims: "give every object a member", layers, attack: () => poison(NAMES.object, "valueOf") },
  {
    id: "poison-call",
    aims: "stand between every function and its caller",
    layers,
    attack: () => poison(Function.prototype, "call"),
  },
  { id: "poison-string", aims: "change what texts do", layers, attack: () => poison(String.prototype, "charAt") },
  { id: "poison-number", aims: "change how numbers are written", layers, attack: () => poison(Number.prototype, "toString") },
  { id: "poison-map", aims: "read every variable that is looked up", layers, attack: () => poison(Map.prototype, "get") },
  { id: "poison-promise", aims: "run when others wait", layers, attack: () => poison(Promise.prototype, "then") },
  { id: "poison-iterator", aims: "change what every loop sees", layers, attack: () => poison(NAMES.array, Symbol.iterator) },
  { id: "poison-regexp", aims: "let every pattern match", layers, attack: () => poison(RegExp.prototype, "exec") },
  {
    id: "code-sqlite",
    aims: "load a native extension through Node's own SQLite",
    layers: ["L4"],
    attack: () => {
      const { DatabaseSync } = builtin("node:sqlite");
      const database = new DatabaseSync(":memory:", { allowExtension: true });
      const report: unknown = Reflect.get(Object(inside.report.getReport()), "sharedObjects");
      const library = Array.isArray(report) ? report.find((path) => String(path).startsWith("/")) : "";
      try {
        database.loadExtension(String(library));
      } catch (error) {
        // The library was loaded, and SQLite found no entry point in it.
        if (!/undefined symbol|entry point/.test(String(error))) throw error;
      }
      return "loaded";
    },
  },
];

export const ENGINE_PROBES: readonly Probe[] = [...CODE, ...POISON];
