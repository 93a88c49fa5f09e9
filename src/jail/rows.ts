/**
 * One expression, many rows: compiled once, run for each row of the job's columns until some milliseconds are spent.
 *
 * A row is a pure function of its own values and the stored variables: nothing may be assigned, and what mathjs keeps from
 * one evaluation to the next is put back before each row, unless the expression cannot touch it. So it does not matter
 * where the parent cuts the rows into jobs.
 */
import type { Compiled, Compiler } from "./compiler.ts";
import type { Failure, Job, Rows } from "./contract.ts";
import { nowMs } from "./host.ts";
import { writeBare } from "./outcome.ts";
import { findName } from "./position.ts";
import { isCheapJob } from "./price.ts";
import { Refusal } from "./refusal.ts";
import type { Scope } from "./scope.ts";
import { SCALAR_TEXT } from "./stored.ts";

/** A job of rows holds its worker about so long; then the others have their turn. */
const SLICE_MS = 10;
/** Cheap rows between two looks at the clock, which costs about as much as a tenth of a row. */
const CLOCK_ROWS = 32;
/** Failures told of one job. Finding a place and suggestions costs more than a row. */
const FAILURES_MAX = 100;

const NO_ARGUMENTS = {};

/** The JSON text of `Outcome.rows`. Throws what concerns all rows; `describe` makes a failure of what one row throws. */
export function writeRows(
  job: Job,
  compiled: Compiled,
  scope: Scope,
  compiler: Compiler,
  describe: (error: unknown) => Failure,
): string {
  for (const name of compiled.tree.assigns) refuseAssignment(name, job.expression);
  const { engine, limits } = compiler;
  const names = Object.keys(job.columns ?? {});
  const columns = Object.values(job.columns ?? {});
  const count = columns[0]?.length ?? 0;
  const isPlain = touchesNothing(job, compiled, compiler);
  const bytesMax = job.resultBytesMax ?? limits.resultBytesMax;
  const endMs = nowMs() + SLICE_MS;
  const failures: Rows["failures"] = [];
  let failed = 0;
  let values = "";
  for (let row = 0; row < count && values.length < bytesMax; row++) {
    if (row > 0 && (!isPlain || row % CLOCK_ROWS === 0) && nowMs() > endMs) break;
    if (!isPlain) engine.prepare(job.settings);
    for (let at = 0; at < names.length; at++) scope.place(names[at] ?? "", columns[at]?.[row]);
    let text = "null";
    try {
      text = writeBare(compiled.run(scope, NO_ARGUMENTS, null), engine, bytesMax);
    } catch (error) {
      failed++;
      if (failures.length < FAILURES_MAX) failures.push({ row, failure: describe(error) });
    }
    // A function of the session may assign where the expression itself does not.
    for (const name of scope.assigned) refuseAssignment(name, job.expression);
    values += row === 0 ? text : `,${text}`;
  }
  return `{"values":[${values}],"failed":${failed},"failures":${JSON.stringify(failures)}}`;
}

function refuseAssignment(name: string, source: string): never {
  const detail = `Rows cannot assign: ${name} would differ from row to row`;
  const position = findName(source, name);
  throw new Refusal(position ? { name: "access_refused", detail, position } : { name: "access_refused", detail });
}

/** True for arithmetic over columns and plain numbers: no unit is read, and no function of the session is called. */
function touchesNothing(job: Job, { tree }: Compiled, compiler: Compiler): boolean {
  if (!isCheapJob(job, tree, compiler)) return false;
  for (const name of tree.free) {
    if (Object.hasOwn(job.columns ?? {}, name)) continue;
    const text = Object.hasOwn(job.variables ?? {}, name) ? job.variables?.[name] : undefined;
    if (text === undefined || !SCALAR_TEXT.test(text)) return false;
  }
  return true;
}
