/**
 * The library a program talks to a Canaduck server with: `connect`, then `call` as often as you like.
 *
 * Calls are pipelined on one connection and survive its loss as far as that is safe: what was not sent yet waits for the
 * next connection; what was sent without a reply fails with `connection_lost` (it may or may not have happened), unless it
 * was made with `retry`. With `session` the same session is taken up again after every reconnect. No run-time packages.
 *
 * States: waiting -> open -> (lost -> waiting -> open) -> failed | closed.
 */
import type { Socket } from "node:net";
import type { MethodName, ParamsByMethod, ResultByMethod } from "../protocol/generated/types.ts";
import { type Address, formatAddress, parseAddress } from "../transport/open.ts";
import { aside, type EventListener, type EventName, Listeners } from "./events.ts";
import { ClientError, Exchange, isResultOf, type Reply } from "./exchange.ts";
import {
  type CallOptions,
  CLIENT_LIMITS,
  type ClientLimits,
  type ClientOptions,
  type ClientState,
  type SessionFacts,
  type SessionOptions,
} from "./options.ts";
import { isToRepeat, makeRepeatable, type Outgoing } from "./outgoing.ts";
import { Dialer } from "./reconnect.ts";
import { readSession, sessionAfter } from "./session.ts";

export type { MethodName, ParamsByEvent, ParamsByMethod, ResultByMethod } from "../protocol/generated/types.ts";
export { AddressError } from "../transport/open.ts";
export type { EventListener, EventName } from "./events.ts";
export { ClientError } from "./exchange.ts";
export {
  type CallOptions,
  CLIENT_LIMITS,
  type ClientLimits,
  type ClientOptions,
  type ClientState,
  type SessionFacts,
  type SessionOptions,
} from "./options.ts";

/** The params of a method; they may be left out when all of its members may. */
type Args<P> = Record<never, never> extends P ? [params?: P, options?: CallOptions] : [params: P, options?: CallOptions];

/** Dials at once and returns a client whose calls wait for the connection. Throws `AddressError` for a wrong `url`. */
export function connect(options: ClientOptions): Client {
  return new Client(parseAddress(options.url), options);
}

export class Client {
  readonly #url: string;
  readonly #limits: ClientLimits;
  readonly #onState: (state: ClientState) => void;
  readonly #onEvent: (method: string, params: unknown) => void;
  readonly #listeners = new Listeners();
  readonly #dialer: Dialer;
  #waiting = new Set<Outgoing>();
  #session: SessionOptions | undefined;
  /** The session was opened by this client, so its token is not a guess. */
  #ours = false;
  #exchange: Exchange | undefined;
  /** The principal of the session that was opened last. */
  #principal: string | undefined;
  #open = false;
  /** The server has said that it is going down: the next connection is asked. */
  #leaving = false;
  #made = 0;
  #end: ClientError | undefined;
  #gone: (() => void) | undefined;

