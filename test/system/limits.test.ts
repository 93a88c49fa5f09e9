/**
 * Every limit of `schemas/config.json` has a test that hits it. Those that need nothing but a server are hit here; the table
 * names where the others are. A limit without a row fails, and so does a row whose test is not there.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { SETTINGS } from "../../src/protocol/generated/settings.ts";
import { until } from "../until.ts";
import { Line, withServer } from "./running.ts";

const root = new URL("../../", import.meta.url);

/** By setting: the file of the test that hits it, and words of its title or its body. */
const HIT: Readonly<Record<string, readonly [file: string, words: string]>> = {
  evaluators: ["test/system/limits.test.ts", "evaluators says how many jailed processes serve"],
  frameBytesMax: ["test/system/limits.test.ts", "a line over frameBytesMax"],
  rowsFrameBytesMax: ["test/system/limits.test.ts", "a line of rows over rowsFrameBytesMax"],
  rowsBytesMax: ["test/system/limits.test.ts", "rowsBytesMax is shared"],
  rowsMax: ["test/system/rows.test.ts", '"rowsMax"'],
  rowsNamesMax: ["test/system/limits.test.ts", "rowsNamesMax and rowsMax bound"],
  rowsMs: ["test/system/rows.test.ts", '"rowsMs"'],
  pointsMax: ["test/system/rows.test.ts", '"pointsMax"'],
  replyBytesMax: ["test/system/limits.test.ts", "replies over replyBytesMax"],
  messageDepthMax: ["test/system/limits.test.ts", "messageDepthMax"],
  expressionBytesMax: ["test/system/limits.test.ts", "expressionBytesMax"],
  depthMax: ["test/system/limits.test.ts", "depthMax"],
  nodesMax: ["test/system/limits.test.ts", "nodesMax"],
  elementsMax: ["test/system/limits.test.ts", "elementsMax"],
  evaluateMs: ["test/system/limits.test.ts", "timeMs: BOMB"],
  heapMb: ["test/evaluator/open.test.ts", "a heap that is full"],
  rssMb: ["test/evaluator/kernel.test.ts", "hoard"],
  resultBytesMax: ["test/system/limits.test.ts", "resultBytesMax"],
  variablesMax: ["test/system/limits.test.ts", "variablesMax"],
  scopeWatchersMax: ["test/system/changes.test.ts", '"scopeWatchersMax"'],
  scopeChangesMax: ["test/system/changes.test.ts", "more than scopeChangesMax"],
  variablesBytesMax: ["test/system/limits.test.ts", "variablesBytesMax"],
  tracesMax: ["test/methods/tracing.test.ts", '"tracesMax"'],
  callsInFlightMax: ["test/system/pressure.test.ts", "call slots were all taken"],
  batchMax: ["test/system/limits.test.ts", "batchMax"],
  outputBytesSoftMax: ["test/system/pressure.test.ts", "output was over its soft limit"],
  outputBytesHardMax: ["test/system/limits.test.ts", "outputBytesHardMax cuts"],
  outputSoftMs: ["test/system/pressure.test.ts", "who never reads is cut after a while"],
  frameMs: ["test/system/limits.test.ts", "frameMs ends a peer"],
  idleMs: ["test/system/limits.test.ts", "idleMs ends a peer"],
  refusedFramesMax: ["test/server/patience.test.ts", "over refusedFramesMax"],
  refusedPauseMs: ["test/server/patience.test.ts", "no longer than refusedPauseMs"],
  connectionsMax: ["test/system/limits.test.ts", "connectionsMax closes"],
  connectionsPerAddressMax: ["test/transport/crowd.test.ts", "connectionsPerAddressMax"],
  anonymousKeptMs: ["test/methods/principal.test.ts", "anonymousKeptMs"],
  principalsKeptMax: ["test/methods/principal.test.ts", "principalsKeptMax"],
  queueMax: ["test/system/limits.test.ts", "queueMax"],
  queuePerClientMax: ["test/system/limits.test.ts", "queuePerClientMax"],
  queueMs: ["test/system/pressure.test.ts", '"queueMs"'],
  memoEntriesMax: ["test/methods/memo.test.ts", "memoEntriesMax 0"],
  appendsMax: ["test/history/contract.ts", "appendsMax"],
  historyBytesMax: ["test/system/storage.test.ts", "historyBytesMax ends what all"],
  historyBytesPerClientMax: ["test/system/storage.test.ts", "historyBytesPerClientMax ends what one"],
  penalMs: ["test/evaluator/standing.test.ts", "penalMs"],
  sparesKeptMs: ["test/evaluator/stillness.test.ts", "sparesKeptMs"],
  burnPercent: ["test/evaluator/standing.test.ts", "burnPercent"],
  quotaCpuMs: ["test/system/quota.test.ts", "quotaCpuMs"],
  quotaWindowMs: ["test/system/quota.test.ts", "quotaWindowMs"],
  drainMs: ["test/system/pressure.test.ts", "what cannot be finished is told so"],
  slowCallMs: ["test/log.test.ts", "slow calls without end"],
  tlsHandshakeMs: ["test/transport/tls.test.ts", "tlsHandshakeMs"],
  tokenFailuresPerAddressMax: ["test/system/throttling.test.ts", '"tokenFailuresPerAddressMax"'],
  tokenFailuresMax: ["test/system/throttling.test.ts", '"tokenFailuresMax"'],
  tokenFailuresMs: ["test/access/attempts.test.ts", "tokenFailuresMs"],
  userExpressionBytesMax: ["test/system/access.test.ts", "userExpressionBytesMax"],
  userResultBytesMax: ["test/system/access.test.ts", "userResultBytesMax"],
  userCallsInFlightMax: ["test/system/access.test.ts", "userCallsInFlightMax"],
  userQuotaCpuMs: ["test/system/quota.test.ts", "userQuotaCpuMs"],
  evaluateMsCeiling: ["test/system/access.test.ts", "evaluateMsCeiling"],
};

