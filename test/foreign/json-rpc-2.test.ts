/** The client of json-rpc-2.0, unmodified, over a socket that carries a message a line. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { JSONRPCClient, JSONRPCErrorException } from "json-rpc-2.0";
import { start } from "../system/running.ts";
import { Relay } from "./relay.ts";

const running = await start();
after(() => running.close());

test("results, errors, notifications and batches", async () => {
  const relay = await Relay.open(running.port);
  const socket = connect(relay.port, "127.0.0.1");
  await once(socket, "connect");
  const client = new JSONRPCClient((payload) => void socket.write(`${JSON.stringify(payload)}\n`));
  createInterface({ input: socket }).on("line", (line) => client.receive(JSON.parse(line)));
  assert.equal((await client.request("calc.evaluate", { expression: "x = 6 * 7" })).text, "42");
  assert.equal((await client.request("calc.evaluate", ["x / 2"])).text, "21");
  await assert.rejects(
    async () => client.request("calc.evaluate", ["1 / "]),
    (error) => error instanceof JSONRPCErrorException && error.code === 1001,
  );
  await assert.rejects(async () => client.request("nothing.of.the.kind", []), { message: "There is no such method" });
  client.notify("calc.evaluate", ["x = 1"]);
  assert.equal((await client.request("calc.evaluate", ["x"])).text, "1");
  const replies = await client.requestAdvanced([
    { jsonrpc: "2.0", id: "a", method: "server.ping", params: { echo: "日本" } },
    { jsonrpc: "2.0", id: "b", method: "nothing.of.the.kind" },
  ]);
  assert.deepEqual(replies.map(({ id }) => id).sort(), ["a", "b"]);
  socket.end();
  await relay.close("json-rpc-2");
});
