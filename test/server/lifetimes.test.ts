/** Peers that vanish, storage that is full, answers that cannot be sent: nothing is kept for nobody, nothing is left unanswered. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setImmediate as tick } from "node:timers/promises";
import { dispatch } from "../../src/server/dispatch.ts";
import { Line } from "../system/running.ts";
import { until } from "../until.ts";
import { openHouse } from "./house.ts";

const BOMB = "g(n) = n < 1 ? 0 : g(n - 1) + g(n - 1); g(60)";

async function houseFor(t: TestContext, ...options: Parameters<typeof openHouse>) {
  const open = await openHouse(...options);
  t.after(open.close);
  return open;
}

function request(id: number, method: string, params: unknown): string {
  return `${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`;
}

test("who is gone before a token was looked up leaves no principal behind, and nothing of theirs is begun", async (t) => {
  const open = await houseFor(t);
  const resume = open.house.principals.resume.bind(open.house.principals);
  for (let i = 0; i < 50; i++) {
    // The lookup is held until the connection is gone, as a slow disk would hold it.
    const gone = Promise.withResolvers<void>();
    open.house.principals.resume = async (token) => {
      await gone.promise;
      return resume(token);
    };
    const line = await Line.to(open.port);
    line.send(i % 2 === 0 ? `/resume ${"a".repeat(32)}\n1+1\nx = 2\n` : request(1, "session.open", { resume: "a".repeat(32) }));
    await tick();
    await until(() => open.connections.count === 1);
    line.socket.resetAndDestroy();
    await until(() => open.connections.count === 0);
    gone.resolve();
  }
  await tick();
  await tick();
  assert.equal(open.house.principals.size, 0);
});

test("who is gone while another history is looked up has left its own once, and the other too", async (t) => {
  const open = await houseFor(t);
  const { principals } = open.house;
  const resume = principals.resume.bind(principals);
  const line = await Line.to(open.port);
  const { result: mine } = await line.call("session.open");
  const other = principals.create();
  const own = await resume(mine.resumeToken ?? "");
  assert.deepEqual([own?.sessions, other.sessions], [2, 1]);
  const gone = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  principals.resume = async (token) => {
    asked.resolve();
    await gone.promise;
    return resume(token);
  };
  line.send(request(1, "session.open", { resume: other.resumeToken }));
  await asked.promise;
  line.socket.resetAndDestroy();
  await until(() => open.connections.count === 0);
  gone.resolve();
  for (let i = 0; i < 10; i++) await tick();
  assert.deepEqual([own?.sessions, other.sessions], [1, 1]);
});

test("calls of a peer that is gone are cancelled, also those that wait for their turn, and notifications and lines", async (t) => {
  const open = await houseFor(t);
  const { evaluator } = open.house;
  const evaluate = evaluator.evaluate.bind(evaluator);
  let unanswered = 0;
  evaluator.evaluate = (asked, done) => {
    unanswered += 1;
    return evaluate(asked, (verdict) => {
      unanswered -= 1;
      done(verdict);
    });
  };
  const bombs = Array.from({ length: 20 }, (_, id) => request(id, "calc.evaluate", [`x = ${id}; ${BOMB}`]));
  const notified = bombs.map((bomb) => bomb.replace(/"id":\d+,/, ""));
  // Their ids fall together in the table of calls, which moves those that are left with each that is cancelled.
  const crowded = Array.from({ length: 20 }, (_, id) => request(id * 4096, "calc.evaluate", [`${id}; ${BOMB}`]));
  for (const sent of [bombs.join(""), crowded.join(""), notified.join(""), `x = 1; ${BOMB}\n`.repeat(20)]) {
    const line = await Line.to(open.port);
    line.send(sent);
    await until(() => unanswered > 0);
    line.socket.resetAndDestroy();
    await until(() => open.connections.count === 0);
    assert.equal(unanswered, 0);
  }
  const looked = Promise.withResolvers<undefined>();
  const asked = Promise.withResolvers<void>();
  open.house.history.findKey = () => {
    asked.resolve();
    return looked.promise;
  };
  const line = await Line.to(open.port);
  line.send(request(1, "calc.evaluate", { expression: BOMB, key: "k" }));
  await asked.promise;
  line.socket.resetAndDestroy();
  await until(() => open.connections.count === 0);
  looked.resolve(undefined);
  await tick();
  assert.equal(unanswered, 0, "a call that was cancelled while its key was looked up");
});

test("a full storage is told by name, a resume that could not be kept leaves its principal", async (t) => {
  const open = await houseFor(t, {}, { storeBytesMax: 1000 });
  const line = await Line.to(open.port);
  const { result } = await line.call("session.open");
  const fill = () => line.calc(`1${"+1".repeat(100)}`);
  let reply = await fill();
  while (reply.error === undefined) reply = await fill();
  assert.equal(reply.error.data.name, "storage_full");
  assert.equal((await line.calc("2+2", { record: false })).result.text, "4");
  const principal = await open.house.principals.resume(result.resumeToken ?? "");
  assert.equal(principal?.sessions, 2);
  open.house.history.keep = async () => "full";
  const again = await line.call("session.open", { resume: result.resumeToken, number: "Fraction" });
  assert.equal(again.error.data.name, "storage_full");
  assert.equal(principal?.sessions, 2);
  assert.deepEqual(principal?.settings, {});
  line.close();
});

test("what is asked again under its key while the storage is full is done once", async (t) => {
  const open = await houseFor(t, {}, { storeBytesMax: 1000 });
  const line = await Line.to(open.port);
  await line.calc("x = 0", { record: false });
  let reply = await line.calc("1 + 1");
  while (reply.error === undefined) reply = await line.calc("1 + 1");
  const count = () => line.calc("x = x + 1", { key: "count" });
  for (let i = 0; i < 3; i++) assert.equal((await count()).error.data.name, "storage_full");
  assert.equal((await line.calc("x", { record: false })).result.text, "0");
  await line.call("history.clear");
  for (const id of [1, 2]) line.send(request(id, "calc.evaluate", { expression: "x = x + 1", key: "count" }));
  const replies = (await line.lines(2)).map((text) => JSON.parse(text ?? ""));
  assert.deepEqual(
    replies.map(({ result }) => [result.text, result.replayed === true]),
    [
      ["1", false],
      ["1", true],
    ],
  );
  assert.equal((await line.calc("x", { record: false })).result.text, "1");
  line.close();
});

test("the members of a request have no order: the same under its key is the same", async (t) => {
  const open = await houseFor(t);
  const line = await Line.to(open.port);
  const ask = (variables: string, expression = "a + b") => {
    line.send(
      `{"jsonrpc":"2.0","id":1,"method":"calc.evaluate","params":{"key":"k","expression":"${expression}","variables":${variables}}}\n`,
    );
    return line.next().then((text) => JSON.parse(text ?? ""));
  };
  assert.equal((await ask('{"a":1,"b":2}')).result.seq, 1);
  assert.equal((await ask('{"b":2,"a":1}')).result.replayed, true);
  for (const other of ['{"a":2,"b":1}', '{"a":1,"b":2,"c":3}']) assert.equal((await ask(other)).error.data.name, "key_conflict");
  line.close();
});

test("a history with too many readers answers server_busy, not internal_error, and no wrong result", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "canaduck-"));
  const open = await houseFor(t, { history: `sqlite:${join(folder, "h.db")}` }, { readsMax: 1 });
  t.after(() => rm(folder, { recursive: true }));
  const line = await Line.to(open.port);
  await line.calc("40 + 2");
  line.send(Array.from({ length: 20 }, (_, id) => request(id, "history.list", {})).join(""));
  const listed = (await line.lines(20)).map((text) => JSON.parse(text ?? ""));
  for (const { result, error } of listed) assert.ok(result !== undefined || error.data.name === "server_busy");
  assert.ok(listed.some(({ error }) => error !== undefined));
  const two = await line.calc("$1 + $2");
  assert.equal(two.error.data.name, "server_busy");
  // The one reader the history allows may still be busy for the call before.
  let one = await line.calc("$1");
  while (one.error?.data.name === "server_busy") one = await line.calc("$1");
  assert.equal(one.result.text, "42");
  line.close();
});

test("a result that cannot be sent is answered with an internal error, once", async (t) => {
  const open = await houseFor(t);
  const told: (string | undefined)[] = [];
  const caller = {
    network: "local",
    principal: () => open.house.principals.create(),
    become: () => undefined,
    notices: { tell: () => undefined, wanted: [], want: () => undefined },
    finish: () => undefined,
    trace: { connection: 1 },
    token: undefined,
    standing: "anyone" as const,
    limits: open.house.config,
    peer: "local",
  };
  dispatch(open.desk, "server.ping", {}, caller, (error) => {
    if (error === undefined) throw new TypeError("a cycle");
    told.push(error.errorName);
    assert.match(error.data.incident ?? "", /^[0-9a-f-]{36}$/);
  });
  assert.deepEqual(told, ["internal_error"]);
});
