/**
 * The server's state for one client on one connection: who it is, what it has in flight, whether it is read from.
 *
 * Steps 2 and 10 of a request's way. Takes all frames of a chunk while call slots are free; when there are none it stops
 * reading, and that is the back-pressure. What a frame says is the business of JSON mode or text mode.
 *
 * States: open -> ended (the peer said its last; answers still go out) -> closed.
 */
import type { Standing } from "../access/role.ts";
import type { TokenRow } from "../access/token.ts";
import type { Config } from "../config.ts";
import type { Caller } from "../methods/call.ts";
import type { ClientFacts } from "../methods/clients.ts";
import type { Principal } from "../methods/principal.ts";
import type { Frame } from "../protocol/frame.ts";
import type { EventNames } from "../protocol/generated/types.ts";
import { dropFrame } from "../protocol/long-frames.ts";
import type { Connection, ConnectionEvents, CutLimit, CutReason } from "../transport/connection.ts";
import { type CallInFlight, type Desk, dispatch, type Reply } from "./dispatch.ts";
import { JsonMode } from "./json-mode.ts";
import { Notices } from "./notices.ts";
import { Patience } from "./patience.ts";
import { turnAway } from "./stranger.ts";
import type { RefusedFrame } from "./tally.ts";
import { TextMode } from "./text-mode.ts";

/** To people, when the server is going down. */
const LEAVING = "The server is going down. What is being calculated is answered, then the connection is closed.";

/** Calls a session begins before all others had their turn. */
const TURN_CALLS_MAX = 64;
/** Short calls begun for one look at the clock, which costs as much as a tenth of one. */
const CALLS_A_LOOK = 8;
/** A frame that never waits for its turn when it comes alone: most calls are shorter, and cost less than to keep them. */
const SHORT_LENGTH_MAX = 1024;

export class Session implements Caller, ConnectionEvents {
  readonly #desk: Desk;
  readonly #connection: Connection;
  readonly #onClosed: (session: Session) => void;
  /** Of typed lines and notifications, calls whose answer is not there yet, to be cancelled when the peer is gone. */
  readonly #calls = new Set<CallInFlight>();
  readonly #backlog: Frame[] = [];
  #principal: Principal | undefined;
  #token: TokenRow | undefined;
  #text: TextMode | undefined;
  #json: JsonMode | undefined;
  #inFlight = 0;
  /** Frames and items of batches taken in this turn. */
  #begun = 0;
  #advancing = false;
  #waiting = false;
  #paused = false;
  #ended = false;
  #finished = false;
  #left = false;
  #notices: Notices | undefined;
  #patience: Patience | undefined;

  constructor(desk: Desk, connection: Connection, onClosed: (session: Session) => void) {
    this.#desk = desk;
    this.#connection = connection;
    this.#onClosed = onClosed;
  }

  get network(): string {
    return this.#connection.network;
  }

