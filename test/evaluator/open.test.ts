/** The evaluator with the real jail behind it. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { ensureSnapshot } from "../../src/evaluator/snapshot.ts";
import { until } from "../until.ts";
import { lives, openAsking, options, said } from "./asking.ts";

const bomb = "f(n)=n<1?0:f(n-1)+f(n-1); f(60)";
const numbers = Array.from({ length: 200 }, (_, index) => index);

// Building leaves handles of the bundler behind for a moment; the test of `close` counts handles.
before(() => ensureSnapshot({ cacheDir: options.cacheDir }));

describe("answers", () => {
  test("values, failures and checks come as the jail gave them", async () => {
    await using asking = await openAsking();
    const { value } = await asking.ask("2+2");
    assert.deepEqual(value, { type: "number", value: 4, text: "4" });
    assert.equal(said(await asking.ask("2 +")), "syntax_error");
    assert.equal(said(await asking.ask("1:999999999999")), "memory_limit");
    const { checked } = await asking.ask("y = 2x", { kind: "check" });
    assert.deepEqual([checked?.symbols, checked?.assigns], [["x"], ["y"]]);
    const { value: third } = await asking.ask("1/3", { settings: { number: "Fraction" } });
    assert.equal(third?.type, "Fraction");
    assert.equal(said(await asking.ask('concat("abc", "def")', { resultBytesMax: 3 })), "result_too_large");
  });

  test("what an expression assigned travels with the next call, to any worker", async () => {
    await using asking = await openAsking();
    const { value } = await asking.ask("f(t) = t^2 + x");
    const text = value?.assigned?.["f"]?.text ?? assert.fail("nothing was assigned");
    const x = (await asking.ask("x = 3")).value?.assigned?.["x"]?.text ?? assert.fail("nothing was assigned");
    for (const { pid } of asking.evaluator.status().workers) process.kill(pid, "SIGKILL");
    assert.equal(said(await asking.ask("f(4)", { variables: { f: text, x } })), 19);
  });

  test("a burst is answered rightly, each client's cheap calls in their order, never before evaluate returns", async () => {
    await using asking = await openAsking();
    const order: number[] = [];
    for (const number of numbers) {
      const client = `client ${number % 2}`;
      asking.evaluator.evaluate({ client, expression: `${number}+0.5` }, ({ value }) => order.push(Number(value?.value) - 0.5));
    }
    assert.deepEqual(order, []);
    await until(() => order.length === numbers.length);
    for (const parity of [0, 1]) {
      const mine = (number: number) => number % 2 === parity;
      assert.deepEqual(order.filter(mine), numbers.filter(mine));
    }
  });
});

test("while it shall be quiet one worker is all there is, and serves; it can be closed then", async () => {
  const { promise: quiet, resolve } = Promise.withResolvers<void>();
  await using asking = await openAsking({ quiet });
  assert.equal(said(await asking.ask("2+2")), 4);
  assert.deepEqual([asking.evaluator.status().starts, asking.evaluator.layers()], [1, []]);
  resolve();
  await asking.staffed();
  await asking.evaluator.proven;
  assert.ok(asking.evaluator.layers().length > 0);
  await openAsking({ quiet: new Promise(() => undefined) }).then(({ evaluator }) => evaluator.close());
});

describe("bombs", () => {
  test("one client's time bomb is killed on its deadline; the others do not notice", async () => {
    await using asking = await openAsking();
    await asking.staffed();
    const startedMs = performance.now();
    const guilty = asking.ask(bomb, { client: "mallory" });
    const innocent = numbers.map((number) => asking.ask(`${number}+2`, { client: "alice" }));
    assert.deepEqual(
      (await Promise.all(innocent)).map(said),
      numbers.map((number) => number + 2),
    );
    const verdict = await guilty;
    assert.deepEqual(verdict.failure, { name: "time_limit", limit: { name: "timeMs", value: 250 } });
    assert.ok(performance.now() - startedMs < 5_000);
    assert.equal(asking.evaluator.status().kills["time_limit"], 1);
  });

  test("jobs that stand behind a bomb in the back lane are answered by its spare", async () => {
    await using asking = await openAsking();
    await asking.staffed();
    const guilty = asking.ask(bomb, { client: "mallory" });
    const innocent = asking.ask("sum(5:6)", { client: "alice" });
    assert.equal(said(await guilty), "time_limit");
    const { workers } = asking.evaluator.status();
    assert.ok(
      workers.some(({ lane, state }) => lane === "back" && state !== "starting"),
      "the spare took over at once",
    );
    assert.equal(said(await innocent), 11);
  });

  test("a memory bomb that gets past the guards costs its own client the answer, and nobody else", async () => {
    await using asking = await openAsking({ rssMb: 160, timeMs: 5_000 });
    await asking.staffed();
    const hoard = "h(n, a) = n < 1 ? 0 : h(n - 1, zeros(900000)) + a[1]; h(2000, [1])";
    const guilty = asking.ask(hoard, { client: "mallory" });
    assert.equal(said(await asking.ask("2+2", { client: "alice" })), 4);
    const failure = said(await guilty);
    assert.ok(failure === "memory_limit" || failure === "time_limit", String(failure));
    assert.equal(said(await asking.ask("2+2", { client: "alice" })), 4);
  });

  test("a heap that is full is the job's fault, not a crash of the engine", async () => {
    await using asking = await openAsking({ heapMb: 64, rssMb: 1_024, timeMs: 2_000 });
    await asking.staffed();
    const failure = said(await asking.ask("k(n, a) = n < 1 ? 0 : k(n - 1, bignumber(1:200000)) + a[1]; k(50, [1])"));
    assert.ok(failure === "memory_limit" || failure === "time_limit", String(failure));
  });
});

test("killing workers under load loses no answer", async () => {
  // Patient, since the machine may be crowded: deadlines are tried elsewhere.
  await using asking = await openAsking({ workers: 3, timeMs: 5_000 });
  await asking.staffed();
  const expressions = numbers.flatMap((number) => [`${number}+1`, `[${number}, 1] * [1, 1]`]);
  for (let killed = 0; killed < 4; killed += 1) {
    const verdicts = expressions.map((expression, index) => asking.ask(expression, { client: `client ${index % 5}` }));
    await verdicts[50];
    const victim = asking.evaluator.status().workers[killed % 3];
    assert.ok(victim !== undefined);
    process.kill(victim.pid, "SIGKILL");
    assert.deepEqual(
      (await Promise.all(verdicts)).map(said),
      numbers.flatMap((number) => [number + 1, number + 1]),
    );
    // A job that loses two workers is taken for what killed them.
    await asking.staffed();
  }
});

/** What keeps the event loop alive: processes, pipes, timers. */
function openHandles(): string {
  const kinds = process.getActiveResourcesInfo().filter((kind) => /Wrap|Timeout|Immediate/.test(kind));
  return kinds.sort().join();
}

