/** Makes objects unchangeable, with whatever can be reached from them. Calls nothing of what it freezes. */

/** Properties that stay writable, by their owner: what mathjs must change while it works. They cannot become accessors, nor be deleted. */
export type Spared = ReadonlyMap<object, ReadonlySet<PropertyKey>>;

const isObject = (value: unknown): value is object =>
  typeof value === "function" || (typeof value === "object" && value !== null);

/** All objects reachable from `roots` by own properties and prototypes, `outside` left out. */
export function reach(roots: readonly unknown[], outside: Pick<ReadonlySet<object>, "has"> = new Set()): Set<object> {
  const reached = new Set<object>();
  const meet = (value: unknown): void => {
    if (isObject(value) && !outside.has(value)) reached.add(value);
  };
  for (const root of roots) meet(root);
  for (const owner of reached) {
    meet(Object.getPrototypeOf(owner));
    for (const key of Reflect.ownKeys(owner)) {
      const { value, get, set } = Object.getOwnPropertyDescriptor(owner, key) ?? {};
      for (const part of [value, get, set]) meet(part);
    }
  }
  return reached;
}

/** What every function has that is no constructor. */
const NOBODY = Object.freeze({});

/**
 * Each function carries an object of its own for what it might construct, made when somebody looks: thousands of which nobody
 * uses, and each as large as ten functions. A constructor is known by what its prototype holds, or by who inherits from it.
 */
export function dropPrototypes(owners: ReadonlySet<object>): void {
  const inherited = new Set<unknown>();
  for (const owner of owners) inherited.add(Object.getPrototypeOf(owner));
  for (const owner of owners) {
    const { value, writable } = Object.getOwnPropertyDescriptor(owner, "prototype") ?? {};
    if (typeof owner !== "function" || writable !== true || inherited.has(value) || !isUnused(value, owner)) continue;
    owner.prototype = NOBODY;
  }
}

/** True for a prototype as the language makes it. */
function isUnused(prototype: unknown, owner: object): boolean {
  if (!isObject(prototype) || Object.getPrototypeOf(prototype) !== Object.prototype) return false;
  const [key, another] = Reflect.ownKeys(prototype);
  return key === "constructor" && another === undefined && Reflect.get(prototype, key) === owner;
}

/** Freezes each of `owners`; bytes cannot be frozen. */
export function freezeAll(owners: Iterable<object>, spared: Spared = new Map()): void {
  for (const owner of owners) {
    const kept = spared.get(owner);
    if (kept !== undefined) freezeBut(owner, kept);
    else if (!ArrayBuffer.isView(owner)) Object.freeze(owner);
  }
}

function freezeBut(owner: object, kept: ReadonlySet<PropertyKey>): void {
  for (const key of Reflect.ownKeys(owner)) {
    const isData = Object.hasOwn(Object.getOwnPropertyDescriptor(owner, key) ?? {}, "value");
    Object.defineProperty(owner, key, isData ? { configurable: false, writable: kept.has(key) } : { configurable: false });
  }
  Object.preventExtensions(owner);
}

/**
 * Freezes a value that several jobs will see: a literal of a kept expression, a constant. Its class is left alone, and so is
 * what is frozen already.
 */
export function freezeValue(value: unknown): void {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freezeValue(part);
}
