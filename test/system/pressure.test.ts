/** Clients that send more than there is room for, read less than they are sent, or repeat themselves: flow, order, limits. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../until.ts";
import { Line, start, withServer } from "./running.ts";

const BOMB = "g(n) = n < 1 ? 0 : g(n - 1) + g(n - 1); g(60)";

function request(id: number, method: string, params?: unknown): string {
  return `${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`;
}

async function replies(line: Line, count: number) {
  const all = (await line.lines(count)).map((text) => JSON.parse(text ?? "null"));
  return all.sort((a, b) => a.id - b.id);
}

test("a connection whose call slots were all taken is read again when they are free", () =>
  withServer({ callsInFlightMax: "1" }, async (line) => {
    for (let i = 0; i < 5; i++) assert.equal((await line.calc(`${i} + 1`)).result.value, i + 1);
  }));

test("a thousand calls behind full slots are all answered", () =>
  withServer({ callsInFlightMax: "2" }, async (line) => {
    const slow = request(1, "calc.evaluate", ["1+1"]) + request(2, "calc.evaluate", ["1+1"]);
    line.send(slow + Array.from({ length: 1200 }, (_, i) => request(i + 3, "server.ping")).join(""));
    assert.equal((await replies(line, 1202)).at(-1)?.id, 1202);
  }));

test("a connection whose output was over its soft limit is read again when the peer has read", () =>
  withServer({ outputBytesSoftMax: "4096" }, async (line) => {
    line.send(Array.from({ length: 20 }, (_, id) => request(id, "rpc.discover")).join(""));
    assert.equal((await replies(line, 20)).length, 20);
  }));

test("who never reads is cut after a while, and others are served meanwhile", () =>
  withServer({ outputBytesSoftMax: "4096", outputSoftMs: "100" }, async (line, running) => {
    const deaf = await Line.to(running.port);
    deaf.socket.pause();
    for (let i = 0; i < 1000; i++) deaf.send(request(i, "rpc.discover"));
    assert.equal((await line.calc("2+2")).result.value, 4);
    // A paused socket hears of its end only by what it writes.
    await until(() => {
      deaf.send("\n");
      return deaf.socket.closed;
    });
  }));

test("a message cut in two is not slow while the server does not read", () =>
  withServer({ callsInFlightMax: "1", evaluateMs: "5000", frameMs: "1500" }, async (line) => {
    const next = request(2, "server.ping");
    line.send(request(1, "calc.evaluate", [BOMB]) + next.slice(0, 20));
    assert.equal(JSON.parse((await line.next()) ?? "null").error.data.name, "time_limit");
    line.send(next.slice(20));
    assert.equal(JSON.parse((await line.next()) ?? "null")?.id, 2);
  }));

test("a call with a key keeps its place among the others, and its retry is not evaluated beside it", () =>
  withServer({}, async (line) => {
    line.send(request(1, "calc.evaluate", { expression: "x = 1", key: "first" }) + request(2, "calc.evaluate", ["x + 1"]));
    assert.equal((await replies(line, 2))[1]?.result?.value, 2);
    const again = (id: number) => request(id, "calc.evaluate", { expression: "x = x + 1", key: "again" });
    line.send(again(1) + again(2) + again(3));
    const [one, two, three] = await replies(line, 3);
    assert.deepEqual([one.result.replayed, two.result.replayed, three.result.replayed], [undefined, true, true]);
    assert.deepEqual([one.result.seq, two.result.seq, three.result.seq], [3, 3, 3]);
    assert.equal((await line.calc("x")).result.value, 2);
    const conflict = request(1, "calc.evaluate", { expression: "1", key: "k" });
    line.send(conflict + request(2, "calc.evaluate", { expression: "x = 99", key: "k" }));
    assert.equal((await replies(line, 2))[1].error.data.name, "key_conflict");
    assert.equal((await line.calc("x")).result.value, 2);
  }));

test("$1 in the same packet as entry 1 is its result", () =>
  withServer({}, async (line) => {
    line.send(request(1, "calc.evaluate", ["40 + 2"]) + request(2, "calc.evaluate", ["$1 + 1"]));
    assert.equal((await replies(line, 2))[1]?.result?.value, 43);
  }));

test("a call that waited too long for those before it is refused, and those after it are not stuck", () =>
  withServer({ queueMs: "2500", evaluateMs: "5000" }, async (line) => {
    // An evaluator that is still starting would make the first wait too.
    assert.equal((await line.calc("det([1, 2; 3, 4])")).result.text, "-2");
    line.send(request(1, "calc.evaluate", [`x = 1; ${BOMB}`]) + request(2, "calc.evaluate", ["x + 1"]));
    const [bomb, late] = await replies(line, 2);
    assert.equal(bomb.error.data.name, "time_limit");
    assert.equal(late.error.data.name, "request_timeout");
    assert.equal(late.error.data.limit.name, "queueMs");
    assert.equal((await line.calc("1 + 1")).result.value, 2);
  }));

test("what was read and not begun when the server leaves is refused, what cannot be finished is told so", async () => {
  const running = await start({ callsInFlightMax: "1", evaluateMs: "5000", drainMs: "100" });
  const line = await Line.to(running.port);
  await line.call("server.ping");
  line.send(request(1, "calc.evaluate", [BOMB]) + request(2, "server.ping") + request(3, "calc.evaluate", ["1+1"]));
  // The only way to see that the three were read: another connection that was opened after them is served.
  await (await Line.to(running.port)).call("server.ping");
  await running.close();
  const [closing = "", ...others] = await line.rest();
  assert.deepEqual(JSON.parse(closing), { jsonrpc: "2.0", method: "server.closing", params: { drainMs: 100 } });
  const rest = others.map((text) => JSON.parse(text)).sort((a, b) => a.id - b.id);
  assert.deepEqual(
    rest.map(({ id, error }) => [id, error.data.name]),
    [
      [1, "shutting_down"],
      [2, "shutting_down"],
      [3, "shutting_down"],
    ],
  );
  line.close();
});

test("an echo over 1024 bytes is refused by the name of its limit", () =>
  withServer({}, async (line) => {
    assert.equal((await line.call("server.ping", { echo: "x".repeat(1022) })).result.echo, "x".repeat(1022));
    const { error } = await line.call("server.ping", { echo: "é".repeat(512) });
    assert.equal(error.data.name, "invalid_params");
    assert.deepEqual(error.data.limit, { name: "echoBytesMax", value: 1024, used: 1026 });
  }));

test("what looks like nothing or turns the text around is shown as its number, and the caret stays under its place", () =>
  withServer({}, async (line) => {
    line.send(`concat("a\u202eb\u061c\ufeff\u{e0041}", "\u200d")\n"${"\u0007".repeat(60)}" + sqr(2)\n/hist\n`);
    assert.equal(await line.next(), "= a\\u202eb\\u061c\\ufeff\\u{e0041}\u200d");
    const [, excerpt = "", carets = ""] = await line.lines(3);
    assert.equal(excerpt.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1), "sqr");
    assert.ok(excerpt.length <= 4 + 64);
    for (const row of await line.lines(2)) assert.doesNotMatch(row ?? "", /[\u0007\u202e]/);
  }));

test("/hist cuts what is long", () =>
  withServer({}, async (line) => {
    line.send(`1:2000\n/hist\n`);
    assert.ok(((await line.next()) ?? "").length > 8000);
    const row = (await line.next()) ?? "";
    assert.ok(row.length < 250 && row.endsWith("..."), row);
  }));
