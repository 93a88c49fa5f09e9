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
import { type Log, openLog } from "../log.ts";
import type { Server } from "../server/server.ts";
import { warmTicks } from "../ticks.ts";
import type { Certificate } from "../transport/tls.ts";

/** Resolves with the exit status when the server has ended: 0 after a drain, 1 when it could not start or go on. */
export async function serve(config: Config): Promise<number> {
  warmTicks();
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

/**
 * The evaluator, the history, the doors. Rejects, with everything closed again, when one cannot be opened. The evaluator takes
 * longest, in processes of its own: it comes first, and what the others need is loaded meanwhile.
 */
export async function open(config: Config, log: Log, onFatal: (reason: string) => void): Promise<Server> {
  const access = new Access(config);
  const listening = Promise.withResolvers<void>();
  const evaluator = openEvaluator({ ...evaluatorOptions(config, log), quiet: listening.promise });
  const opening: Promise<{ close(): Promise<void> }>[] = [evaluator];
  evaluator.catch(() => undefined);
  try {
    const { openHistory } = await import("../history/open.ts");
    const history = openHistory(config.history, { limits: historyLimits(config), onFatal });
    history.catch(() => undefined);
    opening.push(history);
    const { openServer } = await import("../server/server.ts");
    const certificate = await readCertificate(config);
    const parts = { evaluator: await evaluator, history: await history, access, certificate };
    opening.length = 0; // whoever has them closes them
    return await openServer(config, log, parts);
  } catch (error) {
    await Promise.allSettled(opening.map(async (part) => (await part).close()));
    throw error;
  } finally {
    listening.resolve();
  }
}

async function readCertificate(config: Config): Promise<Certificate | undefined> {
  if (!config.listen.some((url) => /^tls:/i.test(url))) return undefined;
  const { Certificate } = await import("../transport/tls.ts");
  return new Certificate(config);
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
