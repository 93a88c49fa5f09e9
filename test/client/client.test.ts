/** The client library against a real socket: replies, errors, lost connections, limits. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { type Client, ClientError, type ClientOptions, type ClientState, connect } from "../../src/client/client.ts";
import { freePort, type Heard, Speaker, say } from "./speaker.ts";

const QUICK = { pauseFirstMs: 5, pauseMaxMs: 20 };

/** A test that fails rather than hangs: what never comes is what many of these are about. */
function check(name: string, work: (t: TestContext) => Promise<void>): void {
  test(name, { timeout: 10_000 }, work);
}

/** A client and its speaker, both gone after the test. */
async function pair(t: TestContext, react: (heard: Heard, socket: Socket) => void, options: Partial<ClientOptions> = {}) {
  const speaker = await speak(t, react);
  const client = dial(t, { url: speaker.url, ...options, limits: { ...QUICK, ...options.limits } });
  return { speaker, client };
}

async function speak(t: TestContext, react: (heard: Heard, socket: Socket) => void, port = 0): Promise<Speaker> {
  const speaker = await Speaker.open(react, port);
  t.after(() => speaker.close());
  return speaker;
}

function dial(t: TestContext, options: ClientOptions): Client {
  const client = connect(options);
  t.after(() => client.close());
  return client;
}

/** Listens on a free port, or at a path, until the test is over. Answers the address. */
async function listen(t: TestContext, server: Server, path?: string): Promise<string> {
  if (path === undefined) server.listen(0, "127.0.0.1");
  else server.listen(path);
  t.after(() => server.close());
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address !== null ? `tcp://127.0.0.1:${address.port}` : `unix:${path}`;
}

const echo = ({ id, params }: Heard, socket: Socket) => say(socket, { id, result: params });

function session(token: string, resumed: boolean) {
  return { principal: "p", resumeToken: token, resumed, lastSeq: 7, settings: {}, role: "anyone", limits: {} };
}

async function failure(call: Promise<unknown>): Promise<ClientError> {
  const error = await call.then(
    (result) => assert.fail(`no error but ${JSON.stringify(result)}`),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ClientError);
  return error;
}

check("each call gets its own reply, in whatever order they come", async (t) => {
  const held: [Heard, Socket][] = [];
  const it = await pair(t, (heard, socket) => {
    held.push([heard, socket]);
    if (held.length === 3) for (const [late, to] of held.toReversed()) echo(late, to);
  });
  const calls = [1, 2, 3].map((n) => it.client.request("calc.evaluate", { n }));
  assert.deepEqual(await Promise.all(calls), [{ n: 1 }, { n: 2 }, { n: 3 }]);
});

check("a message is one line of JSON-RPC 2.0", async (t) => {
  const server = createServer();
  const client = dial(t, { url: await listen(t, server) });
  const [socket]: Socket[] = await once(server, "connection");
  assert.ok(socket !== undefined);
  t.after(() => socket.destroy());
  const answer = client.request("calc.evaluate", { expression: "1\n2" });
  const [bytes] = await once(socket, "data");
  assert.equal(String(bytes), '{"jsonrpc":"2.0","id":1,"method":"calc.evaluate","params":{"expression":"1\\n2"}}\n');
  for (const byte of Buffer.from('{"jsonrpc":"2.0","id":1,"result":"é"}\r\n')) socket.write(Buffer.from([byte]));
  assert.equal(await answer, "é");
});

check("a server behind a Unix socket is reached by its path", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "canaduck-socket-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const server = createServer((socket) => socket.once("data", () => socket.end('{"jsonrpc":"2.0","id":1,"result":"pong"}\n')));
  const client = dial(t, { url: await listen(t, server, join(folder, "s")) });
  assert.equal(await client.request("server.ping"), "pong");
});

check("an error keeps code, name and data", async (t) => {
  const error = { code: 1002, message: "There is no such name.", data: { name: "unknown_symbol", suggestions: ["pi"] } };
  const it = await pair(t, ({ id }, socket) => say(socket, { id, error }));
  const { code, name, message, data } = await failure(it.client.request("calc.evaluate", { expression: "pj" }));
  assert.deepEqual(
    { code, name, message, data },
    { code: 1002, name: "unknown_symbol", message: error.message, data: error.data },
  );
});

