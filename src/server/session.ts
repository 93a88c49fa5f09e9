/**
 * The server's state for one client on one connection: takes frames in, starts calls, sends each reply once.
 *
 * Steps 2 and 10 of a request's way. Takes all frames of a chunk while call slots are free; when there are none it stops
 * reading, and that is the back-pressure. JSON-RPC answers leave in the order they are ready, text answers in the order typed.
 *
 * States: open -> ended (the peer said its last; answers still go out) -> closed.
 */
import type { Caller } from "../methods/call.ts";
import type { ClientFacts } from "../methods/clients.ts";
import type { Principal } from "../methods/principal.ts";
import { RpcError } from "../protocol/errors.ts";
import type { Frame } from "../protocol/frame.ts";
import type { ParamsByEvent } from "../protocol/generated/types.ts";
import { encodeError, encodeNotification, encodeResult, type ParsedCall, parseMessage } from "../protocol/message.ts";
import type { Connection, ConnectionEvents, CutReason } from "../transport/connection.ts";
import { Batch, fitting } from "./batch.ts";
import { type CallInFlight, type Desk, dispatch, type Reply } from "./dispatch.ts";
import { Seat } from "./seat.ts";
import { turnAway } from "./stranger.ts";
import { TextMode } from "./text-mode.ts";
import { mayBeAsLong, refusalOf, tooLong } from "./unreadable.ts";

/** To people, when the server is going down. */
const LEAVING = "The server is going down. What you typed before is answered, then the connection is closed.";

/** Calls a session begins before all others had their turn. */
const TURN_CALLS_MAX = 64;

export class Session implements Caller, ConnectionEvents {
  readonly #desk: Desk;
  readonly #connection: Connection;
  readonly #seat: Seat;
  readonly #onClosed: (session: Session) => void;
  /** Calls whose answer is not there yet, to be cancelled when the peer is gone; the requests among them by their ids. */
  readonly #calls = new Set<CallInFlight>();
  readonly #requests = new Map<string, CallInFlight>();
  readonly #backlog: Frame[] = [];
  #text: TextMode | undefined;
  #inFlight = 0;
  /** Frames and items of batches taken in this turn. */
  #begun = 0;
  #advancing = false;
  #paused = false;
  #ended = false;
  #finished = false;

  constructor(desk: Desk, connection: Connection, onClosed: (session: Session) => void) {
    this.#desk = desk;
    this.#connection = connection;
    this.#seat = new Seat(desk.house.principals);
    this.#onClosed = onClosed;
  }

  principal(): Principal {
    return this.#seat.principal();
  }

  become(principal: Principal): void {
    this.#seat.become(principal);
  }

  /** Calls and typed lines without an answer. */
  get inFlight(): number {
    return this.#inFlight;
  }

