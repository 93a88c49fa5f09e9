/** Values made from a JSON Schema of the contract: some that fit it, at its edges too, and some that do not. */
import type { Schema } from "../scripts/generate/contract.ts";
import { contract } from "../test/system/recorder.ts";
import type { Dice } from "./dice.ts";

const DEPTH_MAX = 4;
const ITEMS_MAX = 4;

/** Expressions that take microseconds, and some that fail: the message is tried here, not the calculator. */
const EXPRESSIONS = [
  "1+1",
  "2 inch to cm",
  "x = 3",
  "f(t) = t^2",
  "ans",
  "[1,2;3,4]",
  "sqr(2)",
  "(1",
  "",
  "1/0",
  '"a"',
  "x*y",
  "import()",
  "$1",
  "sin(x)",
];
const NAMES = ["x", "y", "f", "ans", "sin", "pi", "_a", "$1", "ä", "a".repeat(64)];
const TEXTS = [
  "",
  "a",
  "x",
  "k1",
  "é\u{1f600}",
  "\u0000",
  "a b",
  "..",
  "a".repeat(129),
  "\ud800",
  "__proto__",
  "constructor",
  "%s",
  "'\"\\",
];
const NUMBERS = [0, 1, -1, 2, 0.5, 7, 100, 1e3, 1e9, 2 ** 53, -(2 ** 31), 1e308, -0.1];
const QUICK: Readonly<Record<string, number>> = { timeMs: 100, points: 5 };
/** Of every kind there is. */
const ODD: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e300,
  "",
  "1",
  "x",
  [],
  {},
  [[]],
  [1, 2],
  { a: 1 },
  [null],
  { x: [1] },
];

/** A value that fits the schema, most of the time: what two members ask of each other no schema says. */
export function makeFitting(schema: Schema, dice: Dice, name = "", depth = 0): unknown {
  if (schema.$ref !== undefined) {
    const def = schema.$ref.replace(/^.*\//, "");
    return makeFitting(contract.defs[def] ?? {}, dice, def === "Expression" ? "expression" : name, depth);
  }
  if (schema.enum !== undefined) return dice.pick(schema.enum);
  if ("const" in schema) return schema.const;
  const type = Array.isArray(schema.type) ? dice.pick(schema.type) : schema.type;
  switch (type) {
    case "object":
      return makeObject(schema, dice, depth);
    case "array":
      return dice.times(dice.below(ITEMS_MAX), () => makeFitting(schema.items ?? { type: "number" }, dice, name, depth + 1));
    case "string":
      return makeText(schema, dice, name);
    case "integer":
    case "number":
      // Who allows a millisecond gets a process killed, which takes the time of a thousand messages.
      return dice.chance(0.99) ? (QUICK[name] ?? makeNumber(schema, dice)) : makeNumber(schema, dice);
    case "boolean":
      return dice.chance(0.5);
    case "null":
      return null;
    default:
      return depth > DEPTH_MAX ? 1 : makeOdd(dice);
  }
}

function makeObject(schema: Schema, dice: Dice, depth: number): object {
  const members: [string, unknown][] = Object.entries(schema.properties ?? {})
    .filter(([name]) => schema.required?.includes(name) || dice.chance(0.3))
    .map(([name, member]) => [name, makeFitting(member, dice, name, depth + 1)]);
  const more = schema.additionalProperties;
  if (typeof more === "object") {
    for (let left = dice.below(ITEMS_MAX); left > 0; left -= 1)
      members.push([dice.pick(NAMES) ?? "x", makeFitting(more, dice, "", depth + 1)]);
  }
  return Object.fromEntries(members);
}

function makeText(schema: Schema, dice: Dice, name: string): string {
  if (name === "expression") return dice.pick(EXPRESSIONS) ?? "";
  const from = schema.pattern === undefined ? [...TEXTS, ...NAMES] : NAMES;
  const length = (text: string) => [...text].length;
  const [least, most] = [Number(schema["minLength"] ?? 0), Number(schema["maxLength"] ?? Number.POSITIVE_INFINITY)];
  return dice.pick(from.filter((text) => length(text) >= least && length(text) <= most)) ?? "x";
}

function makeNumber(schema: Schema, dice: Dice): number {
  const [least = -1e9, most = 1e9] = [schema.minimum, schema.maximum];
  const inside = NUMBERS.filter((one) => one >= least && one <= most && (schema.type !== "integer" || Number.isInteger(one)));
  const edges = [schema.minimum, schema.maximum].filter((edge) => edge !== undefined);
  return dice.pick(dice.chance(0.2) ? edges : inside) ?? Math.ceil(least);
}

/** Any JSON. */
export function makeOdd(dice: Dice): unknown {
  return dice.pick(ODD);
}

/** The value with one thing in it made wrong, or odd. */
export function distort(value: unknown, dice: Dice): unknown {
  if (Array.isArray(value)) {
    const at = dice.below(value.length + 1);
    if (value.length === 0 || dice.chance(0.5)) return value.toSpliced(at, dice.below(2), makeOdd(dice));
    return value.map((item, index) => (index === at ? distort(item, dice) : item));
  }
  if (typeof value !== "object" || value === null) return dice.chance(0.3) ? edgeOf(value) : makeOdd(dice);
  const members = Object.entries(value);
  const found = dice.pick(members);
  if (found === undefined || dice.chance(0.2)) return Object.fromEntries([...members, [dice.pick(TEXTS) ?? "", makeOdd(dice)]]);
  const [name, member] = found;
  const others = members.filter(([other]) => other !== name);
  const how = dice.part();
  if (how < 0.2) return Object.fromEntries(others);
  if (how < 0.4)
    return Object.fromEntries([
      ...others,
      [`${name}${dice.pick(["s", "_", "", " "])}`.replace(/^./, (first) => (how < 0.3 ? first.toUpperCase() : first)), member],
    ]);
  return Object.fromEntries([...others, [name, distort(member, dice)]]);
}

/** Just over what may be there. */
function edgeOf(value: unknown): unknown {
  if (typeof value === "number") return value > 0 ? value * 1e6 + 0.5 : value - 1;
  return typeof value === "string" ? value.repeat(200).slice(0, 5_000) : !value;
}
