/**
 * What bin/canaduck.js runs: composes the command that the arguments name and turns its outcome into an exit status.
 *
 * Composition root. The commands are serve.ts, calc.ts, repl.ts, history.ts and token.ts, loaded only when asked for; program.ts reads the
 * arguments. Knows no protocol and no maths.
 */
import { readFileSync, writeSync } from "node:fs";
import { styleText } from "node:util";
import about from "../../package.json" with { type: "json" };
import { ConfigError, readClientSettings, readConfig } from "../config.ts";
import { AddressError } from "../transport/open.ts";
import type { ClientFlags, HistoryFlags, SelfcheckFlags, TokenFlags } from "./program.ts";
import type { Paint } from "./render.ts";
import { readServeFlags } from "./serve-flags.ts";
import { STATUS } from "./status.ts";
import type { TokenTask } from "./token.ts";

stopWithWrapper();
let serving = false;
tolerateClosedOutput();
const starters = {
  serve: runServe,
  calc: runCalc,
  repl: runRepl,
  history: runHistory,
  token: runToken,
  selfcheck: runSelfcheck,
  print: (text: string) => void process.stdout.write(text),
};
await obey(process.argv.slice(2)).catch(explain);

/** A plain `serve` need not wait until commander is loaded. */
async function obey(args: string[]): Promise<void> {
  const flags = readServeFlags(args);
  if (flags !== undefined) return runServe(flags);
  const { start } = await import("./program.ts");
  // A terminal knows its width; COLUMNS is for those who want another, or have none.
  const columns = readClientSettings().columns ?? (process.stdout.isTTY ? process.stdout.columns : undefined);
  await start(args, { version: about.version, columns }, starters);
}

async function runServe(flags: Record<string, unknown>): Promise<void> {
  const config = readConfig({ flags });
  serving = true;
  const { serve } = await import("./serve.ts");
  process.exitCode = await serve(config);
}

async function runCalc(expression: string | undefined, json: boolean, flags: ClientFlags): Promise<void> {
  const [{ calc }, { WAIT_SECONDS }] = await Promise.all([import("./calc.ts"), import("./program.ts")]);
  const options = { ...clientOptions(flags), waitMs: waitMs(flags) ?? WAIT_SECONDS * 1000, json };
  const { stdin, stdout, stderr } = process;
  process.exitCode = await calc(expression, options, { stdin, stdout, stderr, paint: paintFor(stderr) });
}

async function runHistory(task: "verify" | "export", { history, resume, ledger, format = "jsonl" }: HistoryFlags): Promise<void> {
  const { verifyHistory, writeHistory } = await import("./history.ts");
  const config = readConfig({ flags: { ...(history !== undefined && { history }) } });
  const options = {
    url: config.history,
    ...(resume !== undefined && { resume }),
    ...(ledger !== undefined && { ledger }),
    format,
  };
  process.exitCode = await (task === "verify" ? verifyHistory(options, process) : writeHistory(options, process));
}

async function runSelfcheck({ seconds, json, jail, config: file }: SelfcheckFlags): Promise<void> {
  const flags = { ...(jail !== undefined && { jail }), ...(file !== undefined && { config: file }) };
  const config = readConfig({ flags });
  const { selfcheck } = await import("./selfcheck.ts");
  const { stdout, stderr } = process;
  const options = { seconds, json: json === true, version: about.version };
  process.exitCode = await selfcheck(config, options, { stdout, stderr, paint: paintFor(stdout) });
}

async function runRepl(flags: ClientFlags): Promise<void> {
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY) return runCalc(undefined, false, flags);
  const { repl } = await import("./repl.ts");
  const wait = waitMs(flags);
  const options = {
    ...clientOptions(flags),
    ...(wait !== undefined && { waitMs: wait }),
    typedPath: readClientSettings().typedPath,
  };
  process.exitCode = await repl(options, { stdin, stdout, paint: paintFor(stdout) });
}

async function runToken(task: TokenTask, { tokens, json = false }: TokenFlags): Promise<void> {
  const path = readConfig({ flags: { tokens } }).tokens;
  const { token } = await import("./token.ts");
  process.exitCode = token(path, task, {
    stdout: process.stdout,
    stderr: process.stderr,
    tell: (text) => writeSync(1, text),
    json,
  });
}

function clientOptions({ connect, ca, tokenFile, resume, number, precision }: ClientFlags) {
  const settings = readClientSettings();
  const token = tokenFile === undefined ? settings.token : readText(tokenFile).trim();
  if (token !== undefined && resume !== undefined) throw new ConfigError("--resume does not go with a token");
  return {
    url: connect ?? settings.connect,
    ...(ca !== undefined && { ca: readText(ca) }),
    ...(token !== undefined && { token }),
    ...(resume !== undefined && { resume }),
    ...(number !== undefined && { number }),
    ...(precision !== undefined && { precision }),
  };
}

/** A file that the person named. */
function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new ConfigError(`${path}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Undefined when neither `--wait` nor `--no-wait` was given. */
function waitMs({ wait }: ClientFlags): number | undefined {
  if (wait === false) return 0;
  return typeof wait === "number" ? wait * 1000 : undefined;
}

/** Colours when the stream is a terminal; NO_COLOR and FORCE_COLOR have the last word. */
function paintFor(stream: NodeJS.WriteStream): Paint {
  const styles = { result: "bold", error: "red", note: "dim", caret: "yellow" } as const;
  return (style, text) => styleText(styles[style], text, { stream });
}

/** Mistakes of the person are one line each; anything else is a bug and keeps its stack. */
function explain(error: unknown): void {
  if (isUsage(error)) {
    process.exitCode = error.exitCode === 0 ? STATUS.ok : STATUS.usage;
    if (error.code === "commander.unknownCommand") process.stderr.write("To evaluate an expression: canaduck calc '2+2'\n");
    return;
  }
  if (!(error instanceof ConfigError) && !(error instanceof AddressError)) throw error;
  process.exitCode = STATUS.usage;
  process.stderr.write(`canaduck: ${error.message}\n`);
}

/** What commander throws after help, version or a mistake. */
function isUsage(error: unknown): error is { code: string; exitCode: number } {
  return error instanceof Error && "exitCode" in error && "code" in error && String(error.code).startsWith("commander.");
}

/** The channel to the wrapper (bin/canaduck.js) breaks when the wrapper is killed: the program ends as on a SIGTERM. */
function stopWithWrapper(): void {
  if (!process.connected) return;
  process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel?.unref();
}

/** `canaduck calc < file | head -1`: whoever read our output has had enough, and that is no failure. A server does not live for its output. */
function tolerateClosedOutput(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (serving) return;
    if (error.code === "EPIPE") process.exit(STATUS.ok);
    process.stderr.write(`canaduck: the output cannot be written: ${error.message}\n`);
    process.exit(STATUS.unprinted);
  });
  process.stderr.on("error", () => undefined);
}
