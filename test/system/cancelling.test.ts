/** `$/cancelRequest`: one reply always, whatever the moment; what is told `cancelled` has left nothing behind. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setImmediate as tick } from "node:timers/promises";
import fc from "fast-check";
import { Line, type Reply, type Running, start } from "./running.ts";

const BOMB = "g(n) = n < 1 ? 0 : g(n - 1) + g(n - 1); g(60)";

let running: Running;
before(async () => {
  // A bomb that is not stopped holds the one slow worker longer than anything may wait for it.
  running = await start({ evaluateMs: "5000", queueMs: "3000", drainMs: "100" });
});
after(() => running.close());

async function withLine(use: (line: Line) => Promise<void>): Promise<void> {
  const line = await Line.to(running.port);
  try {
    await use(line);
  } finally {
    line.close();
  }
}

const evaluate = (id: string, expression: string, more: object = {}) =>
  `{"jsonrpc":"2.0","id":${id},"method":"calc.evaluate","params":${JSON.stringify({ expression, ...more })}}`;
const cancel = (id: string) => `{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":${id}}}`;
const read = async (line: Line) => JSON.parse((await line.next()) ?? "null");

test("a bomb that runs is stopped, is told so, and holds its worker no longer", () =>
  withLine(async (line) => {
    // Answered by the slow worker, so there is one.
    await line.calc("det(resize([1, 2; 3, 4], [2, 2]))");
    line.send(`${evaluate("1", BOMB)}\n`);
    // The bomb went through the fast lane before this did, so it runs by now.
    await line.call("calc.evaluate", { expression: "1 + 1", record: false }, 2);
    line.send(`${cancel("1")}\n`);
    const { id, error } = await read(line);
    assert.deepEqual([id, error.code, error.data.name], [1, -32800, "cancelled"]);
    assert.equal((await line.calc("det(resize([1, 2; 3, 4], [2, 2]))")).result.text, "-2");
    assert.equal((await line.call("history.list", {})).result.lastSeq, 2);
  }));

test("a call that waits for an earlier one is cancelled before that one is answered", () =>
  withLine(async (line) => {
    line.send(`${evaluate("1", `x = 1; ${BOMB}`)}\n${evaluate("2", "x + 1")}\n${cancel("2")}\n`);
    assert.equal((await read(line)).id, 2);
    line.send(`${cancel("1")}\n`);
    assert.equal((await read(line)).error.data.name, "cancelled");
    assert.equal((await line.calc("x")).error.data.name, "unknown_symbol");
  }));

test("calls whose ids are long are told apart by their last letter", () =>
  withLine(async (line) => {
    const [one, other] = ["1", "2"].map((last) => `"${"x".repeat(60_000)}${last}"`) as [string, string];
    line.send(`${evaluate(one, `x = 1; ${BOMB}`)}\n${evaluate(other, "x + 1")}\n${evaluate(other, "1")}\n`);
    const { id, error } = await read(line);
    assert.deepEqual([`"${id}"`, error.data.name], [other, "invalid_request"]);
    for (const cancelled of [other, one]) {
      line.send(`${cancel(cancelled)}\n`);
      const { id, error } = await read(line);
      assert.deepEqual([`"${id}"`, error.data.name], [cancelled, "cancelled"]);
    }
  }));

test("a call whose assignment waits for an earlier one is cancelled meanwhile, and assigns nothing", () =>
  withLine(async (line) => {
    await line.calc("x = 0");
    // The third is answered after the second was calculated: nothing it may see is being assigned.
    line.send(`${evaluate("1", `z = 1; ${BOMB}`)}\n${evaluate("2", "x = 1")}\n`);
    await line.call("calc.evaluate", { expression: "3 km to m", record: false }, 3);
    line.send(`${cancel("2")}\n`);
    const { id, error } = await read(line);
    assert.deepEqual([id, error.data.name], [2, "cancelled"]);
    line.send(`${cancel("1")}\n`);
    assert.equal((await read(line)).id, 1);
    assert.equal((await line.calc("x")).result.value, 0);
  }));

test("the id is compared as it is written, and one that is not in flight is ignored", () =>
  withLine(async (line) => {
    const others = ["1", '"1.0"', "1.00", "null", "2"].map(cancel);
    const odd = ['{"jsonrpc":"2.0","method":"$/cancelRequest"}', '{"jsonrpc":"2.0","method":"$/cancelRequest","params":[1.0]}'];
    const nested = '{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":{}},"id2":1.0}';
    line.send(`${[evaluate("1.0", BOMB), ...others, ...odd, nested].join("\n")}\n`);
    assert.equal((await line.call("server.ping", {}, 9)).id, 9);
    line.send(`{"method":"$/cancelRequest","params":{"x":{"id":1},"id":7,"i\\u0064":1.0},"jsonrpc":"2.0"}\n`);
    assert.match((await line.next()) ?? "", /^\{"jsonrpc":"2.0","id":1.0,"error":\{"code":-32800,/);
    const asked = await line.call("server.ping");
    assert.equal(asked.id, 1, "an answered call may be cancelled without harm");
    line.send(`${cancel("1")}\n{"jsonrpc":"2.0","id":3,"method":"$/cancelRequest","params":{"id":1}}\n`);
    assert.equal((await read(line)).error.data.name, "method_not_found");
  }));

test("a cancel inside a batch stops a call of the batch, and the batch is answered", () =>
  withLine(async (line) => {
    line.send(`[${evaluate('"a"', BOMB)},${evaluate('"b"', "2 + 2")},${cancel('"a"')}]\n`);
    const replies = await read(line);
    const said = replies.map((reply: Reply<"calc.evaluate">) => [reply.id, reply.result?.text ?? reply.error?.code]).sort();
    assert.deepEqual(said, [
      ["a", -32800],
      ["b", "4"],
    ]);
  }));

test("a key whose call was cancelled is free, and its retry is evaluated", () =>
  withLine(async (line) => {
    const keyed = (id: string) => evaluate(id, "40 + 2", { key: "k" });
    line.send(`${evaluate("1", `y = 1; ${BOMB}`, { key: "k" })}\n${keyed("2")}\n${keyed("3")}\n${cancel("2")}\n${cancel("1")}\n`);
    const replies = [await read(line), await read(line), await read(line)].sort((a, b) => a.id - b.id);
    assert.deepEqual(
      replies.map(({ result, error }) => result?.text ?? error.data.name),
      ["cancelled", "cancelled", "42"],
    );
    assert.equal(replies[2].result.replayed, undefined);
  }));

test("one reply for each call whenever it is cancelled, and the history has exactly what was told a seq", async () => {
  const call = fc.record({
    expression: fc.constantFrom("1 + ", "z = ", "z + ", "ans + ", "det(resize([1, 2; 3, 4], [2, 2])) + "),
    record: fc.boolean(),
    key: fc.option(fc.constantFrom("k", "l"), { nil: undefined }),
    cancelled: fc.constantFrom("never", "same packet", "next turn", "after a reply"),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 16 }), (calls) =>
      withLine(async (line) => {
        const requests = calls.map(({ expression, record, key }, id) =>
          evaluate(String(id), `${expression}${id}`, { record, ...(key === undefined ? {} : { key }) }),
        );
        const cancels = (when: string) =>
          calls.flatMap(({ cancelled }, id) => (cancelled === when ? [`${cancel(String(id))}\n`] : []));
        line.send(`${requests.join("\n")}\n${cancels("same packet").join("")}`);
        await tick();
        line.send(cancels("next turn").join(""));
        const replies = [await read(line)];
        line.send(cancels("after a reply").join(""));
        while (replies.length < calls.length) replies.push(await read(line));
        const { result: last } = await line.call("history.list", { limit: 100 }, "last");
        assert.ok(last !== undefined, "a second reply to some call came first");
        assert.deepEqual(
          replies.map(({ id }) => id).sort((a, b) => a - b),
          calls.map((_, id) => id),
        );
        const told = replies.flatMap(({ result, error }) => result?.seq ?? error?.data.seq ?? []);
        assert.deepEqual(
          [...new Set(told)].sort((a, b) => a - b),
          last.entries.map(({ seq }) => seq).sort((a, b) => a - b),
        );
        for (const { error } of replies) assert.ok(error?.code !== -32800 || error.data.seq === undefined);
      }),
    ),
    { numRuns: 40 },
  );
});
