/**
 * What the kernel tells of a process, read from `/proc`, and of the machine, from `/sys`. Where there is none (macOS), or the
 * process is gone, the answers are empty: nothing here throws, and nothing here changes a process.
 */
import { readdirSync, readFileSync } from "node:fs";

/** One file of a process as text; "" when it cannot be read. */
export function readProc(pid: number | "self", name: string): string {
  return readOrNothing(`/proc/${pid}/${name}`);
}

/** The processors that are there, as the kernel lists them; "" when it cannot be told. */
export function readOnline(): string {
  return readOrNothing("/sys/devices/system/cpu/online").trim();
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** Names in one folder of a process; none when it cannot be read. */
export function listProc(pid: number | "self", folder: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/${folder}`);
  } catch {
    return [];
  }
}

/** Numbers of the processes the main thread of this one has started and not buried. */
export function readChildren(pid: number): number[] {
  return (readProc(pid, `task/${pid}/children`).match(/\d+/g) ?? []).map(Number);
}

/** True when a process has certainly ended, buried or not. */
export function hasEnded(pid: number): boolean {
  const stat = readProc(pid, "stat");
  return stat === "" ? readProc("self", "stat") !== "" : /\) [ZX] /.test(stat);
}

/** Resident memory of a process in MB; 0 when it cannot be told. */
export function readRssMb(pid: number): number {
  const pages = Number(readProc(pid, "statm").split(" ")[1] ?? 0);
  return Number.isFinite(pages) ? (pages * 4096) / (1024 * 1024) : 0;
}

/** Milliseconds a process has been ready to run without being given a processor, in its life; 0 when it cannot be told. */
export function readWaitedMs(pid: number): number {
  const waitedNs = Number(readProc(pid, "schedstat").split(" ")[1] ?? 0);
  return Number.isFinite(waitedNs) ? waitedNs / 1e6 : 0;
}
