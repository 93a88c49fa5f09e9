import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LineReader } from "../../src/evaluator/line-reader.ts";

test("the lines are the same however the bytes are cut", () => {
  const lines = fc.array(fc.string({ unit: "grapheme", maxLength: 20 }).map((line) => line.replaceAll("\n", "")));
  fc.assert(
    fc.property(lines, fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), (written, sizes) => {
      const bytes = Buffer.from(written.map((line) => `${line}\n`).join(""));
      const reader = new LineReader();
      const read: string[] = [];
      for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
        const size = sizes[turn % sizes.length] ?? 1;
        read.push(...(reader.read(bytes.subarray(at, at + size), 1_000) ?? assert.fail("honest lines were refused")));
        at += size;
      }
      assert.deepEqual(read, written);
      assert.equal(reader.inLine, false);
    }),
  );
});

test("a line that does not end is refused before it is kept", () => {
  const reader = new LineReader();
  assert.deepEqual(reader.read(Buffer.alloc(60, 0x20), 100), []);
  assert.equal(reader.inLine, true);
  assert.equal(reader.read(Buffer.alloc(60, 0x20), 100), undefined);
});

test("a line over the bound is refused though it ends", () => {
  const reader = new LineReader();
  assert.deepEqual(reader.read(Buffer.alloc(60, 0x20), 100), []);
  assert.equal(reader.read(Buffer.from(`${" ".repeat(50)}\n`), 100), undefined);
});

test("bytes that are no UTF-8 never become text", () => {
  assert.equal(new LineReader().read(Buffer.from([0x22, 0xff, 0x22, 0x0a]), 100), undefined);
});
