import assert from "node:assert/strict";
import { test } from "node:test";
import type { FailureName } from "../../src/jail/contract.ts";
import { failureOf, runJob } from "./asking.ts";

/** Expression, failure, what the caret stands under, first suggestion. */
const ROWS: readonly (readonly [string, FailureName, string?, string?])[] = [
  ["1 +", "syntax_error", ""],
  ["2 + (3 *\n 4", "syntax_error", ""],
  ["sqr(2)", "unknown_function", "sqr", "sqrt"],
  ["1 + arcsin(1)", "unknown_function", "arcsin", "asin"],
  ["2 * heigth", "unknown_symbol", "heigth"],
  ["speedOfLigth + 1", "unknown_symbol", "speedOfLigth", "speedOfLight"],
  ["2 foo", "unknown_unit", "foo", "foot"],
  ["5 inch to centimetr", "unknown_unit", "centimetr"],
  ['unit("5 metre2r")', "unknown_unit"],
  ["5 inch to kg", "unit_mismatch", "to"],
  ["1 m + 1 kg", "unit_mismatch", "+"],
  ["sqrt(1, 2)", "bad_argument", "sqrt"],
  ['"a" * 2', "bad_argument", "*"],
  ["[1, 2] + [1, 2, 3]", "bad_argument", "+"],
  ["x = 1; x(2)", "bad_argument", "x"],
  ["factorial(-1)", "domain_error", "factorial"],
  ["inv([[1, 1], [1, 1]])", "domain_error", "inv"],
  ["[1, 2][5]", "domain_error"],
  ["1 / fraction(0)", "domain_error", "/"],
  ["import({})", "function_refused", "import"],
  ["sqrt(x) = x", "function_refused", "sqrt"],
  ["pi = 3", "access_refused", "pi"],
  ["a = {}; a.b = 1", "access_refused", "b"],
  ['"abc".length', "access_refused"],
  ["cos.constructor", "access_refused", "constructor"],
  ["1 : 999999999999", "memory_limit", ":"],
  ["zeros(30000, 30000)", "memory_limit", "zeros"],
  ["f(x) = f(x); f(1)", "too_deep"],
  [`${"(".repeat(101)}1${")".repeat(101)}`, "too_deep"],
  [`${"-".repeat(300)}1`, "too_deep"],
  [`1${"+1".repeat(1_500)}`, "too_many_nodes"],
  ["ones(400, 400)", "result_too_large"],
];

for (const [expression, name, under, first] of ROWS) {
  test(`${JSON.stringify(expression.slice(0, 40))} is ${name}`, () => {
    const failure = failureOf(expression);
    assert.equal(failure.name, name, JSON.stringify(failure));
    if (under) assert.equal(expression.substr(failure.position?.offset ?? -1, failure.position?.length), under);
    if (under === "") assert.ok(failure.position);
    if (first) assert.equal(failure.suggestions?.[0], first);
  });
}

test("a position counts lines and columns from 1", () => {
  assert.deepEqual(failureOf("x = 1\n  y = nope").position, { offset: 12, line: 2, column: 7, length: 4 });
});

test("names inside strings and comments are not where the failure is", () => {
  assert.equal(failureOf('concat("nope", "") == nope # nope').position?.offset, 22);
});

test("suggestions know the session's variables", () => {
  assert.deepEqual(failureOf("widht * 2", { variables: { width: '{"v":3}' } }).suggestions?.[0], "width");
});

test("a failure inside a callback is told as itself", () => {
  assert.equal(failureOf("map([1, 2], f(x) = nope + x)").name, "unknown_symbol");
  assert.equal(failureOf("map([1, 2], f(x) = zeros(1e4, 1e4))").name, "memory_limit");
  assert.equal(failureOf("map([1, 2], f(x) = f(x))").name, "too_deep");
});

test("details are short and hold no control characters", () => {
  const { detail = "" } = failureOf(`"${"\u0001".repeat(300)}" * 2`);
  assert.ok(detail.length <= 200);
  assert.match(detail, /^[ -~…]*$/);
});

test("a failure names its limit", () => {
  assert.deepEqual(failureOf("zeros(2000, 1000)").limit, { name: "elementsMax", value: 1_000_000, used: 2_000_000 });
  assert.deepEqual(failureOf('"12345678"', { resultBytesMax: 5 }).limit, { name: "resultBytesMax", value: 5, used: 10 });
});

test("names of JavaScript's own objects are answered like any other", () => {
  for (const expression of [
    'unit("constructor")',
    'subset({a: 1}, index("toString"))',
    '"valueOf" * 2',
    "hasOwnProperty(1)",
    "x.constructor",
  ]) {
    assert.ok(runJob({ expression }).failure, expression);
  }
});
