/** The operator's methods: closed to everybody over the wire, and right in what they do behind that door. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Call, House } from "../../src/methods/call.ts";
import { HANDLERS } from "../../src/methods/table.ts";
import { RpcError } from "../../src/protocol/errors.ts";
import { METHODS } from "../../src/protocol/generated/methods.ts";
import type { ParamsByMethod } from "../../src/protocol/generated/types.ts";
import { checkParams } from "../../src/schema.ts";
import { openHouse } from "../server/house.ts";
import { Line, start } from "../system/running.ts";

type Admin = "admin.clients" | "admin.kick";
type Params = ParamsByMethod["admin.clients"] & ParamsByMethod["admin.kick"];

/** Calls a handler as the dispatcher would call it for an operator. */
function ask(house: House, method: Admin, params: Params = {}): Record<string, unknown> {
  const checked = checkParams(method, params);
  assert.equal(checked.problem, undefined);
  let answer: unknown;
  const call: Call<Params> = {
    params,
    house,
    caller: {
      principal: () => assert.fail(),
      become: () => assert.fail(),
      notify: () => assert.fail(),
      finish: () => assert.fail(),
      trace: { connection: 0 },
      network: "local",
    },
    answer: (result) => {
      answer = result;
    },
    fail: assert.fail,
    broken: assert.fail,
    onCancel: () => assert.fail(),
    answered: false,
  };
  HANDLERS[method](call);
  return Object(answer);
}

async function houseFor(t: TestContext) {
  const open = await openHouse();
  t.after(open.close);
  return open;
}

test("who has no role is refused whatever is not for anyone, before the params are looked at", async (t) => {
  const running = await start();
  t.after(() => running.close());
  const line = await Line.to(running.port);
  t.after(() => line.close());
  for (const method of ["admin.clients", "admin.kick", "admin.drain"] as const) {
    assert.notEqual(METHODS[method].role, "anyone");
    for (const params of [{}, { connection: 1 }, { nonsense: 1 }, [7]]) {
      const { error } = await line.call(method, params);
      assert.deepEqual([error.code, error.data.name], [-32013, "forbidden"]);
    }
  }
  assert.equal((await line.calc("1 + 1")).result.text, "2");
});

test("admin.clients tells who is connected, page by page", async (t) => {
  const { house, port } = await houseFor(t);
  const lines = [await Line.to(port), await Line.to(port), await Line.to(port)];
  const [json, person] = lines;
  const { result } = (await json?.call("session.open")) ?? assert.fail();
  person?.send("/ping\n");
  assert.match((await person?.next()) ?? "", /pong/);
  const all = ask(house, "admin.clients");
  assert.deepEqual([all["open"], all["more"]], [3, false]);
  const [first, second, third] = house.clients.list(0, 10);
  assert.deepEqual(
    [first?.connection, first?.dialect, first?.principal, first?.address, first?.role, first?.inFlight],
    [1, "json", result.principal, "127.0.0.1", "anyone", 0],
  );
  assert.deepEqual([first?.bytesIn, first?.bytesOut], [json?.socket.bytesWritten, json?.socket.bytesRead]);
  assert.deepEqual([second?.dialect, third?.dialect, third?.principal], ["text", "undecided", undefined]);
  assert.ok(Math.abs(Date.now() - Date.parse(first?.since ?? "")) < 60_000);
  const page = ask(house, "admin.clients", { after: 1, limit: 1 });
  assert.deepEqual([page["clients"], page["open"], page["more"]], [[second], 3, true]);
  assert.doesNotMatch(JSON.stringify(all), new RegExp(result.resumeToken));
  for (const line of lines) line.close();
});

test("admin.kick ends one connection, or all of a principal, and nobody else's", async (t) => {
  const { house, port } = await houseFor(t);
  const owner = await Line.to(port);
  const { result } = await owner.call("session.open");
  const second = await Line.to(port);
  await second.call("session.open", { resume: result.resumeToken });
  const bystander = await Line.to(port);
  await bystander.call("server.ping");
  assert.deepEqual(ask(house, "admin.kick", { principal: result.principal }), { kicked: 2 });
  assert.deepEqual(await Promise.all([owner.rest(), second.rest()]), [[], []]);
  assert.deepEqual(
    house.clients.list(0, 10).map(({ connection }) => connection),
    [3],
  );
  assert.ok((await bystander.call("server.ping")).result.time);
  assert.deepEqual(ask(house, "admin.kick", { connection: 3 }), { kicked: 1 });
  assert.equal(await bystander.next(), undefined);
  const nameOf = (params: Params) => {
    try {
      ask(house, "admin.kick", params);
    } catch (error) {
      return error instanceof RpcError ? error.errorName : error;
    }
    return "done";
  };
  assert.deepEqual(
    [nameOf({ connection: 99 }), nameOf({ principal: "nobody" }), nameOf({}), nameOf({ connection: 1, principal: "x" })],
    ["not_found", "not_found", "invalid_params", "invalid_params"],
  );
});

test("admin.drain answers, then does what a SIGTERM does", { timeout: 60_000 }, async (t) => {
  const { role } = METHODS["admin.drain"];
  t.after(() => Object.assign(METHODS["admin.drain"], { role }));
  Object.assign(METHODS["admin.drain"], { role: "anyone" });
  const running = await start();
  t.after(() => running.close());
  const line = await Line.to(running.port);
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
