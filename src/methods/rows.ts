/**
 * One expression over many rows, as a run of jobs: each job a slice that the jail works on for some milliseconds, and between
 * two slices whoever else waits in the lane has its turn.
 *
 * The jail says how many rows of a slice it had time for; the next slice follows from that. Bounded in rows, bytes and time;
 * what a run holds is counted in the room of the house until it has ended.
 */
import type { EvaluateRequest, Verdict } from "../evaluator/evaluator.ts";
import { RpcError } from "../protocol/errors.ts";
import { originOf, refuseOverLong } from "./calc-evaluate.ts";
import type { Call } from "./call.ts";
import { answerCancel, evaluationError } from "./refusal.ts";
import { natureOf } from "./scope.ts";

export type Columns = Record<string, readonly unknown[]>;

/** What all rows gave. */
export type RowsDone = { values: unknown[]; failed: number; errors: { row: number; error: RpcError }[]; us: number };

export type RowsAsked = {
  expression: string;
  columns: Columns;
  /** Rows in all: the length of every column, not 0. */
  count: number;
  settings?: EvaluateRequest["settings"];
  /** Told after each slice. */
  progress?: (done: number) => void;
  ended(done: RowsDone): void;
};

const SLICE_ROWS_FIRST = 256;
const SLICE_ROWS_MAX = 4_096;
/** About the JSON of one slice, in characters; a single row may be larger. */
const SLICE_LENGTH_MAX = 256 * 1024;
/** A slice that took less is doubled next time. */
const SLICE_US_LOW = 4_000;
const ERRORS_MAX = 100;
/** What a number takes, here and as text. */
const NUMBER_BYTES = 8;
const RETRY_MS = 1_000;

/** Runs when the calls before it allow; answers the call by itself when it fails. Throws what is refused at once. */
export function runRows(call: Call<unknown>, asked: RowsAsked): void {
  const { config, rowsRoom } = call.house;
  refuseOverLong(asked.expression, call.caller.limits.expressionBytesMax);
  const principal = call.caller.principal();
  principal.quota.check();
  const bytes = weigh(asked.columns);
  if (!rowsRoom.take(bytes)) {
    const limit = { name: "rowsBytesMax", value: rowsRoom.bytesMax, used: rowsRoom.taken + bytes };
    throw new RpcError("server_busy", { limit, retryAfterMs: RETRY_MS });
  }
  const { scope, settings } = principal;
  const nature = { ...natureOf(asked.expression), writes: false, readsAnswers: false };
  const askedMs = performance.now();
  answerCancel(call);
  scope.enter(nature, () => {
    const variables = scope.select(asked.expression);
    // The rows see the variables of this moment, so nobody need wait for their end.
    scope.leave(nature);
    const late = performance.now() - askedMs > config.queueMs;
    if (late && !call.answered) call.fail(new RpcError("request_timeout", { limit: { name: "queueMs", value: config.queueMs } }));
    if (call.answered) return rowsRoom.give(bytes);
    const request: EvaluateRequest = { ...originOf(call.caller, principal), kind: "rows", expression: asked.expression };
    const system = { ...settings, ...asked.settings };
    if (Object.keys(system).length > 0) request.settings = system;
    if (variables !== undefined) request.variables = variables;
    new Run(call, asked, request, () => rowsRoom.give(bytes)).next();
  });
}

class Run {
  readonly #call: Call<unknown>;
  readonly #asked: RowsAsked;
  readonly #request: EvaluateRequest;
  readonly #over: () => void;
  readonly #done: RowsDone = { values: [], failed: 0, errors: [], us: 0 };
  #bytes = 0;
  #sliceRows = SLICE_ROWS_FIRST;

  constructor(call: Call<unknown>, asked: RowsAsked, request: EvaluateRequest, over: () => void) {
    this.#call = call;
    this.#asked = asked;
    this.#request = request;
    this.#over = over;
  }

  /** Hands the next slice to the evaluator. */
  next(): void {
    const from = this.#done.values.length;
    const to = sliceEnd(this.#asked, from, this.#sliceRows);
    const columns: Record<string, unknown[]> = Object.create(null);
    for (const [name, column] of Object.entries(this.#asked.columns)) columns[name] = column.slice(from, to);
    const cancel = this.#call.house.evaluator.evaluate({ ...this.#request, columns }, (verdict) =>
      this.#settle(verdict, to - from),
    );
    this.#call.onCancel(cancel);
  }

  #settle(verdict: Verdict, sent: number): void {
    try {
      const failure = this.#take(verdict, sent);
      if (failure !== undefined) this.#end(() => this.#call.fail(failure));
      else if (this.#done.values.length < this.#asked.count) {
        this.#asked.progress?.(this.#done.values.length);
        this.next();
      } else this.#end(() => this.#asked.ended(this.#done));
    } catch (error) {
      this.#end(() => this.#call.broken(error));
    }
  }

  #end(tell: () => void): void {
    this.#over();
    tell();
  }

  /** Takes over what a slice gave; answers why the run cannot go on, if it cannot. */
  #take({ rows, failure, us }: Verdict, sent: number): RpcError | undefined {
    const { rowsMs, replyBytesMax } = this.#call.house.config;
    if (rows === undefined) return evaluationError(failure, this.#asked.expression);
    const done = this.#done;
    const from = done.values.length;
    for (const { row, failure: why } of rows.failures) {
      if (done.errors.length === ERRORS_MAX) break;
      done.errors.push({ row: from + row, error: evaluationError(why, this.#asked.expression) });
    }
    done.failed += rows.failed;
    done.us += us;
    for (const value of rows.values) {
      done.values.push(value);
      this.#bytes += typeof value === "number" ? 1 : JSON.stringify(value).length;
    }
    this.#sliceRows = rows.values.length < sent ? rows.values.length : us < SLICE_US_LOW ? this.#sliceRows * 2 : this.#sliceRows;
    this.#sliceRows = Math.min(this.#sliceRows, SLICE_ROWS_MAX);
    if (this.#bytes > replyBytesMax) {
      return new RpcError("response_too_large", { limit: { name: "replyBytesMax", value: replyBytesMax, used: this.#bytes } });
    }
    if (done.us <= rowsMs * 1000 || done.values.length === this.#asked.count) return undefined;
    const limit = { name: "rowsMs", value: rowsMs, used: Math.ceil(done.us / 1000) };
    return new RpcError("time_limit", { limit, detail: `${done.values.length} of ${this.#asked.count} rows were done` });
  }
}

/** Where the slice that begins at `from` ends: at most `rowsMax` rows on, earlier when its texts are long. */
function sliceEnd({ columns, count }: RowsAsked, from: number, rowsMax: number): number {
  const end = Math.min(count, from + rowsMax);
  let length = 0;
  for (let row = from; row < end; row++) {
    for (const name in columns) length += weighOne(columns[name]?.[row]);
    if (length > SLICE_LENGTH_MAX) return row + 1;
  }
  return end;
}

function weigh(columns: Columns): number {
  let bytes = 0;
  for (const column of Object.values(columns)) for (const value of column) bytes += weighOne(value);
  return bytes;
}

function weighOne(value: unknown): number {
  return typeof value === "string" ? 2 * value.length + NUMBER_BYTES : NUMBER_BYTES;
}
