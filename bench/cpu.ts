/**
 * CPU time of a process and all its descendants, in microseconds, from the scheduler's own counters (Linux). Wall-clock
 * time says little on a shared machine; this says what a call costs whoever pays for the processor.
 */
import { readdirSync, readFileSync } from "node:fs";

/** Microseconds on a processor, of every thread that lives now. */
export function readTreeUs(root: number): number {
  let us = 0;
  for (const pid of family(root)) us += readProcessUs(pid);
  return us;
}

function family(root: number): number[] {
  const childrenOf = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!(pid > 0)) continue;
    // "pid (name) state ppid ...": the name may hold spaces and brackets.
    const parent = Number(read(`/proc/${pid}/stat`).split(") ").at(-1)?.split(" ")[1]);
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), pid]);
  }
  const found = [root];
  for (const pid of found) found.push(...(childrenOf.get(pid) ?? []));
  return found;
}

function readProcessUs(pid: number): number {
  let ns = 0;
  for (const task of list(`/proc/${pid}/task`)) ns += Number(read(`/proc/${pid}/task/${task}/schedstat`).split(" ")[0] ?? 0);
  return ns / 1_000;
}

function list(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/** Empty when the process is gone. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
