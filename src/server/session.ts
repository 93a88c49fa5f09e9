/**
 * The server's state for one client on one connection: takes frames in, starts calls, sends each reply once.
 *
 * Steps 2 and 10 of a request's way. Takes all frames of a chunk while call slots are free; when there are none it stops
 * reading, and that is the back-pressure. JSON-RPC answers leave in the order they are ready, text answers in the order typed.
 *
 * States: open -> ended (the peer said its last; answers still go out) -> closed.
 */
import type { Standing } from "../access/role.ts";
import type { TokenRow } from "../access/token.ts";
import type { Config } from "../config.ts";
import type { Caller } from "../methods/call.ts";
import type { Principal } from "../methods/principal.ts";
import { RpcError } from "../protocol/errors.ts";
import type { Frame } from "../protocol/frame.ts";
import { encodeBatch, encodeError, encodeResult, type ParsedCall, parseMessage } from "../protocol/message.ts";
import type { Connection, ConnectionEvents, CutReason } from "../transport/connection.ts";
import { type CallInFlight, type Desk, dispatch, type Reply } from "./dispatch.ts";
import { TextMode } from "./text-mode.ts";

/** Replies of one batch, gathered until the last is there. */
type Batch = { parts: string[]; open: number };

export class Session implements Caller, ConnectionEvents {
  readonly #desk: Desk;
  readonly #connection: Connection;
  readonly #onClosed: (session: Session) => void;
  /** Calls whose answer is not there yet, to be cancelled when the peer is gone; of the requests among them, the ids. */
  readonly #calls = new Set<CallInFlight>();
  readonly #ids = new Set<string>();
  readonly #backlog: Frame[] = [];
  #principal: Principal | undefined;
  #token: TokenRow | undefined;
  #text: TextMode | undefined;
  #inFlight = 0;
  #advancing = false;
  #paused = false;
  #ended = false;
  #closed = false;

  constructor(desk: Desk, connection: Connection, onClosed: (session: Session) => void) {
    this.#desk = desk;
    this.#connection = connection;
    this.#onClosed = onClosed;
  }

  principal(): Principal {
    this.#principal ??= this.#desk.house.principals.create();
    return this.#principal;
  }

  get token(): TokenRow | undefined {
    return this.#token;
  }

  get standing(): Standing {
    return this.#desk.house.access.standing(this.#token?.id);
  }

  get limits(): Config {
    return this.#desk.house.access.limits(this.standing);
  }

  get peer(): string {
    return this.#connection.peer;
  }

