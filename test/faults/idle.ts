/**
 * What idle connections cost: `node test/faults/idle.ts --count 10000` opens that many, lets some speak once, and prints
 * how much the server's resident memory grew by each.
 */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as after } from "node:timers/promises";
import { argument, rssOf, type Spawned, spawnServer } from "./spawned.ts";

/** What one idle connection may take of the server's memory. */
export const IDLE_BYTES_MAX = 12 * 1024;
const AT_ONCE = 100;
const LOOK_MS = 250;

/** Bytes of resident memory for each of `count` connections; `spoken` has each one ask and hear one ping first. */
export async function measureIdle(count: number, spoken: boolean): Promise<number> {
  const server = await spawnServer(["--history", "memory:", "--connections-max", String(count + AT_ONCE)]);
  const sockets: Socket[] = [];
  try {
    // What the first connections warm up is not the price of the others.
    for (const socket of await open(server, AT_ONCE, true)) socket.destroy();
    const before = await settled(server.pid);
    while (sockets.length < count) sockets.push(...(await open(server, Math.min(AT_ONCE, count - sockets.length), spoken)));
    return ((await settled(server.pid)) - before) / count;
  } finally {
    for (const socket of sockets) socket.destroy();
    await server.stop("SIGKILL");
  }
}

function open({ port }: Spawned, count: number, spoken: boolean): Promise<Socket[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const socket = connect({ port, host: "127.0.0.1" });
      await once(socket, "connect");
      if (!spoken) return socket;
      socket.write('{"jsonrpc":"2.0","id":1,"method":"server.ping"}\n');
      await once(socket, "data");
      return socket;
    }),
  );
}

/** Resident memory once it has stopped to move. */
async function settled(pid: number): Promise<number> {
  let least = rssOf(pid);
  let calm = 0;
  while (calm < 8) {
    await after(LOOK_MS);
    const now = rssOf(pid);
    calm = Math.abs(now - least) > 256 * 1024 ? 0 : calm + 1;
    least = now;
  }
  return least;
}

if (import.meta.main) {
  const count = argument("count", 10_000);
  for (const spoken of [false, true]) {
    const bytes = await measureIdle(count, spoken);
    console.log(`${count} connections ${spoken ? "that spoke once" : "that said nothing"}: ${Math.round(bytes)} bytes each`);
  }
}
