/** Calls that survive a lost connection: nothing is done twice, nothing is left out, in whatever moment the connection is cut. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import fc from "fast-check";
import { type Client, ClientError, type ClientOptions, connect } from "../../src/client/client.ts";
import { start } from "../system/running.ts";
import { CuttingProxy } from "./cutter.ts";
import { freePort, type Heard, Speaker, say } from "./speaker.ts";

const QUICK = { pauseFirstMs: 1, pauseMaxMs: 5 };

function dial(t: TestContext, options: ClientOptions): Client {
  const client = connect({ ...options, limits: { ...QUICK, ...options.limits } });
  t.after(() => client.close());
  return client;
}

async function nameOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => assert.fail("it did not fail"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ClientError);
  return error.name;
}

test("connections cut at random moments: each calculation is in the history exactly once, in order", {
  timeout: 120_000,
}, async (t) => {
  const running = await start();
  t.after(() => running.close());
  let cuts = 0;
  let replayed = 0;
  const property = fc.asyncProperty(
    fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 6 }),
    async (moments) => {
      const proxy = await CuttingProxy.to(running.port);
      const client = connect({ url: proxy.url, session: {}, limits: { ...QUICK, inFlightMax: 4 } });
      const signal = AbortSignal.timeout(20_000);
      const next = () => {
        const moment = moments.shift();
        if (moment !== undefined) proxy.cutAfter(moment);
      };
      next();
      // Each adds one: done twice, or left out, the sums are wrong; out of order, the list is.
      const asked = Array.from({ length: 25 }, (_, i) => `n = ${i === 0 ? "" : "n + "}1`);
      const answers = await Promise.all(
        asked.map(async (expression) => {
          const answer = await client.call("calc.evaluate", { expression }, { retry: true, signal });
          next();
          return answer;
        }),
      );
      assert.deepEqual(
        answers.map(({ value }) => value),
        asked.map((_, i) => i + 1),
      );
      assert.deepEqual(
        answers.map(({ seq }) => seq),
        asked.map((_, i) => i + 1),
      );
      const { entries, lastSeq } = await client.call("history.list", { limit: 1000 }, { retry: true, signal });
      assert.equal(lastSeq, asked.length);
      assert.deepEqual(
        entries.map(({ expression }) => expression),
        asked,
      );
      cuts += proxy.cuts;
      replayed += answers.filter((answer) => answer.replayed).length;
      await client.close();
      await proxy.close();
    },
  );
  await fc.assert(property, { numRuns: 60 });
  assert.ok(cuts > 60, `only ${cuts} connections were cut`);
  assert.ok(replayed > 0, "no call was ever done before its repetition came");
});

test("the server stopped and started again in the midst: each keyed calculation is in the history file exactly once", {
  timeout: 120_000,
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "canaduck-repeating-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const port = await freePort();
  const settings = { listen: [`tcp://127.0.0.1:${port}`], history: `sqlite:${folder}/history.db`, drainMs: "50" };
  let running = await start(settings);
  t.after(() => running.close());
  const proxy = await CuttingProxy.to(port);
  t.after(() => proxy.close());
  let opened = 0;
  const client = dial(t, {
    url: proxy.url,
    session: {},
    limits: { inFlightMax: 4 },
    onState: ({ kind }) => void (kind === "open" && opened++),
  });
  // What is set is gone with the server, so that each calculation stands for itself.
  const asked = Array.from({ length: 90 }, (_, i) => `${i} + 1`);
  const answered: string[] = [];
  let restarting = Promise.resolve();
  await Promise.all(
    asked.map(async (expression) => {
      const { text } = await client.call("calc.evaluate", { expression }, { retry: true, timeoutMs: 60_000 });
      answered.push(text);
      if (answered.length % 7 === 0) proxy.cutAfter(150);
      if (answered.length % 30 !== 0) return;
      restarting = restarting.then(async () => {
        await running.close();
        running = await start(settings);
      });
    }),
  );
  await restarting;
  assert.deepEqual(
    answered.map(Number).sort((a, b) => a - b),
    asked.map((_, i) => i + 1),
  );
  const { entries, lastSeq } = await client.call("history.list", { limit: 1000 }, { retry: true, timeoutMs: 60_000 });
  assert.equal(lastSeq, asked.length);
  assert.deepEqual(entries.map(({ expression }) => expression).sort(), [...asked].sort());
  assert.ok(opened > 5 && proxy.cuts > 5, `only ${opened} connections, ${proxy.cuts} cuts`);
});

test("what could be done twice is not repeated", async (t) => {
  const speaker = await Speaker.open(() => undefined);
  t.after(() => speaker.close());
  const client = dial(t, { url: speaker.url });
  const refused: Promise<unknown>[] = [
    client.call("session.open", {}, { retry: true }),
    client.request("room.say", { text: "hello" }, { retry: true }),
    client.call("calc.evaluate", { expression: "x = x + 1", record: false }, { retry: true }),
    // Without a session nobody would know the key again.
    client.call("calc.evaluate", { expression: "1" }, { retry: true }),
  ];
  assert.deepEqual(
    await Promise.all(refused.map(nameOf)),
    Array.from({ length: 4 }, () => "not_repeatable"),
  );
  assert.equal(speaker.heard.length, 0);
});

test("what changes nothing is asked again on the next connection", async (t) => {
  let times = 0;
  const speaker = await Speaker.open(({ id }: Heard, socket) => {
    times += 1;
    if (times < 3) socket.destroy();
    else say(socket, { id, result: { time: "now" } });
  });
  t.after(() => speaker.close());
  assert.deepEqual(await dial(t, { url: speaker.url }).call("server.ping", {}, { retry: true }), { time: "now" });
  assert.equal(times, 3);
});

test("a server that is going down is not asked again, the next one is, with the same key and in the same order", async (t) => {
  let isDown = true;
  const speaker = await Speaker.open(({ id, method, params }: Heard, socket) => {
    if (method === "session.open") say(socket, { id, result: { principal: "p", resumeToken: "t", resumed: false, lastSeq: 0 } });
    else if (isDown && params["expression"] !== "3") {
      say(socket, { id, error: { code: -32012, message: "down", data: { name: "shutting_down" } } });
    } else {
      say(socket, { id, result: params });
      if (!isDown) return;
      isDown = false;
      // What it still hears on this connection is too late.
      setImmediate(() => setImmediate(() => socket.end()));
    }
  });
  t.after(() => speaker.close());
  const client = dial(t, { url: speaker.url, session: {} });
  await Promise.all(["1", "2", "3"].map((expression) => client.call("calc.evaluate", { expression }, { retry: true })));
  const sent = speaker.heard.filter(({ method }) => method === "calc.evaluate").map(({ params }) => params);
  assert.deepEqual(
    sent.map(({ expression }) => expression),
    ["1", "2", "3", "1", "2"],
  );
  assert.deepEqual(sent[0], sent[3]);
  assert.equal(speaker.heard.filter(({ method }) => method === "session.open").length, 2);
  assert.deepEqual(speaker.heard.map(({ method }) => method).lastIndexOf("session.open"), 4);
  assert.match(String(sent[0]?.["key"]), /^[0-9a-f-]{36}$/);
});

test("a session that is forgotten takes its unanswered calls with it", async (t) => {
  let sessions = 0;
  const speaker = await Speaker.open(({ id, method, params }: Heard, socket) => {
    if (method !== "session.open") socket.destroy();
    else if (params["resume"] !== undefined) {
      say(socket, { id, error: { code: -32014, message: "gone", data: { name: "not_found" } } });
    } else say(socket, { id, result: { principal: `p${++sessions}`, resumeToken: "t".repeat(32), resumed: false, lastSeq: 0 } });
  });
  t.after(() => speaker.close());
  const client = dial(t, { url: speaker.url, session: {} });
  assert.equal(await nameOf(client.call("calc.evaluate", { expression: "1" }, { retry: true })), "connection_lost");
  assert.equal(speaker.heard.filter(({ method }) => method === "calc.evaluate").length, 1);
});

test("a call that waits to be asked again is cancelled like any other", async (t) => {
  const speaker = await Speaker.open((_heard, socket) => socket.destroy());
  t.after(() => speaker.close());
  const client = dial(t, { url: speaker.url });
  assert.equal(await nameOf(client.call("server.ping", {}, { retry: true, timeoutMs: 50 })), "timeout");
  const abort = new AbortController();
  const call = nameOf(client.call("server.ping", {}, { retry: true, signal: abort.signal }));
  await speaker.hears("server.ping", speaker.heard.length + 2);
  abort.abort();
  assert.equal(await call, "cancelled");
});

test("events reach their listener, and its faults do not reach the client", async (t) => {
  const heard: unknown[] = [];
  const speaker = await Speaker.open(({ id }: Heard, socket) => {
    socket.write('{"jsonrpc":"2.0","method":"server.closing","params":{"inMs":5}}\n{"jsonrpc":"2.0","method":7}\n');
    say(socket, { id, result: {} });
  });
  t.after(() => speaker.close());
  const client = dial(t, { url: speaker.url, onEvent: (method, params) => heard.push([method, params]) });
  await client.call("server.ping");
  assert.deepEqual(heard, [["server.closing", { inMs: 5 }]]);
});

test("the types are those of the schemas", async (t) => {
  const running = await start();
  t.after(() => running.close());
  const client = dial(t, { url: running.url, session: { number: "BigNumber" } });
  const { text, elapsedUs } = await client.call("calc.evaluate", { expression: "1/3", precision: 5 });
  const said: string = text;
  assert.ok(said.startsWith("0.333") && elapsedUs > 0);
  const info = await client.call("server.info");
  assert.ok(info.methods.includes("calc.evaluate"));
  // @ts-expect-error an expression is a text
  assert.equal(await nameOf(client.call("calc.evaluate", { expression: 1 })), "invalid_params");
  // @ts-expect-error the params cannot be left out
  assert.equal(await nameOf(client.call("calc.evaluate")), "invalid_params");
});
