/** The trial of the server's door: what is too long, too deep, too much or no message at all is refused by name, and the next call is served. */
import { connect } from "node:net";
import { createInterface } from "node:readline";
import type { Config } from "../config.ts";
import { openLog } from "../log.ts";
import { open } from "./serve.ts";
import { type Course, type Finding, type Trial, tryParts } from "./trial.ts";

/** `wants` is the name of the error. */
type Knock = { id: string; bytes: string | Buffer; wants: string };

/** For one reply of a server that shares the machine with nobody but us. */
const PATIENCE_MS = 10_000;

/** Starts a server with these settings on a free port of 127.0.0.1, its history in memory; closes it afterwards. */
export async function tryDoor(config: Config, course: Course): Promise<Trial> {
  const quiet: Config = { ...config, listen: ["tcp://127.0.0.1:0"], history: "memory:", metrics: "off" };
  const server = await open(quiet, openLog("silent"), () => undefined);
  try {
    const port = Number(new URL(server.urls[0] ?? "").port);
    const findings = await tryParts(
      knocksOf(config),
      { lanes: 1, course },
      async (knock) => [await tryKnock(port, knock)],
      ({ id }) => [id],
    );
    return { name: "door", findings };
  } finally {
    await server.close();
  }
}

function knocksOf({ frameBytesMax, expressionBytesMax, depthMax, messageDepthMax, batchMax }: Config): Knock[] {
  const line = (message: unknown) => `${JSON.stringify(message)}\n`;
  const call = (method: string, params?: unknown) => ({ jsonrpc: "2.0", id: 1, method, params });
  const deep = Math.min(depthMax + 1, Math.floor(expressionBytesMax / 2) - 1);
  return [
    { id: "line-too-long", bytes: `${" ".repeat(frameBytesMax)}${line(call("server.ping"))}`, wants: "request_too_large" },
    { id: "expression-too-long", bytes: line(call("calc.evaluate", ["1".repeat(expressionBytesMax + 1)])), wants: "too_long" },
    {
      id: "brackets-too-deep",
      bytes: line(call("calc.evaluate", [`${"(".repeat(deep)}1${")".repeat(deep)}`])),
      wants: "too_deep",
    },
    {
      id: "message-too-deep",
      bytes: `${"[".repeat(messageDepthMax + 1)}${"]".repeat(messageDepthMax + 1)}\n`,
      wants: "request_too_large",
    },
    { id: "batch-too-large", bytes: line(Array(batchMax + 1).fill(call("server.ping"))), wants: "batch_too_large" },
    { id: "not-json", bytes: '{"jsonrpc": "2.0", \n', wants: "parse_error" },
    { id: "not-utf8", bytes: Buffer.from('{"jsonrpc":"2.0","id":1,"method":"\xff"}\n', "latin1"), wants: "parse_error" },
    { id: "operators-method", bytes: line(call("admin.clients")), wants: "forbidden" },
  ];
}

/** Knocks, and asks for a ping behind it: two replies, in any order. */
async function tryKnock(port: number, { id, bytes, wants }: Knock): Promise<Finding> {
  const socket = connect({ port, host: "127.0.0.1" });
  const patience = setTimeout(() => socket.destroy(), PATIENCE_MS);
  socket.on("error", () => undefined);
  socket.write(bytes);
  socket.write('{"jsonrpc":"2.0","id":2,"method":"server.ping"}\n');
  const replies: string[] = [];
  for await (const reply of createInterface({ input: socket })) if (replies.push(reply) === 2) break;
  clearTimeout(patience);
  socket.destroy();
  const isPing = (reply: string) => reply.includes('"id":2,"result"');
  const refusal = replies.find((reply) => !isPing(reply)) ?? "";
  const by = /"name":"([a-z_]+)"/.exec(refusal)?.[1] ?? (refusal.slice(0, 80) || "silence");
  if (by !== wants) return { id, end: "through", by: `${by} instead of ${wants}` };
  return replies.some(isPing) ? { id, end: "L0", by } : { id, end: "through", by: `${by}, then no service` };
}
