/**
 * Every example of `schemas/methods/` is asked of a real server on a connection of its own: what the documentation shows is
 * what a client gets. Members that differ from run to run (`varies` in the schema) are held to their schema only.
 *
 * What an operator does is asked of a server of its own, to which somebody else came first.
 */
import assert from "node:assert/strict";
import { after, type TestContext, test } from "node:test";
import { type Example, type Method, pascal, readContract, type Schema } from "../../scripts/generate/contract.ts";
import { makeAjv } from "../../scripts/generate/validators.ts";
import { openDesk } from "../access/fixture.ts";
import { Line, type Running, start } from "./running.ts";

const contract = readContract(new URL("../../", import.meta.url));
const ajv = makeAjv(contract);
const running = await start();
after(() => running.close());

for (const method of contract.methods) {
  for (const example of method.examples) {
    test(`${method.name}: ${example.name}`, async (t) => {
      const reply = await ask(await enter(t, example), method, example);
      if (example.error !== undefined) {
        fits("ErrorObject", reply.error);
        assert.equal(reply.error.data.name, example.error);
        return;
      }
      assert.equal(reply.error, undefined);
      fits(`${pascal(method.name)}Result`, reply.result);
      assert.deepEqual(steady(method.result, reply.result), steady(method.result, example.result));
    });
    const list = byPosition(method, example);
    if (list === undefined) continue;
    test(`${method.name}: ${example.name}, by position`, async (t) => {
      const reply = await ask(await enter(t, example), method, { ...example, params: list });
      assert.deepEqual(steady(method.result, reply.result), steady(method.result, example.result));
    });
  }
}

/** The params as a list, when the example succeeds and leaves none out before its last. */
function byPosition({ params: { order } }: Method, { params, result }: Example): unknown[] | undefined {
  const values = Object(params);
  const list = order.slice(0, Object.keys(values).length).map((name) => values[name]);
  return result === undefined || list.length === 0 || list.includes(undefined) ? undefined : list;
}

test("methods of more than one param have an example that is asked by position too", () => {
  const without = contract.methods.filter(
    (method) => method.params.order.length > 1 && method.examples.every((example) => byPosition(method, example) === undefined),
  );
  // Nobody has a use for their first params together.
  assert.deepEqual(
    without.map(({ name }) => name),
    ["history.list", "session.open"],
  );
});

/** A connection for the example. */
async function enter(t: TestContext, { as: role }: Example): Promise<Line> {
  if (role === undefined) return Line.to(running.port);
  const desk = openDesk(t);
  const token = desk.issue("root", role);
  const own: Running = await start({ tokens: desk.tokens });
  t.after(() => own.close());
  const first = await Line.to(own.port);
  t.after(() => first.close());
  await first.call("server.ping");
  const line = await Line.to(own.port);
  assert.equal((await line.call("session.open", { token })).result.role, role);
  return line;
}

/** The last reply of the calls that come first and the example's own. */
async function ask(line: Line, method: Method, { given = [], params }: Example) {
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
