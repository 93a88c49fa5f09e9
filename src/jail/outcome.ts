/**
 * From what an evaluation left behind to the members of an `Outcome`: value, text, assigned variables, warnings.
 * Sizes are checked before anything is written out. Everything here is already JSON text, so that a result is
 * serialised once.
 */

import type { Compiler } from "./compiler.ts";
import type { Checked, Stored } from "./contract.ts";
import { formatNumber, formatPlain } from "./digits.ts";
import type { Engine } from "./engine.ts";
import type { Tree } from "./gate.ts";
import { requireBytes, requireLight, requireShort } from "./gauge.ts";
import { byteLength } from "./host.ts";
import { interpretationOf } from "./interpretation.ts";
import { isResultSet, isTree } from "./kind.ts";
import { PLAIN_BYTES } from "./plain.ts";
import type { Scope } from "./scope.ts";
import { treeText } from "./spelling.ts";
import { encode, Unstorable } from "./stored.ts";

/** Significant digits of `text`, unless the job asks for a precision. */
const TEXT_DIGITS = 14;

/** More than this nobody reads, and the parent does not take. */
const WARNINGS_MAX = 16;

/** A function an expression defined: mathjs keeps its parts as text on it. */
type UserFunction = { syntax: string; expr: string };

const isUserFunction = (value: unknown): value is UserFunction =>
  typeof value === "function" &&
  "syntax" in value &&
  typeof value.syntax === "string" &&
  "expr" in value &&
  typeof value.expr === "string";

const sourceOf = (fn: UserFunction): string => `${fn.syntax} = ${fn.expr}`;

/** What a job says about the form of its answer. */
export type Form = { bytesMax: number; digits: number | undefined };

/** The JSON text of `Outcome.value`. Throws a `Refusal` when it is larger than `bytesMax`. */
export function writeValue(result: unknown, scope: Scope, compiler: Compiler, { bytesMax, digits }: Form): string {
  const { engine } = compiler;
  if (typeof result === "number") return writeNumber(result, writeAssigned(scope, compiler, bytesMax), engine, bytesMax);
  const type = JSON.stringify(engine.math.typeOf(result));
  const plain = typeof result === "object" && result !== null && digits === undefined && bytesMax >= PLAIN_BYTES;
  const written = plain ? compiler.writePlain(result, TEXT_DIGITS) : undefined;
  if (written !== undefined)
    return `{"type":${type},"value":${written.json},"text":${JSON.stringify(written.text)}${writeAssigned(scope, compiler, bytesMax)}}`;
  requireLight(result, bytesMax);
  const value = valueJson(result, engine);
  requireShort(value, bytesMax);
  const text = JSON.stringify(textOf(result, engine, digits));
  requireShort(text, bytesMax);
  return `{"type":${type},"value":${value},"text":${text}${writeAssigned(scope, compiler, bytesMax)}}`;
}

/** Most results are numbers, and mathjs's way of writing them costs more than calculating them. */
export function writeNumber(result: number, assigned: string, { math }: Engine, bytesMax: number): string {
  const value = Number.isFinite(result) ? String(result) : JSON.stringify(result, math.replacer);
  requireShort(value, bytesMax);
  return `{"type":"number","value":${value},"text":"${formatNumber(result, TEXT_DIGITS)}"${assigned}}`;
}

/** The last fields of a short outcome: a finite number as JSON, and as text where that is another. */
export function writeShort(result: number): string {
  const value = String(result);
  const text = formatPlain(value, result, TEXT_DIGITS);
  return text === value ? value : `${value}\t${text}`;
}

/** The JSON text of a value alone. Throws a `Refusal` when it is larger than `bytesMax`. */
export function writeBare(result: unknown, engine: Engine, bytesMax: number): string {
  if (typeof result === "number" && Number.isFinite(result)) return String(result);
  requireLight(result, bytesMax);
  const value = valueJson(result, engine);
  requireShort(value, bytesMax);
  return value;
}

