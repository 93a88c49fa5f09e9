/** The server as its users start it: a process of its own, a history on disk, everything else as it comes. */
import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { start } from "../cli/running.ts";

export type Program = AsyncDisposable & { port: number; child: ChildProcess };

export async function startProgram(args: string[] = []): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), "canaduck-faults-"));
  const history = `sqlite:${join(folder, "history.db")}`;
  const child = start(["serve", "--listen", "tcp://127.0.0.1:0", "--history", history, "--log-level", "silent", ...args]);
  assert.ok(child.stdout);
  child.stderr?.resume();
  const [greeting] = await once(createInterface({ input: child.stdout }), "line");
  const stop = async () => {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    rmSync(folder, { recursive: true, force: true });
  };
  return { port: Number(new URL(String(greeting).split(" ").at(-1) ?? "").port), child, [Symbol.asyncDispose]: stop };
}