  become(principal: Principal, token?: TokenRow): void {
    // A session that closed while its token was looked up speaks for nobody, and has left its own principal already.
    const left = this.#closed ? principal : this.#principal;
    if (left !== undefined) this.#desk.house.principals.leave(left, Date.now());
    if (this.#closed) return;
    this.#principal = principal;
    this.#token = token;
  }

  get idle(): boolean {
    return this.#inFlight === 0 && this.#backlog.length === 0;
  }

  frames(frames: Frame[]): void {
    for (const frame of frames) this.#backlog.push(frame);
    this.#advance();
  }

  ended(): void {
    this.#ended = true;
    this.#closeWhenDone();
  }

  drained(): void {
    if (this.#paused) this.#advance();
  }

  closed(reason: CutReason): void {
    this.#closed = true;
    this.#backlog.length = 0;
    this.#text?.drop();
    for (const call of this.#calls) call.cancel();
    if (this.#principal !== undefined) this.#desk.house.principals.leave(this.#principal, Date.now());
    this.#desk.log.debug({ connection: this.#connection.id, reason }, "connection closed");
    this.#onClosed(this);
  }

  /** The client is leaving, or cannot be understood any more: what is in flight is answered, what came later is dropped. */
  finish(): void {
    this.#backlog.length = 0;
    this.ended();
  }

  /** The server is leaving: what is in flight is answered, what was read and not begun is refused. */
  drain(): void {
    for (let frame = this.#backlog.shift(); frame !== undefined; frame = this.#backlog.shift()) this.#take(frame);
    this.ended();
  }

  /** Leads a call through the gates. `reply` is told once; when the peer goes away first, the call is cancelled. */
  start(method: string, params: unknown, reply: Reply): void {
    const call = dispatch(this.#desk, method, params, this, (error, result, answered) => {
      reply(error, result, answered);
      this.#calls.delete(answered);
    });
    if (!call.answered) this.#calls.add(call);
  }

  /** For text mode: a line is taken into work, its answer goes through `release`. */
  hold(): void {
    if (this.#inFlight++ === 0) this.#connection.busy = true;
  }

  /** A call is answered: its slot is free, and what was waiting for one goes on. */
  release(): void {
    if (--this.#inFlight === 0) this.#connection.busy = false;
    if (this.#paused) this.#advance();
    if (this.#ended) this.#closeWhenDone();
  }

  get #full(): boolean {
    const { callsInFlightMax, outputBytesSoftMax } = this.limits;
    return this.#inFlight >= callsInFlightMax || this.#connection.outputBytes > outputBytesSoftMax;
  }

  /** Takes frames while there is room, and reads on when none is left. An answer given at once comes back here: the loop goes on. */
  #advance(): void {
    if (this.#advancing) return;
    this.#advancing = true;
    while (!this.#full) {
      const frame = this.#backlog.shift();
      if (frame === undefined) break;
      this.#take(frame);
    }
    this.#advancing = false;
    const paused = this.#backlog.length > 0 || this.#full;
    if (paused !== this.#paused) {
      this.#paused = paused;
      if (paused) this.#connection.pause();
      else this.#connection.resume();
    }
    if (this.#ended) this.#closeWhenDone();
  }

  #closeWhenDone(): void {
    if (this.idle) this.#connection.close();
  }

  #take(frame: Frame): void {
    const { dialect } = this.#connection;
    if (dialect === "text") {
      this.#text ??= new TextMode(this.#desk.house.config, this, (text) => this.#connection.send(text));
      return this.#text.take(frame);
    }
    switch (frame.kind) {
      case "text":
        return this.#message(frame.text);
      case "overlong": {
        const { frameBytesMax } = this.#desk.house.config;
        return this.#refuse(new RpcError("request_too_large", { limit: { name: "frameBytesMax", value: frameBytesMax } }));
      }
      case "invalid-utf8":
        return this.#refuse(new RpcError("parse_error", { detail: "not UTF-8" }));
      case "bad-header":
        // Where the next message begins is anybody's guess now.
        this.#refuse(new RpcError("invalid_request", { detail: "Content-Length is missing or not a number" }));
        return this.finish();
      default:
        return this.#stranger(frame.kind);
    }
  }

  /** Somebody who speaks another protocol: one answer in theirs, then closed. */
  #stranger(kind: "http" | "tls"): void {
    const advice = "This port speaks JSON-RPC 2.0 and text lines.";
    if (kind === "tls") this.#connection.send(`${advice} It does not speak TLS.`);
    else {
      const head = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close";
      const body = `${advice} There is no HTTP gateway on this server.`;
      this.#connection.send(`${head}\r\nContent-Length: ${body.length + 1}\r\n\r\n${body}`);
    }
    this.#connection.close();
  }

  #message(text: string): void {
    const { messageDepthMax, batchMax } = this.#desk.house.config;
    const message = parseMessage(text, { depthMax: messageDepthMax, batchMax });
    if (message.kind === "single") this.#begin(message.call, undefined);
    else if (message.kind === "refused") this.#refuse(message.error);
    else this.#beginBatch(message.calls);
  }

  #beginBatch(calls: ParsedCall[]): void {
    // One too many, so that answers given at once do not close the batch before its last call is begun.
    const batch: Batch = { parts: [], open: 1 };
    for (const call of calls) this.#begin(call, batch);
    this.#batchPart(batch, undefined);
  }

  #begin(call: ParsedCall, batch: Batch | undefined): void {
    switch (call.kind) {
      case "ignored":
        return;
      case "invalid":
        if (batch !== undefined) batch.open += 1;
        return this.#deliver(encodeError(call.id, call.error), batch);
      case "notification":
        this.hold();
        this.start(call.method, call.params, () => this.release());
        return;
      case "request":
        return this.#request(call.id, call.method, call.params, batch);
    }
  }

  #request(id: string, method: string, params: unknown, batch: Batch | undefined): void {
    if (batch !== undefined) batch.open += 1;
    if (this.#ids.has(id)) {
      const error = new RpcError("invalid_request", { detail: "a call with this id is still in flight" });
      return this.#deliver(encodeError(id, error), batch);
    }
    this.hold();
    this.#ids.add(id);
    this.start(method, params, (error, result) => {
      const reply = error === undefined ? encodeResult(id, result) : encodeError(id, error);
      this.#ids.delete(id);
      this.#deliver(reply, batch);
      this.release();
    });
  }

  #refuse(error: RpcError): void {
    this.#deliver(encodeError("null", error), undefined);
  }

  #deliver(reply: string, batch: Batch | undefined): void {
    if (batch === undefined) this.#connection.send(reply);
    else this.#batchPart(batch, reply);
  }

  #batchPart(batch: Batch, part: string | undefined): void {
    if (part !== undefined) batch.parts.push(part);
    batch.open -= 1;
    if (batch.open === 0 && batch.parts.length > 0) this.#connection.send(encodeBatch(batch.parts));
  }
}
