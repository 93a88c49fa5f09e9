/** The door for params: positions become names, the first mismatch becomes words, input is never repeated unescaped. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readContract } from "../scripts/generate/contract.ts";
import { makeAjv } from "../scripts/generate/validators.ts";
import { checkParams, isMethod, METHOD_NAMES } from "../src/schema.ts";

test("absent params are empty ones, positions become names", () => {
  assert.deepEqual(checkParams("server.ping", undefined), { params: {} });
  assert.deepEqual(checkParams("server.ping", [null]), { params: { echo: null } });
  assert.deepEqual(checkParams("calc.evaluate", ["2", { a: 1 }, "bigint"]), {
    params: { expression: "2", variables: { a: 1 }, number: "bigint" },
  });
  assert.deepEqual(checkParams("calc.check", ["1", "2"]), { problem: { path: "", detail: "at most 1 positional parameter" } });
});

test("the first mismatch is named in a person's words", () => {
  const cases: [unknown, object][] = [
    [undefined, { path: "", detail: "needs expression" }],
    [[1], { path: "/expression", detail: "must be string" }],
    [null, { path: "", detail: "must be object" }],
    [
      { expression: "1", number: "x" },
      { path: "/number", detail: "must be one of number, BigNumber, Fraction, bigint" },
    ],
    [
      { expression: "1", precision: 0 },
      { path: "/precision", detail: "must be at least 1" },
    ],
    [
      { expression: "1", limits: { timeMs: 1e9 } },
      { path: "/limits/timeMs", detail: "must be at most 5000" },
    ],
    [
      { expression: "1", key: "" },
      { path: "/key", detail: "must not be empty" },
    ],
    [
      { expression: "1", key: "k".repeat(129) },
      { path: "/key", detail: "must have at most 128 characters" },
    ],
    [
      { expression: "1", variables: { a: [["x"]] } },
      { path: "/variables/a/0/0", detail: "must be number" },
    ],
  ];
  for (const [params, problem] of cases) assert.deepEqual(checkParams("calc.evaluate", params), { problem });
});

test("an unknown member is shown, with the nearest known one", () => {
  const problem = { path: "", detail: "there is no such parameter", excerpt: "expresion", suggestions: ["expression"] };
  const found = checkParams("calc.evaluate", { expresion: "1" });
  assert.equal(found.problem?.suggestions?.[0], "expression");
  assert.deepEqual({ ...found.problem, suggestions: ["expression"] }, problem);
  const inner = checkParams("calc.evaluate", { expression: "1", limits: { timeMS: 1 } });
  assert.deepEqual(inner.problem, {
    path: "/limits",
    detail: "there is no such parameter",
    excerpt: "timeMS",
    suggestions: ["timeMs"],
  });
});

test("names that would reach a prototype are no parameters and no variables", () => {
  const asParam = checkParams("calc.evaluate", JSON.parse('{"expression":"1","__proto__":{"a":1}}'));
  assert.equal(asParam.problem?.excerpt, "__proto__");
  const asVariable = checkParams("calc.evaluate", JSON.parse('{"expression":"1","variables":{"__proto__":1}}'));
  assert.equal(asVariable.problem?.path, "/variables");
  assert.equal(asVariable.problem?.excerpt, "__proto__");
});

test("methods are known by their own names only", () => {
  assert.ok(METHOD_NAMES.every(isMethod));
  assert.deepEqual(METHOD_NAMES, [...METHOD_NAMES].sort());
  for (const name of ["", "calc", "toString", "__proto__", "calc.Evaluate"]) assert.equal(isMethod(name), false, name);
});

test("whatever comes, the verdict is the schema's, and a problem is safe to send", () => {
  const contract = readContract(new URL("../", import.meta.url));
  const ajv = makeAjv(contract);
  const byschema = ajv.getSchema("canaduck#/$defs/CalcEvaluateParams");
  const fitsErrorData = ajv.getSchema("canaduck#/$defs/ErrorData");
  const name = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.constantFrom("expression", "limits", "key", "variables"),
  );
  const value = fc.oneof(
    fc.jsonValue(),
    fc.string(),
    fc.dictionary(fc.string({ unit: "binary", maxLength: 200 }), fc.jsonValue()),
  );
  const params = fc.record({
    expression: fc.oneof(fc.string(), fc.jsonValue()),
    more: fc.dictionary(name, value, { maxKeys: 2 }),
  });
  fc.assert(
    fc.property(params, ({ expression, more }) => {
      const whole = { expression, ...more };
      const { problem } = checkParams("calc.evaluate", whole);
      assert.equal(problem === undefined, byschema?.(whole));
      if (problem === undefined) return;
      assert.ok(fitsErrorData?.({ name: "invalid_params", ...problem }), JSON.stringify(problem));
      assert.doesNotMatch(JSON.stringify(Object.values(problem)), /[\p{Cc}\p{Cf}]/u);
      assert.doesNotMatch(`${problem.path}${problem.excerpt ?? ""}`, /[\p{Cc}\p{Cf}\p{Cs}]/u);
    }),
    { numRuns: 1000 },
  );
});
