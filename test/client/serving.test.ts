/** The client library against the real server: cancelling, events, rows, every kind of address, tokens, and leaving nothing behind. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, type TestContext, test } from "node:test";
import { type Client, ClientError, type ClientOptions, type ClientState, connect } from "../../src/client/client.ts";
import { openDesk } from "../access/fixture.ts";
import { type Running, start } from "../system/running.ts";
import { until } from "../until.ts";
import { CuttingProxy } from "./cutter.ts";
import { freePort } from "./speaker.ts";

const QUICK = { pauseFirstMs: 1, pauseMaxMs: 5 };
/** Runs until it is stopped, in the time that any test takes. */
const BOMB = "f(n) = n < 1 ? 0 : f(n - 1) + f(n - 1); f(60)";
const LONG = { limits: { timeMs: 5000 } };
const CERTIFICATES = join(import.meta.dirname, "../transport/certificates");

let running: Running;
before(async () => {
  running = await start({ evaluators: "1", queueMs: "3000", quotaCpuMs: "0" });
});
after(() => running.close());

function dial(t: TestContext, options: Partial<ClientOptions> = {}): Client {
  const client = connect({ url: running.url, ...options, limits: { ...QUICK, ...options.limits } });
  t.after(() => client.close());
  return client;
}

async function nameOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    (result) => assert.fail(`no error but ${JSON.stringify(result)}`),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ClientError);
  return error.name;
}

test("a bomb is cancelled by its signal: the call fails by name, the server is free again, the connection goes on", async (t) => {
  const states: string[] = [];
  const client = dial(t, { session: {}, onState: ({ kind }) => states.push(kind) });
  await client.call("calc.evaluate", { expression: "det([1, 2; 3, 4])" });
  const stop = new AbortController();
  const bomb = nameOf(client.call("calc.evaluate", { expression: BOMB, ...LONG }, { signal: stop.signal }));
  const status = () => client.call("server.status");
  await until(async () => (await status()).evaluators.some(({ state }) => state === "busy"));
  stop.abort();
  assert.equal(await bomb, "cancelled");
  // It would wait too long for the worker, and be told so, if the bomb still burned.
  assert.equal((await client.call("calc.evaluate", { expression: "ans * det([1, 2; 3, 4])" })).text, "4");
  assert.equal((await client.call("history.list")).lastSeq, 2, "what was cancelled is no entry");
  assert.deepEqual(states, ["open"]);
});

test("a signal aborted before the call, while there is no connection, and after the answer", async (t) => {
  const client = dial(t);
  assert.equal(await nameOf(client.call("calc.evaluate", { expression: "1" }, { signal: AbortSignal.abort() })), "cancelled");
  const late = new AbortController();
  assert.equal((await client.call("calc.evaluate", { expression: "1 + 1" }, { signal: late.signal })).text, "2");
  late.abort();
  assert.equal((await client.call("history.list")).lastSeq, 1, "an answer stays an answer");

  const port = await freePort();
  const waiting = Promise.withResolvers<void>();
  const early = dial(t, {
    url: `tcp://127.0.0.1:${port}`,
    onState: ({ kind }) => void (kind === "waiting" && waiting.resolve()),
  });
  const stop = new AbortController();
  const call = nameOf(early.call("calc.evaluate", { expression: "x = 1" }, { signal: stop.signal }));
  await waiting.promise;
  stop.abort();
  assert.equal(await call, "cancelled");
  const other = await start({ listen: [`tcp://127.0.0.1:${port}`] });
  t.after(() => other.close());
  assert.equal((await early.call("history.list")).lastSeq, 0, "what was cancelled before it was sent is not sent");
});

test("a keyed call that is aborted between two connections is not asked again", async (t) => {
  const proxy = await CuttingProxy.to(running.port);
  t.after(() => proxy.close());
  const lost = Promise.withResolvers<void>();
  const stop = new AbortController();
  const client = dial(t, {
    url: proxy.url,
    session: {},
    onState: ({ kind }) => {
      if (kind !== "lost") return;
      stop.abort();
      lost.resolve();
    },
  });
  await client.call("calc.evaluate", { expression: "n = 1" });
  // Lets the request through, and no answer.
  proxy.cutAfter(200);
  const call = nameOf(
    client.call("calc.evaluate", { expression: BOMB, limits: { timeMs: 300 } }, { retry: true, signal: stop.signal }),
  );
  const more = client.call("calc.evaluate", { expression: "n = n + 1" }, { retry: true });
  await lost.promise;
  assert.equal(await call, "cancelled");
  assert.equal((await more).text, "2");
});

