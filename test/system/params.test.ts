/**
 * The params of every method over the wire: what the schema does not allow is refused with its place, before anything is done,
 * by name and by position.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readContract } from "../../scripts/generate/contract.ts";
import type { MethodName } from "../../src/protocol/generated/types.ts";
import { isMethod } from "../../src/schema.ts";
import { openDesk } from "../access/fixture.ts";
import { Line, start } from "./running.ts";

/** One of each type JSON has; of numbers a whole one and a broken one. */
const VALUES: readonly unknown[] = [null, true, 0, 1.5, "", [], {}];

const { methods } = readContract(new URL("../../", import.meta.url));

test("params", async (t) => {
  const desk = openDesk(t);
  const token = desk.issue("root", "operator");
  const running = await start({ tokens: desk.tokens });
  t.after(() => running.close());
  const line = await Line.to(running.port);
  t.after(() => line.close());
  await line.call("session.open", { token });

  /** The data of `invalid_params`, or undefined when it was another answer. */
  async function refusal(method: MethodName, params: unknown) {
    const { error } = await line.call(method, params);
    if (error?.data.name !== "invalid_params") return undefined;
    assert.equal(error.code, -32602);
    return error.data;
  }

  for (const { name, params } of methods) {
    if (!isMethod(name)) throw new Error(`${name} is no method`);
    await t.test(`${name} refuses one param too many, and one nobody knows`, async () => {
      const many = [...params.order.map(() => null), null];
      const most = params.order.length;
      assert.equal((await refusal(name, many))?.detail, `at most ${most} positional ${most === 1 ? "parameter" : "parameters"}`);
      const unknown = await refusal(name, { noSuchParam: 1 });
      assert.deepEqual([unknown?.path, unknown?.detail, unknown?.excerpt], ["", "there is no such parameter", "noSuchParam"]);
    });

    for (const [index, param] of params.order.entries()) {
      await t.test(`${name} refuses ${param} of the wrong type, with its place`, async () => {
        const required = Object.fromEntries((params.required ?? []).map((one) => [one, exampleOf(name, one)]));
        let refused = 0;
        for (const value of VALUES) {
          const named = await refusal(name, { ...required, [param]: value });
          const place = named?.path ?? "";
          if (place.split("/")[1] !== param) continue;
          refused += 1;
          const wanted = params.order.slice(0, Math.max(index + 1, params.required?.length ?? 0));
          const list = wanted.map((one) => (one === param ? value : required[one]));
          if (!list.includes(undefined)) assert.deepEqual(await refusal(name, list), named);
        }
        // What may be anything has no type.
        assert.ok(refused > 0 || Object.keys(params.properties[param] ?? {}).every((key) => key === "description"), param);
      });
    }
  }
});

/** A value the param may have, from the examples of the method. */
function exampleOf(method: string, param: string): unknown {
  const { examples = [] } = methods.find(({ name }) => name === method) ?? {};
  return examples.map(({ params }) => Object(params)[param]).find((value) => value !== undefined);
}