const limits = Object.entries(SETTINGS).filter(([, { kind }]) => kind === "integer");

test("every limit has a row, and every row a test that is there", () => {
  const named = limits.map(([name]) => name);
  assert.deepEqual(
    named.filter((name) => !(name in HIT)),
    [],
    "a limit without a test that hits it",
  );
  assert.deepEqual(
    Object.keys(HIT).filter((name) => !named.includes(name)),
    [],
    "a row without a limit",
  );
  for (const [name, [file, words]] of Object.entries(HIT)) {
    const found = readFileSync(new URL(file, root), "utf8").split(words).length - 1;
    // The table itself is in this file: its own words do not count.
    const own = file === "test/system/limits.test.ts" ? (words === name ? 2 : 1) : 0;
    assert.ok(found > own, `${name}: ${file} does not say ${words}`);
  }
});

/** Settings that limit nobody, with what they are; and those that are told under another name. */
const UNTOLD: Readonly<Record<string, string>> = {
  evaluators: "how many processes serve",
  slowCallMs: "when a call is worth a line in the log",
  penalMs: "how long who burns works behind the others",
  burnPercent: "who burns",
  sparesKeptMs: "when spare processes are given back",
  memoEntriesMax: "how much is remembered; nobody is refused for it",
  userExpressionBytesMax: "expressionBytesMax of who has the role",
  userResultBytesMax: "resultBytesMax of who has the role",
  userCallsInFlightMax: "callsInFlightMax of who has the role",
  userQuotaCpuMs: "quotaCpuMs of who has the role",
};

test("every limit is announced, or is none", () => {
  const silent = limits.filter(([, row]) => !row.announced).map(([name]) => name);
  assert.deepEqual(silent.sort(), Object.keys(UNTOLD).sort());
});

test("server.info tells the limits that are announced, as they are set", () =>
  withServer({ frameBytesMax: "2048" }, async (line) => {
    const { result } = await line.call("server.info");
    const announced = limits.filter(([, row]) => row.announced).map(([name]) => name);
    assert.deepEqual(Object.keys(result.limits).sort(), announced.sort());
    assert.equal(result.limits["frameBytesMax"], 2048);
  }));

const BOMB = "g(n) = n < 1 ? 0 : g(n - 1) + g(n - 1); g(60)";

test("limits of one expression are told by name", () => {
  const settings = {
    expressionBytesMax: "300",
    depthMax: "10",
    nodesMax: "20",
    elementsMax: "400",
    resultBytesMax: "256",
    variablesMax: "2",
  };
  return withServer(settings, async (line) => {
    const met: Record<string, string> = {
      expressionBytesMax: `${"1".repeat(301)}`,
      depthMax: `${"(".repeat(12)}1${")".repeat(12)}`,
      nodesMax: `1${"+1".repeat(20)}`,
      elementsMax: "zeros(401)",
      resultBytesMax: `concat("${"a".repeat(200)}", "${"b".repeat(60)}")`,
      timeMs: BOMB,
      variablesMax: "a = 1; b = 2; c = 3",
    };
    for (const [name, expression] of Object.entries(met)) {
      const { error } = await line.calc(expression, { record: false });
      assert.equal(error?.data.limit?.name, name, expression);
    }
  });
});

