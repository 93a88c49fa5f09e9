/**
 * What idle connections cost: opens many, has each ask one thing and hear the answer, and tells by how much the resident
 * memory of the server grew for each of them once it had settled.
 */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { connect as tlsConnect } from "node:tls";
import { rssOf, type Spawned, spawnServer } from "./spawned.ts";

/** What one idle connection may take of the server's memory. */
export const IDLE_BYTES_MAX = 12 * 1024;
const AT_ONCE = 100;
const LOOK_MS = 250;
/** Descriptors that are not connections: the program itself, jails, files. */
const OTHER_DESCRIPTORS = 200;

const FOLDER = join(import.meta.dirname, "../transport/certificates");
const TLS = ["--tls-certificate", join(FOLDER, "localhost.pem"), "--tls-key", join(FOLDER, "localhost.key.pem")];
const PING = '{"jsonrpc":"2.0","id":1,"method":"server.ping"}';
const CALL = '{"jsonrpc":"2.0","id":1,"method":"calc.evaluate","params":{"expression":"1+1","record":false}}';

/** What each says before it falls silent, and whether the promise is about it. */
export const IDLE_MODES = {
  silent: { says: "", isTls: false, isPromised: true },
  "after a ping": { says: `${PING}\n`, isTls: false, isPromised: true },
  "after a calculation": { says: `${CALL}\n`, isTls: false, isPromised: true },
  "after a calculation, headers": { says: `Content-Length: ${CALL.length}\r\n\r\n${CALL}`, isTls: false, isPromised: true },
  "after a calculation, text": { says: "1 + 1\n", isTls: false, isPromised: true },
  "after a calculation, TLS": { says: `${CALL}\n`, isTls: true, isPromised: false },
} as const;

export type IdleMode = keyof typeof IDLE_MODES;

/** As many connections as this machine lets two processes hold, and at most `wanted`. */
export function affordable(wanted: number): number {
  // Node raises its soft limit to the hard one by itself.
  const hard = /^Max open files\s+\S+\s+(\d+)/m.exec(readFileSync("/proc/self/limits", "utf8"))?.[1] ?? Number.POSITIVE_INFINITY;
  return Math.min(wanted, Number(hard) - OTHER_DESCRIPTORS);
}

/**
 * Bytes of resident memory for each of `count` connections. Their price is theirs alone when `uncounted` others are open
 * before: the first 500 have the server fill its young heap, once, with 10 MB, which 1,000 would not hide and 10,000 do.
 */
export async function measureIdle(count: number, mode: IdleMode, uncounted = 0): Promise<number> {
  const { isTls } = IDLE_MODES[mode];
  const flags = ["--history", "memory:", "--connections-max", String(uncounted + count + AT_ONCE), ...(isTls ? TLS : [])];
  const server = await spawnServer(flags, `${isTls ? "tls" : "tcp"}://127.0.0.1:0`);
  const sockets: Socket[] = [];
  const fill = async (total: number) => {
    while (sockets.length < total) sockets.push(...(await open(server, Math.min(AT_ONCE, total - sockets.length), mode)));
    return settled(server.pid);
  };
  try {
    // What the first connections warm up is not the price of the others.
    for (const socket of await open(server, AT_ONCE, mode)) socket.destroy();
    const before = await fill(uncounted);
    return ((await fill(uncounted + count)) - before) / count;
  } finally {
    for (const socket of sockets) socket.destroy();
    await server.stop("SIGKILL");
  }
}

function open({ port }: Spawned, count: number, mode: IdleMode): Promise<Socket[]> {
  const { says, isTls } = IDLE_MODES[mode];
  return Promise.all(
    Array.from({ length: count }, async () => {
      const raw = connect({ port, host: "127.0.0.1" });
      await once(raw, "connect");
      const socket = isTls ? tlsConnect({ socket: raw, rejectUnauthorized: false }) : raw;
      if (says === "") return socket;
      socket.write(says);
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
