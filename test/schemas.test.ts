/**
 * The contract: that `schemas/` is sound in itself, that everything generated follows from it, and that its hand-written
 * twin, `src/jail/contract.ts`, says the same; the other, `src/evaluator/pipe.ts`, is tried in `evaluator/pipe.test.ts`.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { promisify } from "node:util";
import { Ajv2020 } from "ajv/dist/2020.js";
import { pascal, readContract, type Schema } from "../scripts/generate/contract.ts";
import { makeOpenRpc } from "../scripts/generate/openrpc.ts";
import { makeAjv } from "../scripts/generate/validators.ts";
import { findDrift, renderAll } from "../scripts/generate.ts";
import type * as twin from "../src/jail/contract.ts";
import type * as generated from "../src/protocol/generated/types.ts";

const root = new URL("../", import.meta.url);
const contract = readContract(root);
const ajv = makeAjv(contract);
const names = new Set(contract.errors.map(({ name }) => name));

/** Fails with ajv's words when the value does not fit the definition. */
function fits(definition: string, value: unknown, place: string): void {
  const validate = ajv.getSchema(`canaduck#/$defs/${definition}`);
  assert.ok(validate, definition);
  assert.ok(validate(value), `${place}: ${JSON.stringify(validate.errors)}`);
}

test("every generated file follows from the schemas", async () => {
  const files = await renderAll(contract);
  assert.deepEqual(findDrift(root, files), [], "run node scripts/generate.ts");
  files.set("docs/ERRORS.md", "something else");
  assert.deepEqual(findDrift(root, files), ["docs/ERRORS.md"], "a difference is noticed");
});

test("every file under schemas/ is read by somebody", () => {
  const files = readdirSync(new URL("schemas/", root), { recursive: true, withFileTypes: true });
  const known = new Set([
    "common.json",
    "config.json",
    "errors.json",
    "job.json",
    "tokens.json",
    ...contract.methods.map((m) => `${m.name}.json`),
    ...readdirSync(new URL("schemas/events/", root)),
  ]);
  const strangers = files.filter((file) => file.isFile() && !known.has(file.name)).map((file) => file.name);
  assert.deepEqual(strangers, []);
});

test("every schema is valid JSON Schema 2020-12", () => {
  const meta = new Ajv2020();
  for (const [name, schema] of Object.entries(contract.defs)) {
    assert.ok(meta.validateSchema(schema), `${name}: ${meta.errorsText(meta.errors)}`);
    assert.doesNotThrow(() => ajv.getSchema(`canaduck#/$defs/${name}`), name);
  }
});

test("positional order names every parameter once, required ones first", () => {
  for (const { name, params } of contract.methods) {
    assert.deepEqual([...params.order].sort(), Object.keys(params.properties).sort(), name);
    const required = params.required ?? [];
    assert.deepEqual(new Set(params.order.slice(0, required.length)), new Set(required), name);
    assert.equal(params.additionalProperties, false, name);
  }
});

test("every example fits its method", () => {
  for (const method of contract.methods) {
    for (const { name, given = [], params, result, error } of method.examples) {
      const place = `${method.name}: ${name}`;
      for (const call of given) fits(`${pascal(call.method)}Params`, call.params, place);
      fits(`${pascal(method.name)}Params`, params, place);
      if (error === undefined) fits(`${pascal(method.name)}Result`, result, place);
      else assert.ok(method.errors.includes(error), `${place}: ${error} is not among the errors of the method`);
    }
  }
});

test("every example of a notification fits its params", () => {
  for (const { event, def, example } of contract.events) fits(def, example, event);
});

test("error codes and names are unique and in their ranges", () => {
  const { errors } = contract;
  assert.equal(errors.length, 39, "an error was added or removed: codes and names are for ever");
  assert.equal(new Set(errors.map(({ code }) => code)).size, errors.length);
  assert.equal(names.size, errors.length);
  const fields = Object.keys(contract.defs["ErrorData"]?.properties ?? {});
  for (const { name, code, kind, message, data } of errors) {
    const standard = [-32700, -32600, -32601, -32602, -32603, -32800].includes(code);
    const refusal = code >= -32019 && code <= -32001;
    const domain = code >= 1001 && code <= 1199;
    assert.ok(standard || refusal || domain, `${name}: ${code}`);
    assert.equal(domain && kind !== "failed", false, `${name}: codes above zero are for failures`);
    assert.doesNotMatch(message, /[.!?]$/, name);
    for (const field of data) assert.ok(fields.includes(field), `${name}: ${field}`);
  }
});