  principal(): Principal {
    // Behind loopback stands everybody on this machine, or everybody behind a proxy: one's debt is not the other's.
    this.#principal ??= this.#desk.house.principals.create(this.#connection.isLocal ? undefined : this.network);
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

  become(principal: Principal, token?: TokenRow, events: EventNames = []): void {
    if (events.length > 0 || this.#notices !== undefined) this.notices.want(events, principal);
    // A session that closed while its token was looked up speaks for nobody, and has left its own principal already.
    const left = this.#left ? principal : this.#principal;
    if (left !== undefined) this.#desk.house.principals.leave(left, Date.now());
    if (this.#left) return;
    this.#principal = principal;
    this.#token = token;
  }

  /** Made on first use: most are told nothing. */
  get notices(): Notices {
    this.#notices ??= new Notices(this.#connection, this.#desk.house.config, this.#left);
    return this.#notices;
  }

  /** Calls and typed lines without an answer. */
  get inFlight(): number {
    return this.#inFlight;
  }

  get trace(): Caller["trace"] {
    const principal = this.#principal?.ledger.id;
    return { connection: this.#connection.id, ...(principal !== undefined && { principal }) };
  }

  /** What an operator may know of it. */
  get facts(): ClientFacts {
    const { peer: address, dialect, openedAt, bytesIn, bytesOut } = this.#connection;
    const { inFlight, standing: role } = this;
    return { ...this.trace, address, dialect, since: new Date(openedAt).toISOString(), inFlight, bytesIn, bytesOut, role };
  }

  get connection(): Connection {
    return this.#connection;
  }

  get idle(): boolean {
    return this.#inFlight === 0 && this.#backlog.length === 0;
  }

  frames(frames: Frame[]): void {
    if (this.#finished) return frames.forEach(dropFrame);
    for (const frame of frames) this.#backlog.push(frame);
    this.#advance();
  }

  ended(): void {
    this.#ended = true;
    this.#closeWhenDone();
  }

  drained(): void {
    this.#notices?.drained();
    if (this.#paused) this.#advance();
  }

  closed(reason: CutReason, limit: CutLimit | undefined): void {
    this.#dropBacklog();
    this.#patience?.drop();
    this.#text?.drop();
    this.#json?.drop();
    for (const call of this.#calls) call.cancel();
    this.#leave();
    const { tally, log } = this.#desk;
    tally.connectionClosed(reason);
    tally.bytesIn += this.#connection.bytesIn;
    tally.bytesOut += this.#connection.bytesOut;
    const level = reason === "slow reader" || reason === "slow frame" ? "warn" : "debug";
    log[level]({ ...this.trace, address: this.peer, reason, limit }, "connection closed");
    this.#onClosed(this);
  }

  /** The client is leaving, or cannot be understood any more: what is in flight is answered, what came later is dropped. */
  finish(): void {
    this.#finished = true;
    this.#dropBacklog();
    this.ended();
  }

  #dropBacklog(): void {
    for (const frame of this.#backlog.splice(0)) dropFrame(frame);
  }

  /** The server is leaving: what is in flight is answered, what was read and not begun is refused. */
  drain(): void {
    const { drainMs } = this.#desk.house.config;
    if (this.#connection.dialect === "text") this.#connection.send(`Server > ${LEAVING}`);
    else this.notices.tell("server.closing", { drainMs });
    for (let frame = this.#backlog.shift(); frame !== undefined; frame = this.#backlog.shift()) this.#take(frame);
    this.ended();
  }

  /** Leads a call through the gates; to cancel it when the peer goes away first is up to whoever begins it. */
  begin(method: string, params: unknown, reply: Reply): CallInFlight {
    return dispatch(this.#desk, method, params, this, reply);
  }

  /** Begins a call that is cancelled when the peer goes away first. `reply` is told once. */
  start(method: string, params: unknown, reply: Reply): void {
    const call = this.begin(method, params, (error, result, answered) => {
      reply(error, result, answered);
      this.#calls.delete(answered);
    });
    if (!call.answered) this.#calls.add(call);
  }

  /** A call, a batch or a line is taken into work; `release` when it is answered. */
  hold(): void {
    if (this.#inFlight++ === 0) this.#connection.busy = true;
  }

  /** A call is answered: its slot is free, and what was waiting for one goes on. */
  release(): void {
    if (--this.#inFlight === 0) this.#connection.busy = false;
    if (this.#paused) this.#advance();
    if (this.#ended) this.#closeWhenDone();
  }

  /** Items of a batch are begun in this turn too. */
  took(count: number): void {
    this.#begun += count;
  }

  /** A frame, or an item of a batch, was no request. */
  refused(reason: RefusedFrame): void {
    this.#desk.tally.frameRefused(reason);
    this.#patience ??= new Patience(this.#desk.house.config, () => this.#advance());
    this.#patience.refused();
  }

  #isFull({ callsInFlightMax, outputBytesSoftMax }: Config): boolean {
    return this.#inFlight >= callsInFlightMax || this.#connection.outputBytes > outputBytesSoftMax;
  }

  /**
   * Takes frames while there is room and time, and reads on when none is left; `mayBegin`: the first without asking. An answer
   * given at once comes back here: the loop goes on.
   */
  #advance(mayBegin = false): void {
    if (this.#advancing || this.#waiting) return;
    this.#advancing = true;
    this.#begun = 0;
    const { limits } = this;
    for (let next = this.#backlog[0]; next !== undefined; next = this.#backlog[0]) {
      if (this.#isFull(limits)) break;
      if (!mayBegin && !this.#mayBegin(next)) {
        this.#wait();
        break;
      }
      mayBegin = false;
      this.#backlog.shift();
      this.#take(next);
    }
    this.#advancing = false;
    const paused = this.#backlog.length > 0 || this.#isFull(this.limits) || this.#patience?.isPausing() === true;
    if (paused !== this.#paused) {
      this.#paused = paused;
      if (paused) this.#connection.pause();
      else this.#connection.resume();
    }
    if (this.#ended) this.#closeWhenDone();
  }

  #mayBegin(next: Frame): boolean {
    if (this.#begun >= TURN_CALLS_MAX) return false;
    const isShort = next.kind === "text" && next.text.length <= SHORT_LENGTH_MAX;
    if (isShort && (this.#begun === 0 || this.#begun % CALLS_A_LOOK !== 0)) return true;
    return this.#desk.turns.hasTime;
  }

  #wait(): void {
    this.#waiting = true;
    this.#desk.turns.wait(() => {
      this.#waiting = false;
      this.#advance(true);
    });
  }

  #closeWhenDone(): void {
    if (!this.idle) return;
    this.#leave();
    this.#connection.close();
  }

  /** Speaks for nobody any more, though the peer may take its time to hang up. */
  #leave(): void {
    if (!this.#left && this.#principal !== undefined) this.#desk.house.principals.leave(this.#principal, Date.now());
    this.#left = true;
    this.#notices?.end();
  }

  #take(frame: Frame): void {
    this.#begun += 1;
    const { kind } = frame;
    if (kind !== "text" && kind !== "table" && kind !== "no-table")
      this.refused(frame.kind === "stranger" ? frame.speaks : frame.kind);
    if (frame.kind === "stranger") {
      this.#connection.send(turnAway(frame.speaks));
      return this.#connection.close();
    }
    if (this.#connection.dialect === "text") {
      this.#text ??= new TextMode(this.#desk.house.config, this, (text) => this.#connection.send(text));
      return this.#text.take(frame);
    }
    this.#json ??= new JsonMode(this.#desk, this, (text) => this.#connection.send(text));
    this.#json.take(frame);
  }
}
