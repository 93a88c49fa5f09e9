/** What was asked before is answered as if it had not been: by the same words, and only where it means the same. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import fc from "fast-check";
import type { Value } from "../../src/jail/contract.ts";
import { Memo, rowCharsMax } from "../../src/methods/memo.ts";
import { hashText, mixed } from "../../src/protocol/hash.ts";
import { openHouse } from "../server/house.ts";
import { Line } from "../system/running.ts";
import { until } from "../until.ts";

const value = (text: string): Value => ({ type: "number", value: Number(text), text });

test("an expression is taken in at its second sight", () => {
  const memo = new Memo(16);
  memo.offer("1+1", value("2"), 5);
  assert.equal(memo.find("1+1"), undefined);
  memo.offer("1+1", value("2"), 6);
  const members = '"type":"number","value":2,"text":"2"';
  assert.deepEqual(memo.find("1+1"), { expression: "1+1", value: value("2"), us: 6, members });
  assert.deepEqual([memo.hits, memo.misses], [1, 1]);
});

test("whatever shares a place, nobody gets another's value", () => {
  const asked = fc.array(fc.tuple(fc.constantFrom("find", "offer"), fc.nat(40)), { maxLength: 200 });
  fc.assert(
    fc.property(asked, fc.integer({ min: 1, max: 5 }), (steps, entriesMax) => {
      const memo = new Memo(entriesMax);
      for (const [step, n] of steps) {
        if (step === "offer") memo.offer(`${n} + 0`, value(`${n}`), n);
        const found = memo.find(`${n} + 0`);
        assert.ok(found === undefined || found.value.value === n);
      }
    }),
  );
});

test("two that share a set are both remembered, however they take turns; of three the one asked for least lately goes", () => {
  const entriesMax = 64;
  const memo = new Memo(entriesMax);
  const setOf = (expression: string) => mixed(hashText(expression, memo.seed)) % (entriesMax / 2);
  const [one = "", two = "", three = ""] = Array.from({ length: 2_000 }, (_, n) => `${n} + 1`).filter(
    (expression, _, [first = ""]) => setOf(expression) === setOf(first),
  );
  const ask = (expression: string) => {
    const found = memo.find(expression);
    if (found === undefined) memo.offer(expression, value("1"), 1);
    return found?.expression;
  };
  for (let round = 0; round < 2; round += 1) assert.deepEqual([ask(one), ask(two)], [undefined, undefined]);
  for (let round = 0; round < 3; round += 1) assert.deepEqual([ask(one), ask(two)], [one, two]);
  assert.deepEqual([ask(one), ask(three), ask(three)], [one, undefined, undefined]);
  assert.deepEqual([ask(three), ask(one), ask(two)], [three, one, undefined]);
});

test("what is too large is not kept, and with memoEntriesMax 0 nothing is", () => {
  const large = new Memo(16);
  const off = new Memo(0);
  for (let i = 0; i < 3; i++) {
    large.offer("a", { type: "string", value: "", text: "x".repeat(rowCharsMax) }, 1);
    large.offer("1+".repeat(rowCharsMax), value("1"), 1);
    off.offer("1+1", value("2"), 1);
  }
  assert.equal(large.find("a"), undefined);
  assert.equal(large.find("1+".repeat(rowCharsMax)), undefined);
  assert.equal(off.find("1+1"), undefined);
});

async function houseFor(t: TestContext, settings: object = {}) {
  const open = await openHouse(settings);
  t.after(open.close);
  return open;
}

test("a remembered result has the same members, is recorded, and is what ans stands for", async (t) => {
  const { house, port } = await houseFor(t);
  const line = await Line.to(port);
  const ask = async (expression: string, extra = {}) => (await line.call("calc.evaluate", { expression, ...extra })).result;
  const first = await ask("2 * 3.5 + 1");
  const second = await ask("2 * 3.5 + 1");
  assert.equal(house.memo.hits, 0);
  await ask("99", { record: false });
  const third = await ask("2 * 3.5 + 1");
  assert.equal(house.memo.hits, 1);
  assert.deepEqual({ ...third, seq: 0 }, { ...second, seq: 0 });
  assert.deepEqual(Object.keys(third), Object.keys(first));
  assert.deepEqual([first.seq, second.seq, third.seq], [1, 2, 3]);
  assert.equal((await ask("ans + 1")).value, 9);
  assert.equal((await ask("2 * 3.5 + 1", { record: false })).seq, undefined);
  assert.equal((await line.call("history.list", {})).result.lastSeq, 4);
  assert.equal((await line.call("history.verify", {})).result.ok, true);
  assert.equal(house.memo.hits, 2);
  // In a packet, with calls that go to the jail: each its own reply.
  const ids = [...Array(40).keys()];
  const expression = (id: number) => (id % 2 === 0 ? "2 * 3.5 + 1" : `${id} * 2`);
  const call = (id: number) => ({ jsonrpc: "2.0", id, method: "calc.evaluate", params: { expression: expression(id) } });
  line.send(ids.map((id) => `${JSON.stringify(call(id))}\n`).join(""));
  const replies = (await line.lines(ids.length)).map((text) => JSON.parse(text ?? "null"));
  for (const { id, result } of replies) assert.equal(result.value, id % 2 === 0 ? 8 : id * 2);
  assert.deepEqual(
    replies.map(({ id }) => id).sort((a, b) => a - b),
    ids,
  );
  assert.deepEqual(
    replies.map(({ result }) => result.seq).sort((a, b) => a - b),
    ids.map((at) => at + 5),
  );
});

test("what depends on more than the expression is calculated anew", async (t) => {
  const { house, port } = await houseFor(t);
  const [line, other] = [await Line.to(port), await Line.to(port)];
  const ask = async (on: Line, expression: string, extra = {}) => {
    const { result, error } = await on.call("calc.evaluate", { expression, record: false, ...extra });
    return result?.value ?? error.data?.name;
  };
  for (let i = 0; i < 3; i++) assert.equal(await ask(other, "sqrt(16) + pi - pi"), 4);
  assert.equal(house.memo.hits, 1);
  for (let i = 0; i < 3; i++) {
    // A variable of the session, of the call, an earlier result; settings; chance; an assignment; a failure.
    assert.equal(await ask(line, `x = ${i}`), i);
    assert.equal(await ask(line, "x + 1"), i + 1);
    assert.equal(await ask(line, "ans * 2"), (i + 1) * 2);
    assert.equal(await ask(other, "v + 1", { variables: { v: i } }), i + 1);
    assert.deepEqual(await ask(other, "1 / 3", { number: "Fraction" }), { mathjs: "Fraction", n: "1", d: "3" });
    assert.equal(await ask(other, "x + 1"), "unknown_symbol");
  }
  const drawn = new Set();
  for (let i = 0; i < 5; i++) drawn.add(await ask(other, "random()"));
  for (let i = 0; i < 5; i++) drawn.add(await ask(other, "randomInt(1, 1000000000)"));
  for (let i = 0; i < 5; i++) drawn.add(JSON.stringify(await ask(other, "pickRandom([1, 2, 3, 4, 5, 6, 7, 8, 9], 9)")));
  assert.ok(drawn.size > 12, [...drawn].join(" "));
  assert.equal(house.memo.hits, 1);
  // The same text under other settings is another question.
  for (let i = 0; i < 3; i++) assert.equal(await ask(other, "1 / 4"), 0.25);
  assert.equal(house.memo.hits, 2);
  assert.deepEqual(await ask(other, "1 / 4", { number: "Fraction" }), { mathjs: "Fraction", n: "1", d: "4" });
  await other.call("session.configure", { number: "BigNumber" });
  assert.deepEqual(await ask(other, "1 / 4"), { mathjs: "BigNumber", value: "0.25" });
  // A function of the session may hide one that everybody has.
  await ask(line, "twice(n) = n * 2");
  for (let i = 0; i < 3; i++) assert.equal(await ask(line, "twice(4)"), 8);
  assert.equal(await ask(await Line.to(port), "twice(4)"), "unknown_function");
  assert.equal(house.memo.hits, 2);
});

test("nothing is remembered longer than the process lives that said it", async (t) => {
  const { house, port } = await houseFor(t);
  const { evaluator, memo } = house;
  const line = await Line.to(port);
  const ask = () => line.calc("sqrt(16) + 4", { record: false });
  for (let i = 0; i < 3; i++) await ask();
  assert.equal(memo.hits, 1);
  const deaths = evaluator.deaths();
  process.kill(evaluator.status().workers.find(({ lane }) => lane === "fast")?.pid ?? 0, "SIGKILL");
  await until(() => evaluator.deaths() > deaths);
  const before = memo.hits;
  assert.equal((await ask()).result.value, 8);
  assert.equal(memo.hits, before);
});

test("spares that were never asked may go, and what others said stays remembered", async (t) => {
  const { house, port } = await houseFor(t, { sparesKeptMs: 300 });
  const { evaluator, memo } = house;
  const line = await Line.to(port);
  const ask = () => line.calc("sqrt(16) + 6", { record: false });
  for (let i = 0; i < 3; i++) await ask();
  assert.equal(memo.hits, 1);
  await until(() => evaluator.status().starts >= 5 && evaluator.status().workers.length === 2);
  assert.ok((evaluator.status().kills["retired"] ?? 0) >= 3);
  const { starts } = evaluator.status();
  assert.equal((await ask()).result.value, 10);
  assert.equal(memo.hits, 2);
  assert.equal(evaluator.status().starts, starts, "who is answered from memory wakes nobody");
});

test("who is answered from memory keeps the spares, on the short way and on the long one", async (t) => {
  const { house, port } = await houseFor(t, { sparesKeptMs: 300 });
  const { evaluator, memo } = house;
  const line = await Line.to(port);
  const params = { expression: "sqrt(16) + 7", record: false };
  const ask = (id: number | string) => {
    line.send(`${JSON.stringify({ jsonrpc: "2.0", id, method: "calc.evaluate", params })}\n`);
    return line.lines(1);
  };
  const ready = () => evaluator.status().workers.filter(({ state }) => state === "ready").length;
  // A text for an id is no plain request.
  for (const id of [7, "seven"]) {
    while (ready() < 5) await ask(id);
    const [endMs, hits] = [performance.now() + 900, memo.hits];
    while (performance.now() < endMs) await ask(id);
    assert.ok(memo.hits > hits);
    assert.deepEqual(evaluator.status().kills, {});
  }
});

test("a remembered result under a key is not cancelled any more once it is on its way to the disk", async (t) => {
  const { house, port } = await houseFor(t);
  const line = await Line.to(port);
  for (let i = 0; i < 3; i++) await line.calc("sqrt(16) + 5", { record: false });
  // The disk takes as long as it takes for the cancel to be read.
  const { history } = house;
  const append = history.append.bind(history);
  const [begun, cancelled] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  history.append = (ledger, entry, settle) => {
    begun.resolve();
    void cancelled.promise.then(() => append(ledger, entry, settle));
  };
  const params = { expression: "sqrt(16) + 5", key: "k" };
  line.send(`${JSON.stringify({ jsonrpc: "2.0", id: "keyed", method: "calc.evaluate", params })}\n`);
  await begun.promise;
  line.send(
    '{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"keyed"}}\n{"jsonrpc":"2.0","id":"p","method":"server.ping"}\n',
  );
  assert.equal(JSON.parse((await line.next()) ?? "null").id, "p");
  cancelled.resolve();
  const { id, result } = JSON.parse((await line.next()) ?? "null");
  assert.deepEqual([id, result?.value, result?.seq], ["keyed", 9, 1]);
});
