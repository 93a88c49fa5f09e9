/** What nobody can ask for: bugs, jails that die. Each is made to happen, and the peer is told by name over the wire. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Line } from "../system/running.ts";
import { openHouse } from "./house.ts";

test("a bug is told as an incident and nothing else, and the connection lives on", async (t) => {
  const open = await openHouse();
  t.after(open.close);
  open.house.history.list = () => Promise.reject(new TypeError("the secret inside of the server"));
  const line = await Line.to(open.port);
  const { error } = await line.call("history.list");
  assert.equal(error.code, -32603);
  assert.deepEqual(Object.keys(error.data), ["name", "incident"]);
  assert.equal(JSON.stringify(error).includes("secret"), false);
  assert.equal((await line.calc("1 + 1")).result.value, 2);
  line.close();
});

test("an evaluator that dies of an expression is told by name, and the next call is answered", async (t) => {
  const open = await openHouse({ evaluateMs: "5000" });
  t.after(open.close);
  const line = await Line.to(open.port);
  const reply = line.calc("g(n) = n < 1 ? 0 : g(n - 1) + g(n - 1); g(60)");
  let isAnswered = false;
  const answered = reply.finally(() => {
    isAnswered = true;
  });
  // A call whose process dies is tried once more: it may have been innocent.
  const killed = new Set<number>();
  while (!isAnswered) {
    const busy = open.house.evaluator.status().workers.find(({ lane, state }) => lane !== "fast" && state === "busy");
    if (busy !== undefined && !killed.has(busy.pid)) process.kill(busy.pid, "SIGKILL");
    if (busy !== undefined) killed.add(busy.pid);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const { error } = await answered;
  assert.equal(killed.size, 2);
  assert.equal(error.data.name, "engine_crashed");
  assert.equal(error.data.retryable, true);
  assert.equal((await line.calc("1 + 1")).result.value, 2);
  line.close();
});
