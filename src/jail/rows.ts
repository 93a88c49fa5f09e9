/**
 * One expression, many rows: compiled once, run for each row of the job's columns until some milliseconds are spent.
 *
 * A row is a pure function of its own values and the stored variables: nothing may be assigned, and what mathjs keeps from
 * one evaluation to the next is put back before each row, unless the expression cannot touch it. So it does not matter
 * where the parent cuts the rows into jobs.
 */
import { BLOCK_ROWS, makeBlock, unsigned } from "./block.ts";
import type { Compiler } from "./compiler.ts";
import type { Failure, Job, Rows } from "./contract.ts";
import type { Engine } from "./engine.ts";
import { nowMs } from "./host.ts";
import { writeBare } from "./outcome.ts";
import { findName } from "./position.ts";
import { isCheapJob } from "./price.ts";
import { Refusal } from "./refusal.ts";
import type { Scope } from "./scope.ts";
import type { Compiled } from "./shapes.ts";
import { isStoredNumber } from "./stored.ts";

/** A job of rows holds its worker about so long; then the others have their turn. */
const SLICE_MS = 10;
/** Characters of values after which a job ends, too: the parent looks through them in one step. */
const SLICE_CHARS = 128 * 1024;
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
  const { limits } = compiler;
  const columns = Object.values(job.columns ?? {});
  const count = columns[0]?.length ?? 0;
  const bytesMax = Math.min(job.resultBytesMax ?? limits.resultBytesMax, SLICE_CHARS);
  const isPlain = touchesNothing(job, compiled, compiler);
  const block = isPlain ? makeBlock(compiled.tree.node, job) : undefined;
  const rows = new RowWriter(job, compiled, scope, compiler, describe);
  const endMs = nowMs() + SLICE_MS;
  let values = "";
  for (let row = 0; row < count && values.length < bytesMax; ) {
    if (row > 0 && (!isPlain || row % CLOCK_ROWS === 0) && nowMs() > endMs) break;
    const to = block === undefined ? row + 1 : Math.min(row + BLOCK_ROWS, count);
    const text = (block && writeBlock(block(row, to), to - row)) ?? rows.write(row, to, isPlain);
    values += row === 0 ? text : `,${text}`;
    row = to;
  }
  return `{"values":[${values}],"failed":${rows.failed},"failures":${JSON.stringify(rows.failures)}}`;
}

/** The values of a block as JSON; undefined when one is not finite. */
function writeBlock(values: Float64Array, count: number): string | undefined {
  const numbers: number[] = [];
  for (let at = 0; at < count; at++) {
    const value = values[at] ?? Number.NaN;
    if (!Number.isFinite(value)) return undefined;
    numbers.push(value);
  }
  return JSON.stringify(numbers).slice(1, -1);
}

/** Rows one after the other, as mathjs calculates them. */
class RowWriter {
  failed = 0;
  readonly failures: Rows["failures"] = [];
  readonly #job: Job;
  readonly #compiled: Compiled;
  readonly #scope: Scope;
  readonly #engine: Engine;
  readonly #bytesMax: number;
  readonly #describe: (error: unknown) => Failure;

  constructor(job: Job, compiled: Compiled, scope: Scope, { engine, limits }: Compiler, describe: (error: unknown) => Failure) {
    this.#job = job;
    this.#compiled = compiled;
    this.#scope = scope;
    this.#engine = engine;
    this.#bytesMax = job.resultBytesMax ?? limits.resultBytesMax;
    this.#describe = describe;
  }

  /** Values of rows `from` to `to`; `isPlain` when there is nothing to put back before each. */
  write(from: number, to: number, isPlain: boolean): string {
    let text = "";
    for (let row = from; row < to; row++) {
      if (!isPlain) this.#engine.prepare(this.#job.settings);
      text += row === from ? this.#writeOne(row) : `,${this.#writeOne(row)}`;
      // A function of the session may assign where the expression itself does not.
      for (const name of this.#scope.assigned) refuseAssignment(name, this.#job.expression);
    }
    return text;
  }

  #writeOne(row: number): string {
    for (const name in this.#job.columns) this.#scope.place(name, unsigned(this.#job.columns[name]?.[row]));
    try {
      return writeBare(this.#compiled.run(this.#scope, NO_ARGUMENTS, null), this.#engine, this.#bytesMax);
    } catch (error) {
      this.failed++;
      if (this.failures.length < FAILURES_MAX) this.failures.push({ row, failure: this.#describe(error) });
      return "null";
    }
  }
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
    if (text === undefined || !isStoredNumber(text)) return false;
  }
  return true;
}