check("calls made before the server is there wait for it, and the wait is told", async (t) => {
  const port = await freePort();
  const states: ClientState[] = [];
  const waited = Promise.withResolvers<void>();
  const client = dial(t, {
    url: `tcp://127.0.0.1:${port}`,
    limits: QUICK,
    onState: (state) => {
      states.push(state);
      if (state.kind === "waiting" && state.attempt === 2) waited.resolve();
    },
  });
  const answer = client.request("server.ping", { n: 1 });
  await waited.promise;
  await speak(t, echo, port);
  assert.deepEqual(await answer, { n: 1 });
  assert.deepEqual([...new Set(states.map(({ kind }) => kind))], ["waiting", "open"]);
  assert.equal(states[0]?.kind === "waiting" && states[0].why, "connection refused");
});

check("who is not reachable in time is told once, and every call fails", async (t) => {
  const failed: ClientState[] = [];
  const onState = (state: ClientState) => void (state.kind === "failed" && failed.push(state));
  const client = dial(t, { url: `tcp://127.0.0.1:${await freePort()}`, limits: { ...QUICK, waitMs: 30 }, onState });
  assert.equal((await failure(client.request("server.ping"))).name, "not_reachable");
  assert.equal((await failure(client.request("server.ping"))).name, "not_reachable");
  assert.equal(failed.length, 1);
});

check("after a lost connection the session is taken up with its token; what was under way is not repeated", async (t) => {
  const opened: unknown[] = [];
  const it = await pair(
    t,
    ({ id, method, params }, socket) => {
      if (method === "session.open") {
        opened.push(params);
        say(socket, { id, result: session("token-1", opened.length > 1) });
      } else if (method === "server.ping") say(socket, { id, result: "pong" });
      else socket.destroy();
    },
    { session: { number: "BigNumber" } },
  );
  const lost = await failure(it.client.request("calc.evaluate", { expression: "1" }));
  assert.equal(lost.name, "connection_lost");
  assert.equal(await it.client.request("server.ping"), "pong");
  assert.deepEqual(opened, [{ number: "BigNumber" }, { number: "BigNumber", resume: "token-1" }]);
  assert.equal(it.speaker.heard.filter(({ method }) => method === "calc.evaluate").length, 1);
});

check("a session the server has forgotten begins anew; a token from outside that is wrong is an error", async (t) => {
  const states: ClientState[] = [];
  const react = ({ id, method, params }: Heard, socket: Socket) => {
    if (method !== "session.open") echo({ id: id ?? 0, method, params }, socket);
    else if (params["resume"] === undefined) say(socket, { id, result: session("new", false) });
    else say(socket, { id, error: { code: -32014, message: "There is nothing under this name.", data: { name: "not_found" } } });
  };
  const it = await pair(t, react, { session: {}, onState: (state) => states.push(state) });
  await it.client.request("server.ping");
  it.speaker.hangUp();
  await it.speaker.hears("session.open", 3);
  await it.client.request("server.ping");
  assert.deepEqual(
    states.map(({ kind }) => kind).filter((kind) => kind !== "waiting"),
    ["open", "lost", "open"],
  );
  const other = await pair(t, react, { session: { resume: "guess" } });
  assert.equal((await failure(other.client.request("server.ping"))).name, "not_found");
});

check("an aborted call fails at once, the server is told, its late reply is ignored", async (t) => {
  const held: [Heard, Socket][] = [];
  const it = await pair(t, (heard, socket) => {
    if (heard.method === "calc.evaluate") held.push([heard, socket]);
    else if (heard.method === "server.ping") {
      for (const [late, to] of held) echo(late, to);
      echo(heard, socket);
    }
  });
  const stop = new AbortController();
  const call = it.client.request("calc.evaluate", { expression: "1" }, { signal: stop.signal });
  const { id } = await it.speaker.hears("calc.evaluate");
  stop.abort();
  assert.equal((await failure(call)).name, "cancelled");
  assert.deepEqual((await it.speaker.hears("$/cancelRequest")).params, { id });
  assert.deepEqual(await it.client.request("server.ping", { n: 2 }), { n: 2 });
});