describe("the end", () => {
  test("close answers what is open, kills every process and leaves no handle", async () => {
    // What the tests before this one closed may take a turn more to be gone, the bait of a proof for one.
    await until(() => !/Process|Server|Timeout|Immediate/.test(openHandles()));
    const before = openHandles();
    const { ask, evaluator, staffed } = await openAsking();
    await staffed();
    const pids = evaluator.status().workers.map(({ pid }) => pid);
    const open = [ask(bomb), ask(bomb), ask("2+2")];
    await until(() => evaluator.status().workers.some(({ lane, state }) => lane === "back" && state === "busy"));
    await Promise.all([evaluator.close(), evaluator.close()]);
    assert.deepEqual((await Promise.all(open)).slice(0, 2).map(said), ["shutting_down", "shutting_down"]);
    assert.equal(said(await ask("2+2")), "shutting_down");
    // Behind a wall the kernel may take a moment longer than the pipes.
    await until(() => !pids.some(lives));
    assert.deepEqual(evaluator.status().workers, []);
    // The runtime itself closes a handle one turn after it said so.
    await until(() => openHandles() === before);
  });

  test("when the server is killed, its jails die with it, bomb or no bomb", async () => {
    const host = spawn(process.execPath, [fileURLToPath(new URL("host.ts", import.meta.url))], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = await once(host.stdout, "data");
    const pids: number[] = JSON.parse(String(line));
    assert.equal(pids.length, 5);
    assert.deepEqual(pids.filter(lives), pids);
    host.kill("SIGKILL");
    await until(() => !pids.some(lives));
  });
});

describe("the walls", () => {
  test("which layers stand is told, and what is missing too", async () => {
    await using asking = await openAsking({ kernelTools: {} });
    const stands = Object.fromEntries((await asking.evaluator.proven).map((layer) => [layer.id, layer.stands]));
    const limited = existsSync("/usr/bin/prlimit");
    assert.deepEqual(stands, {
      L1: true,
      L2: true,
      L3: true,
      L4: true,
      L7: true,
      "L5.environment": true,
      "L5.descriptors": true,
      "L5.limits": limited,
      "L6.namespaces": false,
      "L6.files": false,
      "L6.calls": false,
    });
    const [worker] = asking.evaluator.status().workers;
    assert.equal(readFileSync(`/proc/${worker?.pid}/environ`, "utf8"), "");
  });

  test("with the jail off the limits are gone, and the report says so", async () => {
    await using asking = await openAsking({ jailMode: "off" });
    const limits = (await asking.evaluator.proven).find(({ id }) => id === "L5.limits");
    assert.equal(limits?.stands, false);
  });

  test("require refuses to start while a layer is missing", async () => {
    await assert.rejects(openAsking({ jailMode: "require", kernelTools: {} }), /layers missing: .*L6/);
  });
});

describe("the snapshot", () => {
  test("is found when it is there, and built anew, for its owner only, when it does not start", async () => {
    const good = await ensureSnapshot({ cacheDir: options.cacheDir });
    const cacheDir = mkdtempSync(join(tmpdir(), "canaduck-"));
    const blob = join(cacheDir, basename(good));
    try {
      writeFileSync(blob, readFileSync(good).subarray(0, 1_000_000), { mode: 0o644 });
      assert.equal(await ensureSnapshot({ cacheDir }), blob, "a blob of that name is taken as it is");
      await using asking = await openAsking({ cacheDir });
      assert.equal(said(await asking.ask("2+2")), 4);
      assert.deepEqual(readdirSync(cacheDir), [basename(good)], "nothing but the blob is left");
      assert.equal(statSync(blob).mode & 0o777, 0o600);
    } finally {
      rmSync(cacheDir, { recursive: true });
    }
  });
});
