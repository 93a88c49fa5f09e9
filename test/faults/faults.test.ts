/** Short slices of the runs in this folder; each runs longer by itself. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { drainOnce } from "./drains.ts";
import { witnessFloods } from "./flood.ts";
import { IDLE_BYTES_MAX, measureIdle } from "./idle.ts";

test("five stops under load lose no accepted call and end cleanly", async () => {
  for (const replies of [1, 40, 150, 300, 600]) assert.ok((await drainOnce(replies)).answered >= replies);
});

test("a thousand idle connections that spoke once cost no more than they may", async () => {
  const bytes = await measureIdle(1_000, true);
  assert.ok(bytes <= IDLE_BYTES_MAX, `${Math.round(bytes)} bytes each`);
});

test("an honest client is answered rightly through floods of connections, garbage and batches, and in time", async () => {
  const { idle, ...floods } = await witnessFloods(2);
  assert.equal(idle.wrong, 0);
  for (const [kind, { wrong, calls, p50 }] of Object.entries(floods)) {
    assert.equal(wrong, 0, kind);
    assert.ok(calls >= 5, kind);
    // Not a measure: without turns for all, one peer's garbage alone makes this hundreds of times idle.
    assert.ok(p50 <= 100 * Math.max(idle.p50, 2), `${kind}: ${p50} ms, idle ${idle.p50} ms`);
  }
});
