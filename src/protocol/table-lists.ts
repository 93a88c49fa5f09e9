/**
 * The lists of a table that stayed text: where they are in the bytes of their frame, and where a part of them is.
 *
 * A list of values notes the place of every so-manieth item, a list of rows that of a row every so many bytes: between two of
 * them is little enough to be looked through in one step. Both are filled by `table-scan.ts`, which has proven that they are JSON.
 */
import { reuse } from "./remainder.ts";

const LF = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const NOTHING = Buffer.alloc(0);

/** Items between two marks of a list of values. */
const MARK_ITEMS = 256;
/** Bytes between two marks of a list of rows, but for the last row: about half a millisecond of the parser's time. */
const MARK_BYTES = 16_384;

/** The bytes of a part as one line: a line end between two items is blank, and in a text there is none. */
function lineOf(bytes: Buffer, from: number, to: number): Buffer {
  const part = bytes.subarray(from, to);
  return part.includes(LF) ? Buffer.from(part.toString("latin1").replaceAll("\n", " "), "latin1") : part;
}

/** The bytes of one long frame, for all of its lists, until they are read no more. */
export class TableBytes {
  #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Once `release` was called there are none, and to ask is a mistake. */
  get all(): Buffer {
    if (this.#bytes.length === 0) throw new Error("a table is read until it is released");
    return this.#bytes;
  }

  release(): void {
    reuse(this.#bytes);
    this.#bytes = NOTHING;
  }
}

/** A list of texts, numbers and truth values. */
export class ValueList {
  readonly kind = "values";
  count = 0;
  /** The first item that is something else; -1 when there is none. */
  wrongAt = -1;
  readonly #marks: number[];
  #bytes = new TableBytes(NOTHING);
  /** Behind the closing bracket. */
  #end = 0;

  /** `from`: behind the opening bracket. */
  constructor(from: number) {
    this.#marks = [from];
  }

  /** What stands for it in the rest of its frame. */
  standIn(index: number): string {
    return `${index}`;
  }

  /** An item has ended; `at` is behind its comma or the closing bracket. */
  endItem(at: number): void {
    this.count += 1;
    this.#end = at;
    if (this.count % MARK_ITEMS === 0) this.#marks.push(at);
  }

  /** The item at hand is none of those the list may have. */
  spoil(): void {
    if (this.wrongAt === -1) this.wrongAt = this.count;
  }

  /** The frame is whole: these are its bytes. */
  keep(bytes: TableBytes): void {
    this.#bytes = bytes;
  }

  /** No list of the frame is read any more. */
  release(): void {
    this.#bytes.release();
  }

  /** The JSON of items `from` to `to`, at least one, with their commas and without a line end: valid until `release`. */
  jsonOf(from: number, to: number): Buffer {
    return lineOf(this.#bytes.all, this.#find(from), this.#find(to) - 1);
  }

  /** About the bytes of these items, in no time: right to a few hundred items. */
  bytesOf(from: number, to: number): number {
    return this.#nearest(to + MARK_ITEMS - 1) - this.#nearest(from);
  }

  #nearest(row: number): number {
    return this.#marks[Math.floor(row / MARK_ITEMS)] ?? this.#end;
  }

  /** Where an item begins; of the one behind the last, where it would. */
  #find(row: number): number {
    if (row >= this.count) return this.#end;
    const bytes = this.#bytes.all;
    let at = this.#nearest(row);
    for (let left = row % MARK_ITEMS; left > 0; left--) at = endOfItem(bytes, at) + 1;
    return at;
  }
}

/** Where the comma behind a scalar is. */
function endOfItem(bytes: Buffer, from: number): number {
  let at = from;
  for (; bytes[at] !== COMMA; at++) {
    if (bytes[at] !== QUOTE) continue;
    for (at++; bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++;
  }
  return at;
}

/** A list in the place where rows are; what its items are is not known. */
export class RowList {
  readonly kind = "rows";
  readonly #marks: number[];
  #bytes = new TableBytes(NOTHING);
  #end = 0;

  /** `from`: behind the opening bracket. */
  constructor(from: number) {
    this.#marks = [from];
  }

  /** As of a list of values; rows are objects. */
  standIn(index: number): string {
    return `{"at":${index}}`;
  }

  /** As of a list of values. */
  endItem(at: number): void {
    this.#end = at;
    if (at - (this.#marks.at(-1) ?? 0) >= MARK_BYTES) this.#marks.push(at);
  }

  /** As of a list of values. */
  keep(bytes: TableBytes): void {
    this.#bytes = bytes;
  }

  /** As of a list of values. */
  release(): void {
    this.#bytes.release();
  }

  /** Bytes of the frame it is in. */
  get bytes(): number {
    return this.#bytes.all.length;
  }

  /** The rows in lists of some kilobytes, or of one row; nothing when there is none. */
  *pieces(): Generator<string> {
    for (const [at, from] of this.#marks.entries()) {
      const to = this.#marks[at + 1] ?? this.#end;
      if (to > from) yield `[${this.#bytes.all.toString("utf8", from, to - 1)}]`;
    }
  }
}

export type CutList = ValueList | RowList;

/** By the list that stands for one in parsed params: the list itself. */
const LISTS = new WeakMap<object, CutList>();

/** The lists of params stand for lists that stayed text from now on; what stands for none is left as it is. */
export function lendLists(params: object | undefined, lists: readonly CutList[]): void {
  const { columns, rows } = Array.isArray(params) ? { columns: params[1], rows: params[2] } : Object(params);
  const at: unknown = Array.isArray(rows) ? Object(rows[0]).at : undefined;
  lend(rows, at, lists);
  for (const list of Object.values(Object(columns))) if (Array.isArray(list)) lend(list, list[0], lists);
}

function lend(standIn: unknown, at: unknown, lists: readonly CutList[]): void {
  const list = typeof at === "number" ? lists[at] : undefined;
  if (list !== undefined && typeof standIn === "object" && standIn !== null) LISTS.set(standIn, list);
}

/** What a list of params stands for; undefined when it is what it is. */
export function lentList(standIn: object): CutList | undefined {
  return LISTS.get(standIn);
}
