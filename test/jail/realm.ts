/**
 * A digest of everything in a jailed process that one job could change for the next: the namespace, the mathjs instance
 * with its typed-function tables, units and settings, and the intrinsics of the language, with whatever can be reached
 * from them through own properties and prototypes. Runs inside the test-only bundle; it calls no method of what it
 * looks at, and no getter but those behind which mathjs keeps its functions until they are wanted.
 *
 * Objects count by identity: each gets a number when it is first seen, so putting an equal function in the place of
 * another changes the digest. What lives in closures is out of sight; the reference calculations watch that.
 */
import type { Engine } from "../../src/jail/engine.ts";

/** By section: a digest of 64 bits and how many objects it is over. JSON. */
export type RealmDigest = Record<string, string>;

/** What an object was when it was looked at: prototype, keys, flags, values and accessors, in a row. */
type Shape = { owner: object; parts: unknown[] };
type PartsOf = (owner: object) => unknown[];
type Section = { shapes: Shape[]; text: string };

/** Returns a function that digests the realm as it is now. */
export function makeRealmDigest(engine: Engine): () => RealmDigest {
  const numbers = new Map<unknown, number>();
  const numberOf = (value: unknown): number => {
    const known = numbers.get(value);
    if (known !== undefined) return known;
    numbers.set(value, numbers.size);
    return numbers.size - 1;
  };
  const isRenewed = (value: unknown): boolean => value === engine.math.Unit.UNIT_SYSTEMS.auto;
  const partsOf = makePartsOf(new Set([engine.namespace, engine.math]), isRenewed, numberOf);
  let last: Record<string, Section> | undefined;
  return () => {
    // Nothing new can be reached while every object is what it was; to look is half the work of walking.
    const isSame = Object.values(last ?? {}).every(({ shapes }) => shapes.every((shape) => isAsItWas(shape, partsOf)));
    if (last === undefined || !isSame) last = walk(engine, partsOf, numberOf);
    const texts = Object.entries(last).map(([section, { text }]) => [section, text]);
    const settings = JSON.stringify(Reflect.apply(engine.math.config, undefined, []));
    return { ...Object.fromEntries(texts), settings, conversions: conversionsOf(engine) };
  };
}

/** typed-function keeps its conversions to itself: here is what it makes of one value of every kind. */
function conversionsOf({ math: { typed, typeOf } }: Engine): string {
  const convert: unknown = Reflect.get(typed, "convert");
  if (typeof convert !== "function") throw new Error("typed-function converts no more");
  const tryOne = (value: unknown, target: string): string => {
    try {
      return typeOf(convert(value, target));
    } catch {
      return "-";
    }
  };
  return TARGETS.map((target) => `${target}: ${SAMPLES.map((value) => tryOne(value, target)).join(" ")}`).join("; ");
}

function walk(engine: Engine, partsOf: PartsOf, numberOf: (value: unknown) => number): Record<string, Section> {
  const seen = new Set<object>();
  return Object.fromEntries(
    Object.entries(rootsOf(engine)).map(([section, roots]) => [section, walkSection(roots, seen, partsOf, numberOf)]),
  );
}

/** In this order: an object that several sections can reach counts for the first. */
function rootsOf({ namespace, math }: Engine): Record<string, unknown[]> {
  const { Unit } = math;
  return {
    units: [Unit.UNITS, Unit.BASE_UNITS, Reflect.get(Unit, "PREFIXES"), Unit.UNIT_SYSTEMS],
    namespace: [namespace],
    typed: [math.typed],
    mathjs: [math],
    intrinsics: INTRINSICS,
    global: [globalThis],
  };
}

const INTRINSICS: unknown[] = [
  ...[Object, Function, Array, String, Number, Boolean, BigInt, Symbol, Promise, Map, Set, WeakMap, RegExp, Date],
  ...[Error, TypeError, Math, JSON, Reflect, Proxy, ArrayBuffer, Float64Array, Intl],
  Object.getPrototypeOf(function* () {}),
  Object.getPrototypeOf(async () => undefined),
  Object.getPrototypeOf([][Symbol.iterator]()),
];

/**
 * What typed-function notes for itself: how the parameters of a signature are described, and it adds to the description
 * when an error asks. What it makes of them is looked at: `conversionsOf`.
 */
