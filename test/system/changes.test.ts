/** `scope.changed`: other connections of a client are told what was done to its variables; nobody else is, and nobody unasked. */
import assert from "node:assert/strict";
import { after, before, type TestContext, test } from "node:test";
import { connect } from "../../src/client/client.ts";
import type { ParamsByEvent } from "../../src/protocol/generated/types.ts";
import { until } from "../until.ts";
import { Line, type Running, start } from "./running.ts";

const EVENTS = ["scope.changed"];

let running: Running;
before(async () => {
  running = await start({ scopeWatchersMax: "2", scopeChangesMax: "3" });
});
after(() => running.close());

async function open(t: TestContext): Promise<Line> {
  const line = await Line.to(running.port);
  t.after(() => line.close());
  return line;
}

/** A new client's connection, and how to come to the same. */
async function newcomer(t: TestContext): Promise<{ line: Line; resume: string }> {
  const line = await open(t);
  const { result } = await line.call("session.open");
  return { line, resume: result.resumeToken ?? assert.fail() };
}

/** Another connection of the same client, told of changes. */
async function watcher(t: TestContext, resume: string): Promise<Line> {
  const line = await open(t);
  assert.ok((await line.call("session.open", { resume, events: EVENTS })).result);
  return line;
}

async function heard(line: Line): Promise<ParamsByEvent["scope.changed"]> {
  const { method, params } = JSON.parse((await line.next()) ?? "null");
  assert.equal(method, "scope.changed");
  return params;
}

test("what one connection assigns, sets and removes the other is told of, and itself not", async (t) => {
  const { line, resume } = await newcomer(t);
  const other = await watcher(t, resume);
  assert.deepEqual((await line.call("session.configure", { events: EVENTS })).result.events, EVENTS);
  await line.calc("x = 3");
  assert.deepEqual(await heard(other), { changes: [{ name: "x", version: 1, type: "number" }] });
  await line.calc("f(t) = t ^ 2; x = 2 inch", { key: "once" });
  assert.deepEqual(await heard(other), {
    changes: [
      { name: "f", version: 2, type: "function" },
      { name: "x", version: 3, type: "Unit" },
    ],
  });
  await line.call("scope.set", { name: "y", value: "text" });
  assert.deepEqual(await heard(other), { changes: [{ name: "y", version: 4, type: "string" }] });
  await line.call("scope.unset", { name: "f" });
  assert.deepEqual(await heard(other), { changes: [{ name: "f", removed: true }] });
  await line.call("scope.clear");
  assert.deepEqual(await heard(other), {
    changes: [
      { name: "x", removed: true },
      { name: "y", removed: true },
    ],
  });
  // The other way about; and what `line` hears next is that, so its own calls told it nothing.
  await other.calc("z = 1");
  assert.deepEqual(await heard(line), { changes: [{ name: "z", version: 5, type: "number" }] });
});

test("what changes nothing is not told: reading, failing, a replay, a value that cannot be kept", async (t) => {
  const { line, resume } = await newcomer(t);
  const other = await watcher(t, resume);
  await line.calc("x = 1", { key: "k" });
  await heard(other);
  await line.calc("x = 1", { key: "k" });
  await line.calc("x + 1");
  await line.calc("y = nosuch");
  await line.calc("z = 1; unit(");
  await line.call("scope.get", { name: "x" });
  await line.call("scope.unset", { name: "nosuch" });
  await line.call("scope.set", { name: "x", value: 5, ifVersion: 99 });
  await line.calc("last = 1");
  assert.deepEqual(await heard(other), { changes: [{ name: "last", version: 2, type: "number" }] });
});

test("nobody is told who did not ask, and no other client", async (t) => {
  const { line, resume } = await newcomer(t);
  const silent = await open(t);
  await silent.call("session.open", { resume });
  const stranger = await newcomer(t);
  assert.deepEqual((await stranger.line.call("session.configure", { events: EVENTS })).result.events, EVENTS);
  assert.deepEqual((await silent.call("session.info")).result.events, []);
  await line.calc("x = 1");
  for (const one of [silent, stranger.line]) assert.ok((await one.call("server.ping")).result.time);
});

test("calls of one turn are told together, as things stand at its end; more than scopeChangesMax only as more", async (t) => {
  const { line, resume } = await newcomer(t);
  const other = await watcher(t, resume);
  await line.calc("a = 1; b = 2");
  assert.equal((await heard(other)).more, undefined);
  const calc = (id: number, expression: string) =>
    `${JSON.stringify({ jsonrpc: "2.0", id, method: "calc.evaluate", params: { expression, record: false } })}\n`;
  line.send(calc(1, "x = 1") + calc(2, "x = 2") + calc(3, "x = 3"));
  await line.lines(3);
  const told: ParamsByEvent["scope.changed"]["changes"] = [];
  while (told.at(-1)?.version !== 5) told.push(...(await heard(other)).changes);
  assert.ok(told.length <= 3 && told.every(({ name }) => name === "x"));
  await line.calc("p = 1; q = 1; r = 1; s = 1; u = 1");
  const { changes, more } = await heard(other);
  assert.deepEqual([changes.map(({ name }) => name), more], [["p", "q", "r"], true]);
  await line.call("scope.clear");
  const cleared = await heard(other);
  assert.deepEqual([cleared.changes.length, cleared.changes.every(({ removed }) => removed), cleared.more], [3, true, true]);
});

