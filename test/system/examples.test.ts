/**
 * Every example of `schemas/methods/` is asked of a real server on a connection of its own: what the documentation shows is
 * what a client gets. Members that differ from run to run (`varies` in the schema) are held to their schema only.
 */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { type Example, type Method, pascal, readContract, type Schema } from "../../scripts/generate/contract.ts";
import { makeAjv } from "../../scripts/generate/validators.ts";
import { Line, start } from "./running.ts";

const contract = readContract(new URL("../../", import.meta.url));
const ajv = makeAjv(contract);
const running = await start();
after(() => running.close());

for (const method of contract.methods) {
  for (const example of method.examples) {
    test(`${method.name}: ${example.name}`, async () => {
      const reply = await ask(method, example);
      if (example.error !== undefined) {
        fits("ErrorObject", reply.error);
        assert.equal(reply.error.data.name, example.error);
        return;
      }
      assert.equal(reply.error, undefined);
      fits(`${pascal(method.name)}Result`, reply.result);
      assert.deepEqual(steady(method.result, reply.result), steady(method.result, example.result));
    });
  }
}

/** The last reply of the calls that come first and the example's own. */
async function ask(method: Method, { given = [], params }: Example) {
  const line = await Line.to(running.port);
  let reply: string | undefined;
  for (const call of [...given, { method: method.name, params }]) {
    line.send(`${JSON.stringify({ jsonrpc: "2.0", id: 1, method: call.method, params: call.params })}\n`);
    reply = await line.next();
  }
  line.socket.destroy();
  return JSON.parse(reply ?? "null");
}

function fits(definition: string, value: unknown): void {
  const validate = ajv.getSchema(`canaduck#/$defs/${definition}`);
  assert.ok(validate?.(value), JSON.stringify({ value, errors: validate?.errors }));
}

/** A copy without what varies. */
function steady(schema: Schema, value: unknown): unknown {
  const target = { ...contract.defs[(schema.$ref ?? "").replace("#/$defs/", "")], ...schema };
  if (target.varies === true) return undefined;
  if (Array.isArray(value)) return value.map((item) => (target.items === undefined ? item : steady(target.items, item)));
  if (typeof value !== "object" || value === null || target.properties === undefined) return value;
  const members = Object.entries(value).map(([key, member]) => [key, steady(target.properties?.[key] ?? {}, member)]);
  return Object.fromEntries(members);
}
