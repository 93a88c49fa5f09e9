/** Random numbers on the wire: with a seed they can be had again, from any process; without one nobody draws them twice. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Line, start } from "./running.ts";

const DRAW = "[random(), randomInt(0, 1000000), pickRandom([1, 2, 3, 4, 5, 6, 7, 8, 9])]";
/** Kills the process it runs in. */
const BOMB = { expression: "f(n) = n < 2 ? n : f(n - 1) + f(n - 2); f(60)", limits: { timeMs: 50 }, record: false };

test("a seed gives the same numbers again, by any worker and after a kill", async () => {
  const [one, other] = [await start({ evaluators: 2 }), await start({ evaluators: 2 })];
  try {
    const line = await Line.to(one.port);
    const first = (await line.calc(DRAW, { seed: 42 })).result.text;
    assert.equal((await line.calc(DRAW, { seed: 42 })).result.text, first);
    assert.notEqual((await line.calc(DRAW, { seed: 43 })).result.text, first);
    assert.equal((await line.call("calc.evaluate", BOMB)).error.data.name, "time_limit");
    assert.equal((await line.calc(DRAW, { seed: 42 })).result.text, first);
    const elsewhere = await Line.to(other.port);
    assert.equal((await elsewhere.calc(DRAW, { seed: 42 })).result.text, first);
    line.close();
    elsewhere.close();
  } finally {
    await Promise.all([one.close(), other.close()]);
  }
});

test("without a seed every call draws its own numbers, in functions of the session too", async () => {
  const running = await start();
  try {
    const line = await Line.to(running.port);
    const texts = new Set<string>();
    for (let call = 0; call < 20; call++) texts.add((await line.calc(DRAW)).result.text);
    await line.calc("f(n) = n * random()");
    for (let call = 0; call < 20; call++) texts.add((await line.calc("f(2)")).result.text);
    assert.equal(texts.size, 40);
    const seeded = (await line.calc("f(2)", { seed: 1 })).result.text;
    assert.equal((await line.calc("f(2)", { seed: 1 })).result.text, seeded);
    line.close();
  } finally {
    await running.close();
  }
});

test("a key belongs to a request with its seed; what is kept comes back", async () => {
  const running = await start();
  try {
    const line = await Line.to(running.port);
    const { text, seq } = (await line.calc("random()", { seed: 5, key: "k" })).result;
    const again = (await line.calc("random()", { seed: 5, key: "k" })).result;
    assert.deepEqual([again.text, again.seq, again.replayed], [text, seq, true]);
    assert.equal((await line.calc("random()", { seed: 6, key: "k" })).error.data.name, "key_conflict");
    assert.equal((await line.calc("random()", { key: "k" })).error.data.name, "key_conflict");
    const { entries } = (await line.call("history.list", {})).result;
    assert.equal(entries.length, 1);
    line.close();
  } finally {
    await running.close();
  }
});

for (const seed of [-1, 1.5, 2 ** 53, "7", null]) {
  test(`${JSON.stringify(seed)} is no seed`, async () => {
    const running = await start();
    try {
      const line = await Line.to(running.port);
      assert.equal((await line.calc("random()", { seed })).error.data.name, "invalid_params");
      line.close();
    } finally {
      await running.close();
    }
  });
}
