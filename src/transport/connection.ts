/**
 * A pipe of frames over one stream socket: bytes in become frames for the session, texts out leave as one write a turn.
 *
 * Knows no client, no method, no maths. Bounds: a half-sent frame may take `frameMs`, silence may last `idleMs`, output may
 * wait above `outputBytesSoftMax` for `outputSoftMs` and never above `outputBytesHardMax`; past any of these the peer is cut.
 *
 * States: open -> (peer ended | closing) -> closed. `closed` is told exactly once.
 */
import type { Socket } from "node:net";
import { createDecoder, type Decoder, type DecoderLimits, type Dialect, encodeFrame, type Frame } from "../protocol/frame.ts";
import { atTurnEnd, takeTurn, turnMs } from "../turn.ts";
import { isLocal, networkOf } from "./network.ts";

export type ConnectionLimits = DecoderLimits & {
  /** Milliseconds from the first byte of a frame to its last. */
  frameMs: number;
  /** Milliseconds without a byte from the peer while nothing is owed to it. */
  idleMs: number;
  outputBytesSoftMax: number;
  outputSoftMs: number;
  outputBytesHardMax: number;
};

/** Why a connection ended, for the log. */
export type CutReason = "peer" | "closed" | "idle" | "slow frame" | "slow reader" | "kicked" | "error";

/** The setting a peer that was cut had met. */
export type CutLimit = "frameMs" | "idleMs" | "outputSoftMs" | "outputBytesHardMax";

export type ConnectionEvents = {
  /** All frames of one chunk at once. */
  frames(frames: Frame[]): void;
  /** The peer has sent its last byte; answers still owed can be sent. */
  ended(): void;
  /** The peer took output, and no more than `outputBytesSoftMax` waits for it now. */
  drained(): void;
  /** `limit`: the setting that was met, when it was one. */
  closed(reason: CutReason, limit: CutLimit | undefined): void;
};

/** A peer that has sent or gets as much waits until all others were heard; a read of the system is no larger. */
const TURN_BYTES_MAX = 65_536;
/** How long a peer that was told goodbye may take to hang up; a web page's whole request is there within it. */
const LINGER_MS = 1_000;

export class Connection {
  readonly id: number;
  readonly peer: string;
  readonly openedAt = Date.now();
  /** One name for all addresses the peer can easily have. */
  readonly network: string;
  /** True when the peer comes from this machine. */
  readonly isLocal: boolean;
  readonly #socket: Socket;
  readonly #limits: ConnectionLimits;
  readonly #events: ConnectionEvents;
  readonly #decoder: Decoder;
  #outbox = "";
  #closing = false;
  #reason: CutReason = "peer";
  #limit: CutLimit | undefined;
  #heardAt = turnMs();
  #frameSince = 0;
  #overSoftSince = 0;
  #busy = false;
  #paused = false;
  #resting = false;
  readonly #onWritten = () => this.#written();
  readonly #onTurnEnd = () => this.#flush();

