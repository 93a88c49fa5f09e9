/**
 * Diagnostics on stderr as JSON lines (pino). Never the answers, never the history, never what a client typed.
 *
 * The server must outlive its log: a pipe nobody reads any more, a reader that sleeps, a full disk. So a line is written at
 * once or not at all; nothing waits, nothing is tried again by itself, and the next line that gets through says how many
 * were lost. (The stream pino brings along waits for a full pipe, and flushes to a full disk for ever.)
 */
import { writeSync } from "node:fs";
import { type DestinationStream, type Logger, pino } from "pino";
import { redact } from "./protocol/secret.ts";

export type Log = Logger;

/** Members that would tell a secret, or what a client asked, wherever a line carries them. */
const SECRET = ["token", "resumeToken", "resumeHash", "resume", "secret", "authorization", "expression", "params", "variables"];

/** Opens the log on stderr at `level`: trace, debug, info, warn, error, fatal or silent. */
export function openLog(level: string): Log {
  // Node makes a pipe non-blocking when it opens the stream, and only then; a sleeping reader would else stop the server.
  const { fd } = process.stderr;
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${now()}"`,
    redact: { paths: SECRET.flatMap((name) => [name, `*.${name}`]), censor: "[redacted]" },
    serializers: { err: describeError },
    // What has the form of a token is taken out of messages too.
    hooks: { streamWrite: redact },
  };
  return pino(
    options,
    makeLines((bytes) => writeSync(fd, bytes)),
  );
}

/** Lines to a descriptor, by a `write` that may throw, or take only a part. */
export function makeLines(write: (bytes: Uint8Array) => number): DestinationStream {
  let rest: Uint8Array = new Uint8Array();
  let lost = 0;
  const push = (bytes: Uint8Array): Uint8Array => {
    try {
      return bytes.subarray(write(bytes));
    } catch {
      // There is no other place to tell it.
      return bytes;
    }
  };
  return {
    write(line) {
      // A line that was cut is finished first: whoever reads must be able to tell where one ends.
      if (rest.length > 0) rest = push(rest);
      if (rest.length > 0) {
        lost += 1;
        return;
      }
      const words = lost === 0 ? "" : `{"level":40,"time":"${now()}","lost":${lost},"msg":"lines of the log were lost"}\n`;
      const bytes = Buffer.from(words + line);
      const left = push(bytes);
      if (left.length === bytes.length) lost += 1;
      else {
        lost = 0;
        rest = left;
      }
    },
  };
}

function now(): string {
  return new Date().toISOString();
}

/** An error without what V8 quotes of a text it could not read. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack = "" } = error;
  const frames = stack
    .slice(stack.indexOf("\n    at ") + 1)
    .split("\n")
    .map((frame) => frame.trim());
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return {
    type: name,
    message: error instanceof SyntaxError ? "not told: it quotes what was read" : message,
    code,
    at: stack.includes("\n    at ") ? frames : undefined,
    cause: error.cause === undefined ? undefined : describeError(error.cause),
  };
}
