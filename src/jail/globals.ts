/**
 * The global object and the intrinsics of a jailed process, cut down and frozen.
 *
 * Whoever gets hold of `globalThis` finds the language and nothing of Node's, and can put nothing there: no `JSON` of
 * their own, no `toJSON` on a prototype, no hook of `Error`. `--frozen-intrinsics` does half of it: it leaves the globals
 * themselves replaceable.
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

/** Everything that belongs to the language. */
export function reachLanguage(): Set<object> {
  return reach([...LANGUAGE.filter((name) => name !== "globalThis").map((name) => Reflect.get(globalThis, name)), ...hidden()]);
}

/** Must be done after the snapshot: Node makes its globals anew in each process. Afterwards no module may ask for a global of Node's. */
export function closeGlobals(): void {
  const kept = new Set<PropertyKey>(LANGUAGE);
  for (const key of Reflect.ownKeys(globalThis)) if (!kept.has(key)) Reflect.deleteProperty(globalThis, key);
  // mathjs prints warnings; standard output is the pipe of answers
  Reflect.set(
    globalThis,
    "console",
    Object.fromEntries(["debug", "error", "info", "log", "warn"].map((name) => [name, () => undefined])),
  );
  freezeAll(reach([globalThis, ...hidden()]));
}

/** V8 keeps the last text any expression was matched against on `RegExp`: a client's own. Must be done before `--frozen-intrinsics`. */
export function forgetMatches(): void {
  for (const key of Reflect.ownKeys(RegExp))
    if (typeof key === "string" && /^(?:\$.|input|last\w+|left\w+|right\w+)$/.test(key)) Reflect.deleteProperty(RegExp, key);
}