test("variables larger than variablesBytesMax together are not kept", () =>
  withServer({ variablesBytesMax: "1024" }, async (line) => {
    const { error } = await line.calc(`a = "${"x".repeat(1100)}"; 1`);
    assert.deepEqual([error.data.name, error.data.limit?.name], ["memory_limit", "variablesBytesMax"]);
  }));

test("a line over frameBytesMax, a batch over batchMax, a message over messageDepthMax are told by name", () =>
  withServer({ frameBytesMax: "1024", batchMax: "2", messageDepthMax: "8" }, async (line) => {
    const ping = '{"jsonrpc":"2.0","id":1,"method":"server.ping"}';
    line.send(`${" ".repeat(1024)}${ping}\n[${ping},${ping},${ping}]\n${"[".repeat(20)}${"]".repeat(20)}\n`);
    const names = (await line.lines(3)).map((text) => JSON.parse(text ?? "").error.data.limit.name);
    assert.deepEqual(names, ["frameBytesMax", "batchMax", "messageDepthMax"]);
  }));

const rowsLine = (numbers: number, id = 1) =>
  `${JSON.stringify({ jsonrpc: "2.0", id, method: "calc.evaluateRows", params: ["x", { x: Array(numbers).fill(1) }] })}\n`;

test("a line of rows over rowsFrameBytesMax is told so, and what only looks like one has the usual limit", () =>
  withServer({ frameBytesMax: "1024", rowsFrameBytesMax: "10000" }, async (line) => {
    line.send(rowsLine(4_000) + rowsLine(6_000));
    assert.equal(JSON.parse((await line.next()) ?? "").error?.data.limit.name ?? "values", "rowsFrameBytesMax");
    assert.equal(JSON.parse((await line.next()) ?? "").result.values.length, 4_000);
    const other = rowsLine(4_000, 9).replace(/\}\n$/, ',"method":"calc.evaluate"}\n');
    line.send(other);
    const { id, error } = JSON.parse((await line.next()) ?? "");
    assert.deepEqual([id, error.data.name, error.data.limit.name], [9, "request_too_large", "frameBytesMax"]);
  }));

test("rowsNamesMax and rowsMax bound what a long line is made of, before it is parsed", () =>
  withServer({ frameBytesMax: "1024", rowsMax: "500" }, async (line) => {
    const ask = (params: unknown) => line.call("calc.evaluateRows", params);
    const rows = Array.from({ length: 500 }, (_, at) => ({ x: at, y: 1 }));
    assert.equal((await ask({ expression: "x + y", rows })).result.values.length, 500);
    const names = await ask({ expression: "x", rows: rows.map((_, at) => ({ [`x${at}`]: 1 })) });
    assert.deepEqual([names.error.data.name, names.error.data.limit?.name], ["request_too_large", "rowsNamesMax"]);
    const lists = await ask({ expression: "x", rows: Array.from({ length: 5_000 }, () => []) });
    assert.deepEqual([lists.error.data.name, lists.error.data.limit?.name], ["request_too_large", "rowsMax"]);
    const text = "x".repeat(1_100);
    for (const params of [
      { expression: text },
      { expression: "x", rows: [{ x: text }] },
      { expression: "x", columns: { x: text } },
    ]) {
      const { error } = await ask(params);
      assert.deepEqual([error.data.name, error.data.limit?.name], ["request_too_large", "frameBytesMax"]);
    }
    assert.deepEqual((await ask({ expression: "size(x)", columns: { x: [text] } })).result.values[0], [1_100]);
  }));

