import assert from "node:assert/strict";
import { test } from "node:test";
import type { Settings } from "../../src/jail/contract.ts";
import { evaluated, failureOf, runJob } from "./asking.ts";

test("the number system holds for one job", () => {
  assert.equal(evaluated("1 / 3", { settings: { number: "BigNumber", precision: 20 } }).text, "0.33333333333333333333");
  assert.deepEqual(evaluated("1 / 3", { settings: { number: "BigNumber", precision: 20 } }).value, {
    mathjs: "BigNumber",
    value: "0.33333333333333333333",
  });
  assert.equal(evaluated("1 / 3 + 1 / 4", { settings: { number: "Fraction" } }).text, "7/12");
  assert.equal(evaluated("2 ^ 100", { settings: { number: "bigint" } }).value && evaluated("1 / 3").value, 1 / 3);
});

test("constants follow the number system, precision included, and come back", () => {
  const plain = [evaluated("pi").value, evaluated("PI").value, evaluated("speedOfLight").text, evaluated("sin(45 deg)").value];
  assert.deepEqual(evaluated("pi", { settings: { number: "BigNumber", precision: 30 } }).value, {
    mathjs: "BigNumber",
    value: "3.14159265358979323846264338328",
  });
  assert.deepEqual(evaluated("PI", { settings: { number: "BigNumber", precision: 10 } }).value, {
    mathjs: "BigNumber",
    value: "3.141592654",
  });
  assert.equal(evaluated("sin(45 deg)", { settings: { number: "BigNumber", precision: 30 } }).type, "BigNumber");
  assert.deepEqual(
    [evaluated("pi").value, evaluated("PI").value, evaluated("speedOfLight").text, evaluated("sin(45 deg)").value],
    plain,
  );
});

test("settings are put back after a failure", () => {
  for (const expression of ["1 +", "nope", "factorial(-1)", "zeros(1e9, 1e9)", "f(x) = f(x); f(1)"]) {
    failureOf(expression, { settings: { number: "BigNumber", precision: 5 } });
    assert.equal(evaluated("1 / 3").value, 1 / 3, expression);
  }
});

const PROBES = [
  "2 + 3 * 4",
  "1 m/s * 1 s",
  "5 N * 2 m",
  "2 m * 3 m",
  "6 m^3 / (2 m)",
  "x",
  "f(2)",
  "[1, 2] * 2",
  'derivative("x ^ 2", "x")',
  "pi",
  "100 W * 2 hour",
  "1 / 3",
];

const DISTURBANCES: readonly (readonly [string, Settings?])[] = [
  ["x = 7; f(t) = t"],
  ["5 inch"],
  ["3 lbf * 2 ft"],
  ["7 BTU + 1 cal"],
  ["speedOfLight * 2", { number: "BigNumber", precision: 9 }],
  ["a = [1, 2]; a[1] = pi"],
  ['evaluate("x = 3")'],
  ["i * 2 + 1 surfacearea"],
  ['simplify("sin(x)^2 + cos(x)^2")'],
  ["1 acre + 1 m^2; 3 gallon"],
];

test("no job sees what another did", () => {
  const outcome = (expression: string): string => JSON.stringify({ ...runJob({ expression }), us: 0 });
  const before = PROBES.map(outcome);
  for (const [expression, settings] of DISTURBANCES) {
    runJob(settings ? { expression, settings } : { expression });
    assert.deepEqual(PROBES.map(outcome), before, expression);
  }
});

test("an answer from the cache is the answer", () => {
  const expression = "a = [1, 2, 3]; a[2] = a[1] + x; a";
  const first = evaluated(expression, { variables: { x: '{"v":5}' } });
  assert.deepEqual(evaluated(expression, { variables: { x: '{"v":5}' } }), first);
  assert.equal(evaluated(expression, { variables: { x: '{"v":6}' } }).text, "[[1, 7, 3]]");
});

/** The square root last: it would switch rounding on again. */
const DECIMALS = ["string(bignumber(1) / 3)", 'string(bignumber(1) / 7 + bignumber("1e-9") / 3)', "string(sqrt(bignumber(2)))"];

test("what decimal.js was about to do when it failed is forgotten", () => {
  const before = DECIMALS.map((expression) => evaluated(expression).text);
  for (const name of ["sin", "cos", "tan"]) {
    failureOf(`${name}(bignumber("1e2000"))`);
    assert.deepEqual(
      DECIMALS.map((expression) => evaluated(expression).text),
      before,
      name,
    );
  }
});

test("a stack that overflows inside of decimal.js leaves nothing", () => {
  const before = DECIMALS.map((expression) => evaluated(expression).text);
  // Which frame the stack ends in depends on the depth of the calls: of so many some end where it matters.
  for (let depth = 0; depth < 24; depth++) {
    const body = ["sqrt(b)", "log(b)"][depth % 2];
    const failure = failureOf(`f(b, depth) = ${"-".repeat(depth % 7)}[${body}, f(b + 1, ${depth})]; f(bignumber(7), 0)`);
    assert.equal(failure.name, "too_deep");
    assert.deepEqual(
      DECIMALS.map((expression) => evaluated(expression).text),
      before,
      String(body),
    );
  }
});

test("a seed decides the random numbers of a job, and each function has its own", () => {
  const draw = (seed?: number) =>
    evaluated("[random(), random(0, 1), randomInt(0, 1000000) / 1000000]", seed === undefined ? {} : { seed }).text;
  assert.equal(draw(1), draw(1));
  assert.equal(new Set([draw(1), draw(2), draw(), draw()]).size, 4);
  assert.notEqual(evaluated("random()", { seed: 1 }).value, evaluated("pickRandom(0:1/1000000:1)", { seed: 1 }).value);
});
