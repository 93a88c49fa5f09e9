import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Remainder } from "../../src/protocol/remainder.ts";

test("property: holds what was appended, in storage of at most twice the size", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 20 }), (pieces) => {
      const remainder = new Remainder();
      let length = 0;
      for (const piece of pieces) {
        remainder.append(Buffer.from(piece));
        length += piece.length;
        assert.equal(remainder.length, length);
        assert.ok(remainder.capacity <= Math.max(512, 2 * length));
      }
      assert.deepEqual(remainder.view(), Buffer.concat(pieces));
    }),
  );
});

test("a million single bytes move the storage at most 12 times", () => {
  const remainder = new Remainder();
  const storages = new Set<ArrayBufferLike>();
  const byte = Buffer.from("x");
  for (let count = 0; count < 1_000_000; count++) {
    remainder.append(byte);
    storages.add(remainder.view().buffer);
    assert.ok(storages.size <= 12, `${storages.size} storages for ${count} bytes`);
  }
  assert.equal(remainder.length, 1_000_000);
});

test("a long frame's storage is let go when it has ended", () => {
  const remainder = new Remainder();
  remainder.append(Buffer.alloc(100_000));
  remainder.clear();
  assert.equal(remainder.length, 0);
  assert.equal(remainder.capacity, 0);
});
