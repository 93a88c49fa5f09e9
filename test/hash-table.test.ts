/** The table for what comes and goes holds what a `Map` holds, whatever the order of the steps. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { HashTable, KEY_LENGTH_MAX } from "../src/hash-table.ts";

/** Times this, modulo 2^32, the table's factor is 1: multiples of it are spread to 0, 1, 2, …, which have one place in any table of up to 16,384. */
const INVERSE = 0xe8b2f51;

/** Few keys, so that they come again. */
const keys = fc.oneof(
  fc.integer({ min: 0, max: 40 }),
  fc.integer({ min: 0, max: 40 }).map((n) => Math.imul(n, INVERSE) >>> 0),
  fc.integer({ min: 0, max: 999_999_999 }),
  fc.constantFrom("a", "b", "ab", "ba", "", '"1"', "0.5", "-1"),
);
const steps = fc.array(
  fc.oneof(
    fc.record({ does: fc.constant("set" as const), key: keys, value: fc.integer() }),
    fc.record({ does: fc.constant("delete" as const), key: keys }),
    fc.record({ does: fc.constant("get" as const), key: keys }),
  ),
  { maxLength: 200 },
);

test("it answers as a Map does, step by step", () => {
  fc.assert(
    fc.property(steps, (list) => {
      const table = new HashTable<string | number, number>();
      const map = new Map<string | number, number>();
      for (const step of list) {
        if (step.does === "set") {
          table.set(step.key, step.value);
          map.set(step.key, step.value);
        } else if (step.does === "delete") assert.equal(table.delete(step.key), map.delete(step.key));
        assert.equal(table.get(step.key), map.get(step.key));
        assert.equal(table.has(step.key), map.has(step.key));
        assert.equal(table.size, map.size);
      }
      const byNumber = (a: number, b: number) => a - b;
      assert.deepEqual(table.values().toSorted(byNumber), [...map.values()].toSorted(byNumber));
      for (const [key, value] of map) assert.equal(table.get(key), value);
    }),
    { numRuns: 2_000 },
  );
});

test("a key that was replaced counts once", () => {
  const table = new HashTable<string, number>();
  for (let n = 0; n < 100; n += 1) table.set("same", n);
  assert.equal(table.size, 1);
  assert.deepEqual(table.values(), [99]);
});

test("a key that would take long to read again and again is refused", () => {
  const table = new HashTable<string, number>();
  table.set("k".repeat(KEY_LENGTH_MAX), 1);
  assert.throws(() => table.set("k".repeat(KEY_LENGTH_MAX + 1), 1), /keys of the table are short/);
});
