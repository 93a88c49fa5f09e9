/** Columns of a table, as the jail gets them: parts of them as JSON. */
import type { ValueList } from "../protocol/table-lists.ts";

/** A list of scalars; one of a long frame stayed text (`ValueList`). */
export type Column = Pick<ValueList, "count" | "jsonOf" | "bytesOf" | "release">;
export type Columns = Readonly<Record<string, Column>>;

/** What a number takes, as a value and, about, as text. */
const NUMBER_BYTES = 8;

/** A list that was parsed. */
export class ListColumn implements Column {
  readonly #values: readonly unknown[];

  constructor(values: readonly unknown[]) {
    this.#values = values;
  }

  get count(): number {
    return this.#values.length;
  }

  jsonOf(from: number, to: number): Buffer {
    return Buffer.from(JSON.stringify(this.#values.slice(from, to)).slice(1, -1));
  }

  bytesOf(from: number, to: number): number {
    let bytes = 0;
    for (let row = from; row < to; row++) {
      const value = this.#values[row];
      bytes += typeof value === "string" ? 2 * value.length + NUMBER_BYTES : NUMBER_BYTES;
    }
    return bytes;
  }

  /** What was parsed is not used again. */
  release(): void {}
}

/** They are read no more. */
export function releaseColumns(columns: Columns): void {
  for (const column of Object.values(columns)) column.release();
}

/** Rows `from` to `to` of all columns as the JSON of an object of lists, in pieces, without a line end. */
export function jsonOfColumns(columns: Columns, from: number, to: number): Buffer[] {
  const pieces = Object.entries(columns).flatMap(([name, column], at) => [
    Buffer.from(`${at === 0 ? "{" : "],"}${JSON.stringify(name)}:[`),
    column.jsonOf(from, to),
  ]);
  return [...pieces, Buffer.from("]}")];
}

/** About the bytes rows `from` to `to` take, and their values. */
export function bytesOfColumns(columns: Columns, from: number, to: number): number {
  return Object.values(columns).reduce((bytes, column) => bytes + column.bytesOf(from, to), (to - from) * NUMBER_BYTES);
}
