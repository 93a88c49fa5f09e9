/**
 * The server's state for one client on one connection: takes frames in, starts calls, sends each reply once.
 *
 * Steps 2 and 10 of a request's way. Takes all frames of a chunk while call slots are free; when there are none it stops
 * reading, and that is the back-pressure. JSON-RPC answers leave in the order they are ready, text answers in the order typed.
 *
 * States: open -> ended (the peer said its last; answers still go out) -> closed.
 */
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
  readonly #calls = new Map<string, CallInFlight | undefined>();
  readonly #backlog: Frame[] = [];
  #principal: Principal | undefined;
  #text: TextMode | undefined;
  #inFlight = 0;
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

  become(principal: Principal): void {
    if (this.#principal !== undefined) this.#desk.house.principals.leave(this.#principal, Date.now());
    this.#principal = principal;
    // A session that closed while its token was looked up speaks for nobody.
    if (this.#closed) this.#desk.house.principals.leave(principal, Date.now());
  }

  get idle(): boolean {
    return this.#inFlight === 0 && this.#backlog.length === 0;
  }

  frames(frames: Frame[]): void {
    if (this.#backlog.length > 0 || this.#full) {
      for (const frame of frames) this.#backlog.push(frame);
      return this.#connection.pause();
    }
    for (let i = 0; i < frames.length; i++) {
      const frame = frames[i];
      if (frame !== undefined) this.#take(frame);
      if (!this.#full) continue;
      for (const rest of frames.slice(i + 1)) this.#backlog.push(rest);
      this.#connection.pause();
      return;
    }
  }

  ended(): void {
    this.#ended = true;
    this.#closeWhenDone();
  }

  closed(reason: CutReason): void {
    this.#closed = true;
    this.#backlog.length = 0;
    for (const call of this.#calls.values()) call?.cancel();
    if (this.#principal !== undefined) this.#desk.house.principals.leave(this.#principal, Date.now());
    this.#desk.log.debug({ connection: this.#connection.id, reason }, "connection closed");
    this.#onClosed(this);
  }

  /** Says goodbye after all that is in flight: the server is leaving, or the client is. */
  finish(): void {
    this.#backlog.length = 0;
    this.ended();
  }

  cut(): void {
    this.#connection.cut("closed");
  }

  /** For text mode: a line is taken into work, its answer goes through `release`. */
  hold(): void {
    if (this.#inFlight++ === 0) this.#connection.busy = true;
  }

  /** A call is answered: its slot is free, and what was waiting for one goes on. */
  release(): void {
    if (--this.#inFlight === 0) this.#connection.busy = false;
    if (this.#backlog.length > 0) this.#resume();
    if (this.#ended) this.#closeWhenDone();
  }

  get #full(): boolean {
    const { callsInFlightMax, outputBytesSoftMax } = this.#desk.house.config;
    return this.#inFlight >= callsInFlightMax || this.#connection.outputBytes > outputBytesSoftMax;
  }

  #resume(): void {
    while (!this.#full) {
      const frame = this.#backlog.shift();
      if (frame === undefined) return this.#connection.resume();
      this.#take(frame);
    }
  }

  #closeWhenDone(): void {
    if (this.idle) this.#connection.close();
  }

  #take(frame: Frame): void {
    const { dialect } = this.#connection;
    if (dialect === "text") {
      this.#text ??= new TextMode(this.#desk, this, (text) => this.#connection.send(text));
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
    const advice = "This port speaks JSON-RPC 2.0 and text lines over plain TCP.";
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
        dispatch(this.#desk, call.method, call.params, this, () => this.release());
        return;
      case "request":
        return this.#request(call.id, call.method, call.params, batch);
    }
  }

  #request(id: string, method: string, params: unknown, batch: Batch | undefined): void {
    if (batch !== undefined) batch.open += 1;
    if (this.#calls.has(id)) {
      const error = new RpcError("invalid_request", { detail: "a call with this id is still in flight" });
      return this.#deliver(encodeError(id, error), batch);
    }
    this.hold();
    this.#calls.set(id, undefined);
    const reply: Reply = (error, result) => {
      this.#calls.delete(id);
      this.#deliver(error === undefined ? encodeResult(id, result) : encodeError(id, error), batch);
      this.release();
    };
    const call = dispatch(this.#desk, method, params, this, reply);
    if (this.#calls.has(id)) this.#calls.set(id, call);
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
