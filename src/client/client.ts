/**
 * The library a program talks to a Canaduck server with: `connect`, then `call` as often as you like.
 *
 * Calls are pipelined on one connection and survive its loss as far as that is safe: what was not sent yet waits for the
 * next connection, what was sent without a reply fails with `connection_lost` (it may or may not have happened, so it is
 * never repeated here). With `session` the same session is taken up again after every reconnect. No run-time packages.
 *
 * States: waiting -> open -> (lost -> waiting -> open) -> failed | closed.
 */
import type { Socket } from "node:net";
import { type Address, formatAddress, parseAddress } from "../transport/open.ts";
import { asObject, ClientError, Exchange, type ExchangeLimits, type Reply } from "./exchange.ts";
import { Dialer, type DialLimits } from "./reconnect.ts";

export { ClientError } from "./exchange.ts";

export type ClientLimits = DialLimits &
  ExchangeLimits & {
    /** Bytes of the parameters of one call; longer ones fail with `request_too_large`. */
    requestBytesMax: number;
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
  closeMs: 1000,
  // Half of what the server allows, so that it never has to stop reading.
  inFlightMax: 128,
  waitingMax: 10_000,
  openMs: 10_000,
};

/** Settings of the session that is opened on every connection. */
export type SessionOptions = {
  /** The resume token of an earlier session. */
  resume?: string;
  /** The token of this client, in place of `resume`. */
  token?: string;
  number?: string;
  precision?: number;
};

/** What `session.open` told. */
export type SessionFacts = {
  principal: string;
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
  /** Opens (and after a reconnect takes up again) a session; without it the connection is anonymous and forgets. */
  session?: SessionOptions;
  limits?: Partial<ClientLimits>;
};

export type CallOptions = {
  /** Aborting fails the call with `cancelled` and tells the server. */
  signal?: AbortSignal;
  /** Milliseconds from now until the call fails with `timeout`, waiting for a connection included. */
  timeoutMs?: number;
};

/** One call from `call` to its settling. It has an id once it was sent. */
type Outgoing = { method: string; params: string; settle: (reply: Reply) => void; id?: number };

/** Dials at once and returns a client whose calls wait for the connection. Throws `AddressError` for a wrong `url`. */
export function connect(options: ClientOptions): Client {
  return new Client(parseAddress(options.url), options);
}

export class Client {
  readonly #url: string;
  readonly #limits: ClientLimits;
  readonly #onState: (state: ClientState) => void;
  readonly #dialer: Dialer;
  readonly #waiting = new Set<Outgoing>();
  #session: SessionOptions | undefined;
  /** The session was opened by this client, so its token is not a guess. */
  #ours = false;
  #exchange: Exchange | undefined;
  #open = false;
  #end: ClientError | undefined;
  #gone: (() => void) | undefined;