test("only so many connections of a client are told, and room is given back", async (t) => {
  const { line, resume } = await newcomer(t);
  const first = await watcher(t, resume);
  const second = await watcher(t, resume);
  const limit = { name: "scopeWatchersMax", value: 2 };
  const { error } = await line.call("session.configure", { number: "Fraction", events: EVENTS });
  assert.deepEqual([error.code, error.data.name, error.data.retryable], [-32006, "too_many_subscriptions", true]);
  assert.partialDeepStrictEqual(error.data.limit, limit);
  assert.deepEqual((await line.call("session.info")).result.settings, {}, "nothing was changed");
  const stranger = await newcomer(t);
  const refused = await stranger.line.call("session.open", { resume, events: EVENTS });
  assert.equal(refused.error.data.name, "too_many_subscriptions");
  await stranger.line.calc("mine = 1");
  assert.equal((await line.call("scope.list")).result.variables.length, 0, "the session stayed what it was");
  // Who is told already may say so again.
  assert.ok((await first.call("session.configure", { events: EVENTS })).result);
  assert.deepEqual((await first.call("session.configure", { events: [] })).result.events, []);
  assert.ok((await line.call("session.configure", { events: EVENTS })).result);
  second.close();
  const enter = () => stranger.line.call("session.open", { resume, events: EVENTS });
  await until(async () => (await enter()).error === undefined);
  await line.calc("x = 1");
  assert.equal((await heard(stranger.line)).changes[0]?.name, "x");
  assert.equal((await first.calc("x")).result.value, 1);
});

test("another session ends it, unless it asks again", async (t) => {
  const one = await newcomer(t);
  const two = await newcomer(t);
  const line = await watcher(t, one.resume);
  assert.equal((await line.call("session.open", { resume: two.resume })).result.resumed, true);
  assert.deepEqual((await line.call("session.info")).result.events, []);
  await one.line.calc("x = 1");
  await two.line.calc("x = 1");
  assert.deepEqual((await line.call("session.open", { resume: two.resume, events: EVENTS })).result.resumed, true);
  assert.deepEqual((await line.call("session.info")).result.events, EVENTS);
  await one.line.calc("y = 1");
  await two.line.calc("z = 1");
  assert.equal((await heard(line)).changes[0]?.name, "z");
  // The same session again, and nothing said of events: it is another one.
  await line.call("session.open", { resume: two.resume });
  assert.deepEqual((await line.call("session.info")).result.events, []);
});

test("what a person types is told too, and a person is told nothing", async (t) => {
  const { line, resume } = await newcomer(t);
  await line.call("session.configure", { events: EVENTS });
  const person = await open(t);
  person.send(`/resume ${resume}\nx = 7\n`);
  assert.deepEqual(await heard(line), { changes: [{ name: "x", version: 1, type: "number" }] });
  await line.calc("x = 8");
  person.send("x\n/bye\n");
  assert.deepEqual((await person.rest()).slice(2), ["= 7", "= 8", "Server > Goodbye!"]);
});

test("wrong names of events are refused", async (t) => {
  const line = await open(t);
  for (const events of ["scope.changed", ["scope.change"], ["scope.changed", "scope.changed"], [1], null]) {
    const { error } = await line.call("session.configure", { events });
    assert.deepEqual([error.data.name, error.data.path?.startsWith("/events")], ["invalid_params", true]);
  }
});

test("the client library tells it, typed, and asks again after a lost connection", async (t) => {
  const { line, resume } = await newcomer(t);
  let opened = 0;
  const client = connect({
    url: running.url,
    session: { resume, events: ["scope.changed"] },
    onState: ({ kind }) => {
      if (kind === "open") opened += 1;
    },
    limits: { pauseFirstMs: 1 },
  });
  t.after(() => client.close());
  const told: string[] = [];
  client.on("scope.changed", ({ changes }) => told.push(changes.map(({ name }) => name).join()));
  await until(() => opened === 1);
  await line.calc("x = 1");
  await until(() => told.length === 1);
  // Its connection ends, and it comes back by itself.
  await client.call("session.close").catch(() => undefined);
  await until(() => opened === 2);
  await line.calc("y = 1");
  await until(() => told.length === 2);
  assert.deepEqual(told, ["x", "y"]);
});
