/** The server as its users start it: a process of its own, a history on disk, everything else as it comes. */
import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { start } from "../cli/running.ts";

export type Program = AsyncDisposable & {
  pid: number;
  port: number;
  /** The layers of the jail have been told. */
  readonly proven: boolean;
  /** Numbers of the evaluators that have started and, as far as the server has noticed, live. */
  evaluators: ReadonlySet<number>;
};

export async function startProgram(args: string[] = []): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), "canaduck-faults-"));
  const history = `sqlite:${join(folder, "history.db")}`;
  const child = start(["serve", "--listen", "tcp://127.0.0.1:0", "--history", history, "--log-level", "debug", ...args]);
  assert.ok(child.stdout);
  const watched = watch(child);
  const [greeting] = await once(createInterface({ input: child.stdout }), "line");
  const stop = async () => {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    pid: child.pid ?? 0,
    port: Number(new URL(String(greeting).split(" ").at(-1) ?? "").port),
    evaluators: watched.evaluators,
    get proven() {
      return watched.proven;
    },
    [Symbol.asyncDispose]: stop,
  };
}

/** Reads the log for evaluators that come and go, and for what was proven. */
function watch({ stderr }: ChildProcess): { evaluators: Set<number>; proven: boolean } {
  assert.ok(stderr);
  const evaluators = new Set<number>();
  const watched = { evaluators, proven: false };
  createInterface({ input: stderr }).on("line", (line) => {
    if (line.includes('"msg":"jail"')) watched.proven = true;
    if (!line.includes('"worker ')) return;
    const { msg, pid } = JSON.parse(line);
    if (msg === "worker ready") evaluators.add(pid);
    else evaluators.delete(pid);
  });
  return watched;
}
