/** `connectionsPerAddressMax`: a crowd from one address that is not of this machine. */
import assert from "node:assert/strict";
import { Socket } from "node:net";
import { test } from "node:test";
import { readConfig } from "../../src/config.ts";
import { Connections } from "../../src/transport/listen.ts";

test("connectionsPerAddressMax closes one more of the same address, and no other", (t) => {
  const connections = new Connections(readConfig({ flags: { connectionsPerAddressMax: "2" }, env: {} }));
  t.after(() => connections.close());
  const from = (address: string) => {
    // No packet comes from elsewhere in a test: only the name of the peer is made up.
    const socket = new Socket();
    Object.defineProperty(socket, "remoteAddress", { value: address });
    return !connections.admit(socket) && socket.destroyed;
  };
  const closed = ["192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2", "127.0.0.1", "127.0.0.1", "127.0.0.1"].map(from);
  assert.deepEqual(closed, [false, false, true, false, false, false, false]);
});
