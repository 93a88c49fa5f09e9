/** What is kept while nothing is asked, and that nobody pays for it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../until.ts";
import { type Asking, lives, openAsking, said } from "./asking.ts";

const lanesOf = ({ evaluator }: Asking) =>
  evaluator
    .status()
    .workers.map(({ lane }) => lane)
    .toSorted();

/** So many were started, and two are left. */
const still = (asking: Asking, starts: number) =>
  until(() => asking.evaluator.status().starts >= starts && lanesOf(asking).join() === "fast,slow");

test("while nothing is asked two processes stay, and the first call brings the others back", async () => {
  await using asking = await openAsking({ sparesKeptMs: 300 });
  const { evaluator } = asking;
  await still(asking, 5);
  const { starts, workers } = evaluator.status();
  const asked = asking.ask("2 + 3");
  assert.equal(evaluator.status().starts, starts, "nobody is started before the call is on its way");
  assert.equal(said(await asked), 5);
  await still(asking, starts + 3);
  assert.equal(evaluator.status().starts, starts + 3);
  assert.deepEqual(
    evaluator.status().workers.map(({ pid }) => lives(pid)),
    workers.map(() => true),
  );
  assert.deepEqual(Object.keys(evaluator.status().kills), ["retired"]);
});

test("who is answered from memory keeps whom there is, and wakes nobody", async () => {
  await using asking = await openAsking({ sparesKeptMs: 300 });
  const { evaluator } = asking;
  await still(asking, 5);
  const { starts } = evaluator.status();
  const endMs = performance.now() + 400;
  await until(() => {
    evaluator.keepWarm();
    return performance.now() > endMs;
  });
  assert.deepEqual([lanesOf(asking).join(), evaluator.status().starts], ["fast,slow", starts]);
  assert.equal(said(await asking.ask("2 + 3")), 5);
  const untilMs = performance.now() + 1_000;
  await until(() => {
    evaluator.keepWarm();
    return performance.now() > untilMs && lanesOf(asking).length === 5;
  });
  await still(asking, starts + 3);
});

test("who was killed while nothing was asked is replaced", async () => {
  await using asking = await openAsking({ sparesKeptMs: 300 });
  const pids = () => asking.evaluator.status().workers.map(({ pid }) => pid);
  await still(asking, 5);
  const [victim = 0] = pids();
  process.kill(victim, "SIGKILL");
  await until(() => pids().length === 2 && !pids().includes(victim));
  assert.equal(said(await asking.ask("2 + 3")), 5);
});

test("a bomb after a still time costs nobody else an answer", async () => {
  await using asking = await openAsking({ sparesKeptMs: 300 });
  await still(asking, 5);
  const bomb = asking.ask("sum(map(1:1000000, f(x) = sum(1:x)))", { client: "mallory" });
  const others = Array.from({ length: 200 }, (_, at) =>
    asking.ask(at % 2 ? `${at} + 1` : `det([${at}, 1; 0, 1])`, { client: `c${at % 9}` }),
  );
  const said200 = (await Promise.all(others)).map(said);
  assert.deepEqual(
    said200,
    Array.from({ length: 200 }, (_, at) => (at % 2 ? at + 1 : at)),
  );
  assert.equal(said(await bomb), "time_limit");
});
