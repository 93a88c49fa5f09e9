/** `rpc.discover` over the wire: a document that OpenRPC's own meta-schema accepts, and that tells what the server does. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as openRpc from "@open-rpc/meta-schema";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { METHOD_NAMES } from "../../src/schema.ts";
import { openDesk } from "../access/fixture.ts";
import { Line, type Running, start } from "./running.ts";

type Described = { name: string; params: { schema: object }[]; result: { schema: object } };
type Document = { methods: Described[]; components: { schemas: Record<string, object> } };

let running: Running;
before(async () => {
  running = await start();
});
after(() => running.close());

async function discover(): Promise<Document> {
  const line = await Line.to(running.port);
  const { result } = await line.call("rpc.discover");
  line.close();
  // Held to the meta-schema below.
  return JSON.parse(JSON.stringify(result));
}

/** The meta-schema leans on one of JSON Schema that it does not bring; the schemas inside are held to 2020-12 below. */
const META = JSON.parse(
  JSON.stringify({ ...Object(openRpc).openrpcDocument, $schema: undefined })
    .replaceAll('"https://meta.json-schema.tools/#/definitions/JSONSchemaObject/properties/$ref"', '"#/definitions/pointer"')
    .replaceAll('"https://meta.json-schema.tools"', '"#/definitions/anySchema"')
    .replace('"definitions":{', '"definitions":{"pointer":{"type":"string"},"anySchema":{"type":["object","boolean"]},'),
);

function problemsOf(document: unknown): string {
  const ajv = new Ajv({ strict: false, formats: { uri: true, email: true } });
  const validate = ajv.compile(META);
  return validate(document) ? "" : ajv.errorsText(validate.errors);
}

test("the document is OpenRPC by its meta-schema, and a damaged one is not", async () => {
  const document = await discover();
  assert.equal(problemsOf(document), "");
  for (const method of document.methods) {
    assert.notEqual(problemsOf({ ...document, methods: [{ ...method, params: "none" }] }), "", method.name);
  }
  assert.match(problemsOf({ ...document, openrpc: "9" }), /openrpc/);
});

test("it describes every method that is answered, and no other", async (t) => {
  const { methods } = await discover();
  assert.deepEqual(
    methods.map(({ name }) => name),
    METHOD_NAMES,
  );
  const desk = openDesk(t);
  const token = desk.issue("root", "operator");
  const served = await start({ tokens: desk.tokens });
  t.after(() => served.close());
  const line = await Line.to(served.port);
  // Who may call them all.
  await line.call("session.open", { token });
  for (const { name } of methods) {
    line.send(`${JSON.stringify({ jsonrpc: "2.0", id: name, method: name, params: { noSuchMember: 1 } })}\n`);
    assert.equal(JSON.parse((await line.next()) ?? "null").error.data.name, "invalid_params", name);
  }
  line.close();
});

test("every schema in it is JSON Schema 2020-12", async () => {
  const { methods, components } = await discover();
  const ajv = new Ajv2020();
  const inside = methods.flatMap(({ params, result }) => [...params, result].map(({ schema }) => schema));
  for (const schema of [...inside, ...Object.values(components.schemas)]) {
    assert.ok(ajv.validateSchema(schema), ajv.errorsText(ajv.errors));
  }
});
