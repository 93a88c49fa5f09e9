/** A jailed process that lies, floods, falls silent or dies costs itself its life, and nobody a right answer. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../until.ts";
import { type Asking, liar, lives, openAsking, said } from "./asking.ts";

const open = (changes = {}) => openAsking({ command: liar, ...changes });

const nonsense = [
  "unknown-id",
  "no-json",
  "extra-key",
  "two-kinds",
  "checked",
  "explained",
  "not-utf8",
  "deep",
  "flood",
  "complaints",
  "slowly deferred",
  "slowly unknown-id",
];

test("every kind of nonsense is killed twice over, and the innocent are answered rightly all the while", async () => {
  await using asking = await open();
  const { ask, evaluator, staffed } = asking;
  const numbers = Array.from({ length: 30 }, (_, index) => index);
  const askAll = () => numbers.map((number) => ask(`${number}+1`, { client: `client ${number % 3}` }));
  for (const misdeed of nonsense) {
    await staffed();
    const before = evaluator.status().kills["nonsense"] ?? 0;
    const early = askAll();
    // Each liar is a client of its own: a burner would not be let into the fast lane again.
    const guilty = ask(misdeed, { client: misdeed });
    const answers = await Promise.all([...early, ...askAll()]);
    const right = numbers.map((number) => number + 1);
    assert.deepEqual(answers.map(said), [...right, ...right], misdeed);
    assert.equal(said(await guilty), "engine_crashed", misdeed);
    assert.ok((evaluator.status().kills["nonsense"] ?? 0) >= before + 2, misdeed);
  }
});

test("an answer more than there were jobs: the answer stands, the process does not", async () => {
  for (const misdeed of ["twice", "chatter"]) {
    await using asking = await open();
    await asking.staffed();
    assert.equal(said(await asking.ask(misdeed)), 4);
    await until(() => asking.evaluator.status().kills["nonsense"] === 1);
    assert.equal(said(await asking.ask("2+2")), 4);
  }
});

test("who never answers, or only dribbles, meets the deadline", async () => {
  await using asking = await open({ timeMs: 100 });
  for (const misdeed of ["silence", "dribble", "slowly silence"]) {
    const verdict = await asking.ask(misdeed);
    assert.deepEqual(verdict.failure, { name: "time_limit", limit: { name: "timeMs", value: 100 } });
  }
});

test("a job has the time it asks for, up to the ceiling", async () => {
  await using asking = await open({ timeMs: 5_000, timeMsMax: 60 });
  const { failure } = await asking.ask("slowly silence", { timeMs: 9_999 });
  assert.deepEqual(failure, { name: "time_limit", limit: { name: "timeMs", value: 60 } });
});

test("a process that dies of memory tells so; one that dies otherwise is tried twice", async () => {
  await using asking = await open();
  await asking.staffed();
  assert.equal(said(await asking.ask("slowly out-of-memory")), "memory_limit");
  assert.equal(said(await asking.ask("slowly crash", { client: "bob" })), "engine_crashed");
  assert.deepEqual(asking.evaluator.status().kills, { heap_limit: 1, crashed: 2 });
});

test("descendants die with their process and hold nothing up", async () => {
  await using asking = await open();
  await asking.staffed();
  const groups = asking.evaluator.status().workers.map(({ pid }) => pid);
  assert.equal(said(await asking.ask("offspring")), "engine_crashed");
  await until(() => !groups.some((group) => groupLives(group) && !lives(group)));
  assert.equal(said(await asking.ask("2+2")), 4);
});

/** True while any process of the group exists. */
function groupLives(group: number): boolean {
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}

test("a claim of a year of work is believed up to what the job was allowed", async () => {
  await using asking = await open();
  assert.equal((await asking.ask("dear")).us, 250_000);
});

test("after a deferral the same expression does not try the fast lane again", async () => {
  await using asking = await open();
  await asking.staffed();
  const jobs = () => asking.evaluator.status().workers.find(({ lane }) => lane === "fast")?.jobs;
  assert.equal(said(await asking.ask("matrix 5")), 5);
  assert.equal(jobs(), 1);
  assert.equal(said(await asking.ask("matrix 5")), 5);
  assert.equal(jobs(), 1);
});

