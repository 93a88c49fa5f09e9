/** `calc.evaluateRows`: one expression, columns of values, a value for each row. Records nothing, assigns nothing. */
import { RpcError, toErrorObject } from "../protocol/errors.ts";
import type { CalcEvaluateRowsParams, CalcEvaluateRowsResult } from "../protocol/generated/types.ts";
import type { Call } from "./call.ts";
import { type Columns, type RowsAsked, runRows } from "./rows.ts";

/** Progress is told no more often. */
const PROGRESS_MS = 100;
/** As `variableName` of `schemas/common.json`, for the names of rows. */
const VARIABLE_NAME = /^(?!.*__)[\p{L}_$][\p{L}\p{N}_$]{0,63}$/u;

export function calcEvaluateRows(call: Call<CalcEvaluateRowsParams>): void {
  const { expression, number, precision, progress } = call.params;
  const columns = columnsOf(call.params);
  const count = requireOneLength(columns, call.house.config.rowsMax);
  const asked: RowsAsked = {
    expression,
    columns,
    count,
    settings: { ...(number && { number }), ...(precision && { precision }) },
    ended({ values, failed, errors, us }) {
      const told = errors.map(({ row, error }) => ({ row, error: toErrorObject(error) }));
      const result: CalcEvaluateRowsResult = { values, failed, errors: told, elapsedUs: us };
      call.answer(result);
    },
  };
  if (progress !== undefined) asked.progress = makeTeller(call, progress, count);
  runRows(call, asked);
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

function refuse(path: string, detail: string): never {
  throw new RpcError("invalid_params", { path, detail });
}

function columnsOf({ columns, rows }: CalcEvaluateRowsParams): Columns {
  if ((columns === undefined) === (rows === undefined)) refuse("", "needs either columns or rows");
  if (columns !== undefined) return columns;
  const names = Object.keys(rows?.[0] ?? {});
  for (const name of names) if (!VARIABLE_NAME.test(name)) refuse("/rows/0", "has a name that no variable may have");
  const made: Record<string, unknown[]> = Object.create(null);
  for (const name of names) made[name] = [];
  for (const [at, row] of (rows ?? []).entries()) {
    for (const name of names) {
      if (!Object.hasOwn(row, name)) refuse(`/rows/${at}`, "lacks a name of the first row");
      made[name]?.push(row[name]);
    }
    if (Object.keys(row).length !== names.length) refuse(`/rows/${at}`, "has a name the first row lacks");
  }
  return made;
}

/** How many rows the columns have. */
function requireOneLength(columns: Columns, rowsMax: number): number {
  const [first, ...others] = Object.values(columns);
  const count = first?.length ?? 0;
  if (count === 0) refuse("", "needs at least one row");
  if (others.some((column) => column.length !== count)) refuse("/columns", "must be lists of one length");
  if (count <= rowsMax) return count;
  throw new RpcError("invalid_params", {
    path: "",
    detail: `must have at most ${rowsMax} rows`,
    limit: { name: "rowsMax", value: rowsMax, used: count },
  });
}
