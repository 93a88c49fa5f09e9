/** The operator's methods: closed to everybody else over the wire, and right in what they do behind that door. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { METHODS } from "../../src/protocol/generated/methods.ts";
import { openDesk } from "../access/fixture.ts";
import { openHouse } from "../server/house.ts";
import { Line, start } from "../system/running.ts";

/** A line whose session came in by the token. */
async function enter(t: TestContext, port: number, token: string): Promise<Line> {
  const line = await Line.to(port);
  t.after(() => line.close());
  assert.ok((await line.call("session.open", { token })).result.principal);
  return line;
}

async function houseFor(t: TestContext) {
  const desk = openDesk(t);
  const token = desk.issue("root", "operator");
  const open = await openHouse({ tokens: desk.tokens });
  t.after(open.close);
  return { ...open, token };
}

test("who is no operator is refused, before the params are looked at", async (t) => {
  const desk = openDesk(t);
  const tokens = [desk.issue("ann", "anyone"), desk.issue("uma", "user")];
  const running = await start({ tokens: desk.tokens });
  t.after(() => running.close());
  const stranger = await Line.to(running.port);
  t.after(() => stranger.close());
  const known = await Promise.all(tokens.map((token) => enter(t, running.port, token)));
  for (const line of [stranger, ...known]) {
    for (const method of ["admin.clients", "admin.kick", "admin.drain", "admin.trace"] as const) {
      assert.equal(METHODS[method].role, "operator");
      for (const params of [{}, { connection: 1 }, { nonsense: 1 }, [7]]) {
        const { error } = await line.call(method, params);
        assert.deepEqual([error.code, error.data.name, error.data.detail], [-32013, "forbidden", "needs the role operator"]);
      }
    }
    assert.equal((await line.calc("1 + 1")).result.text, "2");
  }
});

test("admin.clients tells who is connected, page by page", async (t) => {
  const { port, token } = await houseFor(t);
  const lines = [await Line.to(port), await Line.to(port), await Line.to(port)];
  const [json, person] = lines;
  const { result } = (await json?.call("session.open")) ?? assert.fail();
  person?.send("/ping\n");
  assert.match((await person?.next()) ?? "", /pong/);
  const operator = await enter(t, port, token);
  const { result: all } = await operator.call("admin.clients");
  assert.deepEqual([all.open, all.more], [4, false]);
  const [first, second, third, fourth] = all.clients;
  assert.deepEqual(
    [first?.connection, first?.dialect, first?.principal, first?.address, first?.role, first?.inFlight],
    [1, "json", result.principal, "127.0.0.1", "anyone", 0],
  );
  assert.deepEqual([first?.bytesIn, first?.bytesOut], [json?.socket.bytesWritten, json?.socket.bytesRead]);
  assert.deepEqual([second?.dialect, third?.dialect, third?.principal], ["text", "undecided", undefined]);
  assert.deepEqual([fourth?.role, fourth?.inFlight], ["operator", 1]);
  assert.ok(Math.abs(Date.now() - Date.parse(first?.since ?? "")) < 60_000);
  const { result: page } = await operator.call("admin.clients", { after: 1, limit: 1 });
  assert.deepEqual([page.clients, page.open, page.more], [[second], 4, true]);
  const told = JSON.stringify(all);
  for (const secret of [result.resumeToken ?? assert.fail(), token]) assert.ok(!told.includes(secret));
  for (const line of lines) line.close();
});

test("admin.kick ends one connection, or all of a principal, and nobody else's", async (t) => {
  const { house, port, token } = await houseFor(t);
  const owner = await Line.to(port);
  const { result } = await owner.call("session.open");
  const second = await Line.to(port);
  await second.call("session.open", { resume: result.resumeToken });
  const bystander = await Line.to(port);
  await bystander.call("server.ping");
  const operator = await enter(t, port, token);
  const kick = (params: object) => operator.call("admin.kick", params);
  assert.deepEqual((await kick({ principal: result.principal })).result, { kicked: 2 });
  assert.deepEqual(await Promise.all([owner.rest(), second.rest()]), [[], []]);
  assert.deepEqual(
    house.clients.list(0, 10).map(({ connection }) => connection),
    [3, 4],
  );
  assert.ok((await bystander.call("server.ping")).result.time);
  assert.deepEqual((await kick({ connection: 3 })).result, { kicked: 1 });
  assert.equal(await bystander.next(), undefined);
  const names: unknown[] = [];
  for (const params of [{ connection: 99 }, { principal: "nobody" }, {}, { connection: 1, principal: "x" }]) {
    names.push((await kick(params)).error.data.name);
  }
  assert.deepEqual(names, ["not_found", "not_found", "invalid_params", "invalid_params"]);
});

test("admin.drain answers, then does what a SIGTERM does", { timeout: 60_000 }, async (t) => {
  const desk = openDesk(t);
  const token = desk.issue("root", "operator");
  const running = await start({ tokens: desk.tokens });
  t.after(() => running.close());
  const line = await enter(t, running.port, token);
  const bomb = { expression: "g(n) = n < 1 ? 0 : g(n - 1) + g(n - 1); g(60)" };
  line.send(`${JSON.stringify({ jsonrpc: "2.0", id: 2, method: "calc.evaluate", params: bomb })}\n`);
  const { result } = await line.call("admin.drain");
  assert.deepEqual(result, { drainMs: 10_000, connections: 1 });
  const [notice, last, ...more] = await line.rest();
  assert.match(notice ?? "", /server\.closing/);
  assert.match(last ?? "", /"id":2,"error":.*time_limit/);
  assert.deepEqual(more, []);
  await running.server.closed;
  await assert.rejects(Line.to(running.port), { code: "ECONNREFUSED" });
});
