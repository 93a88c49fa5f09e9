/**
 * Cuts messages framed as in the Language Server Protocol: header lines, an empty line, a body of Content-Length bytes.
 *
 * Only Content-Length is read; Content-Type and unknown headers are passed over, a body is UTF-8 whatever they say.
 * Blank lines between messages are keep-alives. After a bad header nobody knows where the next message begins:
 * it is said once, and everything after it is thrown away.
 *
 * States: header -> body, or skip when the body is over the limit -> header; any of them -> broken, for good.
 */
import { isUtf8 } from "node:buffer";
import { type BadHeader, CR, type Cutter, type Frame, LF } from "./cutter.ts";
import { type FrameLimits, LongFrame } from "./long-frames.ts";
import { readText } from "./plain-request.ts";
import { Remainder } from "./remainder.ts";

/** A token of RFC 9110. A message that forgot its header begins with a brace, and is found out at once. */
const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
/** At most 15 digits: a safe integer. */
const LENGTH = /^\d{1,15}$/;

export class HeaderCutter implements Cutter {
  readonly #bytesMax: number;
  /** What a body of the one method may have. */
  readonly #bodyBytesMax: number;
  readonly #headerBytesMax: number;
  readonly #hashSeed: number | undefined;
  readonly #long: LongFrame;
  readonly #rest = new Remainder();
  #state: "header" | "body" | "skip" | "broken" = "header";
  /** Bytes of this message's header so far; 0 between two messages. */
  #headerBytes = 0;
  #length: number | undefined;
  /** Bytes of the whole body. */
  #bodyBytes = 0;
  /** Bytes of the body still to come. */
  #missing = 0;

  /** `headerBytesMax`: bytes of the longest header, line ends included. */
  constructor({ frameBytesMax, longFrames, hashSeed }: FrameLimits, headerBytesMax: number) {
    this.#bytesMax = frameBytesMax;
    this.#bodyBytesMax = Math.max(longFrames?.bytesMax ?? 0, frameBytesMax);
    this.#long = new LongFrame(longFrames, frameBytesMax);
    this.#hashSeed = hashSeed;
    this.#headerBytesMax = headerBytesMax;
  }

  buffered(): number {
    return this.#rest.length;
  }

  isInside(): boolean {
    return this.#state === "body" || this.#state === "skip" || this.#headerBytes > 0;
  }

  push(chunk: Buffer, frames: Frame[]): void {
    let at = 0;
    while (at < chunk.length && this.#state !== "broken") {
      at = this.#state === "header" ? this.#readLine(chunk, at, frames) : this.#readBody(chunk, at, frames);
    }
  }

  end(frames: Frame[]): void {
    if (this.#state === "body" || this.#headerBytes > 0) this.#break("truncated", frames);
    this.#state = "broken";
  }

  /** One header line, or the part of it that is there. Answers how far the chunk was read. */
  #readLine(chunk: Buffer, at: number, frames: Frame[]): number {
    const lf = chunk.indexOf(LF, at);
    const end = lf === -1 ? chunk.length : lf + 1;
    this.#headerBytes += end - at;
    if (this.#headerBytes > this.#headerBytesMax) {
      this.#break("too-long", frames);
    } else if (lf === -1 || this.#rest.length > 0) {
      this.#rest.append(chunk.subarray(at, end));
      if (lf !== -1) this.#takeLine(this.#rest.view(), frames);
    } else {
      this.#takeLine(chunk.subarray(at, end), frames);
    }
    return end;
  }

  #takeLine(bytes: Buffer, frames: Frame[]): void {
    const line = bytes.toString("latin1", 0, bytes.length - (bytes.at(-2) === CR ? 2 : 1));
    const isFirst = this.#headerBytes === bytes.length;
    this.#rest.clear();
    if (line === "") {
      if (isFirst) this.#headerBytes = 0;
      else this.#endHeader(frames);
      return;
    }
    // No expression over the whole line: finding its trailing blanks by backtracking is quadratic.
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0)).trimEnd();
    const value = line.slice(colon + 1).trim();
    if (!NAME.test(name)) {
      this.#break("malformed", frames);
    } else if (name.toLowerCase() === "content-length") {
      // Two lengths are how requests are smuggled: whoever sends them is not understood.
      if (this.#length !== undefined || !LENGTH.test(value)) this.#break("invalid-length", frames);
      else this.#length = Number(value);
    }
  }

  #endHeader(frames: Frame[]): void {
    const length = this.#length;
    this.#headerBytes = 0;
    this.#length = undefined;
    if (length === undefined) {
      this.#break("missing-length", frames);
      return;
    }
    this.#missing = length;
    this.#bodyBytes = length;
    this.#state = length > this.#bodyBytesMax ? "skip" : "body";
    if (this.#state === "skip") frames.push({ kind: "overlong", limit: this.#bodyBytesMax });
    else if (length === 0) this.#endBody(this.#rest.view(), frames);
  }

  /** As much of the body as is there. Memory grows with what has come, not with what was announced. */
  #readBody(chunk: Buffer, at: number, frames: Frame[]): number {
    const end = Math.min(chunk.length, at + this.#missing);
    const piece = chunk.subarray(at, end);
    this.#missing -= piece.length;
    if (this.#state === "body" && this.#bodyBytes > this.#bytesMax) this.#holdLong(piece, frames);
    if (this.#state === "body") this.#takePiece(piece, frames);
    if (this.#state === "skip" && this.#missing === 0) this.#state = "header";
    return end;
  }

  #takePiece(piece: Buffer, frames: Frame[]): void {
    if (this.#missing === 0 && this.#rest.length === 0 && !this.#long.isOn) return this.#endBody(piece, frames);
    this.#rest.append(piece);
    const refused = this.#long.read(this.#rest.view());
    if (refused !== undefined) this.#refuse(refused, frames);
    else if (this.#missing === 0) this.#endBody(this.#rest.view(), frames);
  }

  /** A body over the usual limit begins: it goes on when it is of the one method and there is room. */
  #holdLong(piece: Buffer, frames: Frame[]): void {
    const held = this.#rest.length + piece.length;
    // Undecided while the beginning is not there; what is held until then is within the usual limit.
    if (held <= this.#bytesMax && this.#missing > 0) return;
    const limit = this.#long.bytesMax(this.#rest.view(), piece);
    const refused: Frame | undefined = limit === this.#bytesMax ? { kind: "overlong", limit } : this.#long.hold(held);
    if (refused !== undefined) this.#refuse(refused, frames);
  }

  /** What is still to come of the body is skipped. */
  #refuse(refused: Frame, frames: Frame[]): void {
    frames.push(refused);
    this.#rest.clear();
    this.#state = "skip";
  }

  #endBody(body: Buffer, frames: Frame[]): void {
    if (this.#long.isOn) frames.push(this.#long.end(this.#rest.take()));
    else frames.push(isUtf8(body) ? readText(body.toString("utf8"), body, 0, this.#hashSeed) : { kind: "invalid-utf8" });
    this.drop();
    this.#state = "header";
  }

  drop(): void {
    this.#rest.clear();
    this.#long.release();
  }

  #break(reason: BadHeader, frames: Frame[]): void {
    frames.push({ kind: "bad-header", reason });
    this.drop();
    this.#headerBytes = 0;
    this.#state = "broken";
  }
}
