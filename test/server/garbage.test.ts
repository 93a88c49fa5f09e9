/** What a peer that sends no JSON leaves behind in the server's heap. Its socket is a plain one: the recorder of the tests reads JSON, too. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { getHeapSpaceStatistics } from "node:v8";
import { openHouse } from "./house.ts";

const LINES = 20_000;
const LENGTH = 1_000;
const AT_ONCE = 50;

function oldHeapBytes(): number {
  const isOld = (name: string) => name === "old_space" || name === "large_object_space";
  return getHeapSpaceStatistics().reduce((sum, space) => sum + (isOld(space.space_name) ? space.space_used_size : 0), 0);
}

test("garbage without end leaves nothing for a collection of everything", async () => {
  const house = await openHouse({ refusedFramesMax: 1_000_000 });
  const socket = connect({ port: house.port, host: "127.0.0.1" }).setEncoding("utf8");
  const garbage = (from: number) => Array.from({ length: AT_ONCE }, (_, at) => `[${from + at}${"x".repeat(LENGTH)}\n`).join("");
  const before = oldHeapBytes();
  let mostBytes = 0;
  for (let sent = 0; sent < LINES; sent += AT_ONCE) {
    socket.write(garbage(sent));
    for (let answered = 0; answered < AT_ONCE; ) answered += String(await once(socket, "data")).split("\n").length - 1;
    mostBytes = Math.max(mostBytes, oldHeapBytes() - before);
  }
  socket.destroy();
  await house.close();
  // JSON.parse would have kept all of it.
  assert.ok(mostBytes < (LINES * LENGTH) / 2, `${mostBytes} bytes`);
});
