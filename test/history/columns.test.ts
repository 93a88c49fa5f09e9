/** Writes come out of their columns as they went in, after they were cloned as a message to a thread is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addWrite, foldAnswers, noWrites, unfoldAnswers, writesOf } from "../../src/history/sqlite-columns.ts";

const entry = fc.record(
  {
    at: fc.nat(),
    expression: fc.string({ unit: "binary" }),
    outcome: fc.string(),
    summary: fc.string(),
    failed: fc.boolean(),
    elapsedUs: fc.nat(),
  },
  { noNullPrototype: true },
);
const keyed = fc.tuple(entry, fc.string(), fc.string()).map(([plain, key, requestHash]) => ({ ...plain, key, requestHash }));
const ledger = fc.constantFrom({ id: "a", resumeHash: "x" }, { id: "b", resumeHash: "y" }, { id: "a", resumeHash: "z" });
const write = fc.oneof(
  fc.record({ ledger, at: fc.nat() }, { noNullPrototype: true }),
  fc.tuple(ledger, fc.oneof(entry, keyed)).map(([of, one]) => ({ ledger: of, at: one.at, entry: one })),
);

test("what goes into columns comes out of them", () => {
  fc.assert(
    fc.property(fc.array(write), (writes) => {
      const columns = noWrites();
      for (const one of writes) addWrite(columns, one.ledger, one.at, "entry" in one ? one.entry : undefined);
      assert.deepEqual(writesOf(structuredClone(columns)), writes);
    }),
  );
});

test("what neighbours have in common is sent once, and what nobody has not at all", () => {
  const columns = noWrites();
  const plain = { at: 1, expression: "1", outcome: "{}", summary: "1", failed: false, elapsedUs: 3 };
  for (let i = 0; i < 64; i++) addWrite(columns, { id: "a", resumeHash: "x" }, 1, plain);
  const { id, resumeHash, count, keeps, failed, keyed: places } = columns;
  assert.deepEqual(
    { id, resumeHash, count, keeps, failed, places },
    { id: ["a"], resumeHash: ["x"], count: [64], keeps: [], failed: [], places: [] },
  );
});

test("answers come out as they went in, and those that follow one another are one", () => {
  const refused = fc.constantFrom({ kind: "full" as const }, { kind: "conflict" as const, seq: 3 });
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(4), refused)), (answers) => {
      const told = answers.map((answer) => (typeof answer === "number" ? { kind: "stored", seq: answer } : answer));
      assert.deepEqual(unfoldAnswers(structuredClone(foldAnswers(answers))), told);
    }),
  );
  assert.deepEqual(foldAnswers([7, 8, 9, { kind: "full" }, 10, 0, 11]), [
    { first: 7, count: 3 },
    { kind: "full" },
    { first: 10, count: 1 },
    { first: 0, count: 1 },
    { first: 11, count: 1 },
  ]);
});