  constructor(address: Address, options: ClientOptions) {
    this.#url = formatAddress(address);
    this.#limits = { ...CLIENT_LIMITS, ...options.limits };
    this.#onState = options.onState ?? (() => undefined);
    this.#session = options.session;
    const how = { ...this.#limits, ...(options.ca !== undefined && { ca: options.ca }) };
    this.#dialer = new Dialer(address, how, {
      connected: (socket) => this.#connected(socket),
      waiting: (why, attempt, delayMs) => this.#tell({ kind: "waiting", url: this.#url, why, attempt, delayMs }),
      gaveUp: (why) => this.#fail(new ClientError("not_reachable", `no server answers at ${this.#url}: ${why}`)),
    });
    this.#dialer.dial();
  }

  /** Calls a method. Rejects with `ClientError`; with `TypeError` when `params` is not JSON. */
  call(method: string, params: object = {}, options: CallOptions = {}): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const text = JSON.stringify(params);
      const refusal = this.#refusal(text, options.signal);
      if (refusal !== undefined) {
        reject(refusal);
        return;
      }
      let timer: NodeJS.Timeout | undefined;
      const cancel = () => this.#stop(outgoing, new ClientError("cancelled", "the call was cancelled"));
      const outgoing: Outgoing = {
        method,
        params: text,
        settle: (reply) => {
          clearTimeout(timer);
          options.signal?.removeEventListener("abort", cancel);
          if ("error" in reply) reject(reply.error);
          else resolve(reply.result);
        },
      };
      options.signal?.addEventListener("abort", cancel);
      const { timeoutMs } = options;
      if (timeoutMs !== undefined) {
        timer = setTimeout(() => this.#stop(outgoing, new ClientError("timeout", `no reply within ${timeoutMs} ms`)), timeoutMs);
      }
      this.#waiting.add(outgoing);
      this.#flow();
    });
  }

  /** Hangs up. Calls without a reply fail with `closed` and `why`. Resolves when the socket is gone. Idempotent. */
  close(why = "the client was closed"): Promise<void> {
    this.#end ??= new ClientError("closed", why);
    this.#dialer.stop();
    this.#failWaiting(this.#end);
    const exchange = this.#exchange;
    if (exchange === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      const before = this.#gone;
      this.#gone = () => {
        before?.();
        resolve();
      };
      exchange.close();
    });
  }

  #refusal(params: string, signal: AbortSignal | undefined): ClientError | undefined {
    if (this.#end !== undefined) return this.#end;
    if (signal?.aborted) return new ClientError("cancelled", "the call was cancelled");
    const { requestBytesMax } = this.#limits;
    // The server would skip the line and could not say whose it was.
    if (Buffer.byteLength(params) > requestBytesMax) {
      return new ClientError("request_too_large", `a request has at most ${requestBytesMax} bytes`);
    }
    if (this.#waiting.size < this.#limits.waitingMax) return undefined;
    return new ClientError("too_many_calls", `${this.#limits.waitingMax} calls are waiting to be sent`);
  }

  #connected(socket: Socket): void {
    const exchange = new Exchange(socket, this.#limits, (why) => this.#lost(why));
    this.#exchange = exchange;
    if (this.#session === undefined) this.#opened(undefined);
    else this.#openSession(exchange, this.#session);
  }

  #openSession(exchange: Exchange, session: SessionOptions): void {
    const timer = setTimeout(() => exchange.cut("no answer"), this.#limits.openMs);
    exchange.request("session.open", JSON.stringify(session), (reply) => {
      clearTimeout(timer);
      if ("error" in reply) this.#sessionRefused(exchange, session, reply.error);
      else this.#sessionOpened(session, sessionFacts(reply.result));
    });
  }

  #sessionOpened(session: SessionOptions, facts: SessionFacts | undefined): void {
    if (facts === undefined) {
      this.#fail(new ClientError("bad_reply", "session.open gave no session"));
      return;
    }
    // A session without a resume token came by a token, which is the way back.
    this.#session = { ...session, ...(facts.resumeToken !== undefined && { resume: facts.resumeToken }) };
    this.#ours = true;
    this.#opened(facts);
  }

  #sessionRefused(exchange: Exchange, { resume: _, ...fresh }: SessionOptions, error: ClientError): void {
    if (error.name === "connection_lost") return;
    if (error.data["retryable"] === true) exchange.cut(error.message);
    // The server has forgotten a session of this client: begin a new one. A token from outside, though, must be right.
    else if (error.name === "not_found" && this.#ours) this.#openSession(exchange, fresh);
    else this.#fail(error);
  }

  #opened(session: SessionFacts | undefined): void {
    this.#dialer.succeeded();
    this.#open = true;
    this.#tell({ kind: "open", url: this.#url, ...(session && { session }) });
    this.#flow();
  }

  /** Sends what waits, as far as there is a connection and room on it. */
  #flow(): void {
    const exchange = this.#exchange;
    if (exchange === undefined || !this.#open) return;
    for (const outgoing of this.#waiting) {
      if (exchange.inFlight >= this.#limits.inFlightMax) return;
      this.#waiting.delete(outgoing);
      outgoing.id = exchange.request(outgoing.method, outgoing.params, (reply) => {
        const hungUp = "error" in reply && reply.error.name === "connection_lost";
        outgoing.settle(hungUp && this.#end !== undefined ? { error: this.#end } : reply);
        this.#flow();
      });
    }
  }

  #stop(outgoing: Outgoing, error: ClientError): void {
    if (outgoing.id !== undefined) this.#exchange?.abandon(outgoing.id);
    this.#waiting.delete(outgoing);
    outgoing.settle({ error });
    this.#flow();
  }

  #lost(why: string): void {
    const wasOpen = this.#open;
    this.#open = false;
    this.#exchange = undefined;
    if (this.#end !== undefined) {
      this.#gone?.();
      return;
    }
    if (wasOpen) this.#tell({ kind: "lost", url: this.#url, why });
    this.#dialer.failed(why);
  }

  #fail(error: ClientError): void {
    if (this.#end !== undefined) return;
    this.#end = error;
    this.#dialer.stop();
    this.#exchange?.close();
    this.#failWaiting(error);
    this.#tell({ kind: "failed", url: this.#url, error });
  }

  #failWaiting(error: ClientError): void {
    for (const outgoing of this.#waiting) outgoing.settle({ error });
    this.#waiting.clear();
  }

  /** What a listener throws is its own bug: it surfaces as an uncaught exception and leaves the client's state alone. */
  #tell(state: ClientState): void {
    try {
      this.#onState(state);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}

function sessionFacts(result: unknown): SessionFacts | undefined {
  const { principal, resumeToken, resumed, lastSeq, settings } = asObject(result) ?? {};
  const isToken = resumeToken === undefined || typeof resumeToken === "string";
  if (typeof principal !== "string" || !isToken || typeof lastSeq !== "number") return undefined;
  return { principal, resumeToken, resumed: resumed === true, lastSeq, settings };
}
