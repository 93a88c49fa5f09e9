/**
 * Asks one target: so many questions, over so many connections, so many unanswered on each. Every answer is compared
 * with what mathjs says; CPU is that of the target's whole process tree.
 */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { readTreeUs } from "./cpu.ts";
import { encode, expectedOf, SCRIPTS } from "./redis.ts";
import type { Running, Target } from "./targets.ts";
import type { Question, WorkloadName } from "./workloads.ts";

/** Unanswered questions on each connection, and connections. */
export type Shape = { depth: number; connections: number };

export type Sample = {
  /** Microseconds of CPU per call, of the whole tree. */
  cpuUs: number;
  callsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** Answers that were not what mathjs says. */
  wrong: number;
};

/** Connections that stay open from run to run: making them is no part of a call. */
export async function openConnections(port: number, connections: number): Promise<Socket[]> {
  const sockets = Array.from({ length: connections }, () => connect({ port, host: "127.0.0.1", noDelay: true }));
  await Promise.all(sockets.map((socket) => once(socket, "connect")));
  return sockets;
}

/** Loads what stands for the workloads into Redis; others need nothing. */
export async function prepare(target: Target, { port }: Running): Promise<void> {
  if (target.name !== "Redis") return;
  const [socket] = await openConnections(port, 1);
  for (const script of Object.values(SCRIPTS)) {
    socket?.write(encode(["SCRIPT", "LOAD", script]));
    if (socket !== undefined) await once(socket, "data");
  }
  socket?.end();
}

export async function ask(
  target: Target,
  running: Running,
  sockets: readonly Socket[],
  depth: number,
  workload: WorkloadName,
  questions: readonly Question[],
): Promise<Sample> {
  const requests = questions.map((question, id) => target.write(id, question, workload));
  const checks = target.without !== "all";
  const sentMs = new Float64Array(questions.length);
  const tookMs = new Float64Array(questions.length);
  let next = 0;
  let answered = 0;
  let wrong = 0;
  const done = Promise.withResolvers<void>();
  for (const socket of sockets) {
    const inOrder: number[] = [];
    const send = (room: number) => {
      let text = "";
      for (let sent = 0; sent < room && next < requests.length; sent += 1, next += 1) {
        text += requests[next];
        sentMs[next] = performance.now();
        inOrder.push(next);
      }
      if (text !== "") socket.write(text);
    };
    let free = 0;
    const read = target.makeReader((id = inOrder.shift() ?? 0, value) => {
      tookMs[id] = performance.now() - (sentMs[id] ?? 0);
      answered += 1;
      free += 1;
      if (checks && value !== expected(target, questions[id], workload)) wrong += 1;
    });
    socket.removeAllListeners("data").on("data", (chunk: Buffer) => {
      read(chunk);
      send(free);
      free = 0;
      if (answered === requests.length) done.resolve();
    });
    socket.once("close", () => done.reject(new Error(`${target.name} hung up`)));
    queueMicrotask(() => send(depth));
  }
  const cpuUs = readTreeUs(running.pid);
  const startMs = performance.now();
  await done.promise;
  const elapsedMs = performance.now() - startMs;
  tookMs.sort();
  return {
    cpuUs: (readTreeUs(running.pid) - cpuUs) / requests.length,
    callsPerSecond: (requests.length / elapsedMs) * 1_000,
    p50Ms: tookMs[Math.floor(tookMs.length * 0.5)] ?? 0,
    p99Ms: tookMs[Math.floor(tookMs.length * 0.99)] ?? 0,
    wrong,
  };
}

function expected(target: Target, question: Question | undefined, workload: WorkloadName): string {
  if (question === undefined) return "";
  return target.name === "Redis" ? expectedOf(question, workload) : question.expected;
}
