/** Short slices of the runs in this folder; each runs longer by itself. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { drainOnce } from "./drains.ts";
import { formatFloods, measureFloods } from "./flood.ts";
import { IDLE_BYTES_MAX, measureIdle } from "./idle.ts";

/** Not the promise: so short a run on a machine that others use tells a collapse, not a ratio. */
const MEDIAN_RATIO_MAX = 100;
const MEDIAN_FLOOR_MS = 2;

test("five stops under load lose no accepted call and end cleanly", async () => {
  for (const replies of [1, 40, 150, 300, 600]) assert.ok((await drainOnce(replies)).answered >= replies);
});

test("idle connections that calculated once cost no more than they may, beside a thousand others", async () => {
  const bytes = await measureIdle(2_000, "after a calculation", 1_000);
  assert.ok(bytes <= IDLE_BYTES_MAX, `${Math.round(bytes)} bytes each`);
});

test("honest clients are answered rightly, and in time, beside connections, garbage, batches and rows without end", async (t) => {
  const floods = ["connections", "garbage", "batches", "rows"] as const;
  const all = await measureFloods({ floods, witnesses: ["scalar"], rounds: 1, phaseMs: 2_000 });
  t.diagnostic(formatFloods(all));
  for (const { flood, idle, flooded, poured } of all) {
    assert.ok(poured > 0, `${flood}: nothing was poured`);
    assert.deepEqual([idle.failed, flooded.failed], [0, 0], flood);
    assert.ok(flooded.p50Ms <= MEDIAN_RATIO_MAX * Math.max(idle.p50Ms, MEDIAN_FLOOR_MS), `${flood}: ${flooded.p50Ms} ms`);
  }
});
