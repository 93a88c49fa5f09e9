/**
 * Those who flood, in a process of their own. It gives way to all others on this machine: they would be elsewhere, and the
 * server and the honest client shall wait for what the flood makes the server do, not for the processor it is made with.
 */
import { type ChildProcess, fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { constants, setPriority } from "node:os";
import { argument } from "./argument.ts";

const GARBAGE = Buffer.from(`${"x".repeat(2_000)}\n{"jsonrpc":"2.0","id":[\n\u00ff{[}]\n`.repeat(16), "latin1");
const ping = (id: number) => ({ jsonrpc: "2.0", id, method: "server.ping" });
const BATCH = `${JSON.stringify(Array.from({ length: 100 }, (_, id) => ping(id)))}\n`;
const COLUMN = Array.from({ length: 100_000 }, (_, at) => ((at * 7919) % 100_003) / 100);
const ROWS_EXPRESSION = "price * qty * (1 - discount)";
const PEERS_MAX = 8;

/** By kind: how many peers, and what one of them does with its connection. It begins anew whenever it is cut. */
const KINDS = {
  connections: { peers: PEERS_MAX, pour: comeAndGo },
  garbage: { peers: PEERS_MAX, pour: pourGarbage },
  batches: { peers: PEERS_MAX, pour: (socket: Socket) => repeat(socket, BATCH) },
  rows: { peers: 1, pour: (socket: Socket) => repeat(socket, rowsLine()) },
} as const;

export type FloodKind = keyof typeof KINDS;

/** Resolves when the flood is on. */
export async function startFlood(kind: FloodKind, port: number): Promise<ChildProcess> {
  const flood = fork(import.meta.filename, ["--port", String(port), "--kind", kind]);
  await once(flood, "message");
  return flood;
}

/** Ends it, and answers how much there was of it: connections made, pieces of garbage written, batches or tables answered. */
export async function endFlood(flood: ChildProcess): Promise<number> {
  const told = once(flood, "message");
  flood.send("how much?");
  const [poured] = await told;
  flood.kill("SIGKILL");
  await once(flood, "exit");
  return Number(poured);
}

let poured = 0;

function begin(kind: FloodKind, port: number): void {
  const socket = connect({ port, host: "127.0.0.1" });
  socket.on("error", () => undefined);
  socket.on("close", () => setImmediate(() => begin(kind, port)));
  KINDS[kind].pour(socket);
}

function comeAndGo(socket: Socket): void {
  socket.on("connect", () => {
    poured += 1;
    socket.destroy();
  });
}

/** Sends the same line again whenever it is answered. */
function repeat(socket: Socket, line: string): void {
  socket.on("connect", () => socket.write(line));
  socket.on("data", (chunk: Buffer) => {
    if (chunk.at(-1) !== 0x0a) return;
    poured += 1;
    socket.write(line);
  });
}

/** JSON-RPC from its first byte, then nothing of it, as fast as the server reads. */
function pourGarbage(socket: Socket): void {
  const write = () => {
    while (socket.writable && socket.write(GARBAGE)) poured += 1;
  };
  socket.resume();
  socket.on("connect", () => {
    socket.write("{}\n");
    write();
  });
  socket.on("drain", write);
}

function rowsLine(): string {
  const columns = { price: COLUMN, qty: COLUMN.map((_, at) => at % 50), discount: COLUMN.map((_, at) => (at % 20) / 100) };
  const params = { expression: ROWS_EXPRESSION, columns };
  return `${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "calc.evaluateRows", params })}\n`;
}

/**
 * A low priority alone is not enough: who has it keeps a processor to the end of its slice, and a jailed process that was just
 * woken there was seen to wait 11 ms. In the class for idle time it does not; where there is no `chrt`, the priority must do.
 */
function giveWay(): void {
  setPriority(constants.priority.PRIORITY_LOW);
  // Its status is of no interest: the priority stands.
  spawnSync("chrt", ["--idle", "--all-tasks", "--pid", "0", String(process.pid)], { stdio: "ignore" });
}

if (import.meta.main) {
  const kind = process.argv.at(-1);
  const port = argument("port", 7070);
  giveWay();
  for (const [name, { peers }] of Object.entries(KINDS)) {
    // A name out of the table itself.
    if (name === kind) for (let peer = 0; peer < peers; peer++) begin(name as FloodKind, port);
  }
  process.on("disconnect", () => process.exit());
  process.on("message", () => process.send?.(poured));
  process.send?.("flooding");
}
