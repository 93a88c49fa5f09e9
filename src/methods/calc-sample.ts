/** `calc.sample`: the values of an expression at evenly spaced points, for a plot. Poles and gaps are null. */
import { RpcError } from "../protocol/errors.ts";
import type { CalcSampleParams } from "../protocol/generated/types.ts";
import type { Call } from "./call.ts";
import { ListColumn } from "./columns.ts";
import { runRows } from "./rows.ts";

const POINTS_DEFAULT = 200;

export function calcSample(call: Call<CalcSampleParams>): void {
  const { expression, variable, from, to, points = POINTS_DEFAULT } = call.params;
  const { pointsMax } = call.house.config;
  if (points > pointsMax) {
    const limit = { name: "pointsMax", value: pointsMax, used: points };
    throw new RpcError("invalid_params", { path: "/points", detail: `must be at most ${pointsMax}`, limit });
  }
  // Each end is exact; a difference of the ends might overflow.
  const x = Array.from({ length: points }, (_, at) => {
    const share = at / (points - 1);
    return from * (1 - share) + to * share;
  });
  runRows(call, {
    expression,
    columns: { [variable]: new ListColumn(x) },
    count: points,
    // A plot is of real numbers, whatever the session calculates in.
    settings: { number: "number" },
    ended({ values, failed, errors, us }) {
      const [first] = errors;
      if (failed === points && first !== undefined) return call.fail(first.error);
      const all: unknown[] = JSON.parse(`[${values}]`);
      const y = all.map((value) => (typeof value === "number" ? value : null));
      call.answer({ x, y, elapsedUs: us });
    },
  });
}
