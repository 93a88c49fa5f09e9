import assert from "node:assert/strict";
import { test } from "node:test";
import { Triage } from "../../src/evaluator/triage.ts";

const makeTriage = () => new Triage({ rememberedMax: 3, rememberedPerClientMax: 2, rememberedLength: 10 });
const by = (client: string, expression: string) => ({ client, expression });

test("text that is plainly no scalar is not cheap, a check always is", () => {
  const triage = makeTriage();
  assert.equal(triage.looksCheap(by("a", "2+2")), true);
  assert.equal(triage.looksCheap(by("a", "[1,2]")), false);
  assert.equal(triage.looksCheap(by("a", '"x"')), false);
  assert.equal(triage.looksCheap({ ...by("a", "[1,2]"), kind: "check" }), true);
});

test("what was deferred is remembered, for that client only", () => {
  const triage = makeTriage();
  triage.deferred(by("a", "x+1"));
  assert.equal(triage.looksCheap(by("a", "x+1")), false);
  assert.equal(triage.looksCheap(by("b", "x+1")), true);
});

test("memory is bounded in number and in length, and one client fills its own share only", () => {
  const triage = makeTriage();
  triage.deferred(by("b", "0"));
  for (const expression of ["1", "2", "3", "4", "a long expression"]) triage.deferred(by("a", expression));
  assert.deepEqual(
    ["1", "2", "3", "4", "a long expression"].map((expression) => triage.looksCheap(by("a", expression))),
    [true, true, false, false, true],
  );
  assert.equal(triage.looksCheap(by("b", "0")), false);
  for (const client of ["c", "d"]) triage.deferred(by(client, "5"));
  assert.deepEqual(
    [triage.looksCheap(by("b", "0")), triage.looksCheap(by("d", "5"))],
    [true, false],
    "who was heard of longest ago goes",
  );
});
