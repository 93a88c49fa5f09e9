/**
 * Values as text and back: how a variable survives between evaluations while the jail keeps nothing.
 *
 * The text is JSON with one member that says what it is: `v` a value, `f` a function's source, `b` the name of a
 * built-in function, `n` the source of an expression tree. mathjs's own JSON is the base of `v`; what it loses (-0,
 * undefined, the exact magnitude of a unit, an object with a member called "mathjs") is written so that it comes back.
 * The reader knows a closed list of types and builds nothing else.
 */
import { isUnsafeName } from "./allowlist.ts";
import type { ClassName, Engine } from "./engine.ts";
import { isPlain, isTree } from "./kind.ts";
import { refuseUnsafeName } from "./refusal.ts";
import { treeText } from "./spelling.ts";

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type Fields = Record<string, unknown>;

/** What a stored text holds, not yet made into a value. */
export type Content = { v: unknown } | { f: string } | { b: string } | { n: string };

/** Thrown for values that cannot be kept; the message says which. */
export class Unstorable extends Error {}

/** A number as `encode` writes it. */
export const storedNumber = (value: number): string => `{"v":${value}}`;
/** Tells those from all other variables without reading them. */
const SCALAR_TEXT = /^\{"v":-?\d+(?:\.\d+)?(?:e[+-]?\d+)?\}$/;

/** True for the text of such a number. */
export const isStoredNumber = (text: string): boolean => SCALAR_TEXT.test(text);
/** The number of such a text; undefined for all other variables. */
export const readStoredNumber = (text: string): number | undefined =>
  isStoredNumber(text) ? Number(text.slice(5, -1)) : undefined;

/** Neither infinite, nor no number, nor -0: what JSON has. The difference is 0 for what is finite only. */
export const isJsonNumber = (value: number): boolean => value - value === 0 && !(value === 0 && 1 / value < 0);

const CLASSES = new Set<string>([
  "BigNumber",
  "Complex",
  "DenseMatrix",
  "Fraction",
  "Index",
  "Range",
  "ResultSet",
  "SparseMatrix",
]);

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);
const isStrings = (...values: unknown[]): boolean => values.every((value) => typeof value === "string");
const isNumbers = (...values: unknown[]): boolean => values.every((value) => typeof value === "number");
const isDatatype = (value: unknown): boolean => value === undefined || (typeof value === "string" && /^\w+$/.test(value));

/** The JSON form of a value. Throws `Unstorable` for functions and foreign objects, RangeError for circular ones. */
export function encode(value: unknown): Json {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return isJsonNumber(value) ? value : { mathjs: "number", value: Object.is(value, -0) ? "-0" : String(value) };
    case "bigint":
      return { mathjs: "bigint", value: String(value) };
    case "undefined":
      return { mathjs: "undefined" };
    case "object":
      if (value === null) return null;
      return Array.isArray(value) ? value.map(encode) : encodeObject(value as Fields);
    default:
      throw new Unstorable("functions inside of values cannot be kept");
  }
}

function encodeObject(value: Fields): Json {
  if (isTree(value)) return { mathjs: "Node", value: treeText(value, false) };
  if (isPlain(value))
    return "mathjs" in value ? { mathjs: "Object", value: Object.entries(value).map(encode) } : encodeFields(value);
  if (typeof value["toJSON"] !== "function") throw new Unstorable("this kind of value cannot be kept");
  const json: Fields = value["toJSON"]();
  const type = json["mathjs"];
  if (type === "Unit") {
    const { unit, fixPrefix, skipSimp } = json;
    return encodeFields({ mathjs: "Unit", unit, raw: value["value"], fixPrefix, skipSimp });
  }
  if (typeof type !== "string" || !CLASSES.has(type)) throw new Unstorable("this kind of value cannot be kept");
  return encodeFields(json);
}

function encodeFields(value: Fields): Json {
  const out: Record<string, Json> = {};
  for (const [key, inner] of Object.entries(value)) if (inner !== undefined) out[key] = encode(inner);
  return out;
}

