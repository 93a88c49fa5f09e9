import assert from "node:assert/strict";
import { test } from "node:test";
import { ALLOWED, DENIED, FAMILIES, isUnsafeName } from "../../src/jail/allowlist.ts";
import { makeEngine } from "../../src/jail/engine.ts";
import { failureOf } from "./asking.ts";

const engine = makeEngine(
  (text, parse) => parse(text),
  () => undefined,
);

test("the namespace is exactly the allowlist", () => {
  assert.deepEqual(Object.keys(engine.namespace).sort(), [...ALLOWED].sort());
});

test("what an expression can reach without a listed name is one frozen setting", () => {
  const hidden = Object.getOwnPropertyNames(engine.namespace).filter((name) => !ALLOWED.includes(name));
  assert.deepEqual(hidden, ["config"]);
  assert.deepEqual(engine.namespace["config"], { matrix: "Matrix" });
  assert.ok(Object.isFrozen(engine.namespace["config"]));
});

test("every name inherited by the namespace is unsafe to the gate", () => {
  for (const name of Object.getOwnPropertyNames(Object.prototype)) assert.ok(isUnsafeName(name), name);
});

test("no name stands in two families, none is both allowed and denied", () => {
  assert.equal(new Set(ALLOWED).size, FAMILIES.flatMap(({ names }) => names).length);
  for (const name of DENIED.keys()) assert.ok(!ALLOWED.includes(name), name);
});

for (const [name, reason] of DENIED) {
  test(`${name} is refused by name, with its reason`, () => {
    for (const expression of [`${name}(1)`, `f = ${name}`, `evaluate("${name}(1)")`, `map([1], ${name})`]) {
      const failure = failureOf(expression);
      assert.equal(failure.name, "function_refused", expression);
      assert.ok(failure.detail?.includes(reason), failure.detail ?? "no detail");
    }
  });
}

test("no value of the namespace hands out the engine", () => {
  const words = ["and", "mod", "not", "or", "to", "xor"]; // operators: as names they do not parse
  for (const name of ALLOWED.filter((allowed) => !words.includes(allowed))) {
    const failure = failureOf(`${name}.signatures`);
    assert.equal(failure.name, "access_refused", `${name}: ${JSON.stringify(failure)}`);
  }
});
