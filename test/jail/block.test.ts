/** Arithmetic by the block gives each row what mathjs gives it alone, also where it gives up. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { BLOCK_ROWS, makeBlock } from "../../src/jail/block.ts";
import { makeCompiler } from "../../src/jail/compiler.ts";
import { openSession, runJob } from "./asking.ts";

const EXPRESSIONS = [
  "x * y * (1 - x)",
  "-x ^ 2 + +y",
  "x ^ y",
  "2 ^ x - 3e-5 / y",
  "sqrt(x) + log(y) * pi",
  "abs(sin(x) - tan(y)) / e",
  "exp(x) ^ 0.5",
  "sqrt(x) ^ 0",
  "1 / (1 / x)",
  "k * x + y",
  "5",
  "x",
];
const edge = fc.constantFrom(0, -0, 1, -1, 0.5, -0.5, 1e308, -1e308, 5e-324, 1 / 3, 1e21, -1e-7);
const value = fc.oneof(edge, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
const { variables } = (() => {
  const session = openSession();
  session.ask("k = -2.5");
  return session;
})();

/** Rows until all are done, as the parent asks for them. */
function rowsOf(expression: string, x: unknown[], y: unknown[]): unknown[] {
  const values: unknown[] = [];
  while (values.length < x.length) {
    const columns = { x: x.slice(values.length), y: y.slice(values.length) };
    const { rows } = runJob({ kind: "rows", expression, columns, variables });
    assert.ok(rows !== undefined && rows.values.length > 0, expression);
    values.push(...rows.values);
  }
  return values;
}

const singleOf = (expression: string, x: unknown, y: unknown) => {
  const given = { ...variables, x: JSON.stringify({ v: x }), y: JSON.stringify({ v: y }) };
  return runJob({ expression, variables: given }).value?.value ?? null;
};

test("each row gives what a single call gives, to the last bit", () => {
  const pairs = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: BLOCK_ROWS + 50 });
  fc.assert(
    fc.property(fc.constantFrom(...EXPRESSIONS), pairs, (expression, given) => {
      const [x, y] = [given.map(([one]) => one), given.map(([, other]) => other)];
      const values = rowsOf(expression, x, y);
      for (const [at, got] of values.entries()) {
        assert.deepEqual(got, singleOf(expression, x[at] ?? 0, y[at] ?? 0), `${expression}, x = ${x[at]}, y = ${y[at]}`);
      }
    }),
    { numRuns: 150 },
  );
});

test("what is more than arithmetic on numbers is left to mathjs, and all of these are not", () => {
  const compiler = makeCompiler();
  const blockOf = (expression: string, x: unknown[]) => {
    const job = { id: 1, expression, columns: { x, y: [2] }, variables };
    compiler.begin({});
    return makeBlock(compiler.compileJob(expression).tree.node, job);
  };
  for (const expression of EXPRESSIONS) assert.ok(blockOf(expression, [1]) !== undefined, expression);
  const left = [
    "x > 1",
    "x i",
    "[x, 1]",
    "gamma(x)",
    "x; y",
    "x inch",
    "f(x) = x",
    "sqrt(x, y)",
    "x!",
    "z + x",
    "true",
    "x mod y",
  ];
  for (const expression of left) assert.equal(blockOf(expression, [1]), undefined, expression);
});

test("a row with anything but a number in it is left to mathjs, wherever it stands", () => {
  const text = fc.constantFrom<unknown>("1", "-2.5", "nope", "", true, false, null);
  const mixed = fc.array(fc.oneof({ weight: 9, arbitrary: value as fc.Arbitrary<unknown> }, text), {
    minLength: 1,
    maxLength: BLOCK_ROWS + 50,
  });
  fc.assert(
    fc.property(fc.constantFrom("x * 2 + 1", "-x", "x ^ 2", "x", "5"), mixed, (expression, x) => {
      for (const [at, got] of rowsOf(expression, x, x).entries()) {
        const told = `${expression}, x = ${JSON.stringify(x[at])}`;
        assert.deepEqual([got], rowsOf(expression, [x[at]], [0]), `${told} among others`);
        assert.deepEqual(got, singleOf(expression, x[at], 0), `${told} in a call of its own`);
      }
    }),
    { numRuns: 100 },
  );
});
