/** What a server costs before anybody asks it anything: its start, its memory at rest, and an evaluator in place of one that was killed. */
import { readFileSync } from "node:fs";
import { readChildren } from "../../src/evaluator/proc.ts";
import { until } from "../until.ts";
import { type Program, startProgram } from "./program.ts";

export type Part = { name: string; count: number; mb: number };
export type Replacement = { kills: number; evaluatorMs: number; serverMs: number };
export type Start = { starts: number; leastMs: number; medianMs: number; serverCpuMs: number };

/** Two that serve and a spare, and two of the back lane; and those that stay when nothing is asked. */
const EVALUATORS = 5;
const EVALUATORS_STILL = 2;

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** From the command to the line that says it listens, the snapshot and the compiled code being there. */
export async function measureStart(starts: number): Promise<Start> {
  const clock: number[] = [];
  const cpu: number[] = [];
  for (let run = 0; run <= starts; run++) {
    const startedMs = performance.now();
    await using program = await startProgram();
    // The first start may have to make what the others find.
    if (run > 0) clock.push(performance.now() - startedMs);
    if (run > 0) cpu.push(cpuMs(program.pid));
  }
  return { starts, leastMs: Math.min(...clock), medianMs: median(clock), serverCpuMs: median(cpu) };
}

/** Memory of every process of an idle server, shared pages divided between those who share them (PSS). */
export async function measureMemory(): Promise<Part[]> {
  await using program = await startIdle(EVALUATORS_STILL);
  const parts = new Map<string, Part>();
  for (const pid of familyOf(program.pid)) {
    const name = nameOf(pid, program);
    const part = parts.get(name) ?? { name, count: 0, mb: 0 };
    parts.set(name, { name, count: part.count + 1, mb: part.mb + pssMb(pid) });
  }
  return [...parts.values()];
}

/** Processor time of one evaluator from its birth until it is ready, and what the server spends on it. */
export async function measureReplacement(kills: number): Promise<Replacement> {
  await using program = await startIdle(EVALUATORS, ["--spares-kept-ms", "3600000"]);
  const evaluator: number[] = [];
  const server: number[] = [];
  for (let kill = 0; kill < kills; kill++) {
    const before = cpuMs(program.pid);
    const old = new Set(program.evaluators);
    const [victim] = old;
    if (victim === undefined) throw new Error("nobody to kill");
    process.kill(victim, "SIGKILL");
    await until(() => !program.evaluators.has(victim) && program.evaluators.size === EVALUATORS);
    const [born] = [...program.evaluators].filter((pid) => !old.has(pid));
    if (born !== undefined) evaluator.push(cpuMs(born) + cpuMs(parentOf(born)) * Number(parentOf(born) !== program.pid));
    server.push(cpuMs(program.pid) - before);
  }
  return { kills, evaluatorMs: median(evaluator), serverMs: median(server) };
}

/** All evaluators started, and nothing else left of the start: the processes of the proof are gone. */
async function startIdle(evaluators: number, args: string[] = []): Promise<Program> {
  const program = await startProgram(args);
  const isStaffed = () => program.evaluators.size === evaluators && readChildren(program.pid).length === evaluators;
  await until(() => program.proven && isStaffed());
  return program;
}

function familyOf(root: number): number[] {
  const family = [root];
  for (const pid of family) family.push(...readChildren(pid));
  return family;
}

function nameOf(pid: number, { pid: server, evaluators }: Program): string {
  if (pid === server) return "server";
  return evaluators.has(pid) ? "evaluators" : "their keepers";
}

function pssMb(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1]) / 1024;
}

function parentOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[1]);
}

/** Of all threads so far: `stat` counts those that have ended, too. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** For people. */
export function formatStart({ starts, leastMs, medianMs, serverCpuMs }: Start): string {
  return `${starts} starts: listening after ${leastMs.toFixed(0)} ms at best, ${medianMs.toFixed(0)} ms in the middle; CPU of the server until then ${serverCpuMs.toFixed(0)} ms`;
}

export function formatMemory(parts: readonly Part[]): string {
  const rows = parts.map(({ name, count, mb }) => `${mb.toFixed(0).padStart(5)} MB  ${count} ${name}`);
  return [...rows, `${totalMb(parts).toFixed(0).padStart(5)} MB  in all`].join("\n");
}

export function totalMb(parts: readonly Part[]): number {
  return parts.reduce((sum, { mb }) => sum + mb, 0);
}

export function formatReplacement({ kills, evaluatorMs, serverMs }: Replacement): string {
  return `${kills} evaluators replaced: CPU of the new one until it is ready ${evaluatorMs.toFixed(0)} ms, of the server meanwhile ${serverMs.toFixed(0)} ms`;
}
