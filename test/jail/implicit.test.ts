/** Implicit multiplication switched off: what is refused, where the caret stands, and what still goes through. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { calculator, evaluated, failureOf, runJob } from "./asking.ts";

const settings = { implicit: false };
const x = '{"v":3}';

/** The expression, with the word at which it is refused between two bars. */
const REFUSED = [
  "2 |x|",
  "price |qty|",
  "2|(|3)",
  "(1 + 2) |(|3)",
  "2 * 3 + 4 |pi|",
  "2 inch + 3 |x|",
  "sqrt(2) |m|",
  "x |inch|",
  "2 kg |x|",
  "2 |x| y",
  "1/2 |x|",
  "x |2|",
  "x! |y|",
  "[1, 2]' |x|",
  "f(m) = 2 |m|",
  "m = 2; 3 |m|",
  "y = 1\n2 |y|",
  "(2\n|x|)",
  'concat("2 x", "3 (4)"); 2 |x|',
  "5 cm + a[2 |x|]",
  "3 |sqrt|(2)",
  "2 |e|",
  "x < 3 ? 2 inch : 2 |x|",
  "2 to cm; 2 |x|",
];

for (const marked of REFUSED) {
  test(`${JSON.stringify(marked)} is refused at its place`, () => {
    const [before = "", word = ""] = marked.split("|");
    const expression = marked.replaceAll("|", "");
    const { name, detail, position } = failureOf(expression, { settings, variables: { x } });
    assert.deepEqual([name, detail], ["syntax_error", "Values in a row are not multiplied; write * between them"]);
    assert.deepEqual([position?.offset, position?.length], [before.length, word.length]);
  });
}

const ALLOWED = [
  "2 * x",
  "2 inch",
  "-2 inch",
  "2 inch to cm",
  "2.5e3 m^2",
  "1/2 inch",
  "3 kg m / s^2",
  "3 (kg m) / s^2",
  "6.67e-11 N m^2 / kg^2",
  "5 s^-1",
  "3i",
  "2 + 3i",
  "sqrt(2 m * 8 m)",
  "f(t) = t ^ 2 * 2 m; f(3 s)",
  "[1, 2; 3, 4]",
  "x\n2 * x",
  '"2 x"',
  'evaluate("2 y", {y: 2})',
  "10% + 1",
  "x mod 2",
];

for (const expression of ALLOWED) {
  test(`${JSON.stringify(expression)} is what it was`, () => {
    const answer = (job: object) => JSON.stringify({ ...runJob({ expression, variables: { x }, ...job }), us: 0 });
    assert.equal(answer({ settings }), answer({}));
    assert.match(answer({}), /"value":/);
  });
}

test("without a place that is certain there is no caret", () => {
  // What a text ends with is no word for the scanner.
  assert.deepEqual(failureOf('"a" x + 2 x', { settings, variables: { x } }).position, undefined);
});

test("what units and results are written as can be typed again", () => {
  for (const expression of ["2 m * 3 kg / (4 s^2)", "sqrt(-4) + 1", "5 km / (2 h)", "1 / (4 s)", "3 N * 2 m"]) {
    const { text } = evaluated(expression, { settings });
    assert.equal(evaluated(text, { settings }).text, text, expression);
  }
});

test("a name is a unit only where nothing else has it: variables, parameters, columns", () => {
  const m = '{"v":7}';
  assert.equal(evaluated("2 m", { settings }).type, "Unit");
  assert.equal(failureOf("2 m", { settings, variables: { m } }).name, "syntax_error");
  const { failure } = runJob({ expression: "2 m", kind: "rows", columns: { m: [1] }, settings });
  assert.equal(failure?.name, "syntax_error");
});

test("what was asked with the setting changes nothing for who asks without it, whoever comes first", () => {
  const ask = (expression: string, job: object) => runJob({ expression, variables: { x }, ...job }).failure?.name;
  assert.deepEqual([ask("7 x + 1", { settings }), ask("7 x + 1", {})], ["syntax_error", undefined]);
  assert.deepEqual([ask("7 x - 1", {}), ask("7 x - 1", { settings })], [undefined, "syntax_error"]);
});

test("functions that were kept before go on working", () => {
  const f = JSON.stringify({ f: "f(t) = 2 t" });
  assert.equal(evaluated("f(4)", { settings, variables: { f } }).value, 8);
});

test("a long row of units is looked through once", () => {
  const expression = `1${" m".repeat(900)}`;
  const plan = calculator.plan({ id: 1, expression, settings });
  assert.equal(plan.failure, undefined);
});
