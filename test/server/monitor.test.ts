/** Metrics and health as a scraper and a balancer see them: over HTTP, of a real server. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { type TestContext, test } from "node:test";
import { Access } from "../../src/access/access.ts";
import { evaluatorOptions } from "../../src/cli/serve.ts";
import { readConfig } from "../../src/config.ts";
import { openEvaluator } from "../../src/evaluator/open.ts";
import { historyDefaults } from "../../src/history/history.ts";
import { openMemory } from "../../src/history/memory.ts";
import { openLog } from "../../src/log.ts";
import { METHOD_NAMES } from "../../src/schema.ts";
import { openMetrics } from "../../src/server/metrics.ts";
import { openServer } from "../../src/server/server.ts";
import { Sessions } from "../../src/server/sessions.ts";
import { Line, NO_TOKENS, start } from "../system/running.ts";
import { until } from "../until.ts";
import { openHouse } from "./house.ts";

const MONITORED = { metrics: "127.0.0.1:0" };

async function serve(t: TestContext, settings: Record<string, unknown> = {}) {
  const running = await start({ ...MONITORED, ...settings });
  t.after(() => running.close());
  return { ...running, url: running.server.monitorUrl ?? assert.fail("no monitor") };
}

async function ask(url: string, path: string, options: { method?: string; headers?: Record<string, string> } = {}) {
  const asked = request(`${url}${path}`, { agent: false, ...options });
  asked.end();
  const [response] = await once(asked, "response");
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

/** Samples by their name and labels, as they are written. */
async function scrape(url: string): Promise<Map<string, number>> {
  const { body } = await ask(url, "/metrics");
  const lines = body.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]));
}

/** A call of a method that is not there. */
function unknown(method: string): string {
  return `${JSON.stringify({ jsonrpc: "2.0", id: method, method, params: { [method]: 1 } })}\n`;
}

/** Scrapes until the sample has the value; what is counted at a close comes a moment after it. */
async function reads(url: string, sample: string, value: number): Promise<void> {
  await until(async () => (await scrape(url)).get(sample) === value);
}

test("calls are counted by method and outcome, with their durations", async (t) => {
  const { url, port } = await serve(t);
  const line = await Line.to(port);
  t.after(() => line.close());
  for (const expression of ["1 + 1", "2 + 2", "nope + 1"]) await line.calc(expression);
  await line.call("server.ping");
  line.send(`${unknown("no.such")}${unknown("another.such")}`);
  await line.lines(2);
  await line.call("server.ping", { wrong: 1 });
  const samples = await scrape(url);
  const count = (method: string, outcome: string) =>
    samples.get(`canaduck_call_duration_seconds_count{method="${method}",outcome="${outcome}"}`);
  assert.deepEqual(
    [
      count("calc.evaluate", "ok"),
      count("calc.evaluate", "unknown_symbol"),
      count("server.ping", "ok"),
      count("server.ping", "invalid_params"),
      count("other", "method_not_found"),
    ],
    [2, 1, 1, 1, 2],
  );
  const all = samples.get('canaduck_call_duration_seconds_bucket{method="calc.evaluate",outcome="ok",le="+Inf"}');
  assert.equal(all, 2);
  const buckets = [...samples].filter(([name]) =>
    name.startsWith('canaduck_call_duration_seconds_bucket{method="calc.evaluate",outcome="ok"'),
  );
  assert.ok(buckets.length > 10);
  for (const [at, [name, value]] of buckets.entries()) assert.ok(value >= (buckets[at - 1]?.[1] ?? 0), name);
  assert.ok((samples.get('canaduck_call_duration_seconds_sum{method="calc.evaluate",outcome="ok"}') ?? 0) > 0);
  assert.equal(samples.get("canaduck_calls_in_flight"), 0);
  // The history commits what was evaluated, failures included.
  assert.equal(samples.get('canaduck_history_append_duration_seconds_count{outcome="stored"}'), 3);
  assert.equal(samples.get("canaduck_history_appends_waiting"), 0);
  assert.equal(samples.get('canaduck_memo_lookups_total{outcome="miss"}'), 3);
  assert.equal(samples.get('canaduck_memo_lookups_total{outcome="hit"}'), 0);
});

