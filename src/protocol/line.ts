/**
 * Cuts lines: one frame a line, LF or CRLF, the last one also without.
 *
 * The usual chunk holds whole lines of valid UTF-8 and is cut with one validation and, for each piece of some kilobytes, one
 * decoding and one split; only a chunk with an invalid byte is taken line by line. What is left after the last LF is copied to
 * the remainder.
 *
 * Invariants, after every push: the remainder has no LF; it has at most bytesMax bytes, or bytesMax + 1 when the last one
 * is a CR that an LF may follow; while `skipping` it is empty. Each byte is copied at most once, plus the remainder's
 * doubling: O(bytes) in all, however they are cut.
 */
import { isAscii, isUtf8 } from "node:buffer";
import { CR, type Cutter, type Frame, LF } from "./cutter.ts";
import { type FrameLimits, LongFrame } from "./long-frames.ts";
import { readText } from "./plain-request.ts";
import { Remainder } from "./remainder.ts";
import { TelnetFilter } from "./telnet.ts";

const NOTHING = Buffer.alloc(0);
const BLANK = /^[ \t]*$/;
const SPACE = 0x20;
/** A line is a piece of the text it was decoded with, and whoever keeps the line keeps all of that: no more than a call may hold anyway. */
const PIECE_BYTES = 4_096;

export class LineCutter implements Cutter {
  readonly #bytesMax: number;
  readonly #telnet: TelnetFilter | undefined;
  readonly #rest = new Remainder();
  readonly #long: LongFrame;
  readonly #hashSeed: number | undefined;
  /** The line is over the limit, that was said, and the rest of it is thrown away. */
  #skipping = false;

  /**
   * `json`: blank lines are keep-alives. `text`: they are frames, and telnet's commands are taken out.
   */
  constructor(dialect: "json" | "text", { frameBytesMax, longFrames, hashSeed }: FrameLimits) {
    this.#bytesMax = frameBytesMax;
    this.#long = new LongFrame(dialect === "json" ? longFrames : undefined, frameBytesMax);
    this.#hashSeed = dialect === "json" ? hashSeed : undefined;
    this.#telnet = dialect === "text" ? new TelnetFilter() : undefined;
  }

  buffered(): number {
    return this.#rest.length;
  }

  isInside(): boolean {
    return this.#skipping || this.#rest.length > 0;
  }

  push(received: Buffer, frames: Frame[]): void {
    const chunk = this.#telnet === undefined ? received : this.#telnet.strip(received);
    let start = 0;
    if (this.isInside()) {
      const end = chunk.indexOf(LF);
      if (end === -1) {
        this.#hold(chunk, frames);
        return;
      }
      this.#hold(chunk.subarray(0, end), frames);
      this.#finish(frames);
      start = end + 1;
    }
    // Most chunks end with a line, which wants no search.
    const last = chunk[chunk.length - 1] === LF ? chunk.length - 1 : chunk.lastIndexOf(LF);
    if (last >= start) {
      this.#cut(chunk.subarray(start, last), frames);
      start = last + 1;
    }
    if (start < chunk.length) this.#hold(chunk.subarray(start), frames);
  }

  end(frames: Frame[]): void {
    if (this.isInside()) this.#finish(frames);
  }

  drop(): void {
    this.#rest.clear();
    this.#long.release();
  }

  /** Whole lines, without the last LF. */
  #cut(lines: Buffer, frames: Frame[]): void {
    // Only where each letter is a byte it is known where a line stands.
    const source = isAscii(lines) ? lines : undefined;
    if (source !== undefined || isUtf8(lines)) {
      for (let start = 0; start <= lines.length; ) {
        const end = endOfPiece(lines, start);
        const text = lines.toString(source === undefined ? "utf8" : "latin1", start, end);
        for (let at = 0; at <= text.length; ) {
          const lf = text.indexOf("\n", at);
          const line = text.slice(at, lf === -1 ? text.length : lf);
          if (this.#fits(line)) this.#emit(line, source, start + at, frames);
          else this.#cutOne(Buffer.from(line), frames);
          at += line.length + 1;
        }
        start = end + 1;
      }
      return;
    }
    for (let start = 0; start <= lines.length; ) {
      const lf = lines.indexOf(LF, start);
      const end = lf === -1 ? lines.length : lf;
      this.#cutOne(lines.subarray(start, end), frames);
      start = end + 1;
    }
  }

  /** One whole line that may be anything. Its length comes first: bytes nobody reads need not be UTF-8. */
  #cutOne(line: Buffer, frames: Frame[]): void {
    const length = line.at(-1) === CR ? line.length - 1 : line.length;
    const limit = length > this.#bytesMax ? this.#long.bytesMax(line, NOTHING) : this.#bytesMax;
    if (length > limit) frames.push({ kind: "overlong", limit });
    else if (limit > this.#bytesMax) frames.push(this.#takeLong(Buffer.from(line)));
    else if (!isUtf8(line)) frames.push({ kind: "invalid-utf8" });
    else this.#emit(line.toString("utf8"), line, 0, frames);
  }

  /** A UTF-16 unit is at most three bytes of UTF-8: short lines need no counting. */
  #fits(line: string): boolean {
    return line.length * 3 <= this.#bytesMax || Buffer.byteLength(line) <= this.#bytesMax;
  }

  /** A whole long line. */
  #takeLong(line: Buffer): Frame {
    return this.#long.hold(line.length) ?? this.#long.read(line) ?? this.#long.end(line);
  }

  /** A line of allowed length, which stands in `source` at `at` if that is known. */
  #emit(line: string, source: Buffer | undefined, at: number, frames: Frame[]): void {
    const text = line.charCodeAt(line.length - 1) === CR ? line.slice(0, -1) : line;
    const isBlank = this.#telnet === undefined && !(text.charCodeAt(0) > SPACE) && BLANK.test(text);
    if (!isBlank) frames.push(source === undefined ? { kind: "text", text } : readText(text, source, at, this.#hashSeed));
  }

  /** Keeps a piece of a line that has not ended, or finds the line over the limit and begins to skip. */
  #hold(piece: Buffer, frames: Frame[]): void {
    if (this.#skipping || piece.length === 0) return;
    const length = this.#rest.length + piece.length;
    let refused = length > this.#bytesMax ? this.#holdLong(length, piece) : undefined;
    if (refused === undefined) {
      this.#rest.append(piece);
      refused = this.#long.read(this.#rest.view());
    }
    if (refused === undefined) return;
    frames.push(refused);
    this.#rest.clear();
    this.#skipping = true;
  }

  /** Whether a line over the limit may go on: one byte over when a CR is last, much more when it is of the one method. */
  #holdLong(length: number, piece: Buffer): Frame | undefined {
    const limit = this.#long.bytesMax(this.#rest.view(), piece);
    if (length > limit + 1 || (length > limit && piece.at(-1) !== CR)) {
      this.#long.release();
      return { kind: "overlong", limit };
    }
    return limit > this.#bytesMax ? this.#long.hold(length) : undefined;
  }

  #finish(frames: Frame[]): void {
    if (this.#long.isOn) frames.push(this.#long.end(this.#rest.take()));
    else if (!this.#skipping) this.#cutOne(this.#rest.view(), frames);
    this.#skipping = false;
    this.#rest.clear();
    this.#long.release();
  }
}

/** Where a piece ends that begins at `start`: at the first line feed behind `PIECE_BYTES`, or with the lines. */
function endOfPiece(lines: Buffer, start: number): number {
  const end = lines.length - start <= PIECE_BYTES ? -1 : lines.indexOf(LF, start + PIECE_BYTES);
  return end === -1 ? lines.length : end;
}