/** Reads a stored text's outer form; undefined when it is none. */
export function readStored(text: string): Content | undefined {
  try {
    const content: unknown = JSON.parse(text);
    if (!isFields(content)) return undefined;
    if ("v" in content) return { v: content["v"] };
    if (typeof content["f"] === "string") return { f: content["f"] };
    if (typeof content["b"] === "string") return { b: content["b"] };
    return typeof content["n"] === "string" ? { n: content["n"] } : undefined;
  } catch {
    return undefined;
  }
}

/** Builds the value that `encode` wrote. Throws on any type or field it does not know. */
export function decode(json: unknown, math: Engine["math"]): unknown {
  if (Array.isArray(json)) return json.map((item) => decode(item, math));
  if (!isFields(json)) return json;
  if (!Object.hasOwn(json, "mathjs")) return decodeFields(json, math);
  const type = json["mathjs"];
  const { value } = json;
  if (type === "number" && isStrings(value)) return Number(value);
  if (type === "bigint" && isStrings(value)) return BigInt(String(value));
  if (type === "undefined") return undefined;
  if (type === "Node" && isStrings(value)) return math.parse(String(value));
  if (type === "Object" && Array.isArray(value)) return decodeFields(Object.fromEntries(value), math);
  if (type === "Unit") return decodeUnit(json, math);
  if (typeof type !== "string" || !CLASSES.has(type)) throw new TypeError("Unknown type of stored value");
  return decodeClass(type as ClassName, decodeFields(json, math), math);
}

function decodeFields(json: Fields, math: Engine["math"]): Fields {
  const out: Fields = {};
  for (const [key, inner] of Object.entries(json)) {
    // {"constructor": {"prototype": {"isMatrix": true}}} passes for a matrix: mathjs looks there to tell its own from others
    if (isUnsafeName(key)) refuseUnsafeName();
    Object.defineProperty(out, key, { value: decode(inner, math), writable: true, enumerable: true, configurable: true });
  }
  return out;
}

function decodeUnit(json: Fields, math: Engine["math"]): unknown {
  const { fixPrefix, skipSimp } = json;
  const unit = json["unit"] === null ? "" : json["unit"];
  if (typeof unit !== "string") throw new TypeError("Malformed stored unit");
  const isOurs = "raw" in json;
  // A result that is called back (`ans`, `$3`) is written as mathjs writes it: the magnitude is in the unit's own scale.
  const magnitude = isOurs ? null : decode(json["value"] ?? null, math);
  const made = unit === "" ? new math.Unit(magnitude) : new math.Unit(magnitude, unit);
  return Object.assign(made, {
    ...(isOurs && { value: decode(json["raw"], math) }),
    fixPrefix: fixPrefix === true,
    skipAutomaticSimplification: skipSimp === true,
  });
}

/** What each class must be made from; `fromJSON` of mathjs checks nothing. */
const FIELDS: Record<ClassName, (fields: Fields) => boolean> = {
  BigNumber: ({ value }) => isStrings(value),
  Complex: ({ re, im }) => isNumbers(re, im),
  DenseMatrix: ({ data, size, datatype }) =>
    Array.isArray(data) && Array.isArray(size) && isNumbers(...size) && isDatatype(datatype),
  Fraction: ({ n, d }) => isStrings(n, d),
  Index: ({ dimensions }) =>
    Array.isArray(dimensions) && !dimensions.some((name) => typeof name === "string" && isUnsafeName(name)),
  Range: ({ start, end, step }) => [start, end, step].every((bound) => typeof bound !== "string"),
  ResultSet: ({ entries }) => Array.isArray(entries),
  SparseMatrix: ({ index, ptr, size, datatype }) =>
    Array.isArray(index) &&
    Array.isArray(ptr) &&
    Array.isArray(size) &&
    isNumbers(...index, ...ptr, ...size) &&
    isDatatype(datatype),
};

function decodeClass(type: ClassName, fields: Fields, math: Engine["math"]): unknown {
  if (!FIELDS[type](fields)) throw new TypeError("Malformed stored value");
  return math[type].fromJSON(fields);
}