test("the line of one client does not hold up another", async () => {
  await using asking = await open();
  const order: string[] = [];
  const line = Array.from({ length: 1_000 }, async (_, index) => {
    await asking.ask(`${index}+0`, { client: "a" });
    order.push("a");
  });
  await asking.ask("1+1", { client: "b" });
  const before = order.length;
  await Promise.all(line);
  assert.ok(before < 400, `${before} of the other client's were answered first`);
});

test("one client cannot hold every slow worker", async () => {
  await using asking = await open({ workers: 3, timeMs: 5_000 });
  await asking.staffed();
  for (const client of ["mallory", "alice"]) await trust(asking, client);
  for (let index = 0; index < 9; index += 1) void asking.ask("slowly silence", { client: "mallory" });
  const busy = () => asking.evaluator.status().workers.filter(({ lane, state }) => lane === "slow" && state === "busy").length;
  await until(() => busy() > 0);
  assert.equal(busy(), 1);
  assert.equal(said(await asking.ask("matrix 5", { client: "alice" })), 5);
  assert.deepEqual(asking.evaluator.status().kills, {});
});

/** Three values in a row, and the slow lane is open to the client. */
async function trust({ ask }: Asking, client: string): Promise<void> {
  for (const number of [1, 2, 3]) assert.equal(said(await ask(`matrix ${number}`, { client })), number);
}

test("a full queue refuses by name and says when to come again; the others are served", async () => {
  await using asking = await open({ queueMax: 5, queuePerClientMax: 3 });
  const verdicts = await Promise.all(["a", "a", "a", "a", "b", "b", "b"].map((client) => asking.ask("1+1", { client })));
  assert.deepEqual(verdicts.map(said), [2, 2, 2, "server_busy", 2, 2, "server_busy"]);
  const [byClient, byAll] = verdicts.flatMap(({ failure }) => failure ?? []);
  assert.deepEqual(byClient?.limit, { name: "queuePerClientMax", value: 3 });
  assert.deepEqual(byAll?.limit, { name: "queueMax", value: 5 });
  assert.ok(byAll !== undefined && "retryAfterMs" in byAll && Number(byAll.retryAfterMs) > 0);
});

test("who waits too long is told that nothing was evaluated", async () => {
  await using asking = await open({ queueMs: 50, timeMs: 2_000 });
  await asking.staffed();
  const bomb = asking.ask("slowly silence");
  const waiting = await asking.ask("slowly silence");
  assert.deepEqual(waiting, { failure: { name: "request_timeout", limit: { name: "queueMs", value: 50 } }, us: 0 });
  assert.equal(said(await bomb), "time_limit");
});

test("cancelling answers once, whether the job waits or runs", async () => {
  await using asking = await open({ timeMs: 150 });
  await asking.staffed();
  const verdicts: unknown[] = [];
  const request = { client: "a", expression: "slowly silence" };
  const [running, waiting] = [0, 1].map(() => asking.evaluator.evaluate(request, (verdict) => verdicts.push(said(verdict))));
  await until(() => asking.evaluator.status().queued === 1);
  assert.deepEqual(verdicts, [], "nothing is answered before it is cancelled");
  for (const cancel of [running, waiting, running, waiting]) cancel?.();
  assert.deepEqual(verdicts, ["cancelled", "cancelled"]);
  await until(() => asking.evaluator.status().kills["time_limit"] === 1);
  assert.equal(said(await asking.ask("matrix 5")), 5);
  assert.equal(verdicts.length, 2);
});

test("a listener that throws does not cost the others their answers", async () => {
  const messages: string[] = [];
  await using asking = await open({ log: (_level: string, message: string) => messages.push(message) });
  asking.evaluator.evaluate({ client: "a", expression: "1+1" }, () => {
    throw new Error("a bug");
  });
  assert.equal(said(await asking.ask("2+2")), 4);
  assert.ok(messages.includes("a listener for a verdict threw"));
});

test("a program that cannot be a jail is given up, and leaves nothing", async () => {
  for (const command of [["/bin/false"], ["/no/such/program"], ["/bin/cat"]]) {
    await assert.rejects(openAsking({ command }), /no jailed process can be started/);
  }
});
