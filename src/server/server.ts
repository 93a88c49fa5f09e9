/**
 * The server: opens what it stands on, listens, and leaves in order.
 *
 * The doors open last and close first: no new connections, no
 * new calls, the accepted ones answered, the histories closed, the jails killed.
 *
 * States: open -> draining -> closed.
 */
import type { Access } from "../access/access.ts";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import type { Evaluator, History, House } from "../methods/call.ts";
import type { Clients } from "../methods/clients.ts";
import { Memo } from "../methods/memo.ts";
import { Principals } from "../methods/principal.ts";
import { Traces } from "../methods/traces.ts";
import { longFramesOf } from "../protocol/long-frames.ts";
import { Room } from "../protocol/room.ts";
import type { Connection } from "../transport/connection.ts";
import { Connections, type Listener, listen } from "../transport/listen.ts";
import type { Certificate } from "../transport/tls.ts";
import { type Desk, makeDesk } from "./dispatch.ts";
import { judgeAddresses } from "./exposure.ts";
import type { Monitor } from "./monitor.ts";
import { Sessions } from "./sessions.ts";
import { Tally, tallied } from "./tally.ts";

export type Server = {
  /** Where it listens, with real ports. */
  readonly urls: string[];
  /** Where metrics and health are told, when they are. */
  readonly monitorUrl: string | undefined;
  /** Reads tokens and certificate anew. What cannot be used leaves what was there before; the log tells. No connection is cut. */
  reload(): void;
  /** Answers what was accepted, at most `drainMs` long, then closes everything. Idempotent. */
  close(): Promise<void>;
  /** Resolves when it is closed, whoever closed it; rejects when that failed. */
  readonly closed: Promise<void>;
};

const SWEEP_MS = 60_000;
/** What `shutting_down` gets to reach a peer after the drain is over. */
const LAST_WORDS_MS = 200;

/** What the server stands on; it closes history and evaluator when it closes. */
export type Ground = { history: History; evaluator: Evaluator; access: Access; certificate?: Certificate | undefined };

/** Everything is listening when this resolves; when it throws, nothing is left behind. */
export async function openServer(config: Config, log: Log, ground: Ground): Promise<Server> {
  const tally = new Tally();
  const { evaluator, access, certificate } = ground;
  const history = tallied(ground.history, tally);
  const principals = new Principals(history, config);
  const rowsRoom = new Room(config.rowsBytesMax);
  const memo = new Memo(config.memoEntriesMax);
  const connections = new Connections({ ...config, longFrames: longFramesOf(config, rowsRoom), hashSeed: memo.seed });
  const traffic = () => ({
    connections: connections.count,
    sessions: sessions.size,
    callsInFlight: sessions.callsInFlight,
  });
  const clients: Clients = {
    list: (after, limit) => sessions.list(after, limit),
    kick: (whom) => sessions.kick(whom),
    drain: () => void setImmediate(close),
    get count() {
      return sessions.count;
    },
  };
  const traces = new Traces(config.tracesMax);
  const audit = (what: string, about: object) => log.info(about, what);
  const stock = { config, evaluator, history, principals, memo, access, rowsRoom, clients, traces };
  const house: House = { ...stock, audit, startedAt: Date.now(), traffic };
  const desk = makeDesk(house, log, tally);
  const sessions = new Sessions(desk);
  const attend = (connection: Connection) => sessions.open(connection);
  const listeners: Listener[] = [];
  const sweeper = setInterval(() => {
    principals.sweep(Date.now(), access).catch((error) => log.error({ err: error }, "sweep failed"));
  }, SWEEP_MS);
  const closed = Promise.withResolvers<void>();
  let monitor: Monitor | undefined;
  let leaving = false;
  const close = () => {
    if (!leaving) leave({ desk, listeners, sessions, connections, sweeper, monitor }).then(closed.resolve, closed.reject);
    leaving = true;
    return closed.promise;
  };
  const onError = (error: Error) => log.error({ err: error }, "cannot accept a connection");
  try {
    if (config.metrics !== "off") monitor = await openMonitor(desk, sessions, () => listeners.length === config.listen.length);
    const socketMode = Number.parseInt(config.socketMode, 8);
    const options = { socketMode, tlsHandshakeMs: config.tlsHandshakeMs, ...(certificate && { certificate }) };
    for (const address of await judgeAddresses(config)) {
      listeners.push(await listen(address, connections, attend, onError, options));
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    urls: listeners.map((listener) => listener.url),
    monitorUrl: monitor?.url,
    reload: () => reload(log, access, certificate),
    close,
    closed: closed.promise,
  };
}

/** Nobody who does not ask for it pays for loading it, and HTTP with it. */
async function openMonitor(desk: Desk, sessions: Sessions, isListening: () => boolean): Promise<Monitor> {
  const { watch } = await import("./monitor.ts");
  return watch(desk, sessions, isListening);
}

function reload(log: Log, access: Access, certificate: Certificate | undefined): void {
  try {
    log.info({ tokens: access.reload() }, "tokens read anew");
  } catch (error) {
    log.error({ err: error }, "the tokens of before stay");
  }
  if (certificate === undefined) return;
  try {
    certificate.reload();
    log.info("certificate read anew");
  } catch (error) {
    log.error({ err: error }, "the certificate of before stays");
  }
}

type Parts = {
  desk: Desk;
  listeners: Listener[];
  sessions: Sessions;
  connections: Connections;
  sweeper: NodeJS.Timeout;
  monitor: Monitor | undefined;
};

/** The way out, in the order that loses no accepted call. */
async function leave({ desk, listeners, sessions, connections, sweeper, monitor }: Parts): Promise<void> {
  const { house } = desk;
  clearInterval(sweeper);
  for (const listener of listeners) listener.stop();
  desk.draining = true;
  sessions.drain();
  house.traces.end();
  await sessions.gone(house.config.drainMs);
  // Whatever is still unanswered is told `shutting_down` by the evaluator, so the peers hear it before they are cut.
  await house.evaluator.close();
  await sessions.gone(LAST_WORDS_MS);
  connections.close();
  await house.history.close();
  await monitor?.close();
}
