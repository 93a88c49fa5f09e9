/**
 * `npm run bench`: Canaduck beside the floor and its peers, in one run. Every server is started once; then they take
 * turns, round after round, so that what else the machine does meets all alike. Prints tables of CPU per call, and of
 * latency, and compares with the targets; `--write` puts them into docs/PERFORMANCE.md.
 */
import { parseArgs } from "node:util";
import { ask, MEASURED_FROM, openConnections, prepare, type Sample, type Shape, warmUp } from "./load.ts";
import { formatTables, formatVerdicts, type Results } from "./report.ts";
import { measureRows, type RowsSamples } from "./rows.ts";
import { type Running, TARGETS, type Target } from "./targets.ts";
import { makeQuestions, WORKLOADS, type WorkloadName } from "./workloads.ts";

const HELP = `npm run bench -- [options]

Compares Canaduck with the floor and its peers: CPU microseconds per call of each server's whole process tree, in turns.

  --rounds N        turns for each measurement; the tables show the median (default 5)
  --calls N         calls of one turn at depth 64 (default 20000; a quarter of that elsewhere)
  --warm N          seconds each server is asked before its first turn that counts (default 4; a quarter of that elsewhere)
  --only A,B        targets by name: ${TARGETS.map(({ name }) => name).join(", ")}
  --workloads A,B   ${Object.keys(WORKLOADS).join(", ")} (default all)
  --shapes A,B      DEPTHxCONNECTIONS (default 64x1,1x1,1x64)
  --write           put the result into docs/PERFORMANCE.md
  --help            this text

Exit status: 0 measured, 1 a server gave a wrong answer or could not be measured. Targets missed are shown, not an error.
`;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    calls: { type: "string", default: "20000" },
    warm: { type: "string", default: "4" },
    only: { type: "string" },
    workloads: { type: "string" },
    shapes: { type: "string", default: "64x1,1x1,1x64" },
    write: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

type Started = { target: Target; running: Running };

async function start(wanted: string[] | undefined): Promise<Started[]> {
  const started: Started[] = [];
  for (const target of TARGETS.filter(({ name }) => wanted?.includes(name) ?? true)) {
    const running = await target.start();
    if (running === undefined) process.stderr.write(`${target.name} is not installed here\n`);
    else started.push({ target, running });
    if (running !== undefined) await prepare(target, running);
  }
  return started;
}

/** Tables beside single calls, where both can be measured. */
async function measureTables(started: Started[], workloads: WorkloadName[], rounds: number): Promise<RowsSamples | undefined> {
  const one = started.find(({ target }) => target.name === "canaduck");
  if (one === undefined || !workloads.includes("FORMULA")) return undefined;
  return await measureRows(one.target, one.running, rounds, Number(values.calls));
}

type Effort = { rounds: number; calls: number; warmMs: number };

/** One workload in one shape: every target in turn, `rounds` times, when all are warm. */
async function measure(started: Started[], workload: WorkloadName, shape: Shape, effort: Effort): Promise<Map<string, Sample[]>> {
  const { rounds, calls, warmMs } = effort;
  const samples = new Map<string, Sample[]>();
  const able = started.filter(({ target }) => !target.without.includes(workload) || target.without === "all");
  const lines = await Promise.all(able.map(({ running }) => openConnections(running.port, shape.connections)));
  for (const [index, { target, running }] of able.entries()) {
    await warmUp(target, running, lines[index] ?? [], shape.depth, workload, warmMs);
  }
  for (let round = 1; round <= rounds; round += 1) {
    const questions = makeQuestions(workload, MEASURED_FROM + (round - 1) * calls, calls);
    for (const [index, { target, running }] of able.entries()) {
      const sample = await ask(target, running, lines[index] ?? [], shape.depth, workload, questions);
      samples.set(target.name, [...(samples.get(target.name) ?? []), sample]);
    }
    if (process.stderr.isTTY) process.stderr.write(`\r${workload} ${shape.depth}x${shape.connections}: ${round} of ${rounds} `);
  }
  for (const sockets of lines) for (const socket of sockets) socket.removeAllListeners("close").destroy();
  return samples;
}

function parseShape(text: string): Shape {
  const [depth = 1, connections = 1] = text.split("x").map(Number);
  return { depth, connections };
}

async function run(): Promise<number> {
  const [rounds, calls, warm] = [Number(values.rounds), Number(values.calls), Number(values.warm)];
  const workloads = Object.keys(WORKLOADS).filter(
    (name): name is WorkloadName => values.workloads?.split(",").includes(name) ?? true,
  );
  const started = await start(values.only?.split(/,(?! )/));
  const results: Results = [];
  let rows: RowsSamples | undefined;
  try {
    for (const shape of values.shapes.split(",").map(parseShape)) {
      for (const workload of workloads) {
        const share = shape.depth > 1 ? 1 : 4;
        const effort = { rounds, calls: Math.ceil(calls / share), warmMs: (warm * 1_000) / share };
        results.push({ workload, shape, samples: await measure(started, workload, shape, effort) });
      }
    }
    rows = await measureTables(started, workloads, rounds);
  } finally {
    await Promise.all(started.map(({ running }) => running.stop()));
  }
  process.stdout.write(`${formatTables(results)}\n${formatVerdicts(results, rows)}`);
  if (values.write) await import("./page.ts").then(({ writePage }) => writePage(results, rows));
  const isWrong = results.some(({ samples }) => [...samples.values()].flat().some(({ wrong }) => wrong > 0));
  return isWrong || (rows?.wrong ?? 0) > 0 ? 1 : 0;
}

if (values.help) process.stdout.write(HELP);
else process.exitCode = await run();
