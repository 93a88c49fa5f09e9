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

test("who is here, or was until lately, is found again by a server that starts anew, however long ago the last calculation", async (t) => {
  const history = await openHistory("memory:");
  t.after(() => history.close());
  const principals = new Principals(history, limits);
  const [here, gone, longGone] = [principals.create(), principals.create(), principals.create()];
  for (const principal of [here, gone, longGone]) {
    principal.used = true;
    await history.keep(principal.ledger, 0);
  }
  principals.leave(longGone, 10);
  principals.leave(gone, 59_800);
  await principals.sweep(60_000);
  const restarted = new Principals(history, limits);
  await restarted.sweep(60_500);
  assert.equal((await restarted.resume(here.resumeToken ?? ""))?.ledger.id, here.ledger.id);
  assert.equal((await restarted.resume(gone.resumeToken ?? ""))?.ledger.id, gone.ledger.id);
  assert.equal(await restarted.resume(longGone.resumeToken ?? ""), undefined);
});
