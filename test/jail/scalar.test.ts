/**
 * Scalars without a tree: whatever is calculated is what mathjs calculates, bit for bit, and so are the digits people
 * see. `SUMS=1000000 node --test test/jail/scalar.test.ts` compares more, `SEED=n` the same again.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { all, create, format } from "mathjs";
import { formatNumber } from "../../src/jail/digits.ts";
import { calculateLine, calculateScalar, fitsScalars } from "../../src/jail/scalar.ts";
import { makeDice, makeSum } from "./arithmetic.ts";

const count = Number(process.env["SUMS"] ?? 20_000);
const seed = Number(process.env["SEED"] ?? Math.floor(Math.random() * 2 ** 32));
const math = create(all ?? {}, {});
const stored = (variables: Record<string, number>) =>
  Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, JSON.stringify({ v: value })]));

/** The same as a short line among others, with its variables in front. */
function inLine(expression: string, variables: Record<string, number>): number | undefined {
  // Words that are no names send a line the ordinary way, also where the expression does not have them.
  const given = JSON.stringify({ ...variables, mod: undefined, true: undefined });
  const head = given === "{}" ? "9\n0" : `9\n0${given}`;
  const bytes = Buffer.from(`${head}\t${expression}\n1 + 1\n`);
  const from = head.length + 1;
  return calculateLine(bytes, bytes.toString("latin1"), given === "{}" ? 0 : 3, from, from + Buffer.byteLength(expression));
}

/** What mathjs says, as text that tells all doubles apart; undefined when it is no number. */
function theirs(expression: string, variables: Record<string, number>): number | undefined {
  try {
    const value: unknown = math.evaluate(expression, { ...variables });
    return typeof value === "number" ? value : undefined;
  } catch {
    return undefined;
  }
}

test(`${count} generated expressions, seed ${seed}`, (t) => {
  const dice = makeDice(seed);
  let calculated = 0;
  for (let made = 0; made < count; made += 1) {
    const { expression, variables } = makeSum(dice);
    const ours = calculateScalar(expression, stored(variables));
    assert.ok(Object.is(inLine(expression, variables), ours), `${JSON.stringify(expression)} in a line (seed ${seed})`);
    if (ours === undefined) continue;
    calculated += 1;
    const right = theirs(expression, variables);
    assert.ok(
      Object.is(ours, right),
      `${JSON.stringify(expression)} with ${JSON.stringify(variables)}: ${ours}, not ${right} (seed ${seed})`,
    );
  }
  t.diagnostic(`${calculated} of ${count} calculated, the others left to mathjs`);
  assert.ok(calculated > count / 5, "hardly anything is calculated: this compares nothing");
});

test(`${count} numbers are written as mathjs writes them, seed ${seed}`, () => {
  const dice = makeDice(seed);
  const bits = new DataView(new ArrayBuffer(8));
  for (let made = 0; made < count; made += 1) {
    bits.setUint32(0, dice() * 2 ** 32);
    bits.setUint32(4, dice() * 2 ** 32);
    const any = bits.getFloat64(0);
    const near = Math.round(dice() * 1e17) / 10 ** Math.floor(dice() * 22);
    const nines = Number(
      `${Math.floor(dice() * 100)}.${"9".repeat(Math.floor(dice() * 17))}${Math.floor(dice() * 100)}e${Math.floor(dice() * 20 - 10)}`,
    );
    for (const value of [any, near, -near, nines]) {
      assert.equal(formatNumber(value, 14), format(value, 14), `${value} (seed ${seed})`);
    }
  }
});

for (const [expression, value] of [
  ["2 + 2", 4],
  ["-2^2", -4],
  ["2^-3^2", 2 ** -9],
  ["2^3^2", 512],
  [" 1 - - 1 ", 2],
  ["(1 + 2) * 3 / 4", 2.25],
  ["sqrt(2) * sin(pi)", Math.SQRT2 * Math.sin(Math.PI)],
  ["price * qty * (1 - discount)", 19.99 * 3 * (1 - 0.15)],
] as const) {
  test(`${expression} is calculated here`, () => {
    const variables = stored({ price: 19.99, qty: 3, discount: 0.15 });
    assert.equal(calculateScalar(expression, variables), value);
  });
}

test("what is doubtful is left to mathjs", () => {
  const doubtful = [
    "", " ", "2 2", "2(3)", "(2)(3)", "2x", "2 x", "2 pi", "1.", "1.*2", "1/0", "-0", "0 * -1", "sqrt(-1)", "(-8)^(1/3)", "2^(1/0)",
    "5%", "5 % 3", "3!", "x", "unknown", "x = 1", "2;3", "1,2", "[1]", "0x10", "1e", "1e+", "1_000", "sin", "sin 2", "sin(1, 2)",
    "ceil(1.5)", "log(8, 2)", "toString", "constructor", "__proto__", "true", "NaN", "Infinity", "mod", "2 mod 2", "a.b", "1 # 2",
    "1\n+2", "'1'", `${"(".repeat(25)}1${")".repeat(25)}`, `${"1+".repeat(128)}1`,
  ]; // biome-ignore format: a list of words
  const variables = { ...stored({ mod: 1, true: 2, NaN: 3, toString: 4 }), x: '{"v":{"mathjs":"number","value":"-0"}}' };
  for (const expression of doubtful) assert.equal(calculateScalar(expression, variables), undefined, JSON.stringify(expression));
});

test("a variable hides a constant and a function, as in mathjs", () => {
  assert.equal(calculateScalar("e + 1", stored({ e: 2 })), 3);
  assert.equal(theirs("e + 1", { e: 2 }), 3);
  assert.equal(calculateScalar("sqrt(4)", stored({ sqrt: 2 })), undefined);
});

test("limits below its own leave everything to the gate", () => {
  const limits = { nodesMax: 2_000, depthMax: 100, elementsMax: 1, resultBytesMax: 1 };
  assert.equal(fitsScalars(limits), true);
  assert.equal(fitsScalars({ ...limits, nodesMax: 255 }), false);
  assert.equal(fitsScalars({ ...limits, depthMax: 23 }), false);
});