test("methods and the jail name only errors of the table", () => {
  for (const { name, errors } of contract.methods) for (const error of errors) assert.ok(names.has(error), `${name}: ${error}`);
  for (const name of contract.defs["FailureName"]?.enum ?? []) assert.ok(names.has(String(name)), String(name));
});

test("every default of a setting is allowed and every ceiling is above it", () => {
  const defaults = Object.fromEntries(Object.entries(contract.settings).map(([name, schema]) => [name, schema.default]));
  fits("Config", defaults, "defaults");
  for (const [name, { type, minimum, maximum, reason, unit }] of Object.entries(contract.settings)) {
    assert.ok(typeof reason === "string" && reason.endsWith("."), `${name}: why?`);
    if (type === "integer") assert.ok(minimum !== undefined && maximum !== undefined && unit !== undefined, name);
  }
});

test("the validators run where no code may be made from strings", async () => {
  const program = `
    import { checkParams } from ${JSON.stringify(new URL("src/schema.ts", root).href)};
    import { readConfig } from ${JSON.stringify(new URL("src/config.ts", root).href)};
    let made = "code";
    try { made = String(new Function("return 1")()); } catch (error) { made = error.name; }
    const right = checkParams("calc.evaluate", { expression: "1", key: "k", variables: { a: [1, [2]] } });
    const wrong = checkParams("calc.evaluate", { expression: "1", key: "" });
    console.log(made, right.problem, wrong.problem.path, readConfig({ env: {} }).jail);`;
  const flags = ["--disallow-code-generation-from-strings", "--input-type=module", "--eval", program];
  const { stdout } = await promisify(execFile)(process.execPath, flags);
  assert.equal(stdout, "EvalError undefined /key prefer\n");
});

test("the OpenRPC document is whole", () => {
  const document = makeOpenRpc(contract);
  const text = JSON.stringify(document);
  const refs = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref ?? ""));
  assert.ok(refs.size > 20);
  for (const ref of refs) assert.notEqual(resolve(document, ref), undefined, ref);
  const keys = new Set([...text.matchAll(/"(order|varies|x-[a-z]+)":/g)].map(([, key]) => key));
  assert.deepEqual(
    [...keys].filter((key) => key === "varies"),
    [],
  );
  const { methods } = JSON.parse(text);
  assert.deepEqual(
    methods.map(({ name }: { name: string }) => name),
    contract.methods.map(({ name }) => name),
  );
  for (const { name, params } of methods) {
    const flags = params.map(({ required }: { required: boolean }) => required);
    assert.deepEqual(
      flags,
      [...flags].sort((a, b) => Number(b) - Number(a)),
      `${name}: required params come first`,
    );
  }
});

/** What a local JSON pointer reference leads to. */
function resolve(document: object, ref: string): unknown {
  let found: unknown = document;
  for (const key of ref.replace("#/", "").split("/")) found = Object(found)[key];
  return found;
}

test("the twins of the jail's contract are the same types", () => {
  // Checked by tsc: each line fails to compile when one side can say what the other cannot.
  const same: [
    Same<twin.Start, generated.Start>,
    Same<twin.Ready, generated.Ready>,
    Same<twin.Job, generated.Job>,
    Same<twin.Outcome, generated.Outcome>,
    Same<twin.Value, generated.JailValue>,
    Same<twin.Checked, generated.Checked>,
    Same<twin.Rows, generated.Rows>,
    Same<keyof twin.Rows, keyof generated.Rows>,
    Same<twin.Failure, generated.Failure>,
    Same<twin.FailureName, generated.FailureName>,
    Same<keyof twin.Job, keyof generated.Job>,
    Same<keyof twin.Outcome, keyof generated.Outcome>,
    Same<keyof twin.Value, keyof generated.JailValue>,
    Same<keyof twin.Failure, keyof generated.Failure>,
    Same<keyof twin.JailLimits, keyof generated.JailLimits>,
    Same<keyof twin.Stored, keyof generated.Stored>,
  ] = [true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true];
  assert.ok(same.every(Boolean));
});

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

test("no schema repeats a key", () => {
  const files = [
    ...["common", "config", "errors", "job"].map((name) => `${name}.json`),
    ...contract.methods.map((m) => `methods/${m.name}.json`),
    ...readdirSync(new URL("schemas/events/", root)).map((file) => `events/${file}`),
  ];
  for (const file of files) {
    const text = readFileSync(new URL(`schemas/${file}`, root), "utf8");
    const written = [...text.matchAll(/"(?:[^"\\]|\\.)*"\s*:/g)].length;
    assert.equal(written, countKeys(JSON.parse(text)), file);
  }
});

function countKeys(value: Schema | unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce((sum: number, inner: unknown) => sum + countKeys(inner), own);
}
