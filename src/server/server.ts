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
import { Principals } from "../methods/principal.ts";
import type { Connection } from "../transport/connection.ts";
import { Connections, type Listener, listen } from "../transport/listen.ts";
import type { Certificate } from "../transport/tls.ts";
import type { Desk } from "./dispatch.ts";
import { judgeAddresses } from "./exposure.ts";
import { Sessions } from "./sessions.ts";

export type Server = {
  /** Where it listens, with real ports. */
  readonly urls: string[];
  /** Reads tokens and certificate anew. What cannot be used leaves what was there before; the log tells. No connection is cut. */
  reload(): void;
  /** Answers what was accepted, at most `drainMs` long, then closes everything. Idempotent. */
  close(): Promise<void>;
};

const SWEEP_MS = 60_000;
/** What `shutting_down` gets to reach a peer after the drain is over. */
const LAST_WORDS_MS = 200;

/** What the server stands on; it closes history and evaluator when it closes. */
export type Ground = { history: History; evaluator: Evaluator; access: Access; certificate?: Certificate | undefined };

/** Everything is listening when this resolves; when it throws, nothing is left behind. */
export async function openServer(config: Config, log: Log, { history, evaluator, access, certificate }: Ground): Promise<Server> {
  const principals = new Principals(history, config);
  const house: House = { config, evaluator, history, principals, access, startedAt: Date.now() };
  const desk: Desk = { house, log, draining: false };
  const connections = new Connections(config);
  const sessions = new Sessions(desk);
  const attend = (connection: Connection) => sessions.open(connection);
  const listeners: Listener[] = [];
  const sweeper = setInterval(() => {
    principals.sweep(Date.now(), access.tokenIds).catch((error) => log.error({ err: error }, "sweep failed"));
  }, SWEEP_MS);
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= leave({ desk, listeners, sessions, connections, sweeper });
    return closing;
  };
  const onError = (error: Error) => log.error({ err: error }, "cannot accept a connection");
  try {
    const socketMode = Number.parseInt(config.socketMode, 8);
    const options = { socketMode, tlsHandshakeMs: config.tlsHandshakeMs, ...(certificate && { certificate }) };
    for (const address of await judgeAddresses(config)) {
      listeners.push(await listen(address, connections, attend, onError, options));
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { urls: listeners.map((listener) => listener.url), reload: () => reload(log, access, certificate), close };
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
};

/** The way out, in the order that loses no accepted call. */
async function leave({ desk, listeners, sessions, connections, sweeper }: Parts): Promise<void> {
  const { house } = desk;
  clearInterval(sweeper);
  for (const listener of listeners) listener.stop();
  desk.draining = true;
  sessions.drain();
  await sessions.gone(house.config.drainMs);
  // Whatever is still unanswered is told `shutting_down` by the evaluator, so the peers hear it before they are cut.
  await house.evaluator.close();
  await sessions.gone(LAST_WORDS_MS);
  connections.close();
  await house.history.close();
}