  constructor(id: number, socket: Socket, limits: ConnectionLimits, events: ConnectionEvents) {
    this.id = id;
    this.peer = socket.remoteAddress ?? "local";
    this.network = networkOf(socket.remoteAddress);
    this.isLocal = isLocal(this.network);
    this.#socket = socket;
    this.#limits = limits;
    this.#events = events;
    this.#decoder = createDecoder(limits);
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 60_000);
    socket.on("data", (chunk: Buffer) => takeTurn(() => this.#heard(chunk)));
    socket.on("end", () => this.#peerEnded());
    socket.on("error", () => this.cut("error"));
    socket.on("close", () => {
      this.#decoder.drop();
      this.#events.closed(this.#reason, this.#limit);
    });
  }

  get dialect(): Dialect {
    return this.#decoder.dialect();
  }

  /** Bytes that have come in, and bytes handed to the system or waiting for it. */
  get bytesIn(): number {
    return this.#socket.bytesRead;
  }

  get bytesOut(): number {
    return this.#socket.bytesWritten ?? 0;
  }

  /** Queues one frame; everything queued in a turn leaves in one write, if it is not long. */
  send(text: string): void {
    if (this.#outbox === "") {
      if (this.#socket.destroyed || this.#socket.writableEnded) return;
      atTurnEnd(this.#onTurnEnd);
    }
    this.#outbox += encodeFrame(this.dialect, text);
  }

  /** Stop and go on reading: the back-pressure a peer feels. */
  pause(): void {
    // While nobody reads, a frame that is not whole is not its sender's fault.
    this.#frameSince = 0;
    this.#paused = true;
    if (!this.#closing) this.#socket.pause();
  }

  resume(): void {
    this.#heardAt = turnMs();
    if (this.#decoder.isInside()) this.#frameSince = this.#heardAt;
    this.#paused = false;
    if (!this.#resting) this.#socket.resume();
  }

  /** True while the session owes answers: an idle peer that waits for us is not idle. */
  set busy(busy: boolean) {
    this.#busy = busy;
    this.#heardAt = turnMs();
  }

  /** Bytes waiting to be taken by the peer; what was queued in this turn counts by its length in UTF-16 units. */
  get outputBytes(): number {
    return this.#socket.writableLength + this.#outbox.length;
  }

  /** Sends what is queued, then closes. Idempotent. */
  close(): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#reason = "closed";
    this.#flush(true);
    // What still comes in is read and thrown away: closing over unread bytes resets the connection, and with a reset the
    // peer may lose answers it has not read. It is closed when the peer hangs up too.
    this.#socket.resume();
    this.#socket.end(() => {
      const lingering = setTimeout(() => this.#socket.destroy(), LINGER_MS).unref();
      // A timer would keep all there was of a connection, and of a flood of them that is a lot.
      this.#socket.once("close", () => clearTimeout(lingering));
    });
  }

  /** Drops the peer at once, with whatever was still queued. */
  cut(reason: CutReason, limit?: CutLimit): void {
    if (!this.#socket.destroyed) {
      this.#reason = reason;
      this.#limit = limit;
    }
    this.#socket.destroy();
  }

  /** Called about once a second: cuts peers that are too slow to speak, to listen, or silent for too long. */
  sweep(now: number): void {
    const limits = this.#limits;
    if (this.#frameSince > 0 && now - this.#frameSince > limits.frameMs) return this.cut("slow frame", "frameMs");
    if (this.#overSoftSince > 0 && now - this.#overSoftSince > limits.outputSoftMs)
      return this.cut("slow reader", "outputSoftMs");
    // Who is not read from is not silent.
    if (!this.#busy && !this.#paused && now - this.#heardAt > limits.idleMs) this.cut("idle", "idleMs");
  }

  #heard(chunk: Uint8Array): void {
    if (this.#closing) return;
    this.#heardAt = turnMs();
    const frames = this.#decoder.push(chunk);
    if (!this.#decoder.isInside()) this.#frameSince = 0;
    else if (this.#frameSince === 0 || frames.length > 0) this.#frameSince = this.#heardAt;
    if (chunk.length >= TURN_BYTES_MAX) this.#rest();
    if (frames.length > 0) this.#events.frames(frames);
  }

  /** Reads no more in this turn: the system hands over as many full chunks in a row as there are, up to two megabytes. */
  #rest(): void {
    this.#resting = true;
    this.#socket.pause();
    setImmediate(() => {
      this.#resting = false;
      if (!this.#paused || this.#closing) this.#socket.resume();
    });
  }

  #peerEnded(): void {
    this.#frameSince = 0;
    const frames = this.#decoder.end();
    if (frames.length > 0) this.#events.frames(frames);
    this.#events.ended();
  }

  /** Writes what is queued; a long answer in several turns, because the system takes as long for it as for hundreds of short ones. */
  #flush(isLast = false): void {
    if (this.#socket.destroyed) this.#outbox = "";
    if (this.#outbox === "") return;
    const text = isLast ? this.#outbox : beginningOf(this.#outbox, TURN_BYTES_MAX);
    this.#outbox = this.#outbox.slice(text.length);
    if (this.#outbox !== "") setImmediate(() => this.#flush());
    // Of a string the socket counts characters, not bytes: it may be one where these are the same, which saves a copy.
    if (Buffer.byteLength(text) === text.length) this.#socket.write(text, "latin1", this.#onWritten);
    else this.#socket.write(Buffer.from(text), this.#onWritten);
    const waiting = this.outputBytes;
    if (waiting > this.#limits.outputBytesHardMax) return this.cut("slow reader", "outputBytesHardMax");
    if (waiting > this.#limits.outputBytesSoftMax && this.#overSoftSince === 0) this.#overSoftSince = turnMs();
  }

  /** One write was taken by the system. The socket's own `drain` stays silent below its high water mark. */
  #written(): void {
    if (this.#socket.destroyed || this.outputBytes > this.#limits.outputBytesSoftMax) return;
    this.#overSoftSince = 0;
    this.#events.drained();
  }
}

/** At most so many characters of a text, none of them halved. */
function beginningOf(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text;
  const last = text.charCodeAt(lengthMax - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? lengthMax - 1 : lengthMax);
}
