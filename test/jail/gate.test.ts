import assert from "node:assert/strict";
import { test } from "node:test";
import { calculator, checkedOf, evaluated, failureOf, runJob } from "./asking.ts";

const isCheap = (expression: string, variables: Record<string, string> = {}): boolean =>
  calculator.plan({ id: 1, expression, variables }).cheap;

const REFUSED = [
  "$1 = 5",
  "ans = 5",
  "ans[1] = 5",
  "ans(x) = x",
  "f(x) = x + $1",
  "f(x) = ans",
  "f(x) = $12(x)",
  "f(x) = map([1], g(y) = y + ans)",
  `${"x".repeat(65)} = 1`,
  "\u2103 = 1",
  '"abc".repeat(3)',
  "[1, 2].map(f)",
  '{a: 1}["constructor"]',
  "f(constructor) = 1",
  "f(__proto__) = 1",
  "x.__proto__.y",
  '{"\\u0063onstructor": 2}',
  "{toJSON: cos}",
  "toString = 1",
  "constructor",
  'a = {}; a[concat("__pro", "to__")] = 1',
  'subset({}, index(concat("const", "ructor")))',
  'subset({}, index(concat("to", "JSON")), 1)',
  'a = {f: cos}; a["f"](0)',
  "a.b[2] = 3",
  'parse("constructor(1)")',
  'evaluate("cos.constructor")',
  'simplify("hasOwnProperty(x)")',
];

for (const expression of REFUSED) {
  test(`${expression.slice(0, 50)} is access_refused`, () => assert.equal(failureOf(expression).name, "access_refused"));
}

test("algebra takes no functions as rules", () => {
  assert.equal(failureOf('simplify("x + x", [{isNode: true, l: f(n) = n, r: "n"}])').name, "function_refused");
  assert.equal(failureOf('simplify("x + x", [f(n) = n])').name, "function_refused");
});

test("what people write goes through", () => {
  const texts = new Map([
    ["m = 3; 2 m", "[6]"],
    ["f(e) = e * 2; f(4)", "[8]"],
    ["f(ans) = ans * 2; f(4)", "[8]"],
    ["$x = 1; answer = 2; $x + answer", "[3]"],
    ["map([1, 2, 3], f(i) = i ^ 2)", "[1, 4, 9]"],
    ["filter([3, -2, 5], x > 0)", "[3, 5]"],
    ["{a: {b: 7}}.a.b", "7"],
    ["a = [1, 2, 3]; a[end] = 9; a", "[[1, 2, 9]]"],
    ["f(x) = g(x) + 1; g(x) = x; f(2)", "[3]"],
    ["2 inch to cm", "5.08 cm"],
    ['derivative("x ^ 2", "x").evaluate({x: 3})', "6"],
    ['evaluate(parse("x + 1"), {x: 2})', "3"],
    ['simplify("2x + 3x")', "5 * x"],
    [`1${" + 1".repeat(400)}`, "401"],
    [`${"(".repeat(99)}1${")".repeat(99)}`, "1"],
    ['concat("((((", "[[[[")', "(((([[[["],
  ]);
  for (const [expression, text] of texts) assert.equal(evaluated(expression).text, text, expression);
});

test("cheap is promised for what is small and bounded only", () => {
  const number = { x: '{"v":3}' };
  const cheap = [
    "2 + 2",
    "sqrt(x) * sin(2 x)",
    "x > 2 ? 1 : 0",
    "y = x + 1",
    "2 inch to cm",
    "f(t) = zeros(t)",
    "1 < x < 4",
    "nope + 1",
    "[[1, x], [3, 4]] * [5, 6]",
    "mean([x, 2, 3, 4])",
    "det([2, 1; 1, x])",
    "[1, 2; 3, 4] ^ 3",
    "bignumber(x) / 3",
    "bignumber(x) ^ 2",
    "f(x) = x ^ 2 + 1; f(3)",
    "m = [1, 2]; f(t) = t * m; f(x)",
    "x = [1, 2]; sum(x)",
    "factorial(5)",
  ];
  for (const expression of cheap) assert.ok(isCheap(expression, number), expression);
  const costly = [
    "1:3",
    "[1, 2][1:2]",
    "x[1] = 2",
    '"a"',
    "ones(2)",
    "map(x, sqrt)",
    "f(x) = f(x - 1); f(1)",
    "f(x) = g(x); g(x) = f(x); f(1)",
    "f(g) = g(1); f(zeros)",
    "f = sqrt; f(1)",
    "isPrime(7)",
    'bignumber("1e9")',
    "bignumber(9) ^ 65",
    "bignumber(9) ^ 9 ^ 9",
    "sin(bignumber(9))",
    "factorial(bignumber(9))",
    "[1, 2; 3, 4] ^ x",
    "2 ^ [1, 2]",
    "{a: 1}",
    "a = [1, 2, 3, 4]; b = [a, a, a, a]; c = [b, b, b, b]; d = [c, c, c, c]",
    "a = [1, 2, 3, 4, 5, 6, 7, 8]; a' * a * a' * a",
    "f(x) = x + x; g(x) = f(x) + f(x); h(x) = g(x) + g(x); k(x) = h(x) + h(x); k(1) + k(2) + k(3) + k(4)",
    "x > 0 ? (x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]) : 1; x' * x",
    `1${"+1".repeat(150)}`,
  ];
  for (const expression of costly) assert.ok(!isCheap(expression, number), expression);
});

