/**
 * Sizes asked for, checked before anything is allocated.
 *
 * Wraps the functions of the namespace that make something large from a few small arguments (`zeros(30000, 30000)`,
 * `1:999999999999`, `bigint(7) ^ bigint(10000000)`). Advisory: it gives a named answer at once where the request can be read off the
 * arguments; for all other ways to be large the parent's deadline and memory limit are the promise.
 */
import { isUnsafeName } from "./allowlist.ts";
import { isMatrix, isTree } from "./kind.ts";
import { Refusal, refuseUnsafeName, requireWithin } from "./refusal.ts";

type Callable = (...args: unknown[]) => unknown;
type Conversion = { from: string; to: string; convert: Callable };
type Typed = ((name: string, signatures: Record<string, Callable>) => Callable) & {
  addConversion(conversion: Conversion): void;
  removeConversion(conversion: Conversion): void;
};
/** Digits of one number as text: nobody reads more, and making them takes time by the square. */
const DIGITS_MAX = 10_000;
const BITS_PER_DIGIT = Math.log2(10);

/** Answers how many elements (characters, digits) a call would make; NaN when the arguments do not tell. */
type Estimate = (args: unknown[]) => number;

/** The number a scalar argument stands for, whatever its number type; NaN for all else. */
function count(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "object" && value !== null && "toNumber" in value && !("isUnit" in value)) return Number(value);
  return Number.NaN;
}

const product = (sizes: number[]): number => sizes.reduce((all, size) => all * size, 1);
const counts = (value: unknown): number[] => (Array.isArray(value) ? value.flat(9).map(count) : []);
const shape = (value: unknown): number[] =>
  isMatrix(value) ? value.size() : Array.isArray(value) ? [value.length, ...shape(value[0])] : [];
const listed = (value: unknown): number[] => counts(isMatrix(value) ? value.valueOf() : value);
const elements = (value: unknown): number => product(shape(value));

/** Dimensions given as numbers or as one list of numbers; a sparse matrix costs its longer side. */
function dimensions(args: unknown[]): number {
  const sizes = (
    args.length > 0 && typeof args[0] === "object" && !("toNumber" in Object(args[0])) ? listed(args[0]) : args.map(count)
  ).filter((size) => !Number.isNaN(size));
  return args.includes("sparse") ? Math.max(0, ...sizes) : product(sizes);
}

function rangeLength(args: unknown[]): number {
  const bounds = typeof args[0] === "string" ? args[0].split(":").map(Number) : args.map(count);
  const [start = Number.NaN, second = Number.NaN, third] = bounds.filter((bound) => !Number.isNaN(bound));
  const [end, step] = typeof args[0] === "string" && third !== undefined ? [third, second] : [second, third ?? 1];
  return step === 0 ? 0 : Math.max(0, (end - start) / step);
}

function digitsOf(base: unknown, exponent: unknown): number {
  if (typeof base === "bigint" && typeof exponent === "bigint")
    return (base.toString(16).length * 4 * Number(exponent)) / BITS_PER_DIGIT;
  return Number.NaN;
}

function textLength(args: unknown[]): number {
  return args.reduce<number>(
    (all, arg) => all + (typeof arg === "string" ? arg.length : isMatrix(arg) || Array.isArray(arg) ? elements(arg) : 0),
    0,
  );
}

const isSparse = (value: unknown): boolean => isMatrix(value) && "isSparseMatrix" in value;

/**
 * Elements of what two collections give when each side is repeated along the dimensions the other is longer in; nothing is
 * known of sparse ones.
 */
function broadcast([left, right]: unknown[]): number {
  if (isSparse(left) || isSparse(right)) return Number.NaN;
  const [longer = [], shorter = []] = [shape(left), shape(right)].sort((one, other) => other.length - one.length);
  const missing = longer.length - shorter.length;
  return product(longer.map((size, at) => Math.max(size, shorter[at - missing] ?? 1)));
}

const isExponential = (value: unknown): value is { e: number } =>
  typeof value === "object" && value !== null && "isBigNumber" in value && "e" in value && typeof value.e === "number";

/** Digits that writing a number out would take: what is asked for, or a BigNumber's own exponent. */
function writtenDigits([value, options]: unknown[]): number {
  const asked =
    typeof options === "object" && options !== null && "precision" in options ? count(options.precision) : count(options);
  const isFixed = typeof options === "object" && options !== null && "notation" in options && options.notation !== "exponential";
  return Math.max(asked || 0, isFixed && isExponential(value) ? Math.abs(value.e) : 0);
}

const radixDigits: Estimate = ([value]) => (isExponential(value) ? Math.abs(value.e) : 0);
const longestDigits: Estimate = (values) => values.reduce<number>((most, value) => Math.max(most, radixDigits([value])), 0);
const indexed = (value: unknown): number =>
  isMatrix(value) || Array.isArray(value) ? listed(value).reduce((most, at) => Math.max(most, at), 0) : count(value) || 1;

