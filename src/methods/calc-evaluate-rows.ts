/** `calc.evaluateRows`: one expression, columns of values, a value for each row. Records nothing, assigns nothing. */
import { RpcError, toErrorObject } from "../protocol/errors.ts";
import type { CalcEvaluateRowsParams, CalcEvaluateRowsResult } from "../protocol/generated/types.ts";
import { WrittenResult } from "../protocol/message.ts";
import { lentList } from "../protocol/table-lists.ts";
import type { Call } from "./call.ts";
import { type Column, type Columns, ListColumn } from "./columns.ts";
import { gatherRows } from "./gather-rows.ts";
import { type RowsAsked, type RowsDone, runRows } from "./rows.ts";

/** Progress is told no more often. */
const PROGRESS_MS = 100;

export function calcEvaluateRows(call: Call<CalcEvaluateRowsParams>): void {
  const { columns, rows } = call.params;
  if (columns !== undefined && rows === undefined) run(call, columnsOf(columns));
  else if (rows !== undefined && columns === undefined) gatherRows(call, rows, (gathered) => run(call, gathered));
  else throw new RpcError("invalid_params", { path: "", detail: "needs either columns or rows" });
}

function run(call: Call<CalcEvaluateRowsParams>, columns: Columns): void {
  const { expression, number, precision, progress } = call.params;
  const count = requireOneLength(columns, call.house.config.rowsMax);
  const asked: RowsAsked = {
    expression,
    columns,
    count,
    settings: { ...(number && { number }), ...(precision && { precision }) },
    ended: (done) => call.answer(writeResult(done)),
  };
  if (progress !== undefined) asked.progress = makeTeller(call, progress, count);
  runRows(call, asked);
}

/** The values are text already, and many: only what is beside them is written here. */
function writeResult({ values, failed, errors, us }: RowsDone): WrittenResult {
  const told = errors.map(({ row, error }) => ({ row, error: toErrorObject(error) }));
  const others: Omit<CalcEvaluateRowsResult, "values"> = { failed, errors: told, elapsedUs: us };
  return new WrittenResult(`{"values":[${values}],${JSON.stringify(others).slice(1)}`, us);
}

function makeTeller({ caller }: Call<unknown>, token: string | number, total: number): (done: number) => void {
  let toldMs = Number.NEGATIVE_INFINITY;
  return (done) => {
    const nowMs = performance.now();
    if (nowMs - toldMs < PROGRESS_MS) return;
    toldMs = nowMs;
    caller.notices.tell("$/progress", { token, done, total });
  };
}

function columnsOf(given: NonNullable<CalcEvaluateRowsParams["columns"]>): Columns {
  const columns: Record<string, Column> = Object.create(null);
  for (const [name, values] of Object.entries(given)) {
    const list = lentList(values);
    if (list === undefined) columns[name] = new ListColumn(values);
    else if (list.kind === "values" && list.wrongAt === -1) columns[name] = list;
    else {
      // In the words of the schema's own check, which has not seen these.
      const at = list.kind === "values" ? `/${list.wrongAt}` : "";
      throw new RpcError("invalid_params", { path: `/columns/${name}${at}`, detail: "must be number or boolean or string" });
    }
  }
  return columns;
}

/** How many rows the columns have. */
function requireOneLength(columns: Columns, rowsMax: number): number {
  const [first, ...others] = Object.values(columns);
  const count = first?.count ?? 0;
  if (count === 0) throw new RpcError("invalid_params", { path: "", detail: "needs at least one row" });
  if (others.some((column) => column.count !== count))
    throw new RpcError("invalid_params", { path: "/columns", detail: "must be lists of one length" });
  if (count <= rowsMax) return count;
  throw new RpcError("invalid_params", {
    path: "",
    detail: `must have at most ${rowsMax} rows`,
    limit: { name: "rowsMax", value: rowsMax, used: count },
  });
}
