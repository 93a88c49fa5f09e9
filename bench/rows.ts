/**
 * What a row costs in `calc.evaluateRows`: a table of FORMULA beside single calls of it, in turns at one server. Each value is
 * compared with what mathjs says.
 */
import type { Socket } from "node:net";
import { readTree, usBetween } from "./cpu.ts";
import { ask, openConnections } from "./load.ts";
import { makeLineCutter } from "./peers/host.ts";
import type { Running, Target } from "./targets.ts";
import { makeQuestions, type Question } from "./workloads.ts";

/** Microseconds of CPU of the whole tree, a row and a single call at depth 64: one of each for each round. */
export type RowsSamples = { rows: number; rowUs: number[]; callUs: number[]; wrong: number };

const ROWS = 100_000;
/** Tables of one turn: one alone would be a few hundred milliseconds of many things. */
const TABLES = 4;
const DEPTH = 64;

export async function measureRows(target: Target, running: Running, rounds: number, calls: number): Promise<RowsSamples> {
  const [socket] = await openConnections(running.port, 1);
  if (socket === undefined) throw new Error("no connection");
  const questions = makeQuestions("FORMULA", 0, ROWS);
  const table = writeTable(questions);
  const samples: RowsSamples = { rows: ROWS, rowUs: [], callUs: [], wrong: 0 };
  for (let round = 0; round <= rounds; round += 1) {
    const single = await ask(target, running, [socket], DEPTH, "FORMULA", makeQuestions("FORMULA", round * calls, calls));
    const before = readTree(running.pid);
    const answers: string[] = [];
    for (let count = 0; count < TABLES; count += 1) answers.push(await send(socket, table));
    const rowUs = usBetween(before, readTree(running.pid)) / (ROWS * TABLES);
    samples.wrong += single.wrong + answers.reduce((wrong, answer) => wrong + countWrong(answer, questions), 0);
    if (round === 0) continue;
    samples.callUs.push(single.cpuUs);
    samples.rowUs.push(rowUs);
  }
  socket.removeAllListeners("close").destroy();
  return samples;
}

function writeTable(questions: readonly Question[]): string {
  const columns: Record<string, number[]> = {};
  for (const { variables } of questions)
    for (const [name, value] of Object.entries(variables ?? {})) {
      columns[name] ??= [];
      columns[name].push(value);
    }
  const params = { expression: questions[0]?.expression, columns };
  return `${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "calc.evaluateRows", params })}\n`;
}

function send(socket: Socket, line: string): Promise<string> {
  return new Promise((resolve) => {
    socket.removeAllListeners("data").on("data", makeLineCutter(resolve));
    socket.write(line);
  });
}

function countWrong(answer: string, questions: readonly Question[]): number {
  const { result } = JSON.parse(answer);
  return questions.filter(({ expected }, at) => JSON.stringify(result?.values[at]) !== expected).length;
}
