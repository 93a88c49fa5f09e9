/**
 * A pipe of frames over one stream socket: bytes in become frames for the session, texts out leave as one write a tick.
 *
 * Knows no client, no method, no maths. Bounds: a half-sent frame may take `frameMs`, silence may last `idleMs`, output may
 * wait above `outputBytesSoftMax` for `outputSoftMs` and never above `outputBytesHardMax`; past any of these the peer is cut.
 *
 * States: open -> (peer ended | closing) -> closed. `closed` is told exactly once.
 */
import type { Socket } from "node:net";
import { createDecoder, type Decoder, type Dialect, encodeFrame, type Frame } from "../protocol/frame.ts";

export type ConnectionLimits = {
  frameBytesMax: number;
  /** Milliseconds from the first byte of a frame to its last. */
  frameMs: number;
  /** Milliseconds without a byte from the peer while nothing is owed to it. */
  idleMs: number;
  outputBytesSoftMax: number;
  outputSoftMs: number;
  outputBytesHardMax: number;
};

/** Why a connection ended, for the log. */
export type CutReason = "peer" | "closed" | "idle" | "slow frame" | "slow reader" | "error";

export type ConnectionEvents = {
  /** All frames of one chunk at once. */
  frames(frames: Frame[]): void;
  /** The peer has sent its last byte; answers still owed can be sent. */
  ended(): void;
  closed(reason: CutReason): void;
};

export class Connection {
  readonly id: number;
  readonly peer: string;
  readonly #socket: Socket;
  readonly #limits: ConnectionLimits;
  readonly #events: ConnectionEvents;
  readonly #decoder: Decoder;
  #outbox = "";
  #closing = false;
  #reason: CutReason = "peer";
  #heardAt = Date.now();
  #frameSince = 0;
  #overSoftSince = 0;
  #busy = false;

  constructor(id: number, socket: Socket, limits: ConnectionLimits, events: ConnectionEvents) {
    this.id = id;
    this.peer = socket.remoteAddress ?? "local";
    this.#socket = socket;
    this.#limits = limits;
    this.#events = events;
    this.#decoder = createDecoder({ frameBytesMax: limits.frameBytesMax });
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 60_000);
    socket.on("data", (chunk: Buffer) => this.#heard(chunk));
    socket.on("end", () => this.#peerEnded());
    socket.on("error", () => this.cut("error"));
    socket.on("close", () => this.#events.closed(this.#reason));
  }

  get dialect(): Dialect {
    return this.#decoder.dialect();
  }

  /** Queues one frame; everything queued in a tick leaves in one write. */
  send(text: string): void {
    if (this.#socket.destroyed || this.#socket.writableEnded) return;
    if (this.#outbox === "") process.nextTick(() => this.#flush());
    this.#outbox += encodeFrame(this.dialect, text);
  }

  /** Stop and go on reading: the back-pressure a peer feels. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** True while the session owes answers: an idle peer that waits for us is not idle. */
  set busy(busy: boolean) {
    this.#busy = busy;
    this.#heardAt = Date.now();
  }

  /** Bytes waiting to be taken by the peer. */
  get outputBytes(): number {
    return this.#socket.writableLength + this.#outbox.length;
  }

  /** Sends what is queued, then closes. Idempotent. */
  close(): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#reason = "closed";
    this.#flush();
    this.#socket.end(() => this.#socket.destroySoon());
  }

  /** Drops the peer at once, with whatever was still queued. */
  cut(reason: CutReason): void {
    if (!this.#socket.destroyed) this.#reason = reason;
    this.#socket.destroy();
  }

  /** Called about once a second: cuts peers that are too slow to speak, to listen, or silent for too long. */
  sweep(now: number): void {
    const limits = this.#limits;
    if (this.#frameSince > 0 && now - this.#frameSince > limits.frameMs) return this.cut("slow frame");
    if (this.#overSoftSince > 0 && now - this.#overSoftSince > limits.outputSoftMs) return this.cut("slow reader");
    if (!this.#busy && now - this.#heardAt > limits.idleMs) this.cut("idle");
  }

  #heard(chunk: Uint8Array): void {
    this.#heardAt = Date.now();
    const frames = this.#decoder.push(chunk);
    if (this.#decoder.buffered() === 0) this.#frameSince = 0;
    else if (this.#frameSince === 0 || frames.length > 0) this.#frameSince = this.#heardAt;
    if (frames.length > 0) this.#events.frames(frames);
  }

  #peerEnded(): void {
    this.#frameSince = 0;
    const frames = this.#decoder.end();
    if (frames.length > 0) this.#events.frames(frames);
    this.#events.ended();
  }

  #flush(): void {
    if (this.#outbox === "" || this.#socket.destroyed) return;
    const text = this.#outbox;
    this.#outbox = "";
    const flowing = this.#socket.write(text);
    if (flowing) return;
    if (this.#socket.writableLength > this.#limits.outputBytesHardMax) return this.cut("slow reader");
    if (this.#overSoftSince === 0 && this.#socket.writableLength > this.#limits.outputBytesSoftMax) this.#watchDrain();
  }

  #watchDrain(): void {
    this.#overSoftSince = Date.now();
    this.#socket.once("drain", () => {
      this.#overSoftSince = 0;
    });
  }
}
