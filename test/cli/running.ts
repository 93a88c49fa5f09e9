/** Runs bin/canaduck.js as a person or a script would: with pipes, or on a pseudo terminal made by script(1). */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const BIN = fileURLToPath(new URL("../../bin/canaduck.js", import.meta.url));

export type Ran = { status: number | null; stdout: string; stderr: string };

type Options = { input?: string; env?: NodeJS.ProcessEnv; nodeFlags?: string[] };

/** Starts the program with pipes. */
export function start(args: string[], { env = {}, nodeFlags = [] }: Options = {}): ChildProcess {
  return spawn(process.execPath, [...nodeFlags, BIN, ...args], { env: { PATH: process.env["PATH"], ...env } });
}

/** Runs the program to its end. */
export async function run(args: string[], options: Options = {}): Promise<Ran> {
  const child = start(args, options);
  // The program may have ended before it read its input.
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(options.input ?? "");
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const [status] = await once(child, "close");
  return { status, stdout: stdout(), stderr: stderr() };
}

/** What a stream has said so far. */
export function collect(stream: NodeJS.ReadableStream | null): () => string {
  let text = "";
  stream?.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  return () => text;
}

/** The program on a pseudo terminal of 80 columns, with a state folder of its own. */
export class Typist {
  readonly #child: ChildProcess;
  readonly #folder = mkdtempSync(join(tmpdir(), "canaduck-typist-"));
  readonly #text: () => string;

  constructor(args: string[], state?: string) {
    const command = [process.execPath, BIN, ...args].map((word) => `'${word}'`).join(" ");
    this.#child = spawn("script", ["-qfec", `stty cols 80; ${command}`, "/dev/null"], {
      env: { PATH: process.env["PATH"], TERM: "xterm", NO_COLOR: "1", XDG_STATE_HOME: state ?? this.#folder },
    });
    this.#text = collect(this.#child.stdout);
  }

  get text(): string {
    return this.#text();
  }

  /** Resolves when everything shown so far matches; rejects when the program ends, or 20 seconds are over, without it. */
  sees(pattern: RegExp): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!pattern.test(this.#text())) return;
        stop();
        resolve();
      };
      const missed = () => {
        stop();
        reject(new Error(`never showed ${pattern}: ${JSON.stringify(this.#text())}`));
      };
      const timer = setTimeout(missed, 20_000);
      const stop = () => {
        clearTimeout(timer);
        this.#child.stdout?.off("data", look);
        this.#child.off("close", missed);
      };
      this.#child.stdout?.on("data", look);
      this.#child.once("close", missed);
      look();
    });
  }

  types(keys: string): void {
    this.#child.stdin?.write(keys);
  }

  /** The exit status, when the program has ended. */
  async ends(): Promise<number | null> {
    if (this.#child.exitCode === null) await once(this.#child, "close");
    return this.#child.exitCode;
  }

  /** Takes the terminal away, which ends the program, and its folder. */
  leave(): void {
    this.#child.kill("SIGKILL");
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