check("a call without a reply in time fails with timeout", async (t) => {
  const it = await pair(t, () => undefined);
  assert.equal((await failure(it.client.request("calc.evaluate", {}, { timeoutMs: 10 }))).name, "timeout");
});

check("never more under way than inFlightMax, never more waiting than waitingMax", async (t) => {
  const held: [Heard, Socket][] = [];
  const it = await pair(t, (heard, socket) => held.push([heard, socket]), { limits: { inFlightMax: 2, waitingMax: 3 } });
  const first = [1, 2].map((n) => it.client.request("calc.evaluate", { n }));
  await it.speaker.hears("calc.evaluate", 2);
  const more = [3, 4, 5].map((n) => it.client.request("calc.evaluate", { n }));
  assert.equal((await failure(it.client.request("calc.evaluate", { n: 6 }))).name, "too_many_calls");
  assert.equal(it.speaker.heard.length, 2);
  for (let at = 0; at < 5; at++) {
    await it.speaker.hears("calc.evaluate", at + 1);
    const [heard, socket] = held[at] ?? assert.fail();
    assert.ok(it.speaker.heard.length <= at + 2);
    echo(heard, socket);
  }
  assert.deepEqual(
    await Promise.all([...first, ...more]),
    [1, 2, 3, 4, 5].map((n) => ({ n })),
  );
});

check("a request the server would skip is not sent", async (t) => {
  const it = await pair(t, echo);
  assert.equal((await failure(it.client.request("calc.evaluate", { expression: "é".repeat(40_000) }))).name, "request_too_large");
  await it.client.request("server.ping", { n: 1 });
  assert.equal(it.speaker.heard.length, 1);
});

const NONSENSE = [
  "hello\n",
  "HTTP/1.1 400 Bad Request\r\n\r\n",
  "[1]\n",
  "7\n",
  "{\n",
  `{"a":"${"x".repeat(2000)}"}\n`,
  Buffer.from([0x7b, 0xff, 0x0a]),
];

for (const said of NONSENSE) {
  check(`who says ${JSON.stringify(String(said).slice(0, 20))} is not Canaduck and is hung up on`, async (t) => {
    const it = await pair(t, (_heard, socket) => void socket.write(said), { limits: { replyBytesMax: 1000, ...QUICK } });
    const error = await failure(it.client.request("server.ping"));
    assert.equal(error.name, "connection_lost");
    assert.match(error.message, /not Canaduck/);
  });
}

check("replies nobody asked for, events and odd ids are ignored", async (t) => {
  const it = await pair(t, (heard, socket) => {
    socket.write(
      '{"jsonrpc":"2.0","id":99,"result":1}\n{"jsonrpc":"2.0","method":"room.posted","params":{}}\n{"id":"1","result":2}\n\n',
    );
    echo(heard, socket);
    echo(heard, socket);
  });
  assert.deepEqual(await it.client.request("server.ping", { n: 1 }), { n: 1 });
  assert.deepEqual(await it.client.request("server.ping", { n: 2 }), { n: 2 });
});

check("close fails what is under way and what waits, and may be called twice", async (t) => {
  const speaker = await speak(t, () => undefined);
  const client = dial(t, { url: speaker.url, limits: { inFlightMax: 1 } });
  const names = Promise.all([client.request("a"), client.request("b")].map(async (call) => (await failure(call)).name));
  await speaker.hears("a");
  await Promise.all([client.close(), client.close()]);
  assert.deepEqual(await names, ["closed", "closed"]);
  assert.equal((await failure(client.request("c"))).name, "closed");
});

check("a server that accepts and hangs up at once is retried with growing pauses", async (t) => {
  const pauses: number[] = [];
  const url = await listen(
    t,
    createServer((socket) => socket.destroy()),
  );
  const fourth = Promise.withResolvers<void>();
  dial(t, {
    url,
    session: {},
    limits: { pauseFirstMs: 4, pauseMaxMs: 1000 },
    onState: (state) => {
      if (state.kind === "waiting") pauses.push(state.delayMs);
      if (pauses.length === 4) fourth.resolve();
    },
  });
  await fourth.promise;
  assert.ok((pauses[3] ?? 0) >= 16, `the fourth pause is at least half of 32 ms: ${pauses}`);
});
