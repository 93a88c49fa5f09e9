import assert from "node:assert/strict";
import { test } from "node:test";
import { Triage } from "../../src/evaluator/triage.ts";

const makeTriage = () => new Triage({ rememberedMax: 3, rememberedPerClientMax: 2, rememberedLength: 10 });
const by = (client: string, expression: string) => ({ client, expression });

test("text that is plainly dear is not cheap, a check always is", () => {
  const triage = makeTriage();
  for (const expression of ["2+2", "[1,2]", "a long expression"]) assert.equal(triage.looksCheap(by("a", expression)), true);
  assert.equal(triage.looksCheap(by("a", "[1,2,3,4,5]")), false, "a long list");
  assert.equal(triage.looksCheap(by("a", '"x"')), false);
  assert.equal(triage.looksCheap({ ...by("a", '"x"'), kind: "check" }), true);
  assert.equal(triage.looksCheap({ ...by("a", "2+2"), kind: "rows" }), false);
});

test("what was deferred is remembered by its form, for that client only", () => {
  const triage = makeTriage();
  triage.deferred(by("a", "ones(10)"));
  assert.equal(triage.looksCheap(by("a", "ones(10)")), false);
  assert.equal(triage.looksCheap(by("a", "ones(765)")), false);
  assert.equal(triage.looksCheap(by("a", "sum(10)")), true);
  assert.equal(triage.looksCheap(by("b", "ones(10)")), true);
});

test("memory is bounded in number and in length, and one client fills its own share only", () => {
  const triage = makeTriage();
  triage.deferred(by("b", "z"));
  for (const expression of ["v", "w", "x", "y", "a long expression"]) triage.deferred(by("a", expression));
  assert.deepEqual(
    ["v", "w", "x", "y", "a long expression"].map((expression) => triage.looksCheap(by("a", expression))),
    [true, true, false, false, true],
  );
  assert.equal(triage.looksCheap(by("b", "z")), false);
  for (const client of ["c", "d"]) triage.deferred(by(client, "u"));
  assert.deepEqual(
    [triage.looksCheap(by("b", "z")), triage.looksCheap(by("d", "u"))],
    [true, false],
    "who was heard of longest ago goes",
  );
});