  constructor(address: Address, options: ClientOptions) {
    this.#url = formatAddress(address);
    this.#limits = { ...CLIENT_LIMITS, ...options.limits };
    this.#onState = options.onState ?? (() => undefined);
    this.#onEvent = options.onEvent ?? (() => undefined);
    this.#session = options.session;
    const how = { ...this.#limits, ...(options.ca !== undefined && { ca: options.ca }) };
    this.#dialer = new Dialer(address, how, {
      connected: (socket) => this.#connected(socket),
      waiting: (why, attempt, delayMs) => this.#tell({ kind: "waiting", url: this.#url, why, attempt, delayMs }),
      gaveUp: (why) => this.#fail(new ClientError("not_reachable", `no server answers at ${this.#url}: ${why}`)),
    });
    this.#dialer.dial();
  }

  /** Calls a method of the table. Rejects with `ClientError`; with `TypeError` when `params` is not JSON. */
  async call<M extends MethodName>(method: M, ...[params, options]: Args<ParamsByMethod[M]>): Promise<ResultByMethod[M]> {
    const result = await this.request(method, params, options);
    if (isResultOf(method, result)) return result;
    throw new ClientError("bad_reply", `${method} gave no object`);
  }

  /** Calls any method, also one that this version of the library does not know. */
  request(method: string, params: object = {}, options: CallOptions = {}): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const repeatable = options.retry ? makeRepeatable(method, params) : { repeat: "never" as const, params };
      if (repeatable === undefined || (repeatable.repeat === "same-session" && this.#session === undefined)) {
        reject(new ClientError("not_repeatable", `${method} could be done twice`));
        return;
      }
      const text = JSON.stringify(repeatable.params);
      const refusal = this.#refusal(method, text, options.signal);
      if (refusal !== undefined) {
        reject(refusal);
        return;
      }
      let timer: NodeJS.Timeout | undefined;
      const cancel = () => this.#stop(outgoing, new ClientError("cancelled", "the call was cancelled"));
      const outgoing: Outgoing = {
        number: ++this.#made,
        method,
        params: text,
        repeat: repeatable.repeat,
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

  /**
   * Becomes somebody else: by a token, or back in an earlier session. From here on, and after every reconnect. Nothing else
   * should be under way. Rejects as `call` does, and then everything is as it was.
   */
  async open(session: SessionOptions): Promise<SessionFacts> {
    const { token: _, resume: __, ...settings } = this.#session ?? {};
    const next = { ...settings, ...session };
    const facts = readSession(await this.request("session.open", next));
    if (facts === undefined) throw new ClientError("bad_reply", "session.open gave no session");
    this.#enter(next, facts);
    return facts;
  }

  /** Listens for what the server says unasked, on this connection and later ones. Answers what ends the listening. */
  on<E extends EventName>(event: E, listener: EventListener<E>): () => void {
    return this.#listeners.add(event, listener);
  }

  /** Hangs up. Calls without a reply fail with `closed` and `why`. Resolves when the socket is gone. Idempotent. */
  close(why = "the client was closed"): Promise<void> {
    this.#end ??= new ClientError("closed", why);
    const stopped = this.#dialer.stop();
    this.#failWaiting(this.#end);
    const exchange = this.#exchange;
    if (exchange === undefined) return stopped;
    return new Promise((resolve) => {
      const before = this.#gone;
      this.#gone = () => {
        before?.();
        resolve();
      };
      exchange.close();
    });
  }

  #refusal(method: string, params: string, signal: AbortSignal | undefined): ClientError | undefined {
    if (this.#end !== undefined) return this.#end;
    if (signal?.aborted) return new ClientError("cancelled", "the call was cancelled");
    const { requestBytesMax, rowsRequestBytesMax } = this.#limits;
    const bytesMax = method === "calc.evaluateRows" ? rowsRequestBytesMax : requestBytesMax;
    // The server would skip the line and could not say whose it was.
    if (Buffer.byteLength(params) > bytesMax) {
      return new ClientError("request_too_large", `a request has at most ${bytesMax} bytes`);
    }
    if (this.#waiting.size < this.#limits.waitingMax) return undefined;
    return new ClientError("too_many_calls", `${this.#limits.waitingMax} calls are waiting to be sent`);
  }

  #connected(socket: Socket): void {
    const exchange = new Exchange(socket, this.#limits, {
      event: (method, params) => {
        aside(() => this.#onEvent(method, params));
        this.#listeners.tell(method, params);
      },
      lost: (why) => this.#lost(why),
    });
    this.#exchange = exchange;
    this.#leaving = false;
    if (this.#session === undefined) this.#opened(undefined);
    else this.#openSession(exchange, this.#session);
  }

  #openSession(exchange: Exchange, session: SessionOptions): void {
    const timer = setTimeout(() => exchange.cut("no answer"), this.#limits.openMs);
    exchange.request("session.open", JSON.stringify(session), (reply) => {
      clearTimeout(timer);
      if ("error" in reply) this.#sessionRefused(exchange, session, reply.error);
      else this.#sessionOpened(session, readSession(reply.result));
    });
  }

  #sessionOpened(session: SessionOptions, facts: SessionFacts | undefined): void {
    if (facts === undefined) {
      this.#fail(new ClientError("bad_reply", "session.open gave no session"));
      return;
    }
    this.#enter(session, facts);
    this.#opened(facts);
  }

  #enter(session: SessionOptions, facts: SessionFacts): void {
    this.#session = sessionAfter(session, facts);
    this.#ours = true;
    this.#principal = facts.principal;
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
    if (exchange === undefined || !this.#open || this.#leaving) return;
    for (const outgoing of this.#waiting) {
      if (exchange.inFlight >= this.#limits.inFlightMax) return;
      this.#waiting.delete(outgoing);
      outgoing.principal ??= this.#principal;
      if (outgoing.repeat === "same-session" && outgoing.principal !== this.#principal) {
        outgoing.settle({ error: new ClientError("connection_lost", "the session it was sent in is gone") });
        continue;
      }
      outgoing.id = exchange.request(outgoing.method, outgoing.params, (reply) => this.#answered(outgoing, reply));
    }
  }

  #answered(outgoing: Outgoing, reply: Reply): void {
    if (this.#end === undefined && isToRepeat(outgoing, reply, this.#principal)) {
      delete outgoing.id;
      this.#waiting.add(outgoing);
      this.#leaving = true;
      return;
    }
    const hungUp = "error" in reply && reply.error.name === "connection_lost";
    outgoing.settle(hungUp && this.#end !== undefined ? { error: this.#end } : reply);
    this.#flow();
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
    // What is asked again goes first, as it did.
    this.#waiting = new Set([...this.#waiting].sort((one, other) => one.number - other.number));
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
    void this.#dialer.stop();
    this.#exchange?.close();
    this.#failWaiting(error);
    this.#tell({ kind: "failed", url: this.#url, error });
  }

  #failWaiting(error: ClientError): void {
    for (const outgoing of this.#waiting) outgoing.settle({ error });
    this.#waiting.clear();
  }

  #tell(state: ClientState): void {
    aside(() => this.#onState(state));
  }
}
