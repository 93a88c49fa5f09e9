/** `admin.trace`: an operator sees which calls are answered and what becomes of them, and nothing of what was asked. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { openDesk } from "../access/fixture.ts";
import { type OpenHouse, openHouse } from "../server/house.ts";
import { Line } from "../system/running.ts";
import { until } from "../until.ts";

async function openTraced(t: TestContext, settings: object = {}): Promise<OpenHouse & { operator: Line; line: Line }> {
  const desk = openDesk(t);
  const token = desk.issue("root", "operator");
  const open = await openHouse({ tokens: desk.tokens, ...settings });
  const [operator, line] = [await Line.to(open.port), await Line.to(open.port)];
  t.after(async () => {
    operator.close();
    line.close();
    await open.close();
  });
  assert.ok((await operator.call("session.open", { token })).result);
  return { ...open, operator, line };
}

const ask = (id: number, params: object) => `${JSON.stringify({ jsonrpc: "2.0", id, method: "admin.trace", params })}\n`;

test("calls of all kinds are told, in the order they were answered, without a word of their content", async (t) => {
  const { operator, line, house } = await openTraced(t);
  const { result: session } = await line.call("session.open");
  operator.send(ask(7, { ms: 60_000 }));
  await until(() => house.traces.isOn);
  await line.calc("secretword = 41 + 1");
  await line.calc("secretword(");
  line.send('{"jsonrpc":"2.0","id":1,"method":"secretmethod"}\n{"jsonrpc":"2.0","method":"server.ping"}\n');
  await line.next();
  await line.call("server.ping", { echo: "secretecho" });
  house.traces.end();
  const text = (await operator.next()) ?? "";
  const { id, result } = JSON.parse(text);
  assert.deepEqual([id, result.dropped], [7, 0]);
  const told = result.calls.map(({ method, outcome }: { method: string; outcome: string }) => `${method} ${outcome}`);
  assert.deepEqual(told, [
    "calc.evaluate ok",
    "calc.evaluate syntax_error",
    "other method_not_found",
    "server.ping ok",
    "server.ping ok",
  ]);
  for (const call of result.calls) assert.deepEqual([call.connection, call.principal], [2, session.principal]);
  const [first, second] = result.calls;
  assert.ok(first.elapsedUs >= 0 && first.elapsedMs > 0 && second.call > first.call && !("elapsedUs" in second));
  assert.doesNotMatch(text, /secret/);
  assert.equal(house.traces.isOn, false);
});

test("it ends by itself, tells no more than limit, and only of whom it was asked about", async (t) => {
  const { operator, line, house, port } = await openTraced(t);
  const other = await Line.to(port);
  t.after(() => other.close());
  const { result: session } = await other.call("session.open");
  operator.send(
    ask(1, { ms: 60_000, limit: 2, connection: 2 }) +
      ask(2, { ms: 60_000, principal: session.principal }) +
      ask(3, { ms: 60_000, connection: 2, principal: session.principal }),
  );
  // As many traces are on as there were asked for: a fourth finds room, a fifth does not.
  await until(async () => (await operator.call("admin.clients", {}, 0)).result.clients[0]?.inFlight === 4);
  for (let times = 0; times < 3; times += 1) await line.call("server.ping");
  await other.call("server.ping");
  house.traces.end();
  const replies = (await operator.lines(3)).map((text) => JSON.parse(text ?? "")).sort((a, b) => a.id - b.id);
  assert.deepEqual(
    replies.map(({ result }) => [result.calls.length, result.dropped]),
    [
      [2, 1],
      [1, 0],
      [0, 0],
    ],
  );
  const glance = await operator.call("admin.trace", { ms: 1 });
  assert.deepEqual(glance.result, { calls: [], dropped: 0 });
});

test("it is cancelled like any call, ends with its connection, and is over when the server drains", async (t) => {
  const { operator, house, desk, sessions } = await openTraced(t);
  operator.send(`${ask(1, { ms: 60_000 })}{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}\n`);
  assert.equal(JSON.parse((await operator.next()) ?? "").error.data.name, "cancelled");
  assert.equal(house.traces.isOn, false);
  operator.send(ask(2, { ms: 60_000 }));
  await until(() => house.traces.isOn);
  desk.draining = true;
  sessions.drain();
  house.traces.end();
  const last = (await operator.rest()).map((text) => JSON.parse(text));
  assert.deepEqual(
    last.map(({ id, method }) => id ?? method),
    ["server.closing", 2],
  );
});

test("who hangs up traces no more", async (t) => {
  const { operator, house } = await openTraced(t);
  operator.send(ask(1, { ms: 60_000 }).replace('"id":1,', "") + ask(2, { ms: 60_000 }));
  await until(() => house.traces.isOn);
  operator.socket.resetAndDestroy();
  await until(() => !house.traces.isOn);
});

test("only tracesMax run at once, and whoever traces is in the log", async (t) => {
  const { operator, house, desk } = await openTraced(t, { tracesMax: "1" });
  const logged: unknown[] = [];
  t.mock.method(desk.log, "info", (...words: unknown[]) => logged.push(words));
  operator.send(ask(1, { ms: 60_000, principal: "somebody" }));
  await until(() => house.traces.isOn);
  const { error } = await operator.call("admin.trace", {}, 2);
  assert.deepEqual([error.data.name, error.data.limit?.name, error.data.limit?.value], ["server_busy", "tracesMax", 1]);
  assert.equal(logged.length, 1);
  assert.partialDeepStrictEqual(logged[0], [{ connection: 1, address: "127.0.0.1", of: { principal: "somebody" } }, "trace"]);
  assert.match(JSON.stringify(logged), /"tokenId":"/);
  house.traces.end();
  await operator.next();
  assert.deepEqual((await operator.call("admin.trace", { ms: 1 })).result, { calls: [], dropped: 0 });
});

test("params out of their bounds are refused", async (t) => {
  const { operator } = await openTraced(t);
  for (const params of [{ ms: 0 }, { ms: 60_001 }, { limit: 1_001 }, { connection: 0 }, { principal: 1 }]) {
    const { error } = await operator.call("admin.trace", params);
    assert.deepEqual([error.data.name, error.data.path], ["invalid_params", `/${Object.keys(params)[0]}`]);
  }
});
