/**
 * Asks one target: so many questions, over so many connections, so many unanswered on each. Every answer is compared
 * with what mathjs says; CPU is that of the target's whole process tree.
 */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { readTree, usBetween } from "./cpu.ts";
import { encode, expectedOf, SCRIPTS } from "./redis.ts";
import type { Running, Target } from "./targets.ts";
import { type Question, WORKLOADS, type WorkloadName } from "./workloads.ts";

const LF = 0x0a;

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

/** What came in on one connection: looked at afterwards only, because it is the server's time that counts. */
type Heard = { chunks: { bytes: Buffer; atMs: number }[]; asked: number[] };

/** Asks `questions`, `depth` of them at a time on each connection, and measures the server from the first to the last answer. */
export async function ask(
  target: Target,
  running: Running,
  sockets: readonly Socket[],
  depth: number,
  workload: WorkloadName,
  questions: readonly Question[],
): Promise<Sample> {
  const requests = questions.map((question, id) => target.write(id, question, workload));
  const sentMs = new Float64Array(questions.length);
  let next = 0;
  let answered = 0;
  const done = Promise.withResolvers<void>();
  const hungUp = () => done.reject(new Error(`${target.name} hung up`));
  const heard = sockets.map((socket): Heard => {
    const mine: Heard = { chunks: [], asked: [] };
    const send = (room: number) => {
      const atMs = performance.now();
      let text = "";
      for (let sent = 0; sent < room && next < requests.length; sent += 1, next += 1) {
        text += requests[next];
        sentMs[next] = atMs;
        mine.asked.push(next);
      }
      if (text !== "") socket.write(text);
    };
    let lines = 0;
    socket.removeAllListeners("data").on("data", (bytes: Buffer) => {
      mine.chunks.push({ bytes, atMs: performance.now() });
      const before = Math.floor(lines / target.linesPerAnswer);
      lines += countLines(bytes);
      const came = Math.floor(lines / target.linesPerAnswer) - before;
      answered += came;
      send(came);
      if (answered === requests.length) done.resolve();
    });
    socket.once("close", hungUp);
    queueMicrotask(() => send(depth));
    return mine;
  });
  const before = readTree(running.pid);
  const startMs = performance.now();
  await done.promise;
  const elapsedMs = performance.now() - startMs;
  const cpuUs = usBetween(before, readTree(running.pid)) / requests.length;
  for (const socket of sockets) socket.off("close", hungUp);
  const { tookMs, wrong } = check(target, workload, questions, heard, sentMs);
  return {
    cpuUs,
    callsPerSecond: (requests.length / elapsedMs) * 1_000,
    p50Ms: tookMs[Math.floor(tookMs.length * 0.5)] ?? 0,
    p99Ms: tookMs[Math.floor(tookMs.length * 0.99)] ?? 0,
    wrong,
  };
}

/** Where the numbers of measured questions begin. */
export const MEASURED_FROM = 500_000;
/** Questions of a warming run, and where their numbers begin, in turns: never those that are measured, and as short and as long. */
const WARM_CALLS = 2_000;
const WARM_FROM = [0, 700_000] as const;

/** Asks for so long what is not looked at: what serves for long is warm, and code that is run often is made better for a while. */
export async function warmUp(
  target: Target,
  running: Running,
  sockets: readonly Socket[],
  depth: number,
  workload: WorkloadName,
  ms: number,
): Promise<void> {
  const endMs = performance.now() + ms;
  for (let run = 0; performance.now() < endMs; run += 1) {
    const from = (WARM_FROM[run % 2] ?? 0) + Math.floor(run / 2) * WARM_CALLS;
    const questions = Array.from({ length: WARM_CALLS }, (_, at) => ({ ...WORKLOADS[workload].make(from + at), expected: "" }));
    await ask(target, running, sockets, depth, workload, questions);
  }
}

/** How long each answer took, in order of length, and how many were missing or not what mathjs says. */
function check(
  target: Target,
  workload: WorkloadName,
  questions: readonly Question[],
  heard: readonly Heard[],
  sentMs: Float64Array,
) {
  const tookMs = new Float64Array(questions.length);
  let right = 0;
  for (const { chunks, asked } of heard) {
    let place = 0;
    let nowMs = 0;
    const read = target.makeReader((id = asked[place] ?? 0, value) => {
      place += 1;
      tookMs[id] = nowMs - (sentMs[id] ?? 0);
      if (target.without === "all" || value === expected(target, questions[id], workload)) right += 1;
    });
    for (const { bytes, atMs } of chunks) {
      nowMs = atMs;
      read(bytes);
    }
  }
  return { tookMs: tookMs.sort(), wrong: questions.length - right };
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) lines += 1;
  return lines;
}

function expected(target: Target, question: Question | undefined, workload: WorkloadName): string {
  if (question === undefined) return "";
  return target.name === "Redis" ? expectedOf(question, workload) : question.expected;
}
