/**
 * Frames longer than the usual limit, for the one method that needs them.
 *
 * Which method a frame calls is not known before it is whole, so the beginning of an over-long one is looked at: it may go on
 * when it says the method before anything else that is large. That guess may be wrong and costs nothing: what is held is
 * taken out of a room all connections share, and the session checks the method again when the frame is parsed.
 */
import type { Frame } from "./cutter.ts";

/** The method whose frames may be long. */
export const LONG_METHOD = "calc.evaluateRows";

const SAYS_IT = /^\s*\{[^{}[\]]*"method"\s*:\s*"calc\.evaluateRows"/;
/** Characters that are looked at: an envelope is short. */
const HEAD_MAX = 1024;

const headOf = (bytes: Buffer): string => bytes.toString("latin1", 0, HEAD_MAX);

/** Bytes shared by everybody who needs many. */
export class Room {
  readonly bytesMax: number;
  #taken = 0;

  constructor(bytesMax: number) {
    this.bytesMax = bytesMax;
  }

  /** Bytes in use. */
  get taken(): number {
    return this.#taken;
  }

  /** False when so many are not left; then none is taken. */
  take(bytes: number): boolean {
    if (this.#taken + bytes > this.bytesMax) return false;
    this.#taken += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#taken -= bytes;
  }
}

/** How long a long frame may be, and where its bytes are counted. */
export type LongFrames = { bytesMax: number; room: Room };

/** What one connection holds of the room: the frame that is coming in, if it is long. */
export class LongFrame {
  readonly #limits: LongFrames | undefined;
  #held = 0;

  constructor(limits: LongFrames | undefined) {
    this.#limits = limits;
  }

  /** The longest a frame may be that begins with these two pieces; `usual` for most. */
  bytesMax(first: Buffer, second: Buffer, usual: number): number {
    if (this.#limits === undefined) return usual;
    const isLong = this.#held > 0 || SAYS_IT.test(headOf(first) + headOf(second));
    return isLong ? Math.max(this.#limits.bytesMax, usual) : usual;
  }

  /** Counts the frame with `bytes` held of it; answers what to say when there is no room for them. */
  hold(bytes: number): Frame | undefined {
    const room = this.#limits?.room;
    if (room === undefined || room.take(bytes - this.#held)) {
      this.#held = bytes;
      return undefined;
    }
    this.release();
    return { kind: "crowded" };
  }

  /** The frame has ended, or its connection. */
  release(): void {
    if (this.#held > 0) this.#limits?.room.give(this.#held);
    this.#held = 0;
  }
}
