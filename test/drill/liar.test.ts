/**
 * A liar among honest clients: an evaluator as it serves, whose processes take probes for this test only. Whatever a probe
 * does to the pipe, nobody else is answered wrongly, and it cannot burden its client beyond what that one asked for.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeConfinement } from "../../src/evaluator/confine.ts";
import type { Verdict } from "../../src/evaluator/evaluator.ts";
import { Flow } from "../../src/evaluator/flow.ts";
import { ensureSnapshot } from "../../src/evaluator/snapshot.ts";
import { openAsking, options, said } from "../evaluator/asking.ts";

const LIES = ["pipe-next", "pipe-other", "pipe-earlier", "pipe-unknown", "pipe-twice", "pipe-greeting", "pipe-huge"];
const LIE_MS = 200;

async function openFlow(): Promise<Flow> {
  const [confinement, blob] = await Promise.all([
    makeConfinement({ mode: "prefer", heapMb: options.heapMb, rssMb: options.rssMb }),
    ensureSnapshot({ cacheDir: options.cacheDir }),
  ]);
  const { nodesMax, depthMax, elementsMax, resultBytesMax, cacheDir, rssMb, log, sparesKeptMs } = options;
  const start = { nodesMax, depthMax, elementsMax, resultBytesMax };
  const limits = { startMs: 30_000, rssMb, resultBytesMax, fastMs: 100, jobsMax: 200_000, rssSoftMb: rssMb };
  const supervisor = {
    workers: 2,
    confinement,
    cacheDir,
    blob,
    start,
    limits,
    log,
    sparesKeptMs,
    died: () => undefined,
    probe: true,
  };
  const standing = { penalMs: 1_000, burnPercent: 100, burstUs: 60_000_000, rememberedMax: 100 };
  const flow = new Flow({ ...options, windowMax: 128, standing, supervisor });
  await flow.open();
  flow.fill();
  return flow;
}

test("a process that lies answers nobody but its own client", async () => {
  const flow = await openFlow();
  const ask = (client: string, request: object): Promise<Verdict> =>
    new Promise((resolve) => flow.evaluate({ client, expression: "", timeMs: 5_000, ...request }, resolve));
  try {
    for (const lie of LIES) {
      const lying = ask("mallory", { expression: lie, kind: "probe", timeMs: LIE_MS });
      // The next in order: were ids counted, the liar would know this one.
      const next = ask("victim", { expression: "sum(0:4) - 2" });
      assert.equal(said(await next), 8, lie);
      // A matrix goes the way of the probe, to the same worker, one job at a time.
      const honest = Array.from({ length: 6 }, (_, index) => ask(`honest ${index}`, { expression: `[${index}, 1] * [1, 1]` }));
      const guilty = await lying;
      assert.deepEqual((await Promise.all(honest)).map(said), [1, 2, 3, 4, 5, 6], lie);
      assert.ok(
        [666, "engine_crashed", "time_limit"].some((end) => end === said(guilty)),
        String(said(guilty)),
      );
      assert.equal(said(await ask("alice", { expression: "sum(0:4) - 2" })), 8, lie);
    }
    const { nonsense = 0 } = flow.status().kills;
    assert.ok(nonsense >= LIES.length, `${nonsense} lies were seen`);
    // Claims a year of work, and never speaks again: whose job comes next may lose its time, but meets no lie.
    assert.equal((await ask("mallory", { expression: "pipe-year", kind: "probe", timeMs: LIE_MS })).us, LIE_MS * 1_000);
    const next = said(await ask("alice", { expression: "sum(0:4) - 2", timeMs: LIE_MS }));
    assert.ok(next === 8 || next === "time_limit", String(next));
    assert.equal(said(await ask("alice", { expression: "sum(0:4) - 2" })), 8);
  } finally {
    await flow.close();
  }
});

test("a process that serves takes no probe: asking for one breaks the contract, and ends it", async () => {
  await using asking = await openAsking();
  assert.equal(said(await asking.ask("file-passwords", { kind: "probe" })), "engine_crashed");
  assert.equal(said(await asking.ask("2+2")), 4);
});
