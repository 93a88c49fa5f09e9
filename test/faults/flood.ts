/**
 * An honest witness beside a flood: `node test/faults/flood.ts --seconds 20` lets one client ask one call every 50 ms, first
 * alone, then beside a flood of connections, of garbage, of batches, and prints its latencies and their ratio to idle.
 *
 * The flood comes out of a process of its own, so that the witness waits for the server and not for its neighbour.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as after } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Line } from "../system/running.ts";
import { argument, type Spawned, spawnServer } from "./spawned.ts";

const KINDS = ["connections", "garbage", "batches"] as const;
type Kind = (typeof KINDS)[number];

/** Milliseconds at the middle and near the end of what the witness waited, and how often it asked in vain. */
export type Seen = { p50: number; p99: number; calls: number; wrong: number };

const EVERY_MS = 50;
const PEERS = 8;
const GARBAGE = Buffer.from(`${"x".repeat(2_000)}\n{"jsonrpc":"2.0","id":[\n\u00ff{[}]\n`.repeat(16), "latin1");
const BATCH = `${JSON.stringify(Array.from({ length: 100 }, (_, id) => ({ jsonrpc: "2.0", id, method: "server.ping" })))}\n`;

/** The witness's latencies alone, then beside each kind of flood, each for `seconds`. */
export async function witnessFloods(seconds: number, args: readonly string[] = []): Promise<Record<Kind | "idle", Seen>> {
  const server = await spawnServer(["--history", "memory:", ...args]);
  try {
    await witness(server, 1);
    const seen: Partial<Record<Kind | "idle", Seen>> = { idle: await witness(server, seconds) };
    for (const kind of KINDS) {
      const flood = fork(fileURLToPath(import.meta.url), ["--flood", kind, "--port", String(server.port)]);
      await once(flood, "message");
      seen[kind] = await witness(server, seconds);
      flood.kill("SIGKILL");
      await once(flood, "exit");
    }
    return seen as Record<Kind | "idle", Seen>;
  } finally {
    await server.stop("SIGKILL");
  }
}

async function witness({ port }: Spawned, seconds: number): Promise<Seen> {
  const line = await Line.to(port);
  const waits: number[] = [];
  let wrong = 0;
  const endMs = performance.now() + seconds * 1000;
  for (let nextMs = performance.now(); nextMs < endMs; nextMs += EVERY_MS) {
    await after(Math.max(0, nextMs - performance.now()));
    const askedMs = performance.now();
    const { result } = await line.calc("6 * 7", { record: false });
    waits.push(performance.now() - askedMs);
    if (result?.value !== 42) wrong += 1;
  }
  line.close();
  waits.sort((a, b) => a - b);
  const at = (share: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), calls: waits.length, wrong };
}

function flood(kind: Kind, port: number): void {
  for (let peer = 0; peer < PEERS; peer++) pour(kind, port);
  process.on("disconnect", () => process.exit());
  process.send?.("flooding");
}

/** One peer of the flood; it begins anew whenever it is cut, and waits only for what the server makes it wait for. */
function pour(kind: Kind, port: number): void {
  const socket: Socket = connect({ port, host: "127.0.0.1" });
  socket.on("error", () => undefined);
  socket.on("close", () => setImmediate(() => pour(kind, port)));
  if (kind === "batches") {
    socket.on("connect", () => socket.write(BATCH));
    socket.on("data", (chunk: Buffer) => {
      if (chunk.at(-1) === 0x0a) socket.write(BATCH);
    });
    return;
  }
  socket.resume();
  if (kind === "connections") return void socket.on("connect", () => socket.destroy());
  const write = () => {
    while (socket.writable && socket.write(GARBAGE));
  };
  socket.on("connect", () => {
    // JSON-RPC from its first byte, then nothing of it.
    socket.write("{}\n");
    write();
  });
  socket.on("drain", write);
}

if (import.meta.main) {
  const asked = process.argv[process.argv.indexOf("--flood") + 1];
  const kind = KINDS.find((one) => one === asked);
  if (process.argv.includes("--flood") && kind !== undefined) flood(kind, argument("port", 7070));
  else {
    const seen = await witnessFloods(argument("seconds", 20));
    for (const [name, { p50, p99, calls, wrong }] of Object.entries(seen)) {
      const ratio = (p99 / seen.idle.p99).toFixed(1);
      console.log(
        `${name}: ${calls} calls, ${wrong} wrong, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, ${ratio} times idle`,
      );
    }
  }
}
