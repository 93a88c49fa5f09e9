/** Whose turn it is: keys in work, appends that are not answered yet, and a scope whose calls are answered at once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Appends } from "../../src/methods/appends.ts";
import { KeyTurns } from "../../src/methods/key-turns.ts";
import { natureOf } from "../../src/methods/nature.ts";
import { Scope } from "../../src/methods/scope.ts";

test("a key has one call at a time, in the order they came, and is forgotten after the last", () => {
  const keys = new KeyTurns();
  const ran: string[] = [];
  for (const name of ["a", "b", "c"]) keys.take("k", () => ran.push(name));
  keys.take("other", () => ran.push("other"));
  assert.deepEqual(ran, ["a", "other"]);
  keys.free("k");
  assert.deepEqual(ran, ["a", "other", "b"]);
  keys.free("k");
  keys.free("k");
  keys.free("other");
  assert.deepEqual(ran, ["a", "other", "b", "c"]);
  assert.equal(keys.size, 0);
});

test("who reads entries back waits for the appends before, not for those after", () => {
  const appends = new Appends();
  const ran: string[] = [];
  appends.whenAnswered(() => ran.push("at once"));
  appends.begin();
  appends.begin();
  appends.whenAnswered(() => ran.push("after two"));
  appends.begin();
  appends.answered();
  assert.deepEqual(ran, ["at once"]);
  appends.answered();
  assert.deepEqual(ran, ["at once", "after two"]);
});

test("ten thousand waiting calls that are answered at once do not exhaust the stack", () => {
  const scope = new Scope({ variablesMax: 1, variablesBytesMax: 1 });
  const write = natureOf("x = x + 1");
  let left = 0;
  scope.enter(write, () => undefined);
  for (let i = 0; i < 10_000; i++) {
    scope.enter(write, () => {
      left += 1;
      scope.leave(write);
    });
  }
  scope.leave(write);
  assert.equal(left, 10_000);
});
