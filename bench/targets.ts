/** Who is asked: each server as a child process, with its way of writing a question and of reading an answer. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { makeLineCutter } from "./peers/host.ts";
import { makeReplyReader, SCRIPTS, writeCommand } from "./redis.ts";
import type { Question, WorkloadName } from "./workloads.ts";

/** Called with the value, as JSON text, of each answer; `id` is absent where answers come in the order of the questions. */
export type Answered = (id: number | undefined, value: string) => void;

export type Target = {
  readonly name: string;
  readonly about: string;
  /** What it cannot calculate; `all` answers without calculating. */
  readonly without: readonly WorkloadName[] | "all";
  /** Starts it; undefined when it is not installed here. */
  start(): Promise<Running | undefined>;
  write(id: number, question: Question, workload: WorkloadName): string;
  makeReader(answered: Answered): (chunk: Buffer) => void;
  /** Line feeds of one answer: enough to know how many came. */
  readonly linesPerAnswer: number;
};

export type Running = { pid: number; port: number; stop(): Promise<void> };

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

function writeCall(extra: object): Target["write"] {
  return (id, { expression, variables }) => {
    const params = { expression, ...(variables && { variables }), ...extra };
    return `${JSON.stringify({ jsonrpc: "2.0", id, method: "calc.evaluate", params })}\n`;
  };
}

function makeJsonReader(answered: Answered): (chunk: Buffer) => void {
  return makeLineCutter((line) => {
    const { id, result, error } = JSON.parse(line);
    answered(id, result === undefined ? `error ${JSON.stringify(error)}` : JSON.stringify(result.value));
  });
}

function peer(name: string, about: string, file: string, without: Target["without"] = []): Target {
  const program = file.endsWith(".py") ? "python3" : process.execPath;
  const start = async () => {
    const child = spawn(program, [here(`peers/${file}`)], { stdio: "pipe" });
    const { port } = JSON.parse(await firstLine(child));
    return { pid: pidOf(child), port, stop: () => stop(child) };
  };
  return { name, about, without, start, write: writeCall({}), makeReader: makeJsonReader, linesPerAnswer: 1 };
}

function canaduck(name: string, about: string, record: boolean): Target {
  const start = async () => {
    const folder = await mkdtemp(join(tmpdir(), "canaduck-bench-"));
    const history = record ? `sqlite:${join(folder, "history.sqlite")}` : "memory:";
    const child = spawn(process.execPath, [
      here("../bin/canaduck.js"),
      "serve",
      "--listen",
      "tcp://127.0.0.1:0",
      "--history",
      history,
      // While the others have their turns nobody calls, and it would let go what it keeps in service.
      "--spares-kept-ms",
      "3600000",
    ]);
    child.stderr.resume();
    const port = Number(/:(\d+)$/.exec(await firstLine(child))?.[1]);
    await untilProven(port);
    const end = async () => {
      await stop(child);
      await rm(folder, { recursive: true });
    };
    return { pid: pidOf(child), port, stop: end };
  };
  return { name, about, without: [], start, write: writeCall({ record }), makeReader: makeJsonReader, linesPerAnswer: 1 };
}

const PROOF_LOOK_MS = 100;
const redisServer = "/usr/bin/redis-server";

const redis: Target = {
  name: "Redis",
  about: "EVALSHA of a Lua script, no sandbox to speak of; UNIQUE adds two numbers only",
  without: ["MIX"],
  async start() {
    if (!existsSync(redisServer)) return undefined;
    const port = await freePort();
    const child = spawn(redisServer, ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], {
      cwd: tmpdir(),
    });
    for await (const line of createInterface({ input: child.stdout })) if (line.includes("Ready to accept")) break;
    child.stdout.resume();
    return { pid: pidOf(child), port, stop: () => stop(child) };
  },
  write: (_, question, workload) => writeCommand(SCRIPTS[workload], question, workload),
  makeReader: (answered) => makeReplyReader((text) => answered(undefined, text)),
  // The length of a text comes first, on a line of its own.
  linesPerAnswer: 2,
};

export const TARGETS: readonly Target[] = [
  peer("echo", "the floor: jsonrpc-lite and ajv, no calculation", "echo.ts", "all"),
  peer("relay", "the floor of a process apart: lines go there and back, no calculation", "relay.ts", "all"),
  peer("journal", "what keeping costs at all: echo, with the questions in a file and fsync first", "journal.ts", "all"),
  redis,
  peer("exercise", "the Python exercise, eval() with no sandbox", "exercise.py", ["MIX"]),
  peer("jayson", "jayson and mathjs in one process, no sandbox", "jayson.ts"),
  peer("json-rpc-2.0", "json-rpc-2.0 and mathjs in one process, no sandbox", "json-rpc.ts"),
  peer("workerpool", "a pool of processes with a time limit, over TCP", "workerpool.ts"),
  canaduck("canaduck", "jailed, `record: false`", false),
  canaduck("canaduck, recorded", "jailed, every call in the history on disk", true),
];

/** The layers are proven in processes that end at once: their time would come and go in what is measured. */
async function untilProven(port: number): Promise<void> {
  const socket = connect({ port, host: "127.0.0.1" });
  const lines = createInterface({ input: socket });
  for (let isProving = true; isProving; ) {
    socket.write('{"jsonrpc":"2.0","id":1,"method":"server.info"}\n');
    const [line] = await once(lines, "line");
    isProving = JSON.parse(line).result.jail.proving;
    if (isProving) await pause(PROOF_LOOK_MS);
  }
  socket.destroy();
}

async function firstLine(child: ChildProcessWithoutNullStreams): Promise<string> {
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([once(lines, "line"), once(child, "exit").then(() => ["ended before it was ready"])]);
  return line;
}

async function stop(child: ChildProcessWithoutNullStreams): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  await gone;
}

function pidOf({ pid }: ChildProcessWithoutNullStreams): number {
  if (pid === undefined) throw new Error("a peer was not started");
  return pid;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}
