/**
 * The guard against a test file that never ends. The runner's own timeout ends a test; it does not end a file that computes
 * without a pause, nor one that is done and keeps something open: for these the runner would wait for ever.
 *
 * A file whose process tells the runner nothing for longer than any test may take is killed, which the runner then reports
 * as the file's failure. When it does not in as long again, something the file started holds its output open: then the
 * whole run ends.
 */
import { resolve } from "node:path";
import { readChildren, readProc } from "../src/evaluator/proc.ts";

/** So many times what a test may take: its end may be told late. */
const PATIENCE_FACTOR = 1.25;

export class Silence {
  /** Files that were killed. */
  readonly broken = new Set<string>();
  readonly #ended = new Set<string>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #patienceMs: number;

  /** `testMs` is the runner's timeout of a test. Without one nothing is killed. */
  constructor(testMs: number | undefined) {
    this.#patienceMs = PATIENCE_FACTOR * (testMs ?? 0);
  }

  /** The process of this file, by its whole path, has begun or told something. */
  heard(file: string): void {
    if (this.#patienceMs === 0 || this.#ended.has(file) || this.broken.has(file)) return;
    clearTimeout(this.#timers.get(file));
    const timer = setTimeout(() => this.#break(file), this.#patienceMs);
    this.#timers.set(file, timer);
  }

  ended(file: string): void {
    this.#ended.add(file);
    clearTimeout(this.#timers.get(file));
  }

  /** All files have ended: nothing is waited for any more. */
  over(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  #break(file: string): void {
    this.broken.add(file);
    for (const pid of processesOf(file)) killTree(pid);
    const timer = setTimeout(() => giveUp(file), this.#patienceMs);
    this.#timers.set(file, timer);
  }
}

/** The runner starts a process for each file, and names the file in its command line. */
function processesOf(file: string): number[] {
  const words = (pid: number) => readProc(pid, "cmdline").split("\0");
  return readChildren(process.pid).filter((pid) => words(pid).some((word) => resolve(word) === file));
}

function killTree(pid: number): void {
  const children = readChildren(pid);
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended meanwhile.
  }
  for (const child of children) killTree(child);
}

function giveUp(file: string): never {
  process.stderr.write(`\nHUNG ${file}: it has ended, and what it had started still holds its output open\n`);
  process.exit(1);
}
