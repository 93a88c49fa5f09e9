/**
 * Shapes that are run as programs are answered as mathjs answers them, letter for letter: value, text, and what is kept. A comment
 * keeps an expression from having a program, so each is asked with one and without.
 * `MIXTURES=100000 node --test test/jail/program.test.ts` compares more, `SEED=n` the same again.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Job } from "../../src/jail/contract.ts";
import { makeDice } from "./arithmetic.ts";
import { calculator, evaluated } from "./asking.ts";

const count = Number(process.env["MIXTURES"] ?? 3_000);
const seed = Number(process.env["SEED"] ?? Math.floor(Math.random() * 2 ** 32));
/** Of one shape, in a row: a program is made after the second answer, or the eighth. */
const FILLINGS = 10;

type Dice = () => number;
type Part = (string | undefined)[];

const UNITS = [
  "K",
  "inch",
  "cm",
  "km/h",
  "m/s",
  "kg",
  "deg",
  "rad",
  "degC",
  "degF",
  "VAR",
  "m^2",
  "mile",
  "kW h",
  "J",
  "V A",
  "%",
];
const CALLS = ["sqrt", "abs", "exp", "sin", "cos", "tan", "log", "mean", "sum", "f", "floor"];
const NAMES = ["x", "x", "pi", "e", "i", "m", "y", "inch"];
const VARIABLES = [undefined, { x: '{"v":2.5}' }, { x: '{"v":-3}', y: '{"v":1e-7}', m: '{"v":[1,2]}' }, { inch: '{"v":7}' }];

/** `undefined` is a place for a number. */
function makeShape(dice: Dice): Part {
  const pick = (from: readonly string[]): string => from[Math.floor(dice() * from.length)] ?? "";
  const number = (room: number): Part => {
    const kind = room < 1 ? dice() * 0.35 : dice();
    const inner = (): Part => number(room - 1);
    if (kind < 0.25) return [undefined];
    if (kind < 0.35) return [pick(NAMES)];
    if (kind < 0.65) return [...inner(), pick([" + ", " - ", " * ", " / ", "^", " "]), ...inner()];
    if (kind < 0.75) return [pick(["-", "+", "-"]), ...inner()];
    if (kind < 0.85) return ["(", ...inner(), ")"];
    return [pick(CALLS), "(", ...inner(), ")"];
  };
  const quantity = (room: number): Part => {
    const kind = room < 1 ? 0 : dice();
    const inner = (): Part => quantity(room - 1);
    if (kind < 0.5) return [undefined, " ", pick(UNITS)];
    if (kind < 0.6) return ["(", ...inner(), ")", pick([" * ", " / ", "^"]), ...number(1)];
    if (kind < 0.65) return [...number(1), pick([" * ", " / "]), ...inner()];
    if (kind < 0.75) return [...inner(), pick([" + ", " - ", " * ", " / "]), ...inner()];
    if (kind < 0.85) return ["-", ...inner()];
    return ["(", ...inner(), ")"];
  };
  const list = (of: () => Part, length: number): Part => [
    "[",
    ...Array.from({ length }, (_, at): Part => (at === 0 ? of() : [", ", ...of()])).flat(),
    "]",
  ];
  const matrix = (): Part => list(() => list(() => number(0), 2), 1 + Math.floor(dice() * 3));
  const complex = (): Part => [...number(1), pick([" + ", " - ", " * "]), undefined, "i"];
  const value = (): Part => {
    const kind = dice();
    if (kind < 0.3) return [...quantity(2), " to ", pick(UNITS)];
    if (kind < 0.4)
      return [pick(["sin", "cos", "tan"]), "(", undefined, pick([" deg", " rad", " cm", " grad"]), ")", ...number(0)];
    if (kind < 0.5) return ["(", ...complex(), ")", pick([" * ", " + ", " - "]), "(", ...complex(), ")"];
    if (kind < 0.6) return ["sqrt(-", undefined, ") + ", ...complex()];
    if (kind < 0.7)
      return [...matrix(), pick([" * ", " * ", " + "]), ...list(() => (dice() < 0.9 ? number(0) : list(() => number(0), 2)), 2)];
    if (kind < 0.8) return [pick(["mean", "sum"]), "(", ...list(() => number(1), 3), ")"];
    return number(3);
  };
  const line = (): Part => {
    const kind = dice();
    if (kind < 0.4) return value();
    if (kind < 0.6) return [pick(["a", "x", "b"]), " = ", ...number(2)];
    const body = pick(["x", "x ^ 2", "y * x", "a + x", "f(x)", "x inch to cm"]);
    if (kind < 0.9) return [pick(["f", "g"]), "(x) = ", body, pick([" + ", " * ", "^"]), ...number(1)];
    return [pick(["f", "g"]), "(", ...number(1), ")"];
  };
  if (dice() < 0.6) return value();
  return [...line(), "; ", ...line(), ...(dice() < 0.4 ? [pick(["; ", "\n"]), ...line()] : [])];
}

function numberText(dice: Dice): string {
  const kind = dice();
  if (kind < 0.4) return String(Math.floor(dice() * 10));
  if (kind < 0.6) return String(Math.floor(dice() * 1_000));
  if (kind < 0.8) return (dice() * 100).toFixed(Math.floor(dice() * 4));
  if (kind < 0.9) return `${Math.floor(dice() * 100)}e${Math.floor(dice() * 640 - 330)}`;
  return String(dice() * 10 ** Math.floor(dice() * 40 - 20));
}

