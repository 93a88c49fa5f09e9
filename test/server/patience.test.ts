/**
 * What a connection meets that sends more than `refusedFramesMax` a second of what is no request. How much of it the server has
 * read is asked of the server, not of a clock: a neighbour has hundreds of answers meanwhile, each of them a turn of the loop.
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { test } from "node:test";
import { type OpenHouse, openHouse } from "./house.ts";

const POURED_BYTES = 8_000_000;
/** Chunks that were on their way when the second frame was refused: of lines of 70,000 bytes two take three. */
const READ_BYTES_MAX = 8 * 65_536;
const NEIGHBOUR_CALLS = 300;
/** It bounds a failure, and decides nothing. */
const ANSWER_MS = 30_000;
const FOREVER_MS = 600_000;
const PING = '{"jsonrpc":"2.0","id":"here","method":"server.ping"}\n';

const POURED: Readonly<Record<string, string>> = {
  "lines that are no JSON": `[${"x".repeat(1_000)}\n`,
  "lines that are no request": `{"x":"${"x".repeat(1_000)}"}\n`,
  "batches of what is no request": `[1,2,3,"${"x".repeat(1_000)}"]\n`,
  "lines that are no UTF-8": `{"\u00c0${"x".repeat(1_000)}"}\n`,
  "lines over the limit": `{${"x".repeat(70_000)}\n`,
  "typed lines that are no UTF-8": `\u00c0${"x".repeat(1_000)}\n`,
  "messages with a header": `Content-Length: 1000\r\n\r\n${"x".repeat(1_000)}`,
};

/** A plain socket: the recorder of the tests reads JSON, and this is none. */
async function open({ port }: OpenHouse): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1" }).setEncoding("utf8");
  await once(socket, "connect");
  return socket;
}

async function linesOf(socket: Socket, count: number): Promise<string[]> {
  const signal = AbortSignal.timeout(ANSWER_MS);
  let heard = "";
  while (heard.split("\n").length <= count) heard += (await once(socket, "data", { signal }))[0];
  return heard.split("\n");
}

async function ping(socket: Socket): Promise<void> {
  socket.write(PING);
  assert.match((await linesOf(socket, 1))[0] ?? "", /"id":"here","result"/);
}

async function withHouse(settings: object, use: (house: OpenHouse) => Promise<void>): Promise<void> {
  const house = await openHouse(settings);
  await use(house).finally(() => house.close());
}

for (const [what, line] of Object.entries(POURED)) {
  test(`over refusedFramesMax, who pours ${what} is not read from, and others are`, () =>
    withHouse({ refusedFramesMax: 1, refusedPauseMs: FOREVER_MS }, async (house) => {
      const pouring = await open(house);
      pouring.write(Buffer.from(line.repeat(POURED_BYTES / line.length), "latin1"));
      await linesOf(pouring, 1);
      const neighbour = await open(house);
      for (let call = 0; call < NEIGHBOUR_CALLS; call++) await ping(neighbour);
      const [{ bytesIn = 0 } = {}] = house.sessions.list(0, 1);
      assert.ok(bytesIn > 0 && bytesIn <= READ_BYTES_MAX, `${bytesIn} bytes were read`);
      pouring.destroy();
      neighbour.destroy();
    }));
}

test("a call behind lines that are refused is answered with them, and who waits is not cut for silence", () =>
  withHouse({ refusedFramesMax: 1, refusedPauseMs: FOREVER_MS, idleMs: 1_000 }, async (house) => {
    const socket = await open(house);
    socket.write("{\n".repeat(1_000) + PING);
    const lines = await linesOf(socket, 1_001);
    assert.match(lines[999] ?? "", /parse_error/);
    assert.match(lines[1_000] ?? "", /"id":"here","result"/);
    for (const connection of house.sessions.connections) connection.sweep(performance.now() + FOREVER_MS);
    await ping(await open(house));
    assert.equal(house.sessions.count, 2);
  }));

test("the pause is no longer than refusedPauseMs, however much was refused, and begins anew afterwards", () =>
  withHouse({ refusedFramesMax: 1, refusedPauseMs: 1 }, async (house) => {
    const socket = await open(house);
    for (let round = 0; round < 3; round++) {
      socket.write("{\n".repeat(1_000));
      await linesOf(socket, 1_000);
      await ping(socket);
    }
    socket.destroy();
  }));
