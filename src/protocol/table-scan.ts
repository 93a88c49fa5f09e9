/**
 * Reads a long frame while it comes in, so that no step is longer than what one read of the socket brings: checks that it is JSON,
 * and notes where the lists of its table are. They stay text, which goes to the jail as it is; only what is left of the
 * frame is ever parsed here, and that is as short as any other frame.
 *
 * A list of values stands in an object in params, a list of rows in params itself. In the rest of the text there stands
 * `[number of the list]` for the one and `[{"at": number of the list}]` for the other: what the schema asks of them holds for these too.
 *
 * Invariants after every step: all bytes before `#at` are the beginning of a JSON document, or `#refusal` says why not;
 * `#kinds` holds the open brackets, `#depth` of them; while `#list` is set, what comes is not of the rest.
 */
import * as json from "./json-states.ts";
import type { Share } from "./room.ts";
import { type CutList, RowList, TableBytes, ValueList } from "./table-lists.ts";

/** What a long frame may not have: more than so many names of members, brackets, levels of them, bytes beside its lists. */
export type TableLimits = { namesMax: number; bracketsMax: number; depthMax: number; restBytesMax: number };

/** Why a long frame is refused: `json` when it is none. */
export type TableRefusal = "json" | "names" | "brackets" | "depth" | "rest";

/** A whole long frame. */
export type Table = {
  /** The frame without the lists that stay text. */
  rest: string;
  lists: readonly CutList[];
  /** What its bytes take of the room; whoever takes the frame, or drops it, gives that back. */
  share: Share;
};

const [IS_LIST, IS_OBJECT] = [1, 2];
/** How many brackets are open in the two kinds of lists. */
const [ROWS_DEEP, VALUES_DEEP] = [3, 4];
const NO_LIST = -1;
/** At least what stands for a list takes. */
const STAND_IN_BYTES = 8;
/** Shorter numbers without a power are finite. */
const FINITE_LENGTH = 300;

export class TableScan {
  readonly #limits: TableLimits;
  readonly #kinds: Uint8Array;
  readonly #names = new Set<string>();
  readonly #lists: CutList[] = [];
  /** Bytes of the frame that are of the rest, in pairs of from and to; between two pairs a list was taken out. */
  readonly #kept: number[] = [0];
  #keptBytes = 0;
  #state = json.VALUE;
  #at = 0;
  #depth = 0;
  #brackets = 0;
  #nameFrom = -1;
  /** The list at hand, how deep it is, and where its item at hand begins. */
  #list: CutList | undefined;
  #values: ValueList | undefined;
  #listDepth = NO_LIST;
  #itemFrom = 0;
  /** The number at hand is written with a power of ten. */
  #hasPower = false;
  #refusal: TableRefusal | undefined;

  constructor(limits: TableLimits) {
    this.#limits = limits;
    this.#kinds = new Uint8Array(limits.depthMax + 1);
  }