test("rowsBytesMax is shared: what does not fit beside what is there is told to come later, and room is given back", () =>
  withServer({ rowsBytesMax: "65536", frameBytesMax: "1024" }, async (line, running) => {
    const columns = { x: Array(9_000).fill(1) };
    const { error } = await line.call("calc.evaluateRows", { expression: "x", columns });
    assert.deepEqual([error.data.name, error.data.limit?.name, error.data.retryable], ["server_busy", "rowsBytesMax", true]);
    const other = await Line.to(running.port);
    // Whoever hears the answer to the ping knows that the half line behind it was read.
    other.send(`{"jsonrpc":"2.0","id":0,"method":"server.ping"}\n${rowsLine(30_000).slice(0, 50_000)}`);
    await other.next();
    const ask = () => line.call("calc.evaluateRows", { expression: "x", columns: { x: Array(5_000).fill(1) } });
    let reply = await ask();
    while (reply.error === undefined) reply = await ask();
    assert.equal(reply.error.data.limit?.name, "rowsBytesMax");
    other.socket.resetAndDestroy();
    while (reply.error !== undefined) reply = await ask();
    assert.equal(reply.result.values.length, 5_000);
  }));

test("replies over replyBytesMax are errors under their ids, alone and in a batch, and a seq is told", () =>
  withServer({ replyBytesMax: "4096" }, async (line) => {
    const alone = await line.calc("1:1500");
    assert.deepEqual([alone.error.data.name, alone.error.data.limit?.name], ["response_too_large", "replyBytesMax"]);
    assert.equal(alone.error.data.seq, 1);
    const item = (id: number) => ({ jsonrpc: "2.0", id, method: "calc.evaluate", params: ["1:300"] });
    line.send(`${JSON.stringify([item(1), item(2), item(3), { jsonrpc: "2.0", id: 4 }])}\n`);
    const replies = JSON.parse((await line.next()) ?? "").sort((a: { id: number }, b: { id: number }) => a.id - b.id);
    const said = replies.map(({ result, error }: { result?: object; error?: { data: { name: string } } }) =>
      result === undefined ? error?.data.name : "result",
    );
    assert.equal(replies.length, 4);
    assert.ok(said.includes("result") && said.includes("batch_response_too_large"), said.join());
    assert.equal((await line.call("history.list", { limit: 1 })).result.lastSeq, 4);
  }));

for (const name of ["queuePerClientMax", "queueMax"]) {
  test(`${name} refuses by name what comes at once and finds no place`, () =>
    withServer({ [name]: "3" }, async (line) => {
      // Matrices begin in the lane that takes one job at a time; those of one packet are queued before any leaves.
      const ask = (id: number) =>
        `${JSON.stringify({ jsonrpc: "2.0", id, method: "calc.evaluate", params: { expression: `[${id}]`, record: false } })}\n`;
      line.send(Array.from({ length: 8 }, (_, id) => ask(id)).join(""));
      const replies = (await line.lines(8)).map((text) => JSON.parse(text ?? ""));
      const met = replies.flatMap(({ error }) => error?.data.limit?.name ?? []);
      assert.ok(met.length >= 1 && met.every((one) => one === name), met.join());
    }));
}

test("outputBytesHardMax cuts who does not read at once, and nobody else", () =>
  withServer({ outputBytesHardMax: "4096", outputBytesSoftMax: "4096", callsInFlightMax: "4096" }, async (line, running) => {
    const deaf = await Line.to(running.port);
    deaf.socket.pause();
    const ask = `${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "rpc.discover" })}\n`;
    await until(() => {
      deaf.send(ask.repeat(100));
      return deaf.socket.closed;
    });
    assert.equal((await line.calc("2 + 2")).result.value, 4);
  }));

test("frameMs ends a peer that writes a byte now and then, idleMs ends a peer that says nothing", async () => {
  await withServer({ frameMs: "500" }, async (line, running) => {
    const slow = await Line.to(running.port);
    const writing = setInterval(() => slow.send("{"), 200).unref();
    assert.equal(await slow.next(), undefined);
    clearInterval(writing);
    assert.equal((await line.calc("2 + 2")).result.value, 4);
  });
  await withServer({ idleMs: "1000" }, async (line) => {
    assert.equal((await line.calc("2 + 2")).result.value, 4);
    assert.equal(await line.next(), undefined);
  });
});

test("connectionsMax closes who is one too many", () =>
  withServer({ connectionsMax: "2" }, async (line, running) => {
    await line.call("server.ping");
    const second = await Line.to(running.port);
    await second.call("server.ping");
    const third = await Line.to(running.port);
    assert.equal(await third.next(), undefined);
    assert.equal((await second.call("server.ping")).id, 1);
    second.close();
  }));

test("evaluators says how many jailed processes serve", () =>
  withServer({ evaluators: "3" }, async (line) => {
    assert.equal((await line.calc("det(resize([1, 2; 3, 4], [2, 2]))")).result.text, "-2");
  }));
