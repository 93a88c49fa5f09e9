/** The pauses between attempts: bounded, growing, spread. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { explain, pauseMs } from "../../src/client/reconnect.ts";

const LIMITS = { pauseFirstMs: 100, pauseMaxMs: 2000, connectMs: 1000 };

test("a pause lies between half and the whole of the doubling delay, and never above the cap", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100_000 }),
      fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      (attempt, dice) => {
        const whole = Math.min(2000, 100 * 2 ** Math.min(attempt - 1, 20));
        const pause = pauseMs(attempt, LIMITS, () => dice);
        assert.ok(pause >= whole / 2 && pause <= whole);
      },
    ),
  );
});

test("the first pauses by numbers", () => {
  const pauses = [1, 2, 3, 4, 5, 6, 7].map((attempt) => pauseMs(attempt, LIMITS, () => 0.5));
  assert.deepEqual(pauses, [75, 150, 300, 600, 1200, 1500, 1500]);
});

test("a socket error is told in words, an unknown one by its code", () => {
  assert.equal(
    explain(Object.assign(new Error("connect ECONNREFUSED 1.2.3.4:5"), { code: "ECONNREFUSED" })),
    "connection refused",
  );
  assert.equal(explain(Object.assign(new Error("x"), { code: "EWHATEVER" })), "EWHATEVER");
  assert.equal(explain(new Error("no answer")), "no answer");
});
