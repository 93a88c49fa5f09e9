/** The monitor when somebody holds more connections to it than it has. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { start } from "../system/running.ts";

test("silent connections and half requests keep nobody out: the one that asked nothing for longest goes", async (t) => {
  const running = await start({ metrics: "127.0.0.1:0" });
  t.after(() => running.close());
  const url = running.server.monitorUrl ?? assert.fail("no monitor");
  const { port } = new URL(url);
  for (const said of ["", "GET /metrics HTTP/1.1\r\nX: "]) {
    const idle = Array.from({ length: 40 }, () => connect(Number(port), "127.0.0.1").on("error", () => undefined));
    t.after(() => idle.map((socket) => socket.destroy()));
    const gone = idle.slice(0, 8).map((socket) => once(socket, "close"));
    for (const socket of idle) {
      socket.resume();
      await once(socket, "connect");
      socket.write(said);
    }
    await Promise.all(gone);
    assert.equal((await fetch(new URL("/healthz", url))).status, 200);
    const open = idle.filter((socket) => !socket.destroyed).length;
    assert.ok(open >= 16 && open <= 32, `${open} are open`);
  }
});
