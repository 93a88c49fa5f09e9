/** Keys: a call that is repeated is told what became of it, failures too, and nothing is done twice. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { connect } from "../../src/client/client.ts";
import { Line, start } from "./running.ts";

test("a failure that is told again says so", async (t) => {
  const running = await start();
  t.after(() => running.close());
  const line = await Line.to(running.port);
  t.after(() => line.close());
  const first = (await line.calc("nonsense + 1", { key: "k" })).error;
  assert.deepEqual([first.data.name, first.data.seq, first.data["replayed"]], ["unknown_symbol", 1, undefined]);
  const again = (await line.calc("nonsense + 1", { key: "k" })).error;
  assert.deepEqual(again, { ...first, data: { ...first.data, replayed: true } });
  const { entries } = (await line.call("history.list", { limit: 9 })).result;
  assert.deepEqual([entries.length, entries[0]?.error?.data["replayed"]], [1, undefined], "the entry is what it was");
});

test("a key needs a call that is recorded, and else nothing is done", async (t) => {
  const running = await start();
  t.after(() => running.close());
  const line = await Line.to(running.port);
  t.after(() => line.close());
  await line.calc("n = 0");
  const refused = async (more: object) => {
    const { error } = await line.calc("n = n + 1", { key: "k", ...more });
    assert.deepEqual([error.data.name, error.data.path], ["invalid_params", "/key"]);
  };
  await refused({ record: false });
  await line.call("session.configure", { history: false });
  await refused({});
  assert.equal((await line.calc("n = n + 1", { key: "k", record: true })).result.text, "1");
  assert.equal((await line.calc("n = n + 1", { key: "k", record: true })).result.replayed, true);
});

test("the client's retry is refused where the server would not know the call again", async (t) => {
  const running = await start();
  t.after(() => running.close());
  const client = connect({ url: running.url, session: {} });
  t.after(() => client.close());
  await client.call("session.configure", { history: false });
  const add = (more: object) => client.call("calc.evaluate", { expression: "2 + 2", ...more }, { retry: true });
  await assert.rejects(add({}), { name: "invalid_params" });
  assert.equal((await add({ record: true })).seq, 1);
});
