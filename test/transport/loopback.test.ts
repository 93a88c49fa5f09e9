/** Which addresses only this machine can reach: judged by the numbers, however they are written. */
import assert from "node:assert/strict";
import { isIP } from "node:net";
import { test } from "node:test";
import fc from "fast-check";
import { isLoopback } from "../../src/transport/loopback.ts";

test("of IPv4 it is 127.0.0.0/8 and nothing else", () => {
  const near = fc.constantFrom(0, 126, 127, 128, 255);
  fc.assert(
    fc.property(fc.oneof(near, fc.nat(255)), fc.nat(255), fc.nat(255), fc.nat(255), (...bytes) => {
      const ip = bytes.join(".");
      assert.equal(isLoopback(ip), bytes[0] === 127);
      assert.equal(isLoopback(`::ffff:${ip}`), bytes[0] === 127);
      assert.equal(isLoopback(`::${ip}`), false);
    }),
  );
});

/** The groups as people may write them: full, in capitals, with the longest run of zeros left out. */
function spellings(groups: number[]): string[] {
  const hex = groups.map((group) => group.toString(16));
  const long = groups.map((group) => group.toString(16).padStart(4, "0").toUpperCase());
  const short = hex.join(":").replace(/(^|:)0(:0)+(:|$)/, "::");
  return [hex.join(":"), long.join(":"), short].filter((ip) => isIP(ip) === 6);
}

test("of IPv6 it is ::1 and the mapped 127.0.0.0/8, in every spelling", () => {
  const group = fc.oneof(fc.constantFrom(0, 1, 0xffff, 0x7f00, 0x7f01, 0x7fff, 0x8000), fc.nat(0xffff));
  fc.assert(
    fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), fc.nat(8), (some, zeros) => {
      const groups = some.map((value, index) => (index < zeros ? 0 : value));
      const [, , , , , sixth = 0, seventh = 0, eighth] = groups;
      const isFirst = (count: number) => groups.slice(0, count).every((value) => value === 0);
      const expected = (isFirst(7) && eighth === 1) || (isFirst(5) && sixth === 0xffff && seventh >> 8 === 127);
      for (const ip of spellings(groups)) assert.equal(isLoopback(ip), expected, ip);
    }),
    { numRuns: 2000 },
  );
  for (const tail of [0x0001, 0xffff]) {
    for (const ip of spellings([0, 0, 0, 0, 0, 0xffff, 0x7f00, tail])) assert.equal(isLoopback(ip), true, ip);
  }
});

test("what is no address, or has a zone, or is every address, is not loopback", () => {
  for (const text of ["localhost", "", "127.1", "0x7f.0.0.1", "2130706433", "::1%lo", "0.0.0.0", "::", "fe80::1%eth0", "[::1]"]) {
    assert.equal(isLoopback(text), false, text);
  }
  fc.assert(fc.property(fc.string(), (text) => assert.equal(isIP(text) !== 0 || !isLoopback(text), true)));
});
