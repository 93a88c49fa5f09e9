/** How long and how many principals are kept in memory: `anonymousKeptMs` and `principalsKeptMax`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openHistory } from "../../src/history/open.ts";
import { Principals } from "../../src/methods/principal.ts";

const limits = {
  variablesMax: 10,
  variablesBytesMax: 10_000,
  anonymousKeptMs: 1_000,
  principalsKeptMax: 2,
  quotaCpuMs: 0,
  quotaWindowMs: 1_000,
};

test("past principalsKeptMax the one gone longest is forgotten, past anonymousKeptMs all that nobody attends", async (t) => {
  const history = await openHistory("memory:");
  t.after(() => history.close());
  const principals = new Principals(history, limits);
  const made = [principals.create(), principals.create(), principals.create()];
  for (const [at, principal] of made.entries()) {
    principal.used = true;
    principals.leave(principal, at);
  }
  assert.equal(principals.size, 2);
  assert.equal(await principals.resume(made[0]?.resumeToken ?? ""), undefined);
  assert.equal(await principals.resume(made[2]?.resumeToken ?? ""), made[2]);
  await principals.sweep(5_000);
  assert.equal(principals.size, 1, "who is attended stays");
});
