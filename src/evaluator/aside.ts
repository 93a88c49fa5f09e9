/**
 * How a jailed process stands aside, so that whoever burns there is out of the way of everybody else: it may only run on the
 * last processor, and there with a tenth of the weight of others. Neither is part of the wall.
 *
 * A low weight alone does not do it. Linux may leave who wakes up behind who burns until the next tick, 4 ms later, however
 * little weight that one has, and even while another processor is idle.
 */
import { existsSync, writeFileSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { listProc, readOnline, readProc } from "./proc.ts";

/** Debian's place. Nothing is taken from a search path. */
const taskset = "/usr/bin/taskset";

/**
 * argv in front of a command that shall run on the last processor this process may use; none where there is no other for
 * everybody else, or no `taskset`. Read anew each time: what a container may use can change while it runs.
 */
export function asideCommand(): string[] {
  // What may be used can name processors that are not there, and `taskset` refuses those.
  const online = new Set(numbersIn(readOnline()));
  const allowed = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readProc("self", "status"))?.[1] ?? "";
  const usable = numbersIn(allowed).filter((one) => online.has(one));
  return usable.length > 1 && existsSync(taskset) ? [taskset, "--cpu-list", String(usable.at(-1))] : [];
}

/** The numbers in one of the kernel's lists, such as "0-3", "0,2" or "5", in order. */
function numbersIn(list: string): number[] {
  return list.split(",").flatMap((range) => {
    const [first = Number.NaN, last = first] = range.split("-").map(Number);
    return last >= first ? Array.from({ length: last - first + 1 }, (_, at) => first + at) : [];
  });
}

/** A tenth of the weight of others: enough to be out of their way, and still to end in time on a machine that is never idle. */
const lowPriority = constants.priority.PRIORITY_BELOW_NORMAL;

/** Lowers the weight of every thread of a process, for good. Lowering needs no right; what cannot be lowered stays as it is. */
export function lowerPriority(pid: number): void {
  // Linux weighs each thread by itself, and, where it groups them by session, the session as a whole.
  for (const thread of new Set([pid, ...listProc(pid, "task").map(Number)])) {
    attempt(() => setPriority(thread, lowPriority));
  }
  // Linux takes one such change in a tenth of a second from who is not root, so none is made in vain.
  if (readProc(pid, "autogroup").endsWith(` nice ${lowPriority}\n`)) return;
  attempt(() => writeFileSync(`/proc/${pid}/autogroup`, String(lowPriority)));
}

function attempt(action: () => void): void {
  try {
    action();
  } catch {
    // It has ended, or this system has no such thing.
  }
}
