/** What a client is made with, what a call is made with, and what a listener hears: the words of the library. */
import type { SessionOpenParams } from "../protocol/generated/types.ts";
import type { ClientError, ExchangeLimits } from "./exchange.ts";
import type { DialLimits } from "./reconnect.ts";

export type ClientLimits = DialLimits &
  ExchangeLimits & {
    /** Bytes of the parameters of one call; longer ones fail with `request_too_large`. */
    requestBytesMax: number;
    /** The same for `calc.evaluateRows`, which may be longer. */
    rowsRequestBytesMax: number;
    /** Calls sent and not answered; more wait their turn. */
    inFlightMax: number;
    /** Calls that wait to be sent; more fail with `too_many_calls`. */
    waitingMax: number;
    /** Milliseconds `session.open` may take before the connection is tried anew. */
    openMs: number;
  };

/** What a client starts with; `connect` takes others. */
export const CLIENT_LIMITS: ClientLimits = {
  pauseFirstMs: 100,
  // A server that comes back is noticed within two seconds, and a thousand waiting clients cost it 700 dials a second.
  pauseMaxMs: 2000,
  connectMs: 5000,
  // The ceiling of one result, 4 MiB, leaves room for what surrounds it.
  replyBytesMax: 8 * 1024 * 1024,
  // The server lets a connection be silent for ten minutes.
  keepAliveMs: 120_000,
  // The server's longest line, 64 KiB, without what surrounds the parameters.
  requestBytesMax: 65_000,
  // The same of its longest line for rows, 8 MiB.
  rowsRequestBytesMax: 8_388_000,
  closeMs: 1000,
  // Half of what the server allows, so that it never has to stop reading.
  inFlightMax: 128,
  waitingMax: 10_000,
  openMs: 10_000,
};

/** Settings of the session that is opened on every connection; `resume` is the resume token of an earlier one, `token` in its place
 * the one an operator made. */
export type SessionOptions = SessionOpenParams;

/** What `session.open` told. */
export type SessionFacts = {
  principal: string;
  /** None for who came by a token, which is the way back itself. */
  resumeToken: string | undefined;
  resumed: boolean;
  lastSeq: number;
  settings: unknown;
};

export type ClientState =
  /** No connection yet; `why` the last attempt failed, when the next one comes. */
  | { kind: "waiting"; url: string; why: string; attempt: number; delayMs: number }
  /** Calls flow. `session` is there when one was asked for. */
  | { kind: "open"; url: string; session?: SessionFacts }
  /** The connection is gone; the client dials again. */
  | { kind: "lost"; url: string; why: string }
  /** It will not come to a connection any more; every call fails with this. */
  | { kind: "failed"; url: string; error: ClientError };

export type ClientOptions = {
  /** `tcp://host:port`, `tls://host:port` or `unix:/path`. */
  url: string;
  /** PEM of who vouches for a tls:// server, in place of whom Node and the system trust. */
  ca?: string;
  onState?: (state: ClientState) => void;
  /** Hears everything the server says without being asked, by method, also what this version of the library does not know; `on` is typed. */
  onEvent?: (method: string, params: unknown) => void;
  /** Opens (and after a reconnect takes up again) a session; without it the connection is anonymous and forgets. */
  session?: SessionOptions;
  limits?: Partial<ClientLimits>;
};

export type CallOptions = {
  /** Aborting fails the call with `cancelled` and tells the server. */
  signal?: AbortSignal;
  /** Milliseconds from now until the call fails with `timeout`, waiting for a connection included. */
  timeoutMs?: number;
  /**
   * Sends the call again when the connection is lost before its reply came, as often as it takes. Only for calls that are
   * safe to repeat: those that change nothing, and `calc.evaluate`, which gets a `key` when it has none and needs a session,
   * so that the server knows it again. Others fail with `not_repeatable`. After `session.configure` with `history: false` an evaluation
   * needs `record: true` for that, and else fails with `invalid_params`: what is not recorded could be done twice.
   */
  retry?: boolean;
};
