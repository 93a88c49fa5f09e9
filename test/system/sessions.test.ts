/** A session over the wire: its settings, its nickname, its end; what the server tells of its load; and names. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Line, type Running, start } from "./running.ts";

let running: Running;
before(async () => {
  running = await start();
});
after(() => running.close());

test("settings hold for the calls after them, not for those before, and the call's own go first", async () => {
  const line = await Line.to(running.port);
  const calls = [
    ["calc.evaluate", { expression: "1/3" }],
    ["session.configure", { number: "BigNumber", precision: 5 }],
    ["calc.evaluate", { expression: "1/3" }],
    ["session.configure", { number: "Fraction" }],
    ["calc.evaluate", { expression: "1/3" }],
    ["calc.evaluate", { expression: "1/3", number: "number" }],
    ["session.configure", {}],
  ];
  line.send(calls.map(([method, params], id) => `${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`).join(""));
  const replies = (await line.lines(calls.length)).map((text) => JSON.parse(text ?? "null")).sort((a, b) => a.id - b.id);
  assert.deepEqual(
    replies.map(({ result }) => result.text ?? result),
    [
      "0.33333333333333",
      { number: "BigNumber", precision: 5, implicit: true, history: true, events: [] },
      "0.33333",
      { number: "Fraction", precision: 5, implicit: true, history: true, events: [] },
      "1/3",
      "0.33333333333333",
      { number: "Fraction", precision: 5, implicit: true, history: true, events: [] },
    ],
  );
  line.close();
});

test("implicit: false refuses a product without its sign, in whatever is asked, until it is true again", async () => {
  const line = await Line.to(running.port);
  await line.calc("f(t) = 2 t");
  assert.equal((await line.call("session.configure", { implicit: false })).result.implicit, false);
  const { error } = await line.calc("f(3) + 2 x", { variables: { x: 3 }, explain: true });
  assert.deepEqual(
    [error.code, error.data.name, error.data.position, error.data.excerpt],
    [1001, "syntax_error", { offset: 9, line: 1, column: 10, length: 1 }, "f(3) + 2 x"],
  );
  assert.equal((await line.calc("f(3) + 2 inch / inch")).result.value, 8);
  const refused = [
    await line.call("calc.check", { expression: "2 x" }),
    await line.call("calc.evaluateRows", { expression: "2 x", columns: { x: [1] } }),
    await line.call("calc.sample", { expression: "2 x", variable: "x", from: 0, to: 1 }),
    await line.call("scope.set", { name: "y", expression: "2 f(1)" }),
  ];
  assert.deepEqual(
    refused.map((reply) => reply.error?.data.name),
    refused.map(() => "syntax_error"),
  );
  // A setting of the client: of all its connections, and told on each.
  const { resumeToken } = (await line.call("session.open", { number: "BigNumber" })).result;
  const other = await Line.to(running.port);
  assert.deepEqual((await other.call("session.open", { resume: resumeToken })).result.settings, {
    number: "BigNumber",
    implicit: false,
  });
  assert.equal((await other.calc("2 (3)")).error.data.name, "syntax_error");
  assert.deepEqual((await other.call("session.info")).result.settings, { number: "BigNumber", implicit: false });
  await other.call("session.configure", { implicit: true });
  assert.deepEqual((await line.call("session.info")).result.settings, { number: "BigNumber" });
  assert.equal((await line.calc("2 (3)")).result.text, "6");
  line.close();
  other.close();
});

test("history: false records nothing, unless a call asks for it, until it is true again", async () => {
  const line = await Line.to(running.port);
  await line.call("session.configure", { history: false });
  assert.equal((await line.calc("1 + 1")).result.seq, undefined);
  assert.equal((await line.calc("1 +")).error.data.seq, undefined);
  assert.equal((await line.calc("2 + 2", { record: true })).result.seq, 1);
  assert.equal((await line.calc("ans + 1")).result.value, 5);
  await line.call("session.configure", { history: true });
  assert.equal((await line.calc("3 + 3")).result.seq, 2);
  line.close();
});

test("session.close answers what was sent before it, reads nothing after it, and closes", async () => {
  const line = await Line.to(running.port);
  const calls = ["calc.evaluate", "session.close", "calc.evaluate"].map((method, id) => {
    return `${JSON.stringify({ jsonrpc: "2.0", id, method, params: method === "session.close" ? {} : ["1 + 1"] })}\n`;
  });
  line.send(calls.join(""));
  const replies = (await line.rest()).map((text) => JSON.parse(text));
  assert.deepEqual(replies.map(({ id }) => id).sort(), [0, 1]);
  assert.deepEqual(replies.find(({ id }) => id === 1).result, { lastWords: "Goodbye!" });
});

test("session.close in a batch closes after the whole batch is answered", async () => {
  const line = await Line.to(running.port);
  const batch = ["session.close", "server.ping", "calc.evaluate"].map((method, id) => {
    return { jsonrpc: "2.0", id, method, params: method === "calc.evaluate" ? ["2 + 2"] : {} };
  });
  line.send(`${JSON.stringify(batch)}\n`);
  const [reply = "[]", ...more] = await line.rest();
  const replies: { id: number }[] = JSON.parse(reply);
  assert.deepEqual(replies.map(({ id }) => id).sort(), [0, 1, 2]);
  assert.deepEqual(more, []);
});

test("a batch that is the last thing said is answered, though all of it is answered at once", async () => {
  const line = await Line.to(running.port);
  const batch = [1, 2].map((id) => ({ jsonrpc: "2.0", id, method: "server.ping" }));
  line.socket.end(JSON.stringify(batch));
  assert.equal(JSON.parse((await line.rest())[0] ?? "[]").length, 2);
});

test("of those who ask for one nickname at the same moment exactly one wins; it is free again when the owner is gone", async () => {
  const lines = await Promise.all(Array.from({ length: 12 }, () => Line.to(running.port)));
  const nicks = ["Zoë", "zoë", "ZOË", "Zoe\u0308"];
  const replies = await Promise.all(lines.map((line, i) => line.call("session.open", { nick: nicks[i % nicks.length] })));
  const winners = replies.filter(({ result }) => result !== undefined);
  assert.equal(winners.length, 1);
  for (const { error } of replies.filter((reply) => reply.error !== undefined)) assert.equal(error.code, 1101);
  const winner = lines[replies.findIndex(({ result }) => result !== undefined)];
  const other = lines.find((line) => line !== winner);
  assert.ok(winner && other);
  // Whoever asks for what is taken, or nobody may have, keeps what it had.
  await other.call("session.open", { nick: "other" });
  assert.equal((await other.call("session.open", { nick: "zoë" })).error.data.name, "nick_taken");
  assert.equal((await other.call("session.open", { nick: "two words" })).error.data.name, "nick_invalid");
  assert.equal((await other.call("session.open")).result.nick, "other");
  assert.equal((await winner.call("session.close")).result.nick, winners[0]?.result.nick);
  await winner.rest();
  assert.equal((await other.call("session.open", { nick: "zoë" })).result.nick, "zoë");
  for (const line of lines) line.close();
});

test("what cannot be a nickname is refused with the reason", async () => {
  const line = await Line.to(running.port);
  const bad = ["", "a b", "x".repeat(33), "a\u0000", "a\u202eb", "Server", "ＳＥＲＶＥＲ", "Sеrver", "<b>", "\ud800"];
  for (const nick of bad) {
    const { error } = await line.call("session.open", { nick });
    assert.equal(error?.code, 1102, JSON.stringify(nick));
    assert.ok(error.data.detail);
  }
  for (const nick of ["alice", "Жанна", "太郎", "a.b-c_9"]) {
    assert.equal((await line.call("session.open", { nick })).result.nick, nick);
  }
  line.close();
});

test("the status counts what is there, and names nobody", async () => {
  const lone = await start();
  const watcher = await Line.to(lone.port);
  const { result: quiet } = await watcher.call("server.status");
  assert.deepEqual([quiet.connections, quiet.sessions, quiet.callsInFlight], [1, 1, 1]);
  const others = await Promise.all([1, 2, 3].map(() => Line.to(lone.port)));
  const secrets: string[] = [];
  for (const line of others) {
    const { result } = await line.call("session.open", { nick: `nobody${secrets.length}` });
    secrets.push(result.principal, result.resumeToken ?? "", result.nick ?? "");
  }
  const slow = others[0]?.calc("f(n) = n < 2 ? n : f(n - 1) + f(n - 2); f(40)");
  const { result: busy } = await watcher.call("server.status");
  assert.deepEqual([busy.connections, busy.sessions, busy.callsInFlight], [4, 4, 2]);
  assert.equal((await slow)?.error.data.name, "time_limit");
  const { result: after } = await watcher.call("server.status");
  assert.deepEqual(after.kills, { time_limit: 1 });
  assert.ok(after.starts >= 2 && after.memory.rssBytes > after.memory.heapBytes && after.evaluators.length > 0);
  const said = JSON.stringify([quiet, busy, after]);
  for (const secret of [...secrets, "127.0.0.1", "pid"]) assert.ok(!said.includes(secret), secret);
  await lone.close();
});

test("a name is completed in a bounded, sorted way, own variables first", async () => {
  const line = await Line.to(running.port);
  await line.calc("sine = 1; sin2(x) = sin(x)^2");
  const complete = async (prefix: string, limit?: number) => {
    const { result } = await line.call("calc.complete", { prefix, ...(limit !== undefined && { limit }) });
    return { names: result.names.map(({ name }) => name), more: result.more };
  };
  assert.deepEqual(await complete("sin", 4), { names: ["sin2", "sine", "sin", "sinh"], more: false });
  assert.deepEqual(await complete("sin", 3), { names: ["sin2", "sine", "sin"], more: true });
  assert.deepEqual((await complete("kilom")).names.slice(0, 2), ["kilometer", "kilometers"]);
  assert.ok((await complete("speedof")).names.includes("speedOfLight"));
  assert.deepEqual(await complete("importx"), { names: [], more: false });
  assert.equal((await complete("m")).names.length, 20);
  for (const limit of [0, 101]) assert.equal((await line.call("calc.complete", { prefix: "m", limit })).error.code, -32602);
  line.close();
});

test("every function and constant is described, every unit offered is known to the calculator", async () => {
  const line = await Line.to(running.port);
  const { result: info } = await line.call("server.info");
  for (const name of info.functions.allowed) {
    const { result } = await line.call("calc.describe", { name });
    assert.ok(result.signatures.length > 0 && result.category !== "", name);
  }
  for (const { name, reason } of info.functions.refused) {
    const { error } = await line.call("calc.describe", { name });
    if (error !== undefined) assert.deepEqual(error.data, { name: "function_refused", detail: reason }, name);
  }
  for (const prefix of ["k", "m", "deg", "mega", "b"]) {
    const { result } = await line.call("calc.complete", { prefix, limit: 100 });
    const units = result.names.filter(({ kind }) => kind === "unit").map(({ name }) => name);
    assert.ok(units.length > 0);
    for (const name of units) assert.equal((await line.calc(`2 ${name}`, { record: false })).error, undefined, name);
  }
  await line.calc("kg = 5");
  assert.partialDeepStrictEqual((await line.call("calc.describe", { name: "kg" })).result, {
    kind: "variable",
    category: "number",
  });
  for (const name of ["constructor", "__proto__", "hasOwnProperty"]) {
    assert.equal((await line.call("calc.describe", { name })).error.data.name, "not_found");
  }
  line.close();
});