function valueJson(result: unknown, { math, nameOf }: Engine): string {
  if (typeof result === "function") return JSON.stringify(isUserFunction(result) ? sourceOf(result) : (nameOf(result) ?? null));
  return JSON.stringify(result, math.replacer) ?? "null";
}

function textOf(result: unknown, engine: Engine, digits = TEXT_DIGITS): string {
  if (typeof result === "string") return result;
  if (typeof result === "function" && !isUserFunction(result)) return engine.nameOf(result) ?? "function";
  if (isResultSet(result)) return `[${result.entries.map((entry) => entryText(entry, engine)).join(", ")}]`;
  const text: unknown = engine.math.format(result, digits);
  // What `{format: f}` answers is the client's business, and need not be a text.
  return typeof text === "string" ? text : engine.math.typeOf(result);
}

/** mathjs writes the results of several lines with `String`, which for a function is the engine's own source. */
function entryText(entry: unknown, engine: Engine): string {
  if (typeof entry === "function" || isResultSet(entry)) return textOf(entry, engine);
  const isRevealing = Array.isArray(entry) && entry.flat(Number.POSITIVE_INFINITY).some((item) => typeof item === "function");
  return isRevealing ? textOf(entry, engine) : String(entry);
}

function writeAssigned(scope: Scope, compiler: Compiler, bytesMax: number): string {
  if (scope.assigned.size === 0) return "";
  const assigned: Record<string, Stored> = {};
  const warnings: string[] = [];
  let bytes = 0;
  for (const name of scope.assigned) {
    try {
      const stored = store(name, scope.get(name), compiler, bytesMax);
      assigned[name] = stored;
      bytes += byteLength(stored.text);
      requireBytes(bytes, bytesMax);
    } catch (error) {
      if (!(error instanceof Unstorable)) throw error;
      warnings.push(`${name} is not kept: ${error.message}`);
    }
  }
  const kept = Object.keys(assigned).length > 0 ? `,"assigned":${JSON.stringify(assigned)}` : "";
  return warnings.length > 0 ? `${kept},"warnings":${JSON.stringify(warnings.slice(0, WARNINGS_MAX))}` : kept;
}

function store(name: string, value: unknown, compiler: Compiler, bytesMax: number): Stored {
  const { math } = compiler.engine;
  if (typeof value === "function") return storeFunction(name, value, compiler);
  requireLight(value, bytesMax);
  const text = isTree(value)
    ? JSON.stringify({ n: treeText(value, compiler.areDigitsBigints()) })
    : JSON.stringify({ v: encode(value) });
  requireShort(text, bytesMax);
  return { text, type: math.typeOf(value) };
}

function storeFunction(name: string, value: unknown, { engine, captures, readDefinition }: Compiler): Stored {
  const builtIn = engine.nameOf(value);
  if (builtIn !== undefined) return { text: JSON.stringify({ b: builtIn }), type: "function" };
  if (!isUserFunction(value)) throw new Unstorable("it is not a function of this session");
  const source = sourceOf(value);
  if (captures.has(source)) throw new Unstorable("it uses parameters of the function around it");
  const { saysAll, names } = readDefinition(source);
  if (!saysAll) throw new Unstorable("its definition cannot be written down");
  const needs = names.filter((needed) => needed !== name);
  const text = JSON.stringify({ f: source });
  return needs.length > 0 ? { text, type: "function", needs } : { text, type: "function" };
}

/** The JSON text of `Outcome.checked`. */
export function writeChecked({ node, free, assigns }: Tree, isUnit: (name: string) => boolean, bytesMax: number): string {
  const symbols = [...free].filter((name) => !assigns.has(name) && !isUnit(name)).sort();
  const checked: Checked = {
    symbols,
    assigns: [...assigns].sort(),
    interpretation: interpretationOf(node),
    latex: node.toTex(),
  };
  const json = JSON.stringify(checked);
  requireShort(json, bytesMax);
  return json;
}
