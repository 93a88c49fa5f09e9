import assert from "node:assert/strict";
import { test } from "node:test";
import { Triage } from "../../src/evaluator/triage.ts";

const makeTriage = () => new Triage({ rememberedMax: 2, rememberedLength: 10, burnerMs: 1_000 });
const by = (client: string, expression: string) => ({ client, expression });

test("text that is plainly no scalar begins in the slow lane, a check never does", () => {
  const triage = makeTriage();
  assert.equal(triage.lane(by("a", "2+2"), 0), "fast");
  assert.equal(triage.lane(by("a", "[1,2]"), 0), "slow");
  assert.equal(triage.lane(by("a", '"x"'), 0), "slow");
  assert.equal(triage.lane({ ...by("a", "[1,2]"), kind: "check" }, 0), "fast");
});

test("what was deferred is remembered, for that client only", () => {
  const triage = makeTriage();
  triage.deferred(by("a", "x+1"));
  assert.equal(triage.lane(by("a", "x+1"), 0), "slow");
  assert.equal(triage.lane(by("b", "x+1"), 0), "fast");
});

test("memory is bounded in number and in length", () => {
  const triage = makeTriage();
  for (const expression of ["1", "2", "3", "a long expression"]) triage.deferred(by("a", expression));
  assert.deepEqual(
    ["1", "2", "3", "a long expression"].map((expression) => triage.lane(by("a", expression), 0)),
    ["fast", "slow", "slow", "fast"],
  );
});

test("a burner stays out of the fast lane for a while, and is then forgiven", () => {
  const triage = makeTriage();
  triage.burned("a", 0);
  assert.equal(triage.lane(by("a", "2+2"), 999), "slow");
  assert.equal(triage.lane(by("b", "2+2"), 999), "fast");
  assert.equal(triage.lane(by("a", "2+2"), 1_001), "fast");
});
