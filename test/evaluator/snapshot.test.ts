/** The snapshot stays as small as it was made: its size is memory of every evaluator, and time of every start. */
import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { test } from "node:test";
import { ensureSnapshot } from "../../src/evaluator/snapshot.ts";
import { options } from "./asking.ts";

/** 16.8 today; 21.5 with the names of converters and a prototype for every function, 19.1 with the names alone. */
const SNAPSHOT_MB_MAX = 18;

test("the snapshot holds no names and no prototypes that nobody reads", async () => {
  const { size } = await stat(await ensureSnapshot(options));
  assert.ok(size < SNAPSHOT_MB_MAX * 1_000_000, `${size} bytes`);
});
