/**
 * Expressions that share a compiled tree are answered as if each had its own: the same value, text, kept variables and
 * failures, to the character. A comment keeps an expression from sharing, so each is asked with one and without.
 * `MIXTURES=100000 node --test test/jail/template.test.ts` compares more, `SEED=n` the same again.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Job, Outcome } from "../../src/jail/contract.ts";
import { lift, markedText } from "../../src/jail/template.ts";
import { makeDice } from "./arithmetic.ts";
import { calculator, evaluated, failureOf, runJob } from "./asking.ts";
import { fill, makePieces } from "./mixture.ts";

const count = Number(process.env["MIXTURES"] ?? 4_000);
const seed = Number(process.env["SEED"] ?? Math.floor(Math.random() * 2 ** 32));
/** Of one shape, in a row. */
const FILLINGS = 4;
const VARIABLES = { x: '{"v":2.5}', m: '{"v":[1,2,3]}', f: '{"f":"f(x) = x + 1"}' };

/** What differs for reasons of its own is left out: the time, and the end of a text that goes on with a comment. */
function outcomeOf(job: Omit<Job, "id" | "expression">, expression: string): Partial<Outcome> {
  const { us: _, id: __, ...outcome } = runJob({ ...job, expression });
  if (outcome.failure?.name === "syntax_error") outcome.failure = { name: "syntax_error" };
  return outcome;
}

test(`${count} generated shapes, filled ${FILLINGS} times, seed ${seed}`, (t) => {
  const dice = makeDice(seed);
  const tally = { lifted: 0, values: 0, failures: 0 };
  for (let made = 0; made < count; made += 1) {
    const pieces = makePieces(dice);
    const kind = dice() < 0.1 ? ("check" as const) : ("evaluate" as const);
    const job = dice() < 0.5 ? { kind, variables: VARIABLES, seed: 1 } : { kind, seed: 1 };
    for (let filled = 0; filled < FILLINGS; filled += 1) {
      const expression = fill(pieces, dice);
      if (lift(expression) !== undefined) tally.lifted += 1;
      const shared = outcomeOf(job, expression);
      const own = outcomeOf(job, `${expression} #`);
      assert.deepEqual(shared, own, `${JSON.stringify(expression)} as ${kind} (seed ${seed})`);
      if (shared.failure) tally.failures += 1;
      else tally.values += 1;
    }
  }
  t.diagnostic(JSON.stringify(tally));
  assert.ok(tally.lifted > count && tally.values > count / 2, "hardly anything is shared: this compares nothing");
});

test("what is no number of its own stays in the shape", () => {
  for (const text of ["2e", "0x1f", "0b1i8", "1.", "1.*2", ".5", "1.5.2", "x2", "a_1", "µ3", "2o", "1_0"])
    assert.deepEqual(lift(text)?.numbers.length, text === "1.*2" ? 1 : 0, text);
  for (const text of ['"7"', "m'7", "3 # 4", "a\\7", "a\0 7"]) assert.equal(lift(text), undefined, text);
  assert.deepEqual(lift("3 inch*[2.5,0.001]+5cm"), {
    shape: "\0 inch*[\0,\0]+\0cm",
    numbers: [3, 2.5, 0.001, 5],
  });
});

test("a number that is one of the marks is not taken for one", () => {
  const mark = markedText("\0");
  const variables = { o: '{"v":2}' };
  for (const expression of [`[${mark}, 5]`, `${mark}cm to cm`, `[2, ${mark}] + ${mark}i`, `[5 + ${mark}o]`, `[${mark}o + 5]`])
    assert.deepEqual(outcomeOf({ variables }, expression), outcomeOf({ variables }, `${expression} #`));
});

test("another number system shares nothing", () => {
  for (const expression of ["[1 / 3]", "f(x) = x / 3 + 0.5", "f(x) = x ^ 2"]) evaluated(expression);
  for (const number of ["BigNumber", "Fraction", "bigint", "number"] as const) {
    const settings = { number };
    for (const expression of ["[1 / 3]", "f(x) = x / 3 + 0.5", "f(x) = x ^ 2"])
      assert.deepEqual(outcomeOf({ settings }, expression), outcomeOf({ settings }, `${expression} #`));
  }
});

test("a failure is where it is in the text that was asked", () => {
  evaluated("1000 inch to cm");
  assert.equal(failureOf("2 inch to kg").position?.offset, 7);
  assert.deepEqual(failureOf("33333 inch to kg"), { ...failureOf("33333 inch to kg #") });
});

test("what is cheap with one number may be dear with another", () => {
  const isDeferred = (expression: string): boolean => runJob({ expression, cheapOnly: true }).deferred === true;
  isDeferred("[[1, 1], [0, 1]] ^ 2");
  assert.ok(isDeferred("[[1, 1], [0, 1]] ^ 4000000"));
  assert.ok(isDeferred("bignumber(3) ^ 999999999"));
});

test("a definition is kept with the numbers it was made with", () => {
  for (const [numbers, source] of [
    ["f(x) = x ^ 2 + 7", "f(x) = x ^ 2 + 7"],
    ["f(x) = x ^ 3 + 0.125", "f(x) = x ^ 3 + 0.125"],
    ["f(x) = x ^ 3 + 100000", "f(x) = x ^ 3 + 1e+5"],
    ["f(x) = x ^ 3 + 0.0001", "f(x) = x ^ 3 + 1e-4"],
  ] as const)
    assert.equal(evaluated(`${numbers}; f(1)`).assigned?.["f"]?.text, JSON.stringify({ f: source }));
  assert.deepEqual(evaluated("f(n) = n < 1 ? 1 : n * f(n - 1) + k; h = f; h(0)").assigned?.["h"]?.needs, ["f", "k"]);
});

test("an answer is written with the numbers of its own job", () => {
  const plans = [2, 3].map((n) => calculator.plan({ id: n, expression: `${n} inch to cm` }));
  // A plan is to be answered before the next one is made; here each is made again.
  const texts = plans.map(({ job }) => JSON.parse(calculator.answer(calculator.plan(job))).value.text);
  assert.deepEqual(texts, ["5.08 cm", "7.62 cm"]);
});
