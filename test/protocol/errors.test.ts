/** Errors: born from the table, cheap, and saying no more on the wire than the table allows. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readContract } from "../../scripts/generate/contract.ts";
import { makeAjv } from "../../scripts/generate/validators.ts";
import { RpcError, toErrorObject } from "../../src/protocol/errors.ts";
import { ERRORS } from "../../src/protocol/generated/errors.ts";

const contract = readContract(new URL("../../", import.meta.url));

test("every row of the table makes an error object that fits the schema", () => {
  const fits = makeAjv(contract).getSchema("canaduck#/$defs/ErrorObject");
  for (const { name, code, message, retry } of contract.errors) {
    if (!Object.hasOwn(ERRORS, name)) assert.fail(name);
    const object = toErrorObject(new RpcError(name as keyof typeof ERRORS));
    assert.ok(fits?.(object), name);
    assert.equal(object.code, code);
    assert.equal(object.message, message);
    assert.equal(object.data.name, name);
    assert.equal(object.data.retryable, retry === "never" ? undefined : true, name);
  }
});

test("data of the case is kept, and the name stays the table's", () => {
  const error = new RpcError("too_long", { limit: { name: "expressionBytesMax", value: 4096, used: 5000 } });
  error.data.seq = 7;
  assert.deepEqual(toErrorObject(error), {
    code: 1016,
    message: "The expression is too long",
    data: { name: "too_long", limit: { name: "expressionBytesMax", value: 4096, used: 5000, ceiling: 32_768 }, seq: 7 },
  });
  const replayed = new RpcError("too_long", JSON.parse('{"name":"something_else"}'));
  assert.equal(toErrorObject(replayed).data.name, "too_long");
});

test("an internal error shows its incident and nothing else", () => {
  const error = new RpcError("internal_error", { incident: "i1", detail: "/etc/passwd line 1", excerpt: "x" });
  assert.deepEqual(toErrorObject(error), {
    code: -32603,
    message: "The server has a bug",
    data: { name: "internal_error", incident: "i1" },
  });
});

test("errors carry no stack, and others keep theirs", () => {
  assert.doesNotMatch(new RpcError("cancelled").stack ?? "", /\n/);
  assert.match(new Error("other").stack ?? "", /\n\s+at /);
});

test("a limit that is a setting tells how far it may be raised; one of the call does not, and what is told again is as it was", () => {
  const told = (limit: { name: string; value: number }, more: object = {}) =>
    toErrorObject(new RpcError("time_limit", { limit, ...more })).data.limit;
  assert.deepEqual(told({ name: "evaluateMs", value: 250 }), { name: "evaluateMs", value: 250, ceiling: 5_000 });
  for (const name of ["timeMs", "resultBytes", "toString", "__proto__"]) {
    assert.deepEqual(told({ name, value: 1 }), { name, value: 1 });
  }
  assert.deepEqual(told({ name: "evaluateMs", value: 250 }, { replayed: true }), { name: "evaluateMs", value: 250 });
});
