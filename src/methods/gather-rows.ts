/**
 * Rows by name to columns. Rows of a long frame are text still: they are parsed and checked in pieces of some kilobytes, one in a
 * turn of the loop, so that nobody waits for all of them.
 */
import { RpcError } from "../protocol/errors.ts";
import type { CalcEvaluateRowsParams } from "../protocol/generated/types.ts";
import { lentList, type RowList } from "../protocol/table-lists.ts";
import { checkParams } from "../schema.ts";
import type { Call } from "./call.ts";
import { type Columns, ListColumn } from "./columns.ts";
import { answerCancel } from "./refusal.ts";
import { takeRoom } from "./rows.ts";

type Rows = NonNullable<CalcEvaluateRowsParams["rows"]>;

/** As `variableName` of `schemas/common.json`, for the names of rows. */
const VARIABLE_NAME = /^(?!.*__)[\p{L}_$][\p{L}\p{N}_$]{0,63}$/u;
/** The number of the row in the path of a problem. */
const ROW_OF_PATH = /^\/rows\/(\d+)/;

/** Tells `gathered`, now or later, unless the call is answered first. Throws what is refused at once. */
export function gatherRows(call: Call<CalcEvaluateRowsParams>, rows: Rows, gathered: (columns: Columns) => void): void {
  const list = lentList(rows);
  const gathering = new Gathering();
  if (list?.kind === "rows") return gatherPieces(call, list, gathering, gathered);
  gathering.add(rows);
  gathered(gathering.columns);
}

function gatherPieces(
  call: Call<CalcEvaluateRowsParams>,
  list: RowList,
  gathering: Gathering,
  gathered: (columns: Columns) => void,
): void {
  const leave = takeRoom(call.house.rowsRoom, list.bytes, () => list.release());
  const pieces = list.pieces();
  answerCancel(call);
  const step = () => {
    if (call.answered) return leave();
    try {
      const { value, done } = pieces.next();
      if (done !== true) {
        gathering.addText(value);
        setImmediate(step);
        return;
      }
      leave();
      gathered(gathering.columns);
    } catch (error) {
      leave();
      call.broken(error);
    }
  };
  step();
}

class Gathering {
  readonly #values = new Map<string, unknown[]>();
  #count = 0;

  get columns(): Columns {
    return Object.fromEntries([...this.#values].map(([name, values]) => [name, new ListColumn(values)]));
  }

  /** A list of rows as text, which is JSON. */
  addText(text: string): void {
    const checked = checkParams("calc.evaluateRows", { expression: "0", rows: JSON.parse(text) });
    if (checked.problem === undefined) return this.add(checked.params.rows ?? []);
    const { problem } = checked;
    const path = problem.path.replace(ROW_OF_PATH, (_, row) => `/rows/${this.#count + Number(row)}`);
    throw new RpcError("invalid_params", { ...problem, path });
  }

  add(rows: Rows): void {
    for (const row of rows) {
      if (this.#count === 0) this.#begin(Object.keys(row));
      for (const [name, values] of this.#values) {
        if (!Object.hasOwn(row, name)) this.#refuse("lacks a name of the first row");
        values.push(row[name]);
      }
      if (Object.keys(row).length !== this.#values.size) this.#refuse("has a name the first row lacks");
      this.#count += 1;
    }
  }

  #begin(names: string[]): void {
    for (const name of names) {
      if (!VARIABLE_NAME.test(name)) this.#refuse("has a name that no variable may have");
      this.#values.set(name, []);
    }
  }

  #refuse(detail: string): never {
    throw new RpcError("invalid_params", { path: `/rows/${this.#count}`, detail });
  }
}
