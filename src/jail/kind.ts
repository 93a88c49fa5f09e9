/** What a value really is. An expression can write `{isNode: true, toJSON: f}`; only what has a class of mathjs's can be believed. */

/** A plain object, as an expression writes it. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** An expression tree of mathjs. */
export function isTree(value: unknown): value is { isNode: true; toString(options?: object): string } {
  return typeof value === "object" && value !== null && "isNode" in value && value.isNode === true && !isPlain(value);
}

/** The results of several lines. */
export function isResultSet(value: unknown): value is { entries: unknown[] } {
  return typeof value === "object" && value !== null && "isResultSet" in value && value.isResultSet === true && !isPlain(value);
}

/** A matrix of mathjs, dense or sparse. */
export function isMatrix(value: unknown): value is { size(): number[]; valueOf(): unknown } {
  return typeof value === "object" && value !== null && "isMatrix" in value && value.isMatrix === true && !isPlain(value);
}