/** The line without the time it took, and whether a program wrote it. */
function answerTo(expression: string, job: Partial<Job>): { line: string; isProgram: boolean } {
  const plan = calculator.plan({ id: 1, expression, ...job });
  const line = calculator.answer(plan).replace(/,"us":\d+\}$/, "");
  return { line, isProgram: plan.value !== undefined };
}

test(`${count} generated shapes, filled ${FILLINGS} times, seed ${seed}`, (t) => {
  const dice = makeDice(seed);
  const tally: Record<string, number> = {};
  let programs = 0;
  for (let made = 0; made < count; made += 1) {
    const shape = makeShape(dice);
    const usual = VARIABLES[Math.floor(dice() * 3)];
    for (let filled = 0; filled < FILLINGS; filled += 1) {
      const expression = shape.map((part) => part ?? numberText(dice)).join("");
      const variables = dice() < 0.8 ? usual : VARIABLES[Math.floor(dice() * VARIABLES.length)];
      const job = variables === undefined ? {} : { variables };
      const { line, isProgram } = answerTo(expression, job);
      if (!isProgram) continue;
      programs += 1;
      const type = /"type":"(\w+)"/.exec(line)?.[1] ?? "none";
      tally[type] = (tally[type] ?? 0) + 1;
      assert.equal(
        line,
        answerTo(`${expression} #`, job).line,
        `${JSON.stringify(expression)} ${JSON.stringify(job)} (seed ${seed})`,
      );
    }
  }
  t.diagnostic(JSON.stringify({ programs, ...tally }));
  for (const type of ["number", "Unit", "Complex", "DenseMatrix", "ResultSet"])
    assert.ok((tally[type] ?? 0) > count / 30, `hardly any ${type} is written by a program: this compares nothing`);
});

/** Asks until there is a program, then once more. */
function taught(expression: string, job: Partial<Job> = {}): { line: string; isProgram: boolean } {
  for (let asked = 0; asked < 3; asked += 1) answerTo(expression, job);
  return answerTo(expression, job);
}

for (const expression of [
  "3 inch to cm",
  "120 km/h to m/s",
  "20 degC to K",
  "5 m^2 to cm^2",
  "[[1, 7], [3, 4]] * [5, 6]",
  "sqrt(-5) + 2i",
  "f(x) = x ^ 2 + 7; f(3)",
  "f(x) = x * y; a = 3",
  "mean([4, 2, 3, 4])",
  "sin(30 deg) ^ 2 + cos(30 deg) ^ 2",
])
  test(`${expression} has a program`, () => {
    const { line, isProgram } = taught(expression);
    assert.ok(isProgram);
    assert.equal(line, answerTo(`${expression} #`, {}).line);
  });

test("a name means what it means in the job at hand", () => {
  taught("6 inch to cm");
  assert.equal(evaluated("6 inch to cm").text, "15.24 cm");
  assert.throws(() => evaluated("6 inch to cm", { variables: { inch: '{"v":2}' } }));
  taught("sqrt(16) * x + pi", { variables: { x: '{"v":2}' } });
  assert.equal(evaluated("sqrt(16) * x + pi", { variables: { x: '{"v":0}', pi: '{"v":1}' } }).text, "1");
  taught("x inch to mm", { variables: { x: '{"v":2}' } });
  assert.equal(evaluated("x inch to mm", { variables: { x: '{"v":3}' } }).text, "76.2 mm");
  assert.equal(evaluated("x inch to mm", { variables: { x: '{"v":[1,2]}' } }).text, "[25.4 mm, 50.8 mm]");
  assert.throws(() => evaluated("x inch to mm"));
  taught("(x ^ 0) inch to mm", { variables: { x: '{"v":2}' } });
  assert.equal(evaluated("(x ^ 0) inch to mm", { variables: { x: '{"v":-2}' } }).text, "25.4 mm");
  assert.throws(() => evaluated("(x ^ 0) inch to mm", { variables: { x: '{"v":"a"}' } }));
});

test("numbers that make mathjs go another way are left to it", () => {
  taught("sqrt(-9) + 2i");
  assert.equal(evaluated("sqrt(-0) + 2i").text, "2i");
  taught("(0 - 8) ^ 3 * 1i");
  assert.equal(answerTo("(0 - 8) ^ 0.5 * 1i", {}).isProgram, false);
  // Whatever it is, to the power of 0 it is 1; but of a complex number a complex one.
  taught("f(t) = sqrt(t) ^ 0; f(4 - 3)");
  assert.equal(answerTo("f(t) = sqrt(t) ^ 0; f(3 - 4)", {}).isProgram, false);
  taught("f(t, n) = (t ^ n) ^ 0; f(9 - 1, 0.5)");
  assert.equal(answerTo("f(t, n) = (t ^ n) ^ 0; f(1 - 9, 0.5)", {}).isProgram, false);
  assert.equal(answerTo("f(t, n) = (t ^ n) ^ 0; f(1 - 9, 2)", {}).isProgram, true);
  taught("7 m^2 to cm^2");
  assert.equal(answerTo("7 m^3 to cm^3", {}).isProgram, false);
  assert.equal(evaluated("7 m^3 to cm^3").text, "7e+6 cm^3");
  taught("mean([8, 2]) * 3 + 0 * 1");
  assert.equal(evaluated("mean([1e308, 1e308]) * 3 + 0 * 1").text, "Infinity");
});

test("settings, explanations and small results have no programs", () => {
  taught("8 inch to cm");
  const jobs: Partial<Job>[] = [{ settings: { number: "BigNumber" } }, { settings: { precision: 5 } }];
  jobs.push({ explain: true }, { resultBytesMax: 300 });
  for (const job of jobs) assert.equal(answerTo("9 inch to cm", job).isProgram, false, JSON.stringify(job));
});
