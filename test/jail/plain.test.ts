/**
 * Results that are written without mathjs's general way are written as it writes them, to the character.
 * `MIXTURES=100000 node --test test/jail/plain.test.ts` compares more, `SEED=n` the same again.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeCompiler } from "../../src/jail/compiler.ts";
import { Scope } from "../../src/jail/scope.ts";
import { makeDice } from "./arithmetic.ts";
import { fill, makePieces, type Pieces } from "./mixture.ts";

const count = Number(process.env["MIXTURES"] ?? 4_000);
const seed = Number(process.env["SEED"] ?? Math.floor(Math.random() * 2 ** 32));
const compiler = makeCompiler();
const { math } = compiler.engine;

function resultOf(expression: string): unknown {
  compiler.begin({});
  const scope = new Scope({ x: "" }, () => 2.5);
  return compiler.compile(expression).run(scope, {}, null);
}

/** Undefined when it is left to the general way. */
function compare(expression: string, result: unknown): string | undefined {
  if (typeof result !== "object" || result === null) return undefined;
  const written = compiler.writePlain(result, 14);
  if (written === undefined) return undefined;
  assert.equal(written.json, JSON.stringify(result, math.replacer), expression);
  assert.equal(written.text, math.format(result, 14), expression);
  return math.typeOf(result);
}

const SHAPES: readonly Pieces[] = [
  ["complex(", undefined, ", ", undefined, ")"],
  ["complex(-", undefined, ", -", undefined, ") / ", undefined],
  ["complex(", undefined, ", ", undefined, " * 1e-14)"],
  ["complex(-", undefined, " * 1e-14, ", undefined, ")"],
  [undefined, " km/h to mile/hour"],
  ["-", undefined, " m^2 to cm^2"],
  [undefined, " N m / s to W"],
  [undefined, " degC to degF"],
  [undefined, " VAR to VA"],
  [undefined, " VA to VAR"],
  ["(", undefined, " + ", undefined, "i) V to mV"],
  [undefined, " inch"],
  ["bignumber(", undefined, ") / ", undefined],
  ["-bignumber(", undefined, ") * 10 ^ ", undefined],
  ["bignumber(0.", undefined, "99999999999995)"],
  ["1 / bignumber(", undefined, ") ^ 7"],
  ["[[", undefined, ", -", undefined, "], [", undefined, ", 1/3]] * [", undefined, ", ", undefined, "]"],
  ["[", undefined, "i, ", undefined, ", sqrt(-", undefined, ")]"],
  ["[1/0, ", undefined, "]"],
  ["[", undefined, " cm, 1]"],
];

test(`${count} generated results, seed ${seed}`, (t) => {
  const dice = makeDice(seed);
  const tally: Record<string, number> = {};
  for (let made = 0; made < count; made += 1) {
    const expression = fill(SHAPES[made % (2 * SHAPES.length)] ?? makePieces(dice), dice);
    let result: unknown;
    try {
      result = resultOf(expression);
    } catch {
      continue;
    }
    const type = compare(`${expression} (seed ${seed})`, result) ?? "other";
    tally[type] = (tally[type] ?? 0) + 1;
  }
  t.diagnostic(JSON.stringify(tally));
  for (const type of ["Complex", "Unit", "DenseMatrix", "BigNumber"])
    assert.ok((tally[type] ?? 0) > count / 40, `hardly any ${type} is written: this compares nothing`);
});

for (const expression of [
  "complex(-0, 0)",
  "complex(0, -1)",
  "complex(1, 1e-14)",
  "complex(1e-15, 1)",
  "[]",
  "[[], []]",
  "[1, 2; 3, 4]",
])
  test(`${expression} is written as mathjs writes it`, () => assert.ok(compare(expression, resultOf(expression))));

test("what is large, or no number, is left to the general way", () => {
  for (const expression of [
    "zeros(40)", "zeros(100000, 0)", "[[[[[[1]]]]]]", "[1/0]", "complex(0, 1/0)", "0/0 * 1 cm to mm", "[true]", '["a"]', "[bignumber(1)]",
    "sparse([1])", "bignumber(0)", "bignumber(1) / 0", `bignumber("${"12".repeat(200)}")`, "1 cm", "range(1, 99)", "bignumber(1) * 1 cm to mm", "x * 1i * 1 V to mV",
  ]) // biome-ignore format: a list of expressions
    assert.equal(compare(expression, resultOf(expression)), undefined, expression);
});
