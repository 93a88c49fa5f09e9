/**
 * Diagnostics on stderr as JSON lines (pino). Never the answers, never the history, never what a client typed.
 *
 * A closed log pipe or a full log disk must not stop the server, so errors of the stream are swallowed:
 * there is no other place left to report them.
 */
import { destination, type Logger, pino } from "pino";
import { redact } from "./protocol/secret.ts";

export type Log = Logger;

/** Opens the log on stderr at `level`: trace, debug, info, warn, error or silent. */
export function openLog(level: string): Log {
  const stream = destination({ dest: 2, sync: true });
  stream.on("error", () => undefined);
  const timestamp = () => `,"time":"${new Date().toISOString()}"`;
  return pino({ level, base: null, timestamp, hooks: { streamWrite: redact } }, stream);
}