const ELEMENTS: Record<string, Estimate> = {
  zeros: dimensions,
  ones: dimensions,
  identity: (args) => (args.length === 1 && !isMatrix(args[0]) ? count(args[0]) ** 2 : dimensions(args)),
  range: rangeLength,
  resize: ([, size]) => product(listed(size)),
  diag: ([vector]) => (shape(vector).length === 1 ? elements(vector) ** 2 : 0),
  dotMultiply: broadcast,
  dotDivide: broadcast,
  dotPow: broadcast,
  kron: ([left, right]) => elements(left) * elements(right),
  concat: textLength,
  random: ([size]) => product(listed(size)),
  randomInt: ([size]) => product(listed(size)),
  pickRandom: ([, many]) => count(many),
  matrixFromFunction: ([size]) => product(listed(size)),
  setPowerset: ([set]) => 2 ** elements(set),
  setCartesian: ([left, right]) => elements(left) * elements(right),
  nthRoots: ([, root]) => count(root),
  index: (args) => product(args.map(indexed)),
  pow: ([base, exponent]) => digitsOf(base, exponent),
  leftShift: ([value, bits]) => (typeof value === "bigint" ? count(bits) / BITS_PER_DIGIT : Number.NaN),
};

const DIGITS: Record<string, Estimate> = {
  format: writtenDigits,
  bin: radixDigits,
  hex: radixDigits,
  oct: radixDigits,
  gcd: longestDigits,
  xgcd: longestDigits,
};

/** Functions that take rules or options: a function among them would be called with the engine's own objects. */
const SYMBOLIC = ["simplify", "simplifyConstant", "simplifyCore", "rationalize", "derivative", "resolve", "symbolicEqual"];

function holdsFunction(value: unknown, depth = 0): boolean {
  if (typeof value === "function") return true;
  if (typeof value !== "object" || value === null || depth > 9 || isTree(value)) return false;
  const inner: unknown[] = Array.isArray(value)
    ? value
    : isMatrix(value)
      ? [value.valueOf()]
      : value instanceof Map
        ? [...value.values()]
        : Object.values(value);
  return inner.some((item) => holdsFunction(item, depth + 1));
}

function refuseFunctions(args: unknown[]): void {
  if (args.some((arg) => holdsFunction(arg)))
    throw new Refusal({ name: "function_refused", detail: "Rules and options of algebra functions cannot be functions" });
  if (args.some((arg) => Object.hasOwn(Object(arg), "consoleDebug")))
    throw new Refusal({ name: "function_refused", detail: "There is no console to write to" });
}

/** What lets `simplify` take its scope as an object; mathjs has it only while it makes that function. */
const SCOPES: Conversion = { from: "Object", to: "Map", convert: (scope) => new Map(Object.entries(Object(scope))) };

/** The gate sees property names that are written down; these are calculated. */
function refuseUnsafeNames(args: unknown[]): void {
  if (args.some((arg) => typeof arg === "string" && isUnsafeName(arg))) refuseUnsafeName();
}

/** Puts `check` before a function. A typed function keeps its signatures, so `map(list, format)` still finds the right one. */
function wrap(name: string, fn: Callable, typed: Typed, check: (args: unknown[]) => void): Callable {
  const guarded =
    (inner: Callable, hasRest: boolean): Callable =>
    (...args) => {
      // typed-function hands the rest of the arguments over as one array
      check(hasRest ? args.flatMap((arg, at) => (at === args.length - 1 ? arg : [arg])) : args);
      return inner(...args);
    };
  if (!("signatures" in fn)) return guarded(fn, false);
  const signatures = Object.entries(Object(fn.signatures)).map(
    ([signature, inner]) => [signature, guarded(inner as Callable, signature.includes("..."))] as const,
  );
  return Object.assign(typed(name, Object.fromEntries(signatures)), "toTex" in fn ? { toTex: fn.toTex } : {});
}

/** Puts `check` before every call of a function of `namespace`, in place. */
export function guardCalls(
  namespace: Record<string, unknown>,
  typed: Typed,
  name: string,
  check: (args: unknown[]) => void,
): void {
  const fn = namespace[name];
  if (typeof fn !== "function") return;
  const value = wrap(name, fn as Callable, typed, check);
  Object.defineProperty(namespace, name, { value, configurable: true, enumerable: true });
}

/** Wraps the functions of `namespace` in place. `limits` is read at every call, so it may be set later. */
export function boundSizes(namespace: Record<string, unknown>, typed: Typed, limits: { elementsMax: number }): void {
  const put = (name: string, check: (args: unknown[]) => void): void => guardCalls(namespace, typed, name, check);
  for (const [name, estimate] of Object.entries(ELEMENTS)) {
    put(name, (args) => requireWithin("memory_limit", "elementsMax", limits.elementsMax, estimate(args) || 0, name));
  }
  for (const [name, estimate] of Object.entries(DIGITS)) {
    put(name, (args) => requireWithin("memory_limit", "digitsMax", DIGITS_MAX, estimate(args) || 0, name));
  }
  for (const name of SYMBOLIC) void namespace[name]; // made when it is first read, with conversions of its own
  typed.addConversion(SCOPES);
  for (const name of SYMBOLIC) put(name, refuseFunctions);
  typed.removeConversion(SCOPES);
  // `numeric(1, "valueOf")` answers mathjs's own table of conversions, which an assignment in `evaluate` could then change
  for (const name of ["index", "numeric"]) put(name, refuseUnsafeNames);
}
