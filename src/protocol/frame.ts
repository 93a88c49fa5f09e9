/**
 * Bytes of one connection to frames, and text back to bytes: the first room of a request's way.
 *
 * A decoder lives as long as its connection: undecided until the first line tells the dialect (`dialect.ts`), then one
 * cutter (`line.ts`, `header.ts`) does all the work. It is synchronous, takes a chunk and gives all frames that end in it.
 * It never throws, never waits, never interprets content, and holds at most about one frame of the limit.
 */
import type { Cutter, Frame } from "./cutter.ts";
import { type Dialect, FirstLine } from "./dialect.ts";
import { HeaderCutter } from "./header.ts";
import { LineCutter } from "./line.ts";
import type { FrameLimits } from "./long-frames.ts";
import { isStranger } from "./stranger.ts";

export type { Frame } from "./cutter.ts";
export type { Dialect } from "./dialect.ts";

/** Bytes of a header block when nobody sets another bound: the two headers of LSP take about 100. */
const HEADER_BYTES_MAX = 4096;

export type DecoderLimits = FrameLimits & {
  /** Bytes of the longest header of one message. Default 4096. */
  headerBytesMax?: number;
};

export type Decoder = {
  /** How the peer speaks; changes once, from `undecided`. */
  dialect(): Dialect;
  /** The frames that end in this chunk, in order. The chunk's memory may be reused afterwards. */
  push(chunk: Uint8Array): Frame[];
  /** The peer sends no more: a last line without line end is a frame too. Afterwards nothing is decoded. */
  end(): Frame[];
  /** The connection is gone: lets go of what is held. */
  drop(): void;
  /** Bytes held of a frame that has not ended: at most `frameBytesMax` + 1, or the first 64 of a connection. */
  buffered(): number;
  /** True from the first byte of a frame to its last, whether it is kept or skipped. */
  isInside(): boolean;
};

class ConnectionDecoder implements Decoder {
  readonly #limits: DecoderLimits;
  /** Until the dialect is certain; ten thousand idle connections shall not keep what it holds. */
  #first: FirstLine | undefined;
  #dialect: Dialect = "undecided";
  #cutter: Cutter | undefined;
  #ended = false;

  constructor(limits: DecoderLimits) {
    this.#limits = limits;
    this.#first = new FirstLine(limits.frameBytesMax);
  }

  dialect(): Dialect {
    return this.#dialect;
  }

  buffered(): number {
    return this.#cutter?.buffered() ?? this.#first?.length ?? 0;
  }

  isInside(): boolean {
    return this.#cutter?.isInside() ?? this.buffered() > 0;
  }

  drop(): void {
    this.#cutter?.drop();
    this.#ended = true;
  }

  push(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    if (this.#ended) return frames;
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (this.#cutter !== undefined) this.#cutter.push(bytes, frames);
    else if (this.#first !== undefined) this.#pushFirst(this.#first, bytes, frames);
    return frames;
  }

  end(): Frame[] {
    const frames: Frame[] = [];
    if (this.#ended) return frames;
    if (this.#first !== undefined) this.#settle(this.#first, this.#first.end(), frames);
    this.#cutter?.end(frames);
    this.#ended = true;
    return frames;
  }

  #pushFirst(first: FirstLine, bytes: Buffer, frames: Frame[]): void {
    const { dialect, used } = first.push(bytes);
    this.#settle(first, dialect, frames);
    if (used < bytes.length) this.#cutter?.push(bytes.subarray(used), frames);
  }

  /** Hands the first line to the cutter of its dialect. */
  #settle(first: FirstLine, dialect: Dialect, frames: Frame[]): void {
    this.#dialect = dialect;
    if (dialect === "undecided") return;
    if (isStranger(dialect)) frames.push({ kind: "stranger", speaks: dialect });
    else this.#cutter = this.#makeCutter(dialect);
    this.#cutter?.push(first.bytes(), frames);
    this.#first = undefined;
  }

  #makeCutter(dialect: "json" | "text" | "header"): Cutter {
    const { headerBytesMax = HEADER_BYTES_MAX } = this.#limits;
    return dialect === "header" ? new HeaderCutter(this.#limits, headerBytesMax) : new LineCutter(dialect, this.#limits);
  }
}

/** A decoder for one connection. */
export function createDecoder(limits: DecoderLimits): Decoder {
  return new ConnectionDecoder(limits);
}

/** One reply as its peer frames it: a line, or a body behind its header. JSON text holds no line end of its own. */
export function encodeFrame(dialect: Dialect, text: string): string {
  return dialect === "header" ? `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}` : `${text}\n`;
}
