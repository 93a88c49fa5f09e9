/**
 * The encoding that is hashed: every field counts, fields cannot flow into each other, and it stays as it is for ever.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { entryHash, genesis, settled } from "../../src/history/chain.ts";
import { makeEntry } from "./fixture.ts";

test("the hash of a known entry is the one that files out there hold", () => {
  const entry = makeEntry("2+2", { key: "k", requestHash: "r" });
  assert.equal(entryHash(genesis, "ledger", 1, entry), "f566ee50a69855ca61f4685d2f830a6b0740f31c4d8ba02ce4caf4e27d0f179c");
  assert.equal(
    entryHash(genesis, "ledger", 1, makeEntry("2+2")),
    "6b726ff46f35ba3bd578f92d09fdc1e4819e945a1cce93f9bbfd4062fdb84033",
  );
});

test("every field changes the hash, the predecessor's hash and the ledger's id too", () => {
  const entry = makeEntry("2+2", { key: "k", requestHash: "r" });
  const changed = [
    { at: 1 },
    { expression: "2" },
    { outcome: "2" },
    { summary: "2" },
    { failed: true },
    { elapsedUs: 1 },
    { key: "l" },
    { requestHash: "s" },
  ].map((change) => entryHash(genesis, "ledger", 1, { ...entry, ...change }));
  const all = [
    ...changed,
    entryHash(genesis, "ledger", 1, entry),
    entryHash("1".repeat(64), "ledger", 1, entry),
    entryHash(genesis, "other", 1, entry),
    entryHash(genesis, "ledger", 2, entry),
    entryHash(genesis, "ledger", 1, makeEntry("2+2")),
  ];
  assert.equal(new Set(all).size, all.length);
});

test("texts cannot flow from one field into the next", () => {
  const part = fc.string({ unit: fc.constantFrom('"', ",", "\\", "a", "\0") });
  fc.assert(
    fc.property(part, part, part, part, (a, b, c, d) => {
      fc.pre(a !== c || b !== d);
      const hash = (outcome: string, summary: string) => entryHash(genesis, "l", 1, makeEntry("", { outcome, summary }));
      assert.notEqual(hash(a, b), hash(c, d));
    }),
  );
});

test("settled changes nothing that a database can hold", () => {
  const entry = makeEntry("😀\0", { key: "k", requestHash: "r" });
  assert.deepEqual(settled(entry), entry);
});