const NOTES: ReadonlySet<unknown> = new Set(["params"]);
/** Of functions: what they are called, and how many of them `typed` has made. */
const LABELS: ReadonlySet<unknown> = new Set(["name", "length", "createCount"]);
/** Members of a signature. */
const SIGNATURE = ["fn", "test", "implementation"];
/** The types that others are converted to. */
const SAMPLES = [1, "1", true, 1n, null, [1], { a: 1 }, () => 1];
const TARGETS = ["number", "BigNumber", "Complex", "Fraction", "bigint", "string", "Array", "Matrix", "Node", "Map", "Unit"];
/** Node's own machinery changes while the process works; bytes are no names. */
const node: object = process;
const isOutside = (value: object): boolean => value === node || ArrayBuffer.isView(value);
const isObject = (value: unknown): value is object =>
  typeof value === "function" || (typeof value === "object" && value !== null);

/** Two sums of 32 bits over the shapes of all that is reachable from `roots` and not seen before. */
function walkSection(
  roots: readonly unknown[],
  seen: Set<object>,
  partsOf: PartsOf,
  numberOf: (value: unknown) => number,
): Section {
  const shapes: Shape[] = [];
  const waiting: object[] = [];
  let [one, two, count] = [0x9e3779b9, 0x85ebca6b, 0];
  const meet = (value: unknown): void => {
    const number = numberOf(value);
    one = Math.imul(one ^ number, 0x01000193) ^ (one >>> 15);
    two = Math.imul(two ^ number, 0x5bd1e995) ^ (two >>> 13);
    if (!isObject(value) || seen.has(value)) return;
    seen.add(value);
    if (!isOutside(value)) waiting.push(value);
  };
  for (const root of roots) meet(root);
  for (let owner = waiting.pop(); owner !== undefined; owner = waiting.pop()) {
    count++;
    const parts = partsOf(owner);
    if (!isForEver(owner)) shapes.push({ owner, parts });
    for (const part of parts) meet(part);
  }
  return { shapes, text: `${(one >>> 0).toString(16)}${(two >>> 0).toString(16)} of ${count}` };
}

/** `lazy` are the objects whose accessors are mathjs's own: what they answer counts. Of what is new for each job only what it holds. */
function makePartsOf(
  lazy: ReadonlySet<object>,
  isRenewed: (value: unknown) => boolean,
  numberOf: (value: unknown) => number,
): PartsOf {
  return (owner) => {
    const keys = Reflect.ownKeys(owner);
    // A signature of typed-function: there are thousands, all alike, and what they hold is called and nothing else.
    if (Object.hasOwn(owner, "implementation")) {
      return [keys.length, ...SIGNATURE.map((key) => numberOf(Reflect.get(owner, key)))];
    }
    const parts: unknown[] = [Object.isExtensible(owner), Object.getPrototypeOf(owner)];
    if (Array.isArray(owner)) return [...parts, keys.length, ...owner];
    const isIgnored = typeof owner === "function" ? (key: unknown) => LABELS.has(key) : (key: unknown) => NOTES.has(key);
    for (const key of keys) {
      const found = isIgnored(key) ? undefined : Reflect.getOwnPropertyDescriptor(owner, key);
      if (found === undefined) continue;
      parts.push(key, (found.writable ? 1 : 0) + (found.enumerable ? 2 : 0) + (found.configurable ? 4 : 0));
      if (key === "prototype" && isBare(found.value)) parts.push("bare");
      else if (isRenewed(found.value)) parts.push(...Object.entries(Object(found.value)).flat());
      else if (found.get === undefined && found.set === undefined) parts.push(found.value);
      else if (lazy.has(owner)) parts.push(numberOf(found.get), numberOf(found.set), Reflect.get(owner, key));
      else parts.push(found.get, found.set, "accessor");
    }
    if (owner instanceof Map) for (const entry of Map.prototype.entries.call(owner)) parts.push(...entry);
    if (owner instanceof Set) parts.push(...Set.prototype.values.call(owner));
    return parts;
  };
}

/** The prototype every function has and few use. */
const isBare = (prototype: unknown): boolean =>
  isObject(prototype) && Object.getPrototypeOf(prototype) === Object.prototype && Reflect.ownKeys(prototype).length === 1;

/** Looked at once: what is frozen. */
const isForEver = (owner: object): boolean => Object.isFrozen(owner) && !(owner instanceof Map || owner instanceof Set);

function isAsItWas({ owner, parts }: Shape, partsOf: PartsOf): boolean {
  const now = partsOf(owner);
  if (now.length !== parts.length) return false;
  for (let at = 0; at < parts.length; at++) if (!Object.is(now[at], parts[at])) return false;
  return true;
}