  /** Reads on: `bytes` are all that is there of the frame. Answers why it is refused, if it is; then it is done with. */
  read(bytes: Buffer): TableRefusal | undefined {
    const next = json.NEXT;
    const { length } = bytes;
    let state = this.#state;
    let at = this.#at;
    while (at < length) {
      const code = next[(state << 8) | (bytes[at] ?? 0)] ?? json.BAD;
      at += 1;
      if (code < json.EVENTS) state = code;
      else if (code === json.COMMA && this.#isPlainItem(at)) {
        this.#values?.endItem(at);
        this.#itemFrom = at;
        state = json.VALUE;
      } else state = this.#take(code, at, bytes);
    }
    this.#at = at;
    this.#state = state;
    if (state === json.BAD) this.#refusal ??= "json";
    const open = this.#list === undefined ? at - (this.#kept.at(-1) ?? 0) : 0;
    if (this.#keptBytes + open > this.#limits.restBytesMax) this.#refusal ??= "rest";
    return this.#refusal;
  }

  /** The frame has ended: its lists, and the rest of its text. Undefined when it is no JSON object or list. */
  end(bytes: Buffer): { lists: readonly CutList[]; rest: string } | undefined {
    if (this.#refusal !== undefined || this.#depth > 0 || this.#state !== json.AFTER) return undefined;
    const pieces = [...this.#kept, this.#at];
    let rest = "";
    const kept = new TableBytes(bytes);
    for (const list of this.#lists) list.keep(kept);
    for (let piece = 0; piece < pieces.length; piece += 2) {
      rest += `${bytes.toString("utf8", pieces[piece], pieces[piece + 1])}${this.#lists[piece / 2]?.standIn(piece / 2) ?? ""}`;
    }
    return { lists: this.#lists, rest };
  }

  /** What an event leads to; `at` is behind its byte. */
  #take(event: number, at: number, bytes: Buffer): number {
    switch (event) {
      case json.COMMA:
        if (this.#depth === this.#listDepth) this.#endItem(at, bytes);
        return this.#kinds[this.#depth] === IS_LIST ? json.VALUE : json.NAME;
      case json.OPEN_LIST:
        return this.#open(IS_LIST, at);
      case json.OPEN_OBJECT:
        return this.#open(IS_OBJECT, at);
      case json.CLOSE_EMPTY:
        return this.#close(IS_LIST, at);
      case json.CLOSE_LIST:
        if (this.#depth === this.#listDepth) this.#endItem(at, bytes);
        return this.#close(IS_LIST, at);
      case json.CLOSE_OBJECT:
        return this.#close(IS_OBJECT, at);
      case json.NAME_BEGINS:
        this.#nameFrom = at;
        return json.TEXT;
      case json.TEXT_ENDS:
        return this.#endText(at, bytes);
      case json.POWER_BEGINS:
        this.#hasPower = true;
        return json.IN_POWER;
      case json.NULL_BEGINS:
        this.#spoil();
        return json.IN_NULL;
      default:
        return json.BAD;
    }
  }

  #open(kind: number, at: number): number {
    this.#spoil();
    this.#depth += 1;
    this.#brackets += 1;
    if (this.#depth > this.#limits.depthMax) return this.#refuse("depth");
    if (this.#brackets > this.#limits.bracketsMax) return this.#refuse("brackets");
    this.#kinds[this.#depth] = kind;
    if (kind === IS_OBJECT) return json.FIRST_NAME;
    if (this.#list === undefined && this.#kinds[1] === IS_OBJECT) this.#openList(at);
    return json.FIRST;
  }

  #openList(at: number): void {
    if (this.#depth === ROWS_DEEP) this.#list = new RowList(at);
    else if (this.#depth === VALUES_DEEP && this.#kinds[VALUES_DEEP - 1] === IS_OBJECT) {
      this.#values = new ValueList(at);
      this.#list = this.#values;
    }
    if (this.#list === undefined) return;
    this.#listDepth = this.#depth;
    this.#itemFrom = at;
    this.#hasPower = false;
    this.#keptBytes += at - (this.#kept.at(-1) ?? 0);
    this.#kept.push(at);
    this.#lists.push(this.#list);
  }

  #close(kind: number, at: number): number {
    if (this.#kinds[this.#depth] !== kind) return json.BAD;
    if (this.#depth === this.#listDepth) {
      this.#keptBytes += STAND_IN_BYTES;
      this.#kept.push(at - 1);
      this.#list = undefined;
      this.#values = undefined;
      this.#listDepth = NO_LIST;
    }
    this.#depth -= 1;
    return json.AFTER;
  }

  #endText(at: number, bytes: Buffer): number {
    if (this.#nameFrom === -1) return json.AFTER;
    this.#names.add(bytes.toString("latin1", this.#nameFrom, at - 1));
    this.#nameFrom = -1;
    return this.#names.size > this.#limits.namesMax ? this.#refuse("names") : json.COLON;
  }

  /** An item of the list at hand has ended just before `at`. */
  #endItem(at: number, bytes: Buffer): void {
    const length = at - this.#itemFrom;
    if (this.#list?.kind === "rows") {
      if (length > this.#limits.restBytesMax) this.#refusal ??= "rest";
    } else if (this.#hasPower || length > FINITE_LENGTH) {
      const number = Number(bytes.toString("latin1", this.#itemFrom, at - 1));
      if (Math.abs(number) === Number.POSITIVE_INFINITY) this.#list?.spoil();
    }
    this.#hasPower = false;
    this.#itemFrom = at;
    this.#list?.endItem(at);
  }

  /** Something begins that is no scalar. */
  #spoil(): void {
    if (this.#depth === VALUES_DEEP) this.#values?.spoil();
  }

  /** Nearly all commas are behind a scalar of a list of values that needs no second look. */
  #isPlainItem(at: number): boolean {
    return this.#values !== undefined && this.#depth === VALUES_DEEP && !this.#hasPower && at - this.#itemFrom <= FINITE_LENGTH;
  }

  #refuse(refusal: TableRefusal): number {
    this.#refusal ??= refusal;
    return json.BAD;
  }
}
