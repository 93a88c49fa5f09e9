/**
 * A slice of `npm run faults -- fairness`. The promise is half as much again as the quiet p99, under three; so short a run on a machine that others use
 * tells tenfold from hundredfold, which is what it was before those who burn had a lane of their own.
 */
import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { test } from "node:test";
import { formatFairness, measureFairness } from "./fairness.ts";

const RATIO_MAX = 20;
const ATTACKERS = 8;

for (const reconnecting of [false, true]) {
  const how = reconnecting ? "each bomb on a new connection" : "on eight connections";
  test(`honest clients hardly notice bombs without pause, ${how}`, async (t) => {
    const seed = randomInt(2 ** 31);
    const fair = await measureFairness({ seed, rounds: 1, phaseMs: 2_500, attackers: ATTACKERS, reconnecting });
    t.diagnostic(`seed ${seed}\n${formatFairness(fair)}`);
    assert.ok(fair.bombs >= ATTACKERS);
    for (const { idle, attacked, ratio } of [fair.scalar, fair.matrix, fair.slow]) {
      assert.deepEqual([idle.failed, attacked.failed], [0, 0], `seed ${seed}`);
      assert.ok(ratio < RATIO_MAX, `seed ${seed}: ${ratio}`);
    }
  });
}
