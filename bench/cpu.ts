/**
 * CPU time of a process and all its descendants, in microseconds, from the kernel's own counters (Linux). Wall-clock time
 * says little on a shared machine; this says what a call costs whoever pays for the processor.
 *
 * Threads that live are counted in nanoseconds. Of what has ended the kernel keeps sums in ticks: of children that were
 * waited for in the process that waited, and of threads in their process. What ends after its own parent is waited for outside
 * of the tree: its time is lost, and the sum falls. So nothing is measured while processes come and go on purpose (`targets.ts`).
 */
import { readdirSync, readFileSync } from "node:fs";

/** Linux tells times in hundredths of a second, whatever its own clock does. */
const TICK_US = 10_000;
/** Ticks are rounded, of user and of system time: a difference as small says nothing. */
const TICKS_APART_US = 2 * TICK_US;

/** What one process has cost: its living threads, all its threads so far, and its children that have ended. */
type ProcessTime = { threadsUs: number; ownUs: number; childrenUs: number };

/** What the processes of a tree have cost so far, by their numbers. */
export type TreeTime = ReadonlyMap<number, ProcessTime>;

/** Reads the counters of a process and of all that it has started, or that they have. */
export function readTree(root: number): TreeTime {
  return new Map(family(root).map((pid) => [pid, readProcess(pid)]));
}

/** Microseconds on a processor between two readings, also of what has begun or ended meanwhile. */
export function usBetween(before: TreeTime, after: TreeTime): number {
  let us = 0;
  for (const [pid, { threadsUs, ownUs, childrenUs }] of after) {
    const was = before.get(pid) ?? { threadsUs: 0, ownUs: 0, childrenUs: 0 };
    const [livingUs, allUs] = [threadsUs - was.threadsUs, ownUs - was.ownUs];
    us += (allUs > livingUs + TICKS_APART_US ? allUs : livingUs) + childrenUs - was.childrenUs;
  }
  // Who has ended is counted with whoever waited for it, with all its life.
  for (const [pid, { threadsUs, childrenUs }] of before) if (!after.has(pid)) us -= threadsUs + childrenUs;
  return us;
}

function family(root: number): number[] {
  const childrenOf = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!(pid > 0)) continue;
    const parent = Number(statOf(pid)[PARENT]);
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), pid]);
  }
  const found = [root];
  for (const pid of found) found.push(...(childrenOf.get(pid) ?? []));
  return found;
}

/** Where in the words behind the name: see proc_pid_stat(5). Times are ticks in user and system mode, its own and of children waited for. */
const [PARENT, OWN_USER, OWN_SYSTEM, CHILD_USER, CHILD_SYSTEM] = [1, 11, 12, 13, 14];

function readProcess(pid: number): ProcessTime {
  let ns = 0;
  for (const task of list(`/proc/${pid}/task`)) ns += Number(read(`/proc/${pid}/task/${task}/schedstat`).split(" ")[0] ?? 0);
  const stat = statOf(pid);
  const ticksUs = (user: number, system: number) => (Number(stat[user] ?? 0) + Number(stat[system] ?? 0)) * TICK_US;
  return { threadsUs: ns / 1_000, ownUs: ticksUs(OWN_USER, OWN_SYSTEM), childrenUs: ticksUs(CHILD_USER, CHILD_SYSTEM) };
}

/** "pid (name) state ppid ...": the name may hold spaces and brackets. */
function statOf(pid: number): string[] {
  return read(`/proc/${pid}/stat`).split(") ").at(-1)?.split(" ") ?? [];
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
