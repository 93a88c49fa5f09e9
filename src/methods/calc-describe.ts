/** `calc.describe`: what a name means, from the manual that was made with the server. Evaluates nothing. */
import { nearest } from "../nearest.ts";
import { RpcError } from "../protocol/errors.ts";
import { FUNCTIONS } from "../protocol/generated/about.ts";
import { MANUAL, UNITS } from "../protocol/generated/manual.ts";
import type { CalcDescribeParams, CalcDescribeResult } from "../protocol/generated/types.ts";
import type { Call } from "./call.ts";
import type { VariableRow } from "./scope.ts";
import { FUNCTIONS_SORTED, findUnit, type UnitName } from "./vocabulary.ts";

const NEIGHBOURS_MAX = 8;

export function calcDescribe(call: Call<CalcDescribeParams>): void {
  const { name } = call.params;
  const { scope } = call.caller.principal();
  const row = scope.row(name);
  if (row !== undefined) return call.answer(describeVariable(row));
  const page = Object.hasOwn(MANUAL, name) ? MANUAL[name] : undefined;
  if (page !== undefined) return call.answer({ name, ...page });
  const unit = findUnit(name);
  if (unit !== undefined) return call.answer(describeUnit(unit));
  const refused = FUNCTIONS.refused.find((one) => one.name === name);
  if (refused !== undefined) throw new RpcError("function_refused", { detail: refused.reason });
  const suggestions = nearest(name, [...scope.names, ...FUNCTIONS_SORTED, ...Object.keys(UNITS)], 3);
  throw new RpcError("not_found", { path: "/name", ...(suggestions.length > 0 && { suggestions }) });
}

function describeVariable({ name, type }: VariableRow): CalcDescribeResult {
  const help = type === "function" ? "A function of this session." : "A variable of this session.";
  return { name, kind: "variable", category: type, help, signatures: [name], examples: [name], seeAlso: [] };
}

function describeUnit({ name, base, prefix, dimension }: UnitName): CalcDescribeResult {
  const neighbours = Object.keys(UNITS).filter((other) => UNITS[other]?.dimension === dimension && other !== name);
  return {
    name,
    kind: "unit",
    category: dimension,
    help: `A unit of ${dimension}${prefix === "" ? "" : `: ${base} with the prefix ${prefix}`}.`,
    signatures: [`5 ${name}`, `x to ${name}`],
    examples: prefix === "" ? [`5 ${name}`] : [`5 ${name} to ${base}`],
    seeAlso: prefix === "" ? neighbours.slice(0, NEIGHBOURS_MAX) : [base],
  };
}
