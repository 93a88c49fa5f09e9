/**
 * The first line of a connection decides how it speaks, for the whole connection.
 *
 * `FirstLine` reads bytes until that is certain and keeps them, so that the cutter of the dialect can start over with
 * them. It is a state machine over single bytes: how the bytes were cut into packets cannot matter.
 *
 * Blank lines before the first line decide nothing and are forgotten, in every dialect. So is a byte order mark
 * (EF BB BF) at the start of the first line: Windows tools write one; anywhere else it is content.
 */
import { CR, LF } from "./cutter.ts";
import { Remainder } from "./remainder.ts";
import { type Stranger, strangerByBytes, strangerByLine } from "./stranger.ts";

/** `json` and `text` are framed by lines, `header` by Content-Length; strangers are peers at the wrong door. */
export type Dialect = "undecided" | "json" | "header" | "text" | Stranger;

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
/** `Content-Length: ` and the longest HTTP method fit into this, so that no frame limit can be too small to tell them. */
const FIRST_LINE_BYTES_MIN = 64;
const TELNET_COMMAND = 0xff;

const HEADER = /^content-(?:length|type)[ \t]*:/i;

/** The dialect of a whole first line, or of the beginning of one that is over the limit. */
function dialectOf(line: string, isWhole: boolean): Dialect {
  return HEADER.test(line) ? "header" : (strangerByLine(line, isWhole) ?? "text");
}

export class FirstLine {
  readonly #bytesMax: number;
  readonly #line = new Remainder();
  /** First byte of the line that is not blank; -1 while there is none. */
  #first = -1;
  #before = -1;

  /** `frameBytesMax`: bytes of the longest frame; a longer first line is decided by its beginning. */
  constructor(frameBytesMax: number) {
    this.#bytesMax = Math.max(frameBytesMax + 2, FIRST_LINE_BYTES_MIN);
  }

  get length(): number {
    return this.#line.length;
  }

  /** The bytes read since the last blank line; valid until the next call. */
  bytes(): Buffer {
    return this.#line.view();
  }

  /** Reads on until the dialect is certain. `used` bytes of the chunk were read; all of them while undecided. */
  push(chunk: Buffer): { dialect: Dialect; used: number } {
    let kept = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      const length = this.#line.length + at + 1 - kept;
      if (this.#isForgotten(byte, length, chunk, kept)) {
        this.#line.clear();
        this.#first = -1;
        kept = at + 1;
        continue;
      }
      const dialect = this.#step(byte, length);
      if (dialect === "undecided") continue;
      this.#line.append(chunk.subarray(kept, at + 1));
      return { dialect: dialect ?? this.#decide(byte === LF), used: at + 1 };
    }
    this.#line.append(chunk.subarray(kept));
    return { dialect: "undecided", used: chunk.length };
  }

  /** The connection ended: what was read is the whole first line. Undecided when all of it was blank. */
  end(): Dialect {
    return this.#first === -1 ? "undecided" : this.#decide(true);
  }

  /** True when the line so far, with this byte, is a blank line or a byte order mark. */
  #isForgotten(byte: number, length: number, chunk: Buffer, kept: number): boolean {
    if (byte === LF) return this.#first === -1;
    if (length !== BYTE_ORDER_MARK.length || byte !== 0xbf || this.#first !== 0xef) return false;
    const start = Buffer.concat([this.#line.view(), chunk.subarray(kept, kept + length - this.#line.length)]);
    return start.equals(BYTE_ORDER_MARK);
  }

  /** The dialect when this byte makes it certain, undefined when the line must be read to tell. */
  #step(byte: number, length: number): Dialect | undefined {
    const before = this.#before;
    this.#before = byte;
    // Telnet negotiates before its user types, and no other dialect has this byte.
    if (byte === TELNET_COMMAND) return "text";
    if (this.#first === -1 && byte !== 0x20 && byte !== 0x09 && byte !== CR) {
      this.#first = byte;
      if (byte === 0x7b || byte === 0x5b) return "json";
    }
    const stranger = length === 1 ? strangerByBytes(byte, undefined) : length === 2 ? strangerByBytes(before, byte) : undefined;
    if (stranger !== undefined) return stranger;
    return byte === LF || length >= this.#bytesMax ? undefined : "undecided";
  }

  #decide(isWhole: boolean): Dialect {
    return dialectOf(this.#line.view().toString("latin1"), isWhole);
  }
}
