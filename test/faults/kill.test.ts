/** A slice of `npm run faults -- kill`: evaluators die under load, and every call has its own right answer or a name to retry by. */
import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { test } from "node:test";
import { formatKilled, killAndCount } from "./kill.ts";

const SECONDS = 6;
const RIGHT_SHARE_MIN = 0.999;

test("killing evaluators at random costs no answer, and never gives one client another's", async (t) => {
  const seed = randomInt(2 ** 31);
  t.diagnostic(`seed ${seed}`);
  const killed = await killAndCount({ seed, seconds: SECONDS });
  t.diagnostic(formatKilled(killed));
  assert.deepEqual(killed.wrong, [], `seed ${seed}`);
  assert.ok(killed.kills > 0 && killed.calls > 100, "something was tried");
  assert.ok(killed.right >= RIGHT_SHARE_MIN * killed.calls, `${killed.right} of ${killed.calls} right, seed ${seed}`);
});
