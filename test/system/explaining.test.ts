/** `explain` of `calc.evaluate`: the result tells how the expression was understood, as `calc.check` does, and only when asked. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Line, withServer } from "./running.ts";

const EXPRESSIONS = [
  "1 + 2 * 3 ^ 2",
  "-2 ^ 2",
  "2 inch to cm",
  "1 / 2 pi",
  "[1, 2; 3, 4] * 2",
  'concat("a", "b")',
  "x = 3 + 4 * 5",
  "f(t) = t^2 - 1",
  "1; 2 + 3 * 4",
];

async function interpretationsOf(line: Line, expression: string, more: object = {}) {
  const { result } = await line.calc(expression, { explain: true, record: false, ...more });
  const checked = await line.call("calc.check", { expression });
  return [result.interpretation, checked.result.interpretation];
}

test("an explained result carries the interpretation calc.check gives, and else is the same", () =>
  withServer({}, async (line) => {
    for (const expression of EXPRESSIONS) {
      const [told, checked] = await interpretationsOf(line, expression);
      assert.equal(typeof told, "string");
      assert.equal(told, checked, expression);
      const plain = (await line.calc(expression, { record: false })).result;
      const {
        interpretation: _,
        elapsedUs: __,
        ...explained
      } = (await line.calc(expression, { explain: true, record: false })).result;
      const { elapsedUs: ___, ...rest } = plain;
      assert.deepEqual(explained, rest, expression);
    }
  }));

test("expressions that differ in their numbers only are each told with their own", () =>
  withServer({}, async (line) => {
    for (const inches of [3, 5, 7]) {
      const { result } = await line.calc(`${inches} inch + 1 cm`, { explain: true, record: false });
      assert.equal(result.interpretation, `(${inches} inch) + (1 cm)`);
    }
  }));

test("what is remembered of an expression says nothing of the interpretation, and an explained call still gets it", () =>
  withServer({}, async (line) => {
    const expression = "det([2, 1; 1, 3])";
    const ask = async (more: object) => (await line.calc(expression, { record: false, ...more })).result.interpretation;
    const told: unknown[] = [];
    // Taken in at the second sight: by the explained calls first, then by the plain ones.
    for (let times = 0; times < 3; times += 1) told.push(await ask({ explain: true }));
    for (let times = 0; times < 3; times += 1) told.push(await ask({}));
    told.push(await ask({ explain: true }), await ask({ explain: false }));
    const interpretation = told[0];
    assert.equal(typeof interpretation, "string");
    const [none] = [undefined];
    assert.deepEqual(told, [interpretation, interpretation, interpretation, none, none, none, interpretation, none]);
  }));

test("a replay tells it again, and explain makes another request of a key", () =>
  withServer({}, async (line) => {
    const first = await line.calc("1 + 2 * 3", { key: "k", explain: true });
    const again = await line.calc("1 + 2 * 3", { key: "k", explain: true });
    assert.equal(first.result.interpretation, "1 + (2 * 3)");
    assert.deepEqual(again.result, { ...first.result, replayed: true });
    const names = [];
    for (const more of [{}, { explain: false }, { explain: true, seed: 1 }]) {
      names.push((await line.calc("1 + 2 * 3", { key: "k", ...more })).error.data.name);
    }
    assert.deepEqual(names, ["key_conflict", "key_conflict", "key_conflict"]);
    await line.calc("1 + 2 * 3", { key: "plain" });
    assert.equal((await line.calc("1 + 2 * 3", { key: "plain", explain: false })).result.replayed, true);
    assert.equal((await line.calc("1 + 2 * 3", { key: "plain", explain: true })).error.data.name, "key_conflict");
  }));

test("a failure is not explained, and the history shows no interpretation", () =>
  withServer({}, async (line) => {
    assert.equal((await line.calc("1 + nosuch", { explain: true })).error.data.name, "unknown_symbol");
    await line.calc("1 + 1", { explain: true });
    const { entries } = (await line.call("history.list", { limit: 2 })).result;
    assert.deepEqual(
      entries.map((entry) => "interpretation" in entry),
      [false, false],
    );
  }));
