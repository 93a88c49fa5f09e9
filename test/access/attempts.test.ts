/** Wrong tokens are counted by address and in all, forgotten in time, and never take more memory than their limit. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Attempts } from "../../src/access/attempts.ts";

const LIMITS = { tokenFailuresPerAddressMax: 3, tokenFailuresMax: 8, tokenFailuresMs: 100 };

test("it agrees with counting by hand, whatever comes in which order", () => {
  const step = fc.record({ address: fc.nat({ max: 5 }).map((n) => `192.0.2.${n}`), laterMs: fc.nat({ max: 60 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const attempts = new Attempts(LIMITS);
      const failures: { address: string; atMs: number }[] = [];
      let nowMs = 0;
      for (const { address, laterMs } of steps) {
        nowMs += laterMs;
        const recent = failures.filter(({ atMs }) => atMs + 100 > nowMs);
        const here = recent.filter((failure) => failure.address === address);
        const throttled = attempts.throttled(address, nowMs);
        const due = here.length >= 3 ? here[0] : recent.length >= 8 ? recent[0] : undefined;
        assert.equal(throttled?.retryAfterMs, due && due.atMs + 100 - nowMs);
        assert.ok(attempts.size <= 8);
        if (throttled !== undefined) continue;
        attempts.failed(address, nowMs);
        failures.push({ address, atMs: nowMs });
      }
    }),
  );
});

test("after the time it tells, and not before, a token is looked at again", () => {
  const attempts = new Attempts(LIMITS);
  for (const atMs of [0, 10, 20]) attempts.failed("192.0.2.1", atMs);
  assert.equal(attempts.throttled("192.0.2.2", 50), undefined);
  const { retryAfterMs = 0, name } = attempts.throttled("192.0.2.1", 50) ?? {};
  assert.deepEqual([retryAfterMs, name], [50, "tokenFailuresPerAddressMax"]);
  assert.ok(attempts.throttled("192.0.2.1", 99));
  assert.equal(attempts.throttled("192.0.2.1", 100), undefined);
});

const SAME: [string, string][] = [
  ["2001:db8::1", "2001:0DB8:0:0:ffff::2"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["fe80::1%eth0", "fe80::2"],
  ["::1", "::2"],
];
for (const [one, other] of SAME) {
  test(`${one} and ${other} count as one`, () => {
    const attempts = new Attempts(LIMITS);
    for (const address of [one, other, one]) attempts.failed(address, 0);
    assert.ok(attempts.throttled(other, 1));
    assert.equal(attempts.throttled("2001:db8:1:3::", 1), undefined);
  });
}
