/**
 * The floor: a JSON-RPC server that validates its params and sends them back. It calculates nothing, so whatever
 * calculates costs more than this, and the difference is what calculating safely costs.
 */
import { createServer } from "node:net";
import { announce, makeEcho } from "./host.ts";

announce(
  createServer((socket) => {
    const echo = makeEcho();
    socket.on("data", (chunk: Buffer) => socket.write(echo(chunk)));
    socket.on("error", () => socket.destroy());
  }),
);
