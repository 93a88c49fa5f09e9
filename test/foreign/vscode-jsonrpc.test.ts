/** vscode-jsonrpc, unmodified: the header framing of the Language Server Protocol over a socket. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { after, test } from "node:test";
import { createMessageConnection, ResponseError, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import { start } from "../system/running.ts";
import { Relay } from "./relay.ts";

const running = await start();
after(() => running.close());

test("results, errors and notifications, letters of more than one byte", async () => {
  const relay = await Relay.open(running.port);
  const socket = connect(relay.port, "127.0.0.1");
  await once(socket, "connect");
  const connection = createMessageConnection(new StreamMessageReader(socket), new StreamMessageWriter(socket));
  connection.listen();
  assert.equal(Object(await connection.sendRequest("calc.evaluate", { expression: "x = 6 * 7" })).text, "42");
  assert.equal(Object(await connection.sendRequest("server.ping", { echo: "é€😀" })).echo, "é€😀");
  await assert.rejects(
    connection.sendRequest("calc.evaluate", { expression: "sqr(2)" }),
    (error) => error instanceof ResponseError && error.code === 1003,
  );
  await assert.rejects(
    connection.sendRequest("nothing.of.the.kind"),
    (error) => error instanceof ResponseError && error.code === -32601,
  );
  await connection.sendNotification("calc.evaluate", { expression: "x = 1" });
  assert.equal(Object(await connection.sendRequest("calc.evaluate", { expression: "x" })).text, "1");
  socket.end();
  await relay.close("vscode-jsonrpc");
  connection.dispose();
});