  get trace(): Caller["trace"] {
    const principal = this.#seat.id;
    return { connection: this.#connection.id, ...(principal !== undefined && { principal }) };
  }

  /** What an operator may know of it. */
  get facts(): ClientFacts {
    const { peer, dialect, openedAt, bytesIn, bytesOut } = this.#connection;
    const since = new Date(openedAt).toISOString();
    const role = "anyone";
    return { ...this.trace, address: peer, dialect, since, inFlight: this.#inFlight, bytesIn, bytesOut, role };
  }

  get connection(): Connection {
    return this.#connection;
  }

  get idle(): boolean {
    return this.#inFlight === 0 && this.#backlog.length === 0;
  }

  frames(frames: Frame[]): void {
    if (this.#finished) return;
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
    this.#backlog.length = 0;
    this.#text?.drop();
    for (const call of this.#calls) call.cancel();
    this.#seat.leave();
    const { tally, log } = this.#desk;
    tally.connectionClosed(reason);
    tally.bytesIn += this.#connection.bytesIn;
    tally.bytesOut += this.#connection.bytesOut;
    const level = reason === "slow reader" || reason === "slow frame" ? "warn" : "debug";
    log[level]({ ...this.trace, reason }, "connection closed");
    this.#onClosed(this);
  }

  /** The client is leaving, or cannot be understood any more: what is in flight is answered, what came later is dropped. */
  finish(): void {
    this.#finished = true;
    this.#backlog.length = 0;
    this.ended();
  }

  /** The server is leaving: what is in flight is answered, what was read and not begun is refused. */
  drain(): void {
    const { drainMs } = this.#desk.house.config;
    if (this.#connection.dialect === "text") this.#connection.send(`Server > ${LEAVING}`);
    else this.notify("server.closing", { drainMs });
    for (let frame = this.#backlog.shift(); frame !== undefined; frame = this.#backlog.shift()) this.#take(frame);
    this.ended();
  }

  /** Tells a peer that speaks JSON-RPC something it has not asked for; not one that leaves what it asked for unread. */
  notify<E extends keyof ParamsByEvent>(event: E, params: ParamsByEvent[E]): void {
    const { dialect, outputBytes } = this.#connection;
    const speaks = dialect === "json" || dialect === "header";
    if (!speaks || outputBytes > this.#desk.house.config.outputBytesSoftMax) return;
    this.#connection.send(encodeNotification(event, params));
  }

  /** Leads a call through the gates. `reply` is told once; when the peer goes away first, the call is cancelled. */
  start(method: string, params: unknown, reply: Reply, begun?: (call: CallInFlight) => void): void {
    const told: Reply = (error, result, answered) => {
      reply(error, result, answered);
      this.#calls.delete(answered);
    };
    dispatch(this.#desk, method, params, this, told, (call) => {
      this.#calls.add(call);
      begun?.(call);
    });
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
    const { callsInFlightMax, outputBytesSoftMax } = this.#desk.house.config;
    return this.#inFlight >= callsInFlightMax || this.#connection.outputBytes > outputBytesSoftMax;
  }

  /** Takes frames while there is room, and reads on when none is left. An answer given at once comes back here: the loop goes on. */
  #advance(): void {
    if (this.#advancing) return;
    this.#advancing = true;
    this.#begun = 0;
    while (!this.#full) {
      if (this.#begun >= TURN_CALLS_MAX) {
        setImmediate(() => this.#advance());
        break;
      }
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
    if (!this.idle) return;
    this.#seat.leave();
    this.#connection.close();
  }

  #take(frame: Frame): void {
    this.#begun += 1;
    const { dialect } = this.#connection;
    if (frame.kind !== "text") this.#desk.tally.frameRefused(frame.kind);
    if (dialect === "text") {
      this.#text ??= new TextMode(this.#desk.house.config, this, (text) => this.#connection.send(text));
      return this.#text.take(frame);
    }
    if (frame.kind === "text") return this.#message(frame.text);
    if (frame.kind === "http" || frame.kind === "tls") {
      this.#connection.send(turnAway(frame.kind));
      return this.#connection.close();
    }
    this.#refuse(refusalOf(frame, this.#desk.house.config));
    // Where the next message begins is anybody's guess now.
    if (frame.kind === "bad-header") this.finish();
  }

  #message(text: string): void {
    const { messageDepthMax, batchMax } = this.#desk.house.config;
    const message = parseMessage(text, { depthMax: messageDepthMax, batchMax });
    if (message.kind === "single") this.#beginSingle(message.call, text.length);
    else if (message.kind === "refused") {
      this.#desk.tally.frameRefused(message.error.errorName);
      this.#refuse(message.error);
    } else this.#beginBatch(message.calls);
  }

  #beginSingle(call: ParsedCall, length: number): void {
    const { config } = this.#desk.house;
    if (mayBeAsLong(call, length, config)) this.#begin(call, undefined);
    else if (call.kind === "request") this.#refuse(tooLong(config.frameBytesMax, config), call.id);
  }

  #beginBatch(calls: ParsedCall[]): void {
    const batch = new Batch(this.#desk.house.config.replyBytesMax, (text) => this.#connection.send(text));
    this.#begun += calls.length;
    // Answers given at once must not close a session that is ending before the batch is answered.
    this.hold();
    for (const call of calls) this.#begin(call, batch);
    batch.close();
    this.release();
  }

  #begin(call: ParsedCall, batch: Batch | undefined): void {
    switch (call.kind) {
      case "ignored":
        return;
      case "cancel":
        return this.#requests.get(call.id)?.cancel();
      case "invalid":
        this.#desk.tally.frameRefused(call.error.errorName);
        batch?.expect();
        return this.#deliver(call.id, encodeError(call.id, call.error), batch);
      case "notification":
        this.hold();
        this.start(call.method, call.params, () => this.release());
        return;
      case "request":
        return this.#request(call.id, call.method, call.params, batch);
    }
  }

  #request(id: string, method: string, params: unknown, batch: Batch | undefined): void {
    batch?.expect();
    if (this.#requests.has(id)) {
      const error = new RpcError("invalid_request", { detail: "a call with this id is still in flight" });
      return this.#deliver(id, encodeError(id, error), batch);
    }
    this.hold();
    const reply: Reply = (error, result) => {
      const text = error === undefined ? encodeResult(id, result) : encodeError(id, error);
      this.#requests.delete(id);
      this.#deliver(id, text, batch, result);
      this.release();
    };
    this.start(method, params, reply, (call) => this.#requests.set(id, call));
  }

  #refuse(error: RpcError, id = "null"): void {
    this.#connection.send(encodeError(id, error));
  }

  #deliver(id: string, reply: string, batch: Batch | undefined, result?: unknown): void {
    const found: unknown = Object(result).seq;
    const seq = typeof found === "number" ? found : undefined;
    if (batch !== undefined) return batch.add(id, reply, seq);
    this.#connection.send(fitting(id, reply, this.#desk.house.config.replyBytesMax, seq));
  }
}
