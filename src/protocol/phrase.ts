/**
 * A fixed phrase of ASCII, to be looked for at a known place in bytes: eight of them at a time, since a request begins with so
 * many that are always the same. Eight ASCII bytes read as a double are equal just when the bytes are: no such double is
 * NaN or zero.
 */

const WORD = 8;

export class Phrase {
  readonly length: number;
  readonly #words: Float64Array;
  /** Where the last word begins, which overlaps the one before. */
  readonly #last: number;

  /** Of `WORD` characters at least. */
  constructor(text: string) {
    const bytes = Buffer.from(text);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.length = bytes.length;
    this.#last = bytes.length - WORD;
    const starts = Array.from({ length: Math.ceil(bytes.length / WORD) }, (_, at) => Math.min(at * WORD, this.#last));
    this.#words = Float64Array.from(starts, (start) => view.getFloat64(start));
  }

  /** True when it stands at `from`; so many bytes must be there. */
  standsAt(view: DataView, from: number): boolean {
    const words = this.#words;
    const last = words.length - 1;
    for (let at = 0; at < last; at += 1) if (view.getFloat64(from + at * WORD) !== words[at]) return false;
    return view.getFloat64(from + this.#last) === words[last];
  }
}
