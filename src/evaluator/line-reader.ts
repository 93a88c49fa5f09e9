/**
 * Cuts what a jailed process writes into lines, and stops before a stranger fills memory: bytes are counted before
 * they are kept, and checked to be UTF-8 before they become text. Knows nothing of what a line means.
 */
import { isAscii, isUtf8 } from "node:buffer";

const lineFeed = 0x0a;

export class LineReader {
  #tail: Buffer[] = [];
  #tailBytes = 0;
  /** The lines of the last read as they came, LF between them; and whether there is a letter for each byte. */
  bytes: Buffer = Buffer.alloc(0);
  isAscii = false;

  /** True when the beginning of a line is kept. */
  get inLine(): boolean {
    return this.#tailBytes > 0;
  }

  /**
   * The lines this chunk ends, without LF; undefined when the stream cannot be trusted: the first line or the unfinished one
   * is longer than `lineBytesMax`, or something is not UTF-8. A line that lies wholly inside one chunk is as short as the chunk.
   */
  read(chunk: Buffer, lineBytesMax: number): string[] | undefined {
    // Most chunks end with a line, and are shorter than any line may be: neither wants a search.
    const end = chunk[chunk.length - 1] === lineFeed ? chunk.length - 1 : chunk.lastIndexOf(lineFeed);
    if (this.#tailBytes + chunk.length > lineBytesMax) {
      const firstBytes = this.#tailBytes + (end < 0 ? chunk.length : chunk.indexOf(lineFeed));
      if (firstBytes > lineBytesMax) return undefined;
    }
    const lines = end < 0 ? [] : this.#finish(chunk.subarray(0, end));
    if (end + 1 < chunk.length) {
      const rest = chunk.subarray(end + 1);
      this.#tail.push(rest);
      this.#tailBytes += rest.length;
    }
    return lines;
  }

  #finish(bytes: Buffer): string[] | undefined {
    const whole = this.#tailBytes === 0 ? bytes : Buffer.concat([...this.#tail, bytes]);
    this.#tail = [];
    this.#tailBytes = 0;
    this.bytes = whole;
    this.isAscii = isAscii(whole);
    if (!this.isAscii && !isUtf8(whole)) return undefined;
    const text = whole.toString(this.isAscii ? "latin1" : "utf8");
    // Most answers come alone, where a list of one costs less than to split.
    return text.includes("\n") ? text.split("\n") : [text];
  }
}
