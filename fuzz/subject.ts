/** The server under test: a process of its own with the usual limits, started anew when an input has ended it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { NO_TOKENS } from "../test/system/running.ts";

const BIN = fileURLToPath(new URL("../bin/canaduck.js", import.meta.url));

/** All clients here come from one address: after one bomb everybody would wait for one process, ten seconds long. */
const UNSUSPICIOUS = ["--penal-ms", "100", "--burn-percent", "100"];
/** Mutants are refused by the hundred: every connection pauses often, and never for long. */
const SHORT_PAUSES = ["--refused-frames-max", "10", "--refused-pause-ms", "1"];
/** Where the defaults would measure patience instead of correctness; and nothing of so many clients is to be remembered. */
const SETTINGS = ["--quota-cpu-ms", "0", "--anonymous-kept-ms", "1000", "--drain-ms", "1000", ...UNSUSPICIOUS, ...SHORT_PAUSES];
/** For targets that are not about the calculator: what takes long there says nothing, and is to be over soon. */
export const QUICK = ["--evaluate-ms", "100"];
/** What the log says of its own trouble, and a server that dies says last. */
const LOG_CHARACTERS_MAX = 4_000;

/** From the last closed socket of a process to the news of its end. */
const ENDING_MS = 2_000;

export class Subject {
  readonly port: number;
  readonly #child: ChildProcess;
  #log = "";

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
    child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
      this.#log = (this.#log + chunk).slice(0, LOG_CHARACTERS_MAX);
    });
  }

  /** Resolves when the server listens; rejects when it ends before. */
  static async open(settings: readonly string[] = []): Promise<Subject> {
    const args = [
      "serve",
      "--listen",
      "tcp://127.0.0.1:0",
      "--history",
      "memory:",
      "--log-level",
      "error",
      "--tokens",
      NO_TOKENS,
    ];
    const child = spawn(process.execPath, [BIN, ...args, ...SETTINGS, ...settings], { stdio: ["ignore", "pipe", "pipe"] });
    // It must not outlive who asked for it.
    const kill = () => child.kill("SIGKILL");
    process.once("exit", kill);
    child.once("exit", () => process.off("exit", kill));
    const lines = createInterface({ input: child.stdout });
    const [line] = await Promise.race([once(lines, "line"), once(child, "exit").then(() => [""])]);
    const port = Number(/:(\d+)$/.exec(line)?.[1]);
    if (Number.isNaN(port)) throw new Error(`the server did not start: ${line}`);
    return new Subject(child, port);
  }

  /** What is wrong with the server itself: it has ended, or its log tells of an error. Undefined when all is well. */
  get complaint(): string | undefined {
    const { exitCode, signalCode } = this.#child;
    if (exitCode !== null || signalCode !== null) return `the server ended with ${signalCode ?? exitCode}: ${this.#log}`;
    return this.#log === "" ? undefined : `the server's log: ${this.#log}`;
  }

  /** For who was refused or cut off: resolves when the process has ended, or when it seems that it has not. */
  async maybeEnded(): Promise<void> {
    if (this.complaint !== undefined) return;
    await once(this.#child, "exit", { signal: AbortSignal.timeout(ENDING_MS) }).catch(() => undefined);
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, "exit");
    this.#child.kill("SIGTERM");
    await gone;
  }
}