test("a variable or function makes a job dear only when it can be", () => {
  assert.ok(!isCheap("x + 1", { x: '{"v":{"mathjs":"bigint","value":"3"}}' }));
  assert.ok(!isCheap("x + 1", { x: '{"v":[1,2]}' }));
  assert.ok(isCheap("f(2)", { f: '{"f":"f(t) = t ^ 2 + x"}', x: '{"v":1}' }));
  assert.ok(!isCheap("f(2)", { f: '{"f":"f(t) = t ^ 2 + x"}', x: '{"v":[1]}' }));
  assert.ok(!isCheap("f(2)", { f: '{"f":"f(n) = n < 2 ? 1 : n * f(n - 1)"}' }));
  assert.ok(!isCheap("f(2)", { f: '{"f":"f(n) = g(n) + g(n)"}', g: '{"f":"g(n) = f(n)"}' }));
  assert.ok(isCheap("f(2)", { f: '{"b":"sqrt"}' }));
  assert.ok(!isCheap("f(2)", { f: '{"b":"zeros"}' }));
  assert.ok(!isCheap("x > 0 ? (y = 1) : 2; y", { x: '{"v":1}', y: '{"v":[1]}' }), "which y it is cannot be told");
});

test("many digits make BigNumbers dear", () => {
  const plan = (precision: number) => calculator.plan({ id: 1, expression: "bignumber(1) / 3", settings: { precision } });
  assert.ok(plan(64).cheap);
  assert.ok(!plan(65).cheap);
});

test("the answer for a tree alone does not hold with variables", () => {
  assert.ok(isCheap("zz + 1"));
  assert.ok(!isCheap("zz + 1", { zz: '{"v":[1]}' }));
  assert.ok(isCheap("zz + 1"));
  for (const [exponent, cheap] of [
    [2, true],
    [3, true],
    [65, false],
    [4, true],
  ] as const)
    assert.equal(calculator.plan({ id: 1, expression: `[1, 2; 3, 4] ^ ${exponent}` }).cheap, cheap, `power ${exponent}`);
});

test("other number systems are never cheap", () => {
  for (const number of ["BigNumber", "Fraction", "bigint"] as const) {
    for (const expression of ["9 ^ 9 ^ 9", "pi ^ pi"]) {
      assert.ok(!calculator.plan({ id: 1, expression, settings: { number } }).cheap, `${expression} as ${number}`);
    }
  }
});

test("cheapOnly evaluates nothing else", () => {
  assert.equal(runJob({ expression: "ones(3)", cheapOnly: true }).deferred, true);
  assert.equal(runJob({ expression: "1 + 1", cheapOnly: true }).value?.value, 2);
  assert.equal(runJob({ expression: "1 +", cheapOnly: true }).failure?.name, "syntax_error");
});

test("check explains and evaluates nothing", () => {
  assert.deepEqual(checkedOf("y = a x ^ 2 + sin(q) * 5 cm"), {
    symbols: ["a", "q", "x"],
    assigns: ["y"],
    interpretation: "y = ((a (x ^ 2)) + ((sin(q)) * (5 cm)))",
    latex: " y= a~{ x}^{2}+\\sin\\left( q\\right)\\cdot5~\\mathrm{cm}",
  });
});
