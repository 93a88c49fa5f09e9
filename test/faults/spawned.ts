/** A server as its own process, as an operator starts it, so that its memory, its exit and its processor time are its own. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../bin/canaduck.js", import.meta.url));

export type Spawned = {
  pid: number;
  port: number;
  /** Lines of the log so far. */
  log: string[];
  /** Sends the signal and resolves with the exit status, or the name of the signal that ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | string>;
};

/** Resolves when it listens. `args` come after `serve`; where it listens is given beside them, as a flag would only add to it. */
export async function spawnServer(args: readonly string[] = [], listen = "tcp://127.0.0.1:0"): Promise<Spawned> {
  const usual = ["serve", "--listen", listen, "--log-level", "warn"];
  const server = spawn(process.execPath, [program, ...usual, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const log: string[] = [];
  server.stderr.on("data", (chunk: Buffer) => log.push(...String(chunk).split("\n").filter(Boolean)));
  const ended = once(server, "exit");
  const [line] = await Promise.race([once(server.stdout, "data"), ended]);
  const port = Number(/:(\d+)\s*$/.exec(String(line))?.[1]);
  if (!(port > 0) || server.pid === undefined) throw new Error(`the server did not start: ${log.join("\n")}`);
  return {
    pid: server.pid,
    port,
    log,
    async stop(signal = "SIGTERM") {
      server.kill(signal);
      const [code, killed] = await ended;
      return killed ?? code;
    },
  };
}

/** Resident memory of a process in bytes. */
export function rssOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;
}
