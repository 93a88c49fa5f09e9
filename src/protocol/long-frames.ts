/**
 * Frames longer than the usual limit, for the one method that needs them.
 *
 * Which method a frame calls is not known before it is whole, so the beginning of an over-long one is looked at: it may go on
 * when it says the method before anything else that is large. That guess may be wrong and costs nothing: what is held is
 * taken out of a room all connections share, it is read in steps while it comes in (`table-scan.ts`), and the session checks
 * the method again when the rest of it is parsed.
 */
import { isUtf8 } from "node:buffer";
import type { Frame } from "./cutter.ts";
import { type Room, Share } from "./room.ts";
import { type TableLimits, TableScan } from "./table-scan.ts";

/** The method whose frames may be long. */
export const LONG_METHOD = "calc.evaluateRows";

const SAYS_IT = /^\s*\{[^{}[\]]*"method"\s*:\s*"calc\.evaluateRows"/;
/** Characters that are looked at: an envelope is short. */
const HEAD_MAX = 1024;

const headOf = (bytes: Buffer): string => bytes.toString("latin1", 0, HEAD_MAX);

/** How long a long frame may be, where its bytes are counted, and what it may not have too much of. */
export type LongFrames = { bytesMax: number; room: Room; table: Omit<TableLimits, "restBytesMax"> };

/** Bounds of the frames of one connection. */
export type FrameLimits = {
  /** Bytes of the longest frame, without its line end or header. */
  frameBytesMax: number;
  /** What frames of one method may be longer. */
  longFrames?: LongFrames;
  /** Begins the hash of a plain request; nothing is read as one without. */
  hashSeed?: number;
};

/** The limits that `config` sets. */
export function longFramesOf(config: LongSettings, room: Room): LongFrames {
  const { rowsFrameBytesMax, rowsMax, rowsNamesMax, messageDepthMax } = config;
  const table = { namesMax: rowsNamesMax, bracketsMax: rowsMax + rowsNamesMax, depthMax: messageDepthMax };
  return { bytesMax: rowsFrameBytesMax, room, table };
}

type LongSettings = { rowsFrameBytesMax: number; rowsMax: number; rowsNamesMax: number; messageDepthMax: number };

/** The long frame of one connection that is coming in, if there is one: it is read as it comes. */
export class LongFrame {
  readonly #limits: LongFrames | undefined;
  readonly #restBytesMax: number;
  #share: Share | undefined;
  #scan: TableScan | undefined;

  /** `usual`: bytes of the longest frame but for these, and of what is parsed of one of these. */
  constructor(limits: LongFrames | undefined, usual: number) {
    this.#limits = limits;
    this.#restBytesMax = usual;
  }

  /** True while one comes in. */
  get isOn(): boolean {
    return this.#scan !== undefined;
  }

  /** The longest a frame may be that begins with these two pieces. */
  bytesMax(first: Buffer, second: Buffer): number {
    const usual = this.#restBytesMax;
    if (this.#limits === undefined) return usual;
    const isLong = this.isOn || SAYS_IT.test(headOf(first) + headOf(second));
    return isLong ? Math.max(this.#limits.bytesMax, usual) : usual;
  }

  /** Counts the frame with `bytes` held of it; answers what to say when there is no room for them. */
  hold(bytes: number): Frame | undefined {
    if (this.#limits === undefined) return undefined;
    this.#scan ??= new TableScan({ ...this.#limits.table, restBytesMax: this.#restBytesMax });
    this.#share ??= new Share(this.#limits.room);
    if (this.#share.hold(bytes)) return undefined;
    this.release();
    return { kind: "crowded" };
  }

  /** Reads what is new of the bytes of the frame; answers what to say when it is none that may go on. */
  read(bytes: Buffer): Frame | undefined {
    const why = this.#scan?.read(bytes);
    if (why === undefined) return undefined;
    this.release();
    return { kind: "no-table", why };
  }

  /** The frame is whole; its bytes belong to it from now on. */
  end(bytes: Buffer): Frame {
    const found = this.#scan?.end(bytes);
    const share = this.#share;
    if (found === undefined || share === undefined || !isUtf8(bytes)) {
      this.release();
      return found === undefined ? { kind: "no-table", why: "json" } : { kind: "invalid-utf8" };
    }
    this.#share = undefined;
    this.release();
    return { kind: "table", table: { ...found, share } };
  }

  /** The frame has ended, or its connection. */
  release(): void {
    this.#scan = undefined;
    this.#share?.release();
    this.#share = undefined;
  }
}

/** Lets go of what a frame holds that nobody will take. */
export function dropFrame(frame: Frame): void {
  if (frame.kind === "table") frame.table.share.release();
}
