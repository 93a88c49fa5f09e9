import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluated, failureOf } from "./asking.ts";

const TOO_LARGE = [
  "1:999999999999",
  "0:1e-9:1",
  "range(1, 1e8)",
  'range("1:2:1e9")',
  "zeros(3e4, 3e4)",
  "ones([3000, 3000])",
  "identity(1e4)",
  'identity(1e7, 1e7, "sparse")',
  "resize([1], [1e8])",
  "diag(1:2000)",
  "kron(ones(40, 40), ones(40, 40))",
  "random([2000, 2000])",
  "matrixFromFunction([1e4, 1e4], f(i) = 1)",
  "setPowerset(1:25)",
  "setCartesian(1:2000, 1:2000)",
  "nthRoots(2, 1e7)",
  "a = [1]; a[1e9] = 1",
  "bigint(7) ^ bigint(10000000)",
  "leftShift(bigint(1), bigint(1000000000))",
  'format(1, {notation: "fixed", precision: 1e9})',
  "format(pi, 1000000000)",
  'format(bignumber("1e9000000"), {notation: "fixed"})',
  'bin(bignumber("1e300000"))',
  's = "xxxxxxxx"; f(s, n) = n < 1 ? s : f(concat(s, s), n - 1); f(s, 26)',
];

for (const expression of TOO_LARGE) {
  test(`${expression} ends at once as memory_limit`, () => {
    const failure = failureOf(expression);
    assert.equal(failure.name, "memory_limit", JSON.stringify(failure));
    assert.ok(failure.limit);
  });
}

test("what fits is made", () => {
  const sizes = new Map([
    ["size(zeros(1000, 1000))", "[1000, 1000]"],
    ["size(1:1000000)", "[1e+6]"],
    ["sum(1:1000)", "5.005e+5"],
    ["size(identity(3))", "[3, 3]"],
    ["diag([1, 2])", "[[1, 0], [0, 2]]"],
    ["size(resize([1], [5, 2]))", "[5, 2]"],
    ["bigint(2) ^ bigint(10)", "1024"],
    ["map([1, 4], format)", '["1", "4"]'],
    ["map([255, 16], hex)", '["0xff", "0x10"]'],
    ["map([1, 2], [3, 2], pow)", "[1, 4]"],
    ["range(1, 10, 3)", "[1, 4, 7, 10]"],
    ["1 cm : 1 cm : 3 cm", "[1 cm, 2 cm, 3 cm]"],
    ["concat([1], [2])", "[1, 2]"],
  ]);
  for (const [expression, text] of sizes) assert.equal(evaluated(expression).text, text, expression);
});

test("a result that grows by doubling is refused before it is written out", () => {
  assert.equal(failureOf("f(o, n) = n < 1 ? o : f({a: o, b: o}, n - 1); f({}, 30)").name, "result_too_large");
  assert.equal(failureOf("x = ones(500, 500);").name, "result_too_large");
  assert.equal(failureOf("a = ones(200, 200); b = a; c = a; d = a; 1").name, "result_too_large");
});

test("a value that nests deeper than the parent believes is refused", () => {
  assert.deepEqual(failureOf("f(o, n) = n < 1 ? o : f({a: o}, n - 1); f(1, 600)").limit?.name, "valueDepthMax");
  assert.equal(failureOf(`parse("1${"+1".repeat(400)}")`).name, "too_deep");
  assert.equal(evaluated("f(o, n) = n < 1 ? o : f({a: o}, n - 1); f(1, 300)").type, "ResultSet");
});
