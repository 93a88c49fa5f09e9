import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Remainder, reuse } from "../../src/protocol/remainder.ts";

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

test("storage that was let go serves the next long frame, and whoever held it holds it no more", () => {
  const [one, other] = [new Remainder(), new Remainder()];
  one.append(Buffer.alloc(200_000, "a"));
  const storage = one.view().buffer;
  one.append(Buffer.alloc(200_000, "a"));
  assert.notEqual(one.view().buffer, storage);
  other.append(Buffer.alloc(200_000, "b"));
  assert.equal(other.view().buffer, storage);
  assert.ok(one.view().equals(Buffer.alloc(400_000, "a")));
  const taken = one.take();
  one.append(Buffer.alloc(400_000, "c"));
  assert.ok(taken.equals(Buffer.alloc(400_000, "a")), "what was handed over is nobody else's");
});

test("storage that was handed over serves another when it is given back, once", () => {
  const fill = (letter: string) => {
    const remainder = new Remainder();
    remainder.append(Buffer.alloc(6_000_000, letter));
    return remainder.take();
  };
  const first = fill("a");
  reuse(first);
  const second = fill("b");
  assert.equal(second.buffer, first.buffer);
  reuse(second);
  reuse(second);
  const [third, fourth] = [fill("c"), fill("d")];
  assert.equal(third.buffer, first.buffer);
  assert.notEqual(fourth.buffer, first.buffer);
  assert.ok(third.equals(Buffer.alloc(6_000_000, "c")));
});

test("storage of somebody else is nothing to be given back", () => {
  const own = Buffer.allocUnsafeSlow(131_072);
  reuse(own);
  const remainder = new Remainder();
  remainder.append(Buffer.alloc(100_000));
  assert.notEqual(remainder.take().buffer, own.buffer);
});
