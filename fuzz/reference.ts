/**
 * mathjs itself, in a thread of its own that may be ended: what an expression means where nothing is jailed.
 *
 * A session here is what a session of the server promises to be: a failed expression assigns nothing, and a variable is a
 * value, so that what later expressions do to one is not seen through another.
 */
import { parentPort } from "node:worker_threads";
import * as mathjs from "mathjs";

export type Question = { expression: string; number?: string; precision?: number };
type Kind = "syntax" | "symbol" | "function" | "access" | "other";
/**
 * `cpuMs`: what it took of a processor, however crowded the machine. `unknownCalls`: it calls what is no function, perhaps in a
 * branch that is never taken.
 */
export type Answer = {
  cpuMs: number;
  unknownCalls: boolean;
  result?: { type: string; value: unknown; text: string };
  error?: { kind: Kind; message: string };
};

type Math = {
  parse(text: string): {
    filter(is: (node: { type: string; fn?: { type: string; name: string } }) => boolean): { fn?: { name: string } }[];
    evaluate(scope: Scope): unknown;
  };
  format(value: unknown, digits: number): string;
  typeOf(value: unknown): string;
  clone(value: unknown): unknown;
  /** What expressions see; mathjs itself has `on` and `emit` too. */
  expression: { mathWithTransform: Record<string, unknown> };
  replacer(key: string, value: unknown): unknown;
  Unit: { UNIT_SYSTEMS: { auto: object }; setUnitSystem(name: string): void };
  BigNumber: Record<(typeof DECIMALS)[number] | "precision", unknown>;
} & Record<string, unknown>;
/** `touched`: names that were assigned since it was emptied. */
type Scope = Map<string, unknown> & { touched: Set<string> };

const TEXT_DIGITS = 14;
const PRECISION = 64;
const made = new Map<string, Math>();
/** The units each prefers when it is new. */
const pristine = new Map<Math, { units: object; decimals: object }>();
/** What decimal.js changes while it works, and leaves so when it fails. */
const DECIMALS = ["rounding", "toExpNeg", "toExpPos", "maxE", "minE", "modulo", "crypto"] as const;

/** As if nothing had been evaluated before: mathjs prefers the units it last read, and an interrupted sine leaves its digits. */
function makeMath({ number = "number", precision = PRECISION }: Question): Math {
  const key = `${number} ${precision}`;
  const known = made.get(key);
  // mathjs's declarations leave out the half of it that is used here.
  const math = known ?? (mathjs.create(mathjs.all ?? {}, { number, precision } as mathjs.ConfigOptions) as unknown as Math);
  made.set(key, math);
  const { Unit, BigNumber } = math;
  const decimals = Object.fromEntries(DECIMALS.map((name) => [name, BigNumber[name]]));
  const fresh = pristine.get(math) ?? { units: { ...Unit.UNIT_SYSTEMS.auto }, decimals };
  pristine.set(math, fresh);
  Unit.UNIT_SYSTEMS.auto = { ...fresh.units };
  Unit.setUnitSystem("auto");
  Object.assign(BigNumber, fresh.decimals);
  BigNumber.precision = precision;
  return math;
}

function makeScope(): Scope {
  const held = new Map<string, unknown>();
  const touched = new Set<string>();
  const set = (name: string, value: unknown) => {
    touched.add(name);
    return Map.prototype.set.call(held, name, value);
  };
  return Object.assign(held, { set, touched });
}

/** Functions are never changed in place. */
const copy = (math: Math, held: unknown): unknown => (typeof held === "function" ? held : math.clone(held));

function cpuMsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1_000;
}

function answer(question: Question, scope: Scope): Answer {
  const math = makeMath(question);
  const before = new Map([...scope].map(([name, held]) => [name, copy(math, held)]));
  scope.touched.clear();
  const start = process.threadCpuUsage();
  let unknownCalls = false;
  try {
    const node = math.parse(question.expression);
    const assigned = new Set(question.expression.match(/\b[A-Za-z]\w*(?=\s*(?:\([^()]*\))?\s*=(?!=))/g));
    const calls = node.filter(({ type, fn }) => type === "FunctionNode" && fn?.type === "SymbolNode");
    unknownCalls = calls.some(
      ({ fn }) =>
        typeof math.expression.mathWithTransform[fn?.name ?? ""] !== "function" &&
        !scope.has(fn?.name ?? "") &&
        !assigned.has(fn?.name ?? ""),
    );
    const value = node.evaluate(scope);
    const cpuMs = cpuMsSince(start);
    const text = typeof value === "string" ? value : math.format(value, question.precision ?? TEXT_DIGITS);
    const json = JSON.stringify(value, math.replacer) ?? "null";
    for (const [name, held] of before) if (!scope.touched.has(name)) scope.set(name, held);
    for (const [name, held] of scope) scope.set(name, copy(math, held));
    return { cpuMs, unknownCalls, result: { type: math.typeOf(value), value: JSON.parse(json), text } };
  } catch (error) {
    scope.clear();
    for (const [name, held] of before) scope.set(name, held);
    return {
      cpuMs: cpuMsSince(start),
      unknownCalls,
      error: { kind: kindOf(error), message: String(error).slice(0, 300) },
    };
  }
}

/** A parser's own errors have a place; a literal that is no number of its kind has none. */
function kindOf(error: unknown): Kind {
  const message = error instanceof Error ? error.message : "";
  if (error instanceof SyntaxError && "char" in error) return "syntax";
  if (/^Undefined symbol /.test(message)) return "symbol";
  if (/^(?:No access to (?:property|method)|Cannot access (?:method|property)) /.test(message)) return "access";
  return /^Undefined function /.test(message) ? "function" : "other";
}

parentPort?.on("message", (questions: Question[]) => {
  const scope = makeScope();
  for (const question of questions) parentPort?.postMessage(answer(question, scope));
});
parentPort?.postMessage("ready");
