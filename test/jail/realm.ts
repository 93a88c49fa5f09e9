/**
 * A digest of everything in a jailed process that one job could change for the next: the namespace, the mathjs instance
 * with its typed-function tables, units and settings, and the intrinsics of the language, with whatever can be reached
 * from them through own properties and prototypes. Runs inside the test-only bundle; it calls no getter and no method of
 * what it looks at.
 *
 * Objects count by identity: each gets a number when it is first seen, so putting an equal function in the place of
 * another changes the digest. What lives in closures is out of sight; the reference calculations watch that.
 */
import type { Engine } from "../../src/jail/engine.ts";

/** By section: a digest of 64 bits and how many objects it is over. JSON. */
export type RealmDigest = Record<string, string>;

/** Returns a function that digests the realm as it is now. */
export function makeRealmDigest(engine: Engine): () => RealmDigest {
  const numbers = new Map<unknown, number>();
  const numberOf = (value: unknown): number => {
    const known = numbers.get(value);
    if (known !== undefined) return known;
    numbers.set(value, numbers.size);
    return numbers.size - 1;
  };
  return () => {
    const seen = new Set<object>();
    const sections = Object.entries(rootsOf(engine)).map(([section, roots]) => [section, digest(roots, seen, numberOf)]);
    return { ...Object.fromEntries(sections), settings: JSON.stringify(Reflect.apply(engine.math.config, undefined, [])) };
  };
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

/** What typed-function notes for itself: how many functions it made, and which types a parameter takes once an error asked. */
const NOTES: ReadonlySet<string> = new Set(["createCount", "typeSet"]);
/** Node's own machinery changes while the process works; bytes are no names. */
const isOutside = (value: object): boolean => value === process || ArrayBuffer.isView(value);
const isObject = (value: unknown): value is object =>
  typeof value === "function" || (typeof value === "object" && value !== null);

/** Two sums of 32 bits over the shape of all that is reachable from `roots` and not seen before. */
function digest(roots: readonly unknown[], seen: Set<object>, numberOf: (value: unknown) => number): string {
  let [one, two, count] = [0x9e3779b9, 0x85ebca6b, 0];
  const waiting: object[] = [];
  const meet = (value: unknown): void => {
    const number = numberOf(value);
    one = Math.imul(one ^ number, 0x01000193) ^ (one >>> 15);
    two = Math.imul(two ^ number, 0x5bd1e995) ^ (two >>> 13);
    if (!isObject(value) || seen.has(value)) return;
    seen.add(value);
    waiting.push(value);
  };
  for (const root of roots) meet(root);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    count++;
    if (!isOutside(next)) meetAll(next, meet);
  }
  return `${(one >>> 0).toString(16)}${(two >>> 0).toString(16)} of ${count}`;
}

function meetAll(owner: object, meet: (value: unknown) => void): void {
  meet(Object.isExtensible(owner));
  meet(Object.getPrototypeOf(owner));
  for (const key of Reflect.ownKeys(owner)) {
    if (typeof key === "string" && NOTES.has(key)) continue;
    const { value, get, set, writable, enumerable, configurable } = Reflect.getOwnPropertyDescriptor(owner, key) ?? {};
    meet(key);
    meet((writable ? 1 : 0) + (enumerable ? 2 : 0) + (configurable ? 4 : 0));
    meet(value);
    if (get !== undefined || set !== undefined) for (const accessor of [get, set]) meet(accessor);
  }
  if (owner instanceof Map) for (const entry of Map.prototype.entries.call(owner)) for (const part of entry) meet(part);
  if (owner instanceof Set) for (const item of Set.prototype.values.call(owner)) meet(item);
}
