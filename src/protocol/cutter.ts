/**
 * What a cutter does: turn the bytes of one connection, as they come, into frames.
 * There is one cutter for each way of framing: `line.ts` and `header.ts`. Types only.
 */
import type { TextFrame } from "./plain-request.ts";
import type { Stranger } from "./stranger.ts";
import type { Table, TableRefusal } from "./table-scan.ts";

/** One thing a peer said, or one thing that is wrong with how it was said. Content is never interpreted here. */
export type Frame =
  /** A whole frame without its line end, valid UTF-8; `plain`: what it asks, where a glance told. */
  | TextFrame
  /** A frame of more than `limit` bytes; none of it is kept, the connection lives on. Reported once per frame. */
  | { kind: "overlong"; limit: number }
  /** A long frame there is no room for now, of all connections; the connection lives on. */
  | { kind: "crowded" }
  /** A whole long frame: valid UTF-8, and its lists are JSON. */
  | { kind: "table"; table: Table }
  /** A long frame that is no JSON, or has too much of something. */
  | { kind: "no-table"; why: TableRefusal }
  /** A whole frame that is not UTF-8; the connection lives on. */
  | { kind: "invalid-utf8" }
  /** Header framing is lost; nothing after it can be trusted, nothing after it is decoded. */
  | { kind: "bad-header"; reason: BadHeader }
  /** The peer speaks another protocol. The only frame of such a connection; the rest of its bytes is thrown away. */
  | { kind: "stranger"; speaks: Stranger };

/** Why the header framing is lost. `truncated`: the connection ended inside a message. */
export type BadHeader = "missing-length" | "invalid-length" | "malformed" | "too-long" | "truncated";

export type Cutter = {
  /** Appends the frames that end in this chunk. The chunk may be reused by the caller afterwards. */
  push(chunk: Buffer, frames: Frame[]): void;
  /** The peer will send no more: appends what is left. */
  end(frames: Frame[]): void;
  /** Bytes held of a frame that has not ended. */
  buffered(): number;
  /** True from the first byte of a frame to its last, whether it is kept or skipped. */
  isInside(): boolean;
  /** The connection is gone: lets go of what is held. */
  drop(): void;
};

/** Line feed and carriage return. */
export const LF = 0x0a;
export const CR = 0x0d;