test("a peer cannot make the metrics grow", async (t) => {
  const { url, port } = await serve(t);
  const line = await Line.to(port);
  t.after(() => line.close());
  for (let i = 0; i < 200; i++) line.send(unknown(`made.up${i}`));
  await line.lines(200);
  const { body } = await ask(url, "/metrics");
  assert.doesNotMatch(body, /made|name1/);
  const methods = new Set([...body.matchAll(/method="([^"]*)"/g)].map(([, name]) => name ?? ""));
  assert.deepEqual([...methods], ["other"]);
  assert.ok(!METHOD_NAMES.includes("other"));
});

test("connections, bytes and refused frames are counted, also of those that are gone", async (t) => {
  const { url, port } = await serve(t);
  const json = await Line.to(port);
  await json.call("server.ping");
  const person = await Line.to(port);
  person.send("1 + 1\n");
  assert.equal(await person.next(), "= 2");
  let samples = await scrape(url);
  assert.equal(samples.get('canaduck_connections_open{dialect="json"}'), 1);
  assert.equal(samples.get('canaduck_connections_open{dialect="text"}'), 1);
  const received = samples.get("canaduck_received_bytes_total") ?? 0;
  assert.equal(received, json.socket.bytesWritten + person.socket.bytesWritten);
  assert.equal(samples.get("canaduck_sent_bytes_total"), json.socket.bytesRead + person.socket.bytesRead);
  json.send("{\n[]\n{}\n");
  await json.lines(3);
  json.send(Buffer.from([0xff, 0x0a]));
  await json.next();
  json.send(`{"a":"${"x".repeat(70_000)}"}\n`);
  await json.next();
  const stranger = await Line.to(port);
  stranger.send("GET / HTTP/1.1\r\n\r\n");
  await stranger.rest();
  for (const line of [json, person, stranger]) line.socket.end();
  await until(async () => ![...(await scrape(url)).keys()].some((name) => name.startsWith("canaduck_connections_open")));
  samples = await scrape(url);
  for (const reason of ["parse_error", "overlong", "invalid-utf8", "http"]) {
    assert.equal(samples.get(`canaduck_frames_refused_total{reason="${reason}"}`), 1, reason);
  }
  assert.equal(samples.get('canaduck_frames_refused_total{reason="invalid_request"}'), 2);
  assert.ok((samples.get("canaduck_received_bytes_total") ?? 0) > received + 70_000);
});

test("evaluators are counted: the living by lane and state, starts, and ends by reason", async (t) => {
  const { url, port } = await serve(t);
  const line = await Line.to(port);
  t.after(() => line.close());
  const { error } = await line.calc("g(n) = n < 1 ? 0 : g(n - 1) + g(n - 1); g(60)");
  assert.equal(error.data.name, "time_limit");
  await reads(url, 'canaduck_evaluator_kills_total{reason="time_limit"}', 1);
  await reads(url, 'canaduck_jail_layer_stands{layer="L3"}', 1);
  const samples = await scrape(url);
  assert.ok((samples.get("canaduck_evaluator_starts_total") ?? 0) >= 3);
  const workers = [...samples].filter(([name]) => name.startsWith("canaduck_evaluator_workers{"));
  assert.ok(workers.some(([name, value]) => name.includes('lane="fast"') && value === 1));
  assert.equal(samples.get("canaduck_evaluator_queue_length"), 0);
  assert.ok((samples.get("process_resident_memory_bytes") ?? 0) > 1e7);
  assert.ok((samples.get("process_cpu_seconds_total") ?? 0) > 0);
});

test("what waits in whichever lane is counted, and so is a call refused for its quota", async (t) => {
  const { url, port } = await serve(t, { evaluateMs: "1000", quotaCpuMs: "400", quotaWindowMs: "600000" });
  const line = await Line.to(port);
  t.after(() => line.close());
  const ask = (id: number, expression: string) =>
    `${JSON.stringify({ jsonrpc: "2.0", id, method: "calc.evaluate", params: { expression, record: false } })}\n`;
  // Long work that assigns nothing, so that it waits for an evaluator and not for a turn; a few are with one already.
  line.send(Array.from({ length: 60 }, (_, id) => ask(id, `sum(sqrt(1:500000)) + ${id}`)).join(""));
  await until(async () => ((await scrape(url)).get("canaduck_evaluator_queue_length") ?? 0) >= 10);
  for (const text of await line.lines(60)) assert.ok(text !== undefined);
  line.send(ask(99, "1 + 1"));
  const sample = 'canaduck_call_duration_seconds_count{method="calc.evaluate",outcome="quota_exceeded"}';
  await until(async () => ((await scrape(url)).get(sample) ?? 0) >= 1);
  await reads(url, "canaduck_evaluator_queue_length", 0);
});

test("an evaluator that somebody else killed is counted under a reason of its own", async (t) => {
  const house = await openHouse();
  t.after(house.close);
  const { evaluator } = house.house;
  const [worker] = evaluator.status().workers;
  process.kill(worker?.pid ?? assert.fail("nobody works"), "SIGKILL");
  await until(() => evaluator.status().kills["killed"] === 1);
  const { render } = openMetrics(house.desk, new Sessions(house.desk));
  assert.match(await render(), /canaduck_evaluator_kills_total\{reason="killed"\} 1\n/);
});

test("only GET of three paths is answered with 200", async (t) => {
  const { url } = await serve(t);
  const health = await ask(url, "/healthz?x=1");
  assert.deepEqual([health.status, health.body], [200, "alive\n"]);
  const ready = await ask(url, "/readyz");
  assert.deepEqual([ready.status, ready.body], [200, "ready\n"]);
  const metrics = await ask(url, "/metrics", { headers: { Host: "localhost:1", Origin: "http://evil.example" } });
  assert.equal(metrics.status, 200);
  assert.match(metrics.headers["content-type"] ?? "", /^text\/plain; version=0\.0\.4/);
  assert.equal(metrics.headers["access-control-allow-origin"], undefined);
  for (const path of ["/", "/metrics/", "/admin"]) assert.equal((await ask(url, path)).status, 404, path);
  for (const method of ["POST", "PUT", "HEAD", "OPTIONS", "DELETE"]) {
    const refused = await ask(url, "/metrics", { method });
    assert.deepEqual([refused.status, refused.headers.allow], [405, "GET"], method);
  }
});

test("a web page whose name leads to this machine learns nothing, unless metrics are public", async (t) => {
  const { url } = await serve(t);
  for (const Host of ["evil.example", "evil.example:9464", "127.0.0.1.evil.example", "192.0.2.1", "localhost.evil.example"]) {
    for (const path of ["/metrics", "/healthz", "/readyz"]) {
      const { status, body } = await ask(url, path, { headers: { Host } });
      assert.deepEqual([status, /canaduck_|alive|ready/.test(body)], [421, false], Host);
    }
  }
  for (const Host of ["LOCALHOST", "127.0.0.1:80", "[::1]:80"])
    assert.equal((await ask(url, "/healthz", { headers: { Host } })).status, 200, Host);
  const open = await serve(t, { metricsPublic: "yes" });
  assert.equal((await ask(open.url, "/healthz", { headers: { Host: "metrics.example" } })).status, 200);
});

test("what is no request, too long, or one too many is shown the door", async (t) => {
  const { url } = await serve(t);
  const { port } = new URL(url);
  const say = async (bytes: string) => {
    const socket = connect(Number(port), "127.0.0.1");
    socket.write(bytes);
    return (await text(socket)).split("\r\n")[0];
  };
  assert.equal(await say("hello\r\n\r\n"), "HTTP/1.1 400 Bad Request");
  assert.equal(
    await say(`GET /metrics HTTP/1.1\r\nX: ${"x".repeat(9000)}\r\n\r\n`),
    "HTTP/1.1 431 Request Header Fields Too Large",
  );
  assert.equal(await say("GET /healthz HTTP/1.0\r\n\r\n"), "HTTP/1.1 200 OK");
  const idle = Array.from({ length: 32 }, () => connect(Number(port), "127.0.0.1"));
  await Promise.all(idle.map((socket) => once(socket, "connect")));
  const oneMore = connect(Number(port), "127.0.0.1");
  oneMore.on("error", () => undefined);
  await once(oneMore, "close");
  for (const socket of idle) socket.destroy();
});

test("an address that others can reach needs the flag", async (t) => {
  for (const metrics of ["0.0.0.0:0", "[::]:0", "example.org:0", "127.0.0.1.example.org:0"]) {
    await assert.rejects(start({ metrics }), /is not a loopback address; --metrics-public yes allows it/);
  }
  const { server } = await serve(t, { metrics: "0.0.0.0:0", metricsPublic: "yes" });
  assert.match(server.monitorUrl ?? "", /^http:\/\/0\.0\.0\.0:\d+$/);
});

test("without the setting nothing listens", async (t) => {
  const running = await start();
  t.after(() => running.close());
  assert.equal(running.server.monitorUrl, undefined);
});

/** A server on parts that the test can take away from it. */
async function serveOn(t: TestContext, limits: { storeBytesMax?: number } = {}) {
  const config = readConfig({
    flags: { listen: ["tcp://127.0.0.1:0"], history: "memory:", logLevel: "silent", tokens: NO_TOKENS, ...MONITORED },
    env: {},
  });
  const log = openLog("silent");
  const history = openMemory({ ...historyDefaults, ...limits });
  const evaluator = await openEvaluator(evaluatorOptions(config, log));
  const server = await openServer(config, log, { history, evaluator, access: new Access(config) });
  t.after(() => server.close());
  return { server, history, evaluator, url: server.monitorUrl ?? "", port: Number(new URL(server.urls[0] ?? "").port) };
}

test("not ready: no evaluator", async (t) => {
  const { evaluator, url } = await serveOn(t);
  assert.equal((await ask(url, "/readyz")).status, 200);
  await evaluator.close();
  const { status, body } = await ask(url, "/readyz");
  assert.deepEqual([status, body], [503, "not ready: no evaluator is ready\n"]);
  assert.equal((await ask(url, "/healthz")).status, 200);
});

test("not ready: a history that cannot be written", async (t) => {
  const { history, url } = await serveOn(t);
  await history.close();
  const { status, body } = await ask(url, "/readyz");
  assert.deepEqual([status, body], [503, "not ready: the history cannot be written: closed\n"]);
});

test("not ready while it drains, alive to the end", async (t) => {
  const { server, url, port } = await serveOn(t);
  const line = await Line.to(port);
  line.send(
    '{"jsonrpc":"2.0","id":1,"method":"calc.evaluate","params":{"expression":"g(n) = n < 1 ? 0 : g(n - 1) + g(n - 1); g(60)"}}\n',
  );
  await until(async () => (await scrape(url)).get("canaduck_calls_in_flight") === 1);
  const closing = server.close();
  const [ready, alive] = await Promise.all([ask(url, "/readyz"), ask(url, "/healthz")]);
  assert.deepEqual([ready.status, ready.body, alive.status], [503, "not ready: draining\n", 200]);
  assert.match((await line.next()) ?? "", /server\.closing/);
  assert.match((await line.next()) ?? "", /time_limit/);
  await closing;
  await assert.rejects(ask(url, "/healthz"));
});
