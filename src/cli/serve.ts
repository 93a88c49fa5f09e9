/**
 * `canaduck serve`: reads the settings, opens the server, says where it listens, and leaves on a signal.
 *
 * Composition root. stdout carries one line for each address, when the server is ready to answer; all else goes to the log
 * on stderr. The first SIGTERM or SIGINT answers what was accepted (before there is anything to answer, it ends the start),
 * the second stops at once. SIGHUP reads tokens and certificate anew.
 */
import { flushCompileCache } from "node:module";
import { Access } from "../access/access.ts";
import type { Config } from "../config.ts";
import { endChildren } from "../evaluator/confine.ts";
import { type EvaluatorOptions, openEvaluator } from "../evaluator/open.ts";
import type { HistoryLimits } from "../history/history.ts";
import { openHistory } from "../history/open.ts";
import { type Log, openLog } from "../log.ts";
import { openServer, type Server } from "../server/server.ts";
import { Certificate } from "../transport/tls.ts";

/** Resolves with the exit status when the server has ended: 0 after a drain, 1 when it could not start or go on. */
export async function serve(config: Config): Promise<number> {
  const log = openLog(config.logLevel);
  const ended = Promise.withResolvers<number>();
  const onFatal = (reason: string) => {
    log.fatal({ reason }, "cannot go on: what is on disk is the truth now");
    process.exit(1);
  };
  // Whichever way this process ends: nothing it started outlives it.
  process.once("exit", endChildren);
  let server: Server | undefined;
  let stops = 0;
  const onStop = (signal: NodeJS.Signals) => {
    stops += 1;
    log.info({ signal }, stops === 1 ? "draining" : "stopping at once");
    if (stops > 1) process.exit(1);
    void server?.close();
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, onStop);
  process.on("SIGHUP", () => server?.reload());
  server = await open(config, log, onFatal).catch((error: Error) => {
    // For the person who typed the command; what happens later is for whoever reads the log.
    process.stderr.write(`canaduck: cannot start: ${error.message}\n`);
    log.debug({ err: error }, "cannot start");
    return undefined;
  });
  if (server === undefined) return 1;
  if (stops > 0) {
    await server.close();
    return 0;
  }
  for (const url of server.urls) process.stdout.write(`canaduck listening on ${url}\n`);
  // What was compiled for this start is kept for the next (bin/canaduck.js), also when this one ends in a crash.
  flushCompileCache();
  // Whether a signal or an operator ended it.
  server.closed.then(() => ended.resolve(0), ended.reject);
  return ended.promise;
}

/** From the ground up: the history, the evaluator, the doors. Rejects, with everything closed again, when one cannot be opened. */
export async function open(config: Config, log: Log, onFatal: (reason: string) => void): Promise<Server> {
  const access = new Access(config);
  const certificate = config.listen.some((url) => /^tls:/i.test(url)) ? new Certificate(config) : undefined;
  // Side by side: both mostly wait.
  const opening = openHistory(config.history, { limits: historyLimits(config), onFatal });
  opening.catch(() => undefined);
  const evaluator = await openEvaluator(evaluatorOptions(config, log)).catch(async (error) => {
    await opening.then((history) => history.close()).catch(() => undefined);
    throw error;
  });
  const history = await opening.catch(async (error) => {
    await evaluator.close();
    throw error;
  });
  return await openServer(config, log, { history, evaluator, access, certificate });
}

/** The bounds of the history, as the settings have them. */
export function historyLimits({ appendsMax, historyBytesMax, historyBytesPerClientMax }: Config): Partial<HistoryLimits> {
  return { appendsMax, storeBytesMax: historyBytesMax, ledgerBytesMax: historyBytesPerClientMax };
}

/** The bounds of the evaluator, as the settings have them. */
export function evaluatorOptions(config: Config, log: Log): EvaluatorOptions {
  return {
    ...config,
    workers: config.evaluators,
    jailMode: config.jail,
    timeMs: config.evaluateMs,
    // What a role may ask for is decided where the role is known.
    timeMsMax: Math.max(config.evaluateMs, config.evaluateMsCeiling),
    log: (level, message, fields) => log[level](fields, message),
  };
}
