/**
 * The global object and the intrinsics of a jailed process, cut down and frozen.
 *
 * Whoever gets hold of `globalThis` finds the language and nothing of Node's, and can put nothing there: no `JSON` of
 * their own, no `toJSON` on a prototype, no hook of `Error`.
 */
import { freezeAll, reach } from "./freeze.ts";

/** Of the language, what mathjs and the jail are written in. No shared memory, no WebAssembly, no locale and time zone, no `eval`. */
const LANGUAGE =
  `Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date Promise RegExp
  Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError globalThis JSON Math ArrayBuffer DataView
  Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array BigUint64Array BigInt64Array Uint8ClampedArray Float16Array
  Float32Array Float64Array Map BigInt Set Iterator WeakMap WeakSet Proxy Reflect decodeURI decodeURIComponent encodeURI
  encodeURIComponent isFinite isNaN`.split(/\s+/);

/** Prototypes that no global leads to. */
const hidden = (): unknown[] => [
  ...[[].values(), new Map().entries(), new Set().values(), "".matchAll(/x/g), ""[Symbol.iterator]()].map((iterator) =>
    Object.getPrototypeOf(iterator),
  ),
  Object.getPrototypeOf([].values().map(String)),
  Object.getPrototypeOf(Iterator.from({ next: () => ({ done: true, value: undefined }) })),
  Object.getPrototypeOf(function* () {}),
  Object.getPrototypeOf(async () => undefined),
  Object.getPrototypeOf(async function* () {}),
];

/** Of the language too, but taken away: whoever holds them must not change them either. */
const TAKEN = "FinalizationRegistry Intl Temporal WeakRef escape unescape eval".split(" ");

/** Everything that belongs to the language. */
export function reachLanguage(): Set<object> {
  const names = [...LANGUAGE, ...TAKEN].filter((name) => name !== "globalThis");
  return reach([...names.map((name) => Reflect.get(globalThis, name)), ...hidden()]);
}

/** V8 gives each of these a member more in each process, `Error.stackTraceLimit` or `RegExp.escape`: they are frozen there. */
const UNFINISHED: readonly object[] = [
  ...[Error, Iterator, Iterator.prototype, Map.prototype, Promise, RegExp, Uint8Array, Uint8Array.prototype, WeakMap.prototype],
  Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype),
];

/** Prototypes whose members the objects that inherit them replace by assignment: `name` of an error, `toString` of a client's own object. */
const OVERRIDDEN = [Object, Error, AggregateError, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError];

/**
 * Makes the language unchangeable. Done before the snapshot is taken: with `--frozen-intrinsics` each process did it at its start, for 25
 * ms, and put accessors in the place of all members of all prototypes, so that every `apply` and every loop was slower.
 */
export function freezeLanguage(): void {
  forgetMatches();
  Reflect.deleteProperty(Object.prototype, "__proto__");
  for (const { prototype } of OVERRIDDEN) letOverride(prototype);
  const language = reachLanguage();
  for (const unfinished of UNFINISHED) language.delete(unfinished);
  freezeAll(language);
}

/** A member that is frozen cannot be assigned to whoever inherits it; one behind an accessor can. */
function letOverride(prototype: object): void {
  for (const key of Reflect.ownKeys(prototype)) {
    const { value, writable, enumerable = false } = Object.getOwnPropertyDescriptor(prototype, key) ?? {};
    if (writable !== true) continue;
    // As a member, what it answers is found by whoever freezes all that can be reached.
    const get = Object.assign(() => value, { value });
    const set = function (this: object, own: unknown): void {
      if (this === prototype) throw new TypeError(`Cannot assign to read only property '${String(key)}' of object`);
      Object.defineProperty(this, key, { value: own, configurable: true, enumerable: true, writable: true });
    };
    Object.defineProperty(prototype, key, { get, set, enumerable, configurable: false });
  }
}

/** Must be done after the snapshot, and after `freezeLanguage`: Node makes its globals anew in each process. Afterwards no module may ask for a global of Node's. */
export function closeGlobals(): void {
  const kept = new Set<PropertyKey>(LANGUAGE);
  for (const key of Reflect.ownKeys(globalThis)) if (!kept.has(key)) Reflect.deleteProperty(globalThis, key);
  // mathjs prints warnings; standard output is the pipe of answers
  const console = Object.fromEntries(["debug", "error", "info", "log", "warn"].map((name) => [name, () => undefined]));
  Reflect.set(globalThis, "console", console);
  freezeRest([globalThis]);
}

/** Freezes what `freezeLanguage` had to leave, and `more`. What is frozen leads to nothing else that is not. */
export function freezeRest(more: readonly object[] = []): void {
  freezeAll(reach([...UNFINISHED, ...more], { has: Object.isFrozen }));
}

/** V8 keeps the last text any expression was matched against on `RegExp`: a client's own. */
function forgetMatches(): void {
  for (const key of Reflect.ownKeys(RegExp))
    if (typeof key === "string" && /^(?:\$.|input|last\w+|left\w+|right\w+)$/.test(key)) Reflect.deleteProperty(RegExp, key);
}
