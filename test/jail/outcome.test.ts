import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { all, create } from "mathjs";
import { evaluated } from "./asking.ts";

const math = create(all ?? {}, {});
const number = (value: number) => evaluated("x", { variables: { x: `{"v":${JSON.stringify(value)}}` } });

test("numbers are written as mathjs writes them, all of them", () => {
  const digits = fc.tuple(fc.integer(), fc.integer({ min: 0, max: 15 })).map(([value, places]) => value / 10 ** places);
  fc.assert(
    fc.property(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), digits), (value) => {
      assert.equal(number(value).text, math.format(value, 14));
      assert.equal(number(value).value, value === 0 ? 0 : value);
    }),
    { numRuns: 2_000 },
  );
  for (const value of [0.001, 0.000999, 99999, 99999.5, 100000, -0.001, -99999.123456789, 0.1 + 0.2])
    assert.equal(number(value).text, math.format(value, 14));
});

test("results have mathjs's types, JSON and text", () => {
  const rows: readonly (readonly [string, string, unknown, string])[] = [
    ["1 / 0", "number", { mathjs: "number", value: "Infinity" }, "Infinity"],
    ["2 + 3i", "Complex", { mathjs: "Complex", re: 2, im: 3 }, "2 + 3i"],
    ["[1, 2]", "DenseMatrix", { mathjs: "DenseMatrix", data: [1, 2], size: [2] }, "[1, 2]"],
    ["bigint(7)", "bigint", { mathjs: "bigint", value: "7" }, "7"],
    ["fraction(1, 3)", "Fraction", { mathjs: "Fraction", n: "1", d: "3" }, "1/3"],
    ["a = 1; 2", "ResultSet", { mathjs: "ResultSet", entries: [2] }, "[2]"],
    ["", "undefined", null, "undefined"],
    ["# nothing", "undefined", null, "undefined"],
    ['"a\\"b"', "string", 'a"b', 'a"b'],
    ["f(x) = x^2", "function", "f(x) = x ^ 2", "f(x)"],
    ["sqrt", "function", "sqrt", "sqrt"],
    ["true", "boolean", true, "true"],
    ["null", "null", null, "null"],
  ];
  for (const [expression, type, value, text] of rows) {
    const { assigned: _, ...result } = evaluated(expression);
    assert.deepEqual(result, { type, value, text }, expression);
  }
  assert.equal(evaluated('parse("x + 1")').type, "OperatorNode");
});
