/** Events for a connection that does not read: none is kept for it, and it is told how many it has missed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Line } from "../system/running.ts";
import { until } from "../until.ts";
import { openHouse } from "./house.ts";

test("who does not read is told how many events it has missed once it reads again, before any other", async (t) => {
  const { sessions, port, close } = await openHouse({ outputBytesSoftMax: "4096", outputBytesHardMax: "67108864" });
  t.after(close);
  const writer = await Line.to(port);
  const { result: session } = await writer.call("session.open");
  const reader = await Line.to(port);
  t.after(() => {
    writer.close();
    reader.close();
  });
  await reader.call("session.open", { resume: session.resumeToken, events: ["scope.changed"] });
  // The one that came last; the server keeps them in no order.
  const connection = [...sessions.connections].toSorted((one, other) => one.id - other.id).at(-1);
  assert.ok(connection);
  reader.socket.pause();
  let asked = 0;
  const ask = () => reader.send(`${JSON.stringify({ jsonrpc: "2.0", id: ++asked, method: "rpc.discover" })}\n`);
  // Until the system takes no more of it: what stays where it is for longer than TCP waits before it asks again for room.
  let stuck = 0;
  let last = 0;
  await until(() => {
    const isFull = connection.outputBytes > 4096;
    stuck = isFull && connection.outputBytes === last ? stuck + 1 : 0;
    last = connection.outputBytes;
    if (!isFull) for (let times = 0; times < 20; times += 1) ask();
    return stuck === 100;
  });
  const before = connection.outputBytes;
  for (let changes = 0; changes < 5; changes += 1) await writer.calc(`x = ${changes}`);
  assert.equal(connection.outputBytes, before, "nothing was queued for it");
  reader.socket.resume();
  const told: unknown[] = [];
  for (let answers = 0; answers < asked || told.length === 0; ) {
    const { id, method, params } = JSON.parse((await reader.next()) ?? "null");
    if (method === undefined) answers += id > 0 ? 1 : 0;
    else told.push([method, params]);
  }
  assert.deepEqual(told, [["session.missed", { events: 5 }]]);
  await writer.calc("x = 99");
  const { method } = JSON.parse((await reader.next()) ?? "null");
  assert.equal(method, "scope.changed", "what came later is told, and nothing is said twice");
});
