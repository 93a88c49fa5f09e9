/** One connection from its first byte to its end: everything is sent, the sending side is closed, all that comes is kept. */
import { connect } from "node:net";

/** Far above what an answer takes on a crowded machine: it bounds a failure, it decides nothing. */
const PATIENCE_MS = 60_000;
/** More than the answers to one connection may have; a server that babbles is cut. */
const HEARD_BYTES_MAX = 64 * 1024 * 1024;

/** `late`: neither answered nor closed; `babbling`: more than anybody asked for. */
export type Talk = { heard: Buffer; end: "closed" | "reset" | "refused" | "late" | "babbling" };

/** Sends the packets one after the other; each is a write of its own that the server may see alone. */
export function talk(port: number, packets: readonly Uint8Array[]): Promise<Talk> {
  const { promise, resolve } = Promise.withResolvers<Talk>();
  const chunks: Buffer[] = [];
  let bytes = 0;
  let end: Talk["end"] = "refused";
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
  const stop = (why: Talk["end"]) => {
    end = why;
    socket.destroy();
  };
  const patience = setTimeout(() => stop("late"), PATIENCE_MS);
  socket.on("connect", () => {
    end = "closed";
    send(socket, packets);
  });
  socket.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > HEARD_BYTES_MAX) stop("babbling");
  });
  socket.on("end", () => socket.end());
  socket.on("error", () => {
    if (end === "closed") end = "reset";
  });
  socket.on("close", () => {
    clearTimeout(patience);
    resolve({ heard: Buffer.concat(chunks), end });
  });
  return promise;
}

function send(socket: ReturnType<typeof connect>, packets: readonly Uint8Array[]): void {
  const [first, ...others] = packets;
  if (first !== undefined) socket.write(first);
  if (others.length === 0) socket.end();
  // In another turn, so that the system hands the packets over one by one when the server is quick.
  else setImmediate(() => (socket.destroyed || socket.writableEnded ? undefined : send(socket, others)));
}

/** Parts one after the other, with a packet's end only where a part has one inside. */
export function toStream(parts: readonly (readonly Buffer[])[]): Buffer[] {
  const stream: Buffer[] = [];
  let open: Buffer[] = [];
  for (const part of parts) {
    for (const [index, packet] of part.entries()) {
      if (index > 0) {
        stream.push(Buffer.concat(open));
        open = [];
      }
      open.push(packet);
    }
  }
  return [...stream, Buffer.concat(open)];
}