test("100,000 rows go through; progress and the server's goodbye are heard by who listens, typed", async (t) => {
  const own = await start();
  const client = dial(t, { url: own.url });
  const progress: number[] = [];
  const totals = new Set<number>();
  const stop = client.on("$/progress", ({ token, done, total }) => {
    assert.equal(token, "rows");
    progress.push(done);
    totals.add(total);
  });
  const x = Array.from({ length: 100_000 }, (_, at) => at + 0.5);
  const rows = { expression: "x * 2", columns: { x }, progress: "rows" };
  const { values, failed } = await client.call("calc.evaluateRows", rows);
  assert.deepEqual([values.length, values[99_999], failed], [100_000, 199_999, 0]);
  assert.ok(progress.length > 0 && progress.every((done, at) => done >= (progress[at - 1] ?? 0)));
  assert.deepEqual([...totals], [100_000]);
  stop();
  const heard = progress.length;
  await client.call("calc.evaluateRows", rows);
  assert.equal(progress.length, heard, "nobody listens any more");

  const closing = Promise.withResolvers<number>();
  client.on("server.closing", ({ drainMs }) => closing.resolve(drainMs));
  // @ts-expect-error there is no such event
  assert.throws(() => client.on("server.clozing", () => undefined), TypeError);
  await own.close();
  assert.equal(await closing.promise, 10_000);
});

/** A client whose connection is cut once and is open again after. */
async function cutOnce(client: Client, states: ClientState[], cut: () => void): Promise<void> {
  const opened = states.filter(({ kind }) => kind === "open").length;
  cut();
  await until(() => states.filter(({ kind }) => kind === "open").length > opened);
  await client.call("server.ping", {}, { retry: true });
}

/** Everyone who speaks is cut off by an operator, which every kind of address knows. */
async function kickAll(operator: Client): Promise<void> {
  const { principal } = await operator.call("session.info");
  const { clients } = await operator.call("admin.clients");
  for (const client of clients) {
    if (client.principal !== principal) await operator.call("admin.kick", { connection: client.connection });
  }
}

for (const kind of ["tcp", "tls", "unix"] as const) {
  test(`over ${kind}, after a lost connection: the same history, variables, settings and $1, by resume token and by token`, async (t) => {
    const desk = openDesk(t);
    const token = desk.issue("alice", "user");
    const operatorToken = desk.issue("root", "operator");
    const listen = { tcp: "tcp://127.0.0.1:0", tls: "tls://127.0.0.1:0", unix: `unix:${desk.folder}/socket` }[kind];
    const own = await start({
      listen: [listen],
      tokens: desk.tokens,
      tlsCertificate: join(CERTIFICATES, "localhost.pem"),
      tlsKey: join(CERTIFICATES, "localhost.key.pem"),
    });
    t.after(() => own.close());
    const [url = ""] = own.server.urls;
    const ca = readFileSync(join(CERTIFICATES, "authority.pem"), "utf8");
    const operator = dial(t, { url, ca, session: { token: operatorToken } });
    for (const session of [
      { number: "BigNumber" as const, precision: 20 },
      { token, number: "BigNumber" as const, precision: 20 },
    ]) {
      const states: ClientState[] = [];
      const client = dial(t, { url, ca, session, onState: (state) => states.push(state) });
      await client.call("calc.evaluate", { expression: "x = 1/3" });
      await cutOnce(client, states, () => void kickAll(operator));
      assert.equal((await client.call("calc.evaluate", { expression: "x + $1" })).text, "0.66666666666666666666");
      assert.equal((await client.call("history.list")).lastSeq, 2);
      const [first, second] = states.flatMap((state) => (state.kind === "open" ? [state.session] : []));
      assert.deepEqual([first?.principal, second?.resumed, second?.lastSeq], [second?.principal, true, 1]);
      await client.close();
    }
  });
}

const LEAVING = `
import { connect } from "${new URL("../../src/client/client.ts", import.meta.url)}";
const timers = () => process.getActiveResourcesInfo().filter((name) => /Timeout|TCP|TLS|Pipe/.test(name) && !/^(Pipe|TTY)Wrap$/.test(name));
const before = timers().length;
const client = connect({ url: process.argv[2], session: {} });
if (process.argv[3] === "open") await client.call("calc.evaluate", { expression: "1 + 1" }, { timeoutMs: 60000, retry: true });
const waits = client.call("server.ping", {}, { timeoutMs: 60000 }).catch(() => undefined);
await client.close();
await waits;
await new Promise((resolve) => setImmediate(resolve));
console.log(timers().length - before);
`;

for (const [kind, url] of [
  ["open", () => running.url],
  ["dialling", async () => `tcp://127.0.0.1:${await freePort()}`],
] as const) {
  test(`a program that closes its client, ${kind}, has no timer and no socket left, and ends`, { timeout: 60_000 }, async () => {
    const child = spawn(process.execPath, ["--input-type=module", "-", await url(), kind], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    child.stdin.end(LEAVING);
    assert.equal(await text(child.stdout), "0\n");
  });
}
