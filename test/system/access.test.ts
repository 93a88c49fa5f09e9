/** Who may come in, as what, and how much that is worth: tokens, roles and limits, over real connections. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { mayCall, type Standing } from "../../src/access/role.ts";
import { Principals } from "../../src/methods/principal.ts";
import { METHODS } from "../../src/protocol/generated/methods.ts";
import { type Desk, openDesk } from "../access/fixture.ts";
import { openHouse } from "../server/house.ts";
import { until } from "../until.ts";
import { Line, type Running, start } from "./running.ts";

const BOMB = "f(n) = n < 1 ? 0 : f(n - 1) + f(n - 1); f(60)";
const NOBODY = `ckt_${"0".repeat(16)}_${"0".repeat(64)}`;

async function serve(t: TestContext, desk: Desk, settings: object = {}): Promise<Running> {
  const running = await start({ tokens: desk.tokens, ...settings });
  t.after(() => running.close());
  return running;
}

async function enter(t: TestContext, port: number, token?: string) {
  const line = await Line.to(port);
  t.after(() => line.close());
  const reply = await line.call("session.open", token === undefined ? {} : { token });
  return { line, ...reply };
}

test("a token's client is the same on every connection and after a restart, and nobody else", async (t) => {
  const desk = openDesk(t);
  const [alice, bob] = [desk.issue("alice", "user"), desk.issue("bob", "operator")];
  const history = `sqlite:${desk.folder}/history.db`;
  const first = await start({ tokens: desk.tokens, history });
  const one = await enter(t, first.port, alice);
  assert.deepEqual([one.result.name, one.result.role, one.result.resumed], ["alice", "user", false]);
  assert.equal(one.result.resumeToken, undefined);
  await one.line.calc("x = 41");
  const two = await enter(t, first.port, alice);
  assert.equal((await two.line.calc("x + 1")).result.text, "42");
  const other = await enter(t, first.port, bob);
  assert.equal((await other.line.calc("x")).error.data.name, "unknown_symbol");
  await first.close();
  const second = await serve(t, desk, { history });
  const again = await enter(t, second.port, alice);
  assert.deepEqual([again.result.principal, again.result.lastSeq, again.result.resumed], [one.result.principal, 2, true]);
  assert.equal((await again.line.calc("$1 + $2")).result.text, "83");
  assert.deepEqual((await enter(t, second.port, bob)).result.lastSeq, 1);
});

test("histories of tokens are not forgotten, those of the anonymous and of revoked tokens are", async (t) => {
  const desk = openDesk(t);
  const [alice, bob] = [desk.issue("alice", "anyone"), desk.issue("bob", "anyone")];
  const open = await openHouse({ tokens: desk.tokens });
  t.after(open.close);
  const lines = [await enter(t, open.port, alice), await enter(t, open.port, bob), await enter(t, open.port)];
  for (const { line } of lines) await line.calc("1 + 1");
  for (const { line } of lines) line.close();
  await until(() => open.connections.count === 0);
  desk.revoke("bob");
  const { access, principals, history } = open.house;
  access.reload();
  await principals.sweep(Date.now() + 1e12, access);
  assert.equal(principals.size, 0);
  // As a server does that was started with another file of tokens, by mistake.
  await new Principals(history, open.house.config).sweep(Date.now() + 1e12);
  const left = await Promise.all(lines.map(({ result }) => history.list(result.principal, { limit: 1 })));
  assert.deepEqual(
    left.map(({ lastSeq }) => lastSeq),
    [1, 0, 0],
  );
});

test("a wrong token is unauthenticated, whatever is wrong with it, and changes nothing of the session", async (t) => {
  const desk = openDesk(t);
  const alice = desk.issue("alice", "user");
  const { port } = await serve(t, desk, { tokenFailuresPerAddressMax: 100 });
  const { line } = await enter(t, port);
  await line.calc("x = 3");
  for (const token of [NOBODY, "x", `${alice}0`, alice.slice(0, -1), alice.toUpperCase(), "😀"]) {
    const { error } = await line.call("session.open", { token });
    assert.deepEqual([error.code, error.data.name, error.data.retryAfterMs], [-32001, "unauthenticated", undefined]);
  }
  assert.equal((await line.calc("x")).result.text, "3");
  const both = await line.call("session.open", { token: alice, resume: "a".repeat(32) });
  assert.equal(both.error.data.name, "invalid_params");
});

test("where the anonymous are refused they may ping, discover and log in, and nothing else", async (t) => {
  const desk = openDesk(t);
  const alice = desk.issue("alice", "anyone");
  const { port } = await serve(t, desk, { anonymous: "refused" });
  const line = await Line.to(port);
  t.after(() => line.close());
  for (const method of Object.keys(METHODS) as (keyof typeof METHODS)[]) {
    const { error, result } = await line.call(method, {});
    if (["server.ping", "rpc.discover"].includes(method)) assert.ok(result !== undefined, method);
    else assert.equal(error.data.name, "unauthenticated", method);
  }
  // What somebody's anonymous history was found by before is no way in.
  assert.equal((await line.call("session.open", { resume: "a".repeat(32) })).error.data.name, "unauthenticated");
  assert.equal((await line.call("session.open", { token: alice })).result.role, "anyone");
  assert.equal((await line.calc("2 + 2")).result.text, "4");
});

test("a method of a higher role is forbidden, one of the own or a lower is not", async (t) => {
  const desk = openDesk(t);
  const tokens = (["anyone", "user", "operator"] as const).map((role) => [role, desk.issue(role, role)] as const);
  const { port } = await serve(t, desk);
  const row = METHODS["server.info"];
  const { role: before } = row;
  t.after(() => Object.assign(row, { role: before }));
  for (const least of ["anyone", "user", "operator"] as const) {
    Object.assign(row, { role: least });
    for (const [role, token] of tokens) {
      const { line } = await enter(t, port, token);
      const { error, result } = await line.call("server.info");
      if (mayCall(role, least)) assert.equal(result.name, "canaduck");
      else assert.deepEqual([error.code, error.data.name, error.data.detail], [-32013, "forbidden", `needs the role ${least}`]);
    }
  }
  const order: Standing[] = ["nobody", "anyone", "user", "operator"];
  for (const [high, one] of order.entries()) {
    for (const [low, other] of order.entries()) assert.equal(mayCall(one, other), high >= low);
  }
});

test("the limits told are those of the role, and each of them binds", async (t) => {
  const desk = openDesk(t);
  const alice = desk.issue("alice", "user");
  const settings = {
    evaluateMs: 500,
    evaluateMsCeiling: 900,
    expressionBytesMax: 100,
    userExpressionBytesMax: 200,
    resultBytesMax: 300,
    userResultBytesMax: 2000,
    callsInFlightMax: 2,
    userCallsInFlightMax: 6,
    queueMs: 60_000,
  };
  const { port } = await serve(t, desk, settings);
  for (const token of [undefined, alice]) {
    const { line, result } = await enter(t, port, token);
    const isUser = token !== undefined;
    const expected = isUser ? [500, 900, 200, 2000, 6] : [500, 500, 100, 300, 2];
    const names = ["evaluateMs", "evaluateMsCeiling", "expressionBytesMax", "resultBytesMax", "callsInFlightMax"];
    const { result: info } = await line.call("server.info");
    assert.deepEqual([names.map((name) => info.limits[name]), info.limits], [expected, result.limits]);
    const [, ceilingMs = 0, expressionMax = 0, resultMax = 0] = expected;
    const { error } = await line.calc(BOMB, { limits: { timeMs: 5000 } });
    assert.deepEqual(error.data.limit, { name: "timeMs", value: ceilingMs });
    assert.equal((await line.calc(BOMB)).error.data.limit?.value, 500);
    const fits = `1${"+1".repeat((expressionMax - 2) / 2)}`;
    assert.ok((await line.calc(fits)).result.text);
    const long = await line.calc(`${fits}+1`);
    assert.deepEqual([long.error.data.name, long.error.data.limit?.value], ["too_long", expressionMax]);
    assert.equal((await line.call("calc.check", { expression: `${fits}+1` })).error.data.limit?.value, expressionMax);
    const large = await line.calc('concat("a", "b")[1:1]; ones(40, 40)', { limits: { resultBytes: 4_000_000 } });
    assert.deepEqual([large.error.data.name, large.error.data.limit?.value], ["result_too_large", resultMax]);
    assert.equal((await line.calc("ones(10, 10)")).error === undefined, isUser);
    line.close();
  }
});

test("calls in flight: at the limit of the role the server reads no further", async (t) => {
  const desk = openDesk(t);
  const alice = desk.issue("alice", "user");
  const open = await openHouse({ tokens: desk.tokens, callsInFlightMax: 2, userCallsInFlightMax: 6 });
  t.after(open.close);
  let begun = 0;
  const held: (() => void)[] = [];
  open.house.evaluator.evaluate = (_request, done) => {
    begun += 1;
    held.push(() => done({ failure: { name: "engine_crashed" }, us: 0 }));
    return () => undefined;
  };
  for (const [token, most] of [
    [undefined, 2],
    [alice, 6],
  ] as const) {
    begun = 0;
    const { line } = await enter(t, open.port, token);
    const request = (id: number) => `{"jsonrpc":"2.0","id":${id},"method":"calc.evaluate","params":["1"]}\n`;
    line.send(Array.from({ length: 10 }, (_, id) => request(id)).join(""));
    // A second client is answered after all that the server had read of the first was begun.
    await until(() => begun >= most);
    const { line: witness } = await enter(t, open.port);
    await witness.call("server.ping");
    assert.equal(begun, most);
    for (let answered = 0; answered < 10; ) {
      const done = held.shift();
      if (done === undefined) await new Promise((resolve) => setImmediate(resolve));
      else {
        done();
        answered += 1;
      }
    }
    await line.lines(10);
  }
});

test("a revoked token's session is cut from nothing but its next call; another token takes it up again", async (t) => {
  const desk = openDesk(t);
  const [alice, bob] = [desk.issue("alice", "user"), desk.issue("bob", "user")];
  const running = await serve(t, desk, { evaluateMsCeiling: 2000 });
  const one = await enter(t, running.port, alice);
  const other = await enter(t, running.port, bob);
  await one.line.calc("secret = 7");
  // What was begun before is answered still.
  one.line.send(
    `{"jsonrpc":"2.0","id":"b","method":"calc.evaluate","params":{"expression":${JSON.stringify(BOMB)},"limits":{"timeMs":500}}}\n`,
  );
  await one.line.call("server.ping", {}, "p");
  desk.revoke("alice");
  running.server.reload();
  assert.equal(JSON.parse((await one.line.next()) ?? "").error.data.name, "time_limit");
  for (const method of ["history.list", "session.open", "server.info"] as const) {
    assert.equal((await one.line.call(method)).error.data.name, "unauthenticated", method);
  }
  assert.equal((await one.line.calc("secret")).error.data.name, "unauthenticated");
  assert.ok((await one.line.call("server.ping")).result.time);
  assert.equal((await other.line.calc("1 + 1")).result.text, "2");
  assert.equal((await one.line.call("session.open", { token: alice })).error.data.name, "unauthenticated");
  assert.equal((await one.line.call("session.open", { token: bob })).result.name, "bob");
  assert.equal((await one.line.calc("secret")).error.data.name, "unknown_symbol");
});

test("a reload takes new tokens and roles; a file that cannot be used changes nothing", async (t) => {
  const desk = openDesk(t);
  const running = await serve(t, desk);
  const early = desk.issue("early", "user");
  assert.equal((await enter(t, running.port, early)).error.data.name, "unauthenticated");
  running.server.reload();
  const { line, result } = await enter(t, running.port, early);
  assert.equal(result.role, "user");
  const { chmodSync, renameSync } = await import("node:fs");
  chmodSync(desk.tokens, 0o644);
  running.server.reload();
  assert.equal((await line.calc("1 + 1")).result.text, "2");
  renameSync(desk.tokens, `${desk.tokens}.away`);
  running.server.reload();
  assert.equal((await line.calc("1 + 1")).result.text, "2");
});

test("in text: /login says who you are, is never echoed, and tells what to do where it is needed", async (t) => {
  const desk = openDesk(t);
  const alice = desk.issue("alice", "user");
  const { port } = await serve(t, desk, { anonymous: "refused" });
  const line = await Line.to(port);
  line.send(`2+2\n/login\n/login ${NOBODY}\n/login ${alice}\n2+2\n/session\n/hist\n/bye\n`);
  const said = (await line.rest()).map((text) => text.replace(/used .* back in .*/, "used ..."));
  assert.deepEqual(said, [
    "! This needs a valid token. Log in with /login TOKEN.",
    "! That is no token.",
    "! This needs a valid token. Log in with /login TOKEN.",
    "Server > You are alice, role user. Your history has 0 entries.",
    "= 4",
    "Server > You are alice, role user. Your history has 1 entry.",
    "Server > You have used ...",
    "1: 2+2  = 4",
    "Server > Goodbye!",
  ]);
});
