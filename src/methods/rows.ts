/**
 * One expression over many rows, as a run of jobs: each job a slice that the jail works on for some milliseconds, and between
 * two slices whoever else waits in the lane has its turn.
 *
 * The jail says how many rows of a slice it had time for; the next slice follows from that. Bounded in rows, bytes and time;
 * what a run holds is counted in the room of the house until it has ended.
 */
import type { EvaluateRequest, Verdict } from "../evaluator/evaluator.ts";
import { RpcError } from "../protocol/errors.ts";
import { type Room, Share } from "../protocol/room.ts";
import { originOf, refuseOverLong } from "./calc-evaluate.ts";
import type { Call } from "./call.ts";
import { bytesOfColumns, type Columns, jsonOfColumns, releaseColumns } from "./columns.ts";
import { readingOf } from "./nature.ts";
import { answerCancel, evaluationError } from "./refusal.ts";

/** What all rows gave; `values` is the JSON text of a list without its brackets. */
export type RowsDone = { values: string; failed: number; errors: { row: number; error: RpcError }[]; us: number };

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
const RETRY_MS = 1_000;

/** Runs when the calls before it allow; answers the call by itself when it fails. Throws what is refused at once. */
export function runRows(call: Call<unknown>, asked: RowsAsked): void {
  const { config } = call.house;
  const leave = admit(call, asked);
  const principal = call.caller.principal();
  const { scope, settings } = principal;
  const nature = readingOf(asked.expression);
  const askedMs = performance.now();
  answerCancel(call);
  scope.enter(nature, () => {
    const variables = scope.select(asked.expression);
    // The rows see the variables of this moment, so nobody need wait for their end.
    scope.leave(nature);
    const late = performance.now() - askedMs > config.queueMs;
    if (late && !call.answered) call.fail(new RpcError("request_timeout", { limit: { name: "queueMs", value: config.queueMs } }));
    if (call.answered) return leave();
    const request: EvaluateRequest = { ...originOf(call.caller, principal), kind: "rows", expression: asked.expression };
    const system = { ...settings, ...asked.settings };
    if (Object.keys(system).length > 0) request.settings = system;
    if (variables !== undefined) request.variables = variables;
    new Run(call, asked, request, leave).next();
  });
}

/** Lets a run in, and answers how it ends. Throws what is refused at once. */
function admit({ house, caller }: Call<unknown>, { expression, columns, count }: RowsAsked): () => void {
  const release = () => releaseColumns(columns);
  try {
    refuseOverLong(expression, caller.limits.expressionBytesMax);
    caller.principal().quota.check();
  } catch (error) {
    release();
    throw error;
  }
  return takeRoom(house.rowsRoom, bytesOfColumns(columns, 0, count), release);
}

/** Takes so many bytes of the room; answers how to give them back, and what they are of. Throws when they are not left, and releases that, too. */
export function takeRoom(room: Room, bytes: number, release: () => void): () => void {
  const share = new Share(room);
  if (share.hold(bytes)) {
    return () => {
      release();
      share.release();
    };
  }
  release();
  const limit = { name: "rowsBytesMax", value: room.bytesMax, used: room.taken + bytes };
  throw new RpcError("server_busy", { limit, retryAfterMs: RETRY_MS });
}

class Run {
  readonly #call: Call<unknown>;
  readonly #asked: RowsAsked;
  readonly #request: EvaluateRequest;
  readonly #over: () => void;
  readonly #done: RowsDone = { values: "", failed: 0, errors: [], us: 0 };
  /** Rows that have their value. */
  #count = 0;
  #sliceRows = SLICE_ROWS_FIRST;

  constructor(call: Call<unknown>, asked: RowsAsked, request: EvaluateRequest, over: () => void) {
    this.#call = call;
    this.#asked = asked;
    this.#request = request;
    this.#over = over;
  }

  /** Hands the next slice to the evaluator. */
  next(): void {
    const from = this.#count;
    const rows = sliceEnd(this.#asked, from, this.#sliceRows) - from;
    const columns = { json: jsonOfColumns(this.#asked.columns, from, from + rows), rows };
    const cancel = this.#call.house.evaluator.evaluate({ ...this.#request, columns }, (verdict) => this.#settle(verdict, rows));
    this.#call.onCancel(cancel);
  }

  #settle(verdict: Verdict, sent: number): void {
    try {
      const failure = this.#take(verdict, sent);
      if (failure !== undefined) this.#end(() => this.#call.fail(failure));
      else if (this.#count < this.#asked.count) {
        this.#asked.progress?.(this.#count);
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
    for (const { row, failure: why } of rows.failures) {
      if (done.errors.length === ERRORS_MAX) break;
      done.errors.push({ row: this.#count + row, error: evaluationError(why, this.#asked.expression) });
    }
    done.failed += rows.failed;
    done.us += us;
    done.values += this.#count === 0 ? rows.text : `,${rows.text}`;
    this.#count += rows.count;
    this.#sliceRows = rows.count < sent ? rows.count : us < SLICE_US_LOW ? this.#sliceRows * 2 : this.#sliceRows;
    this.#sliceRows = Math.min(this.#sliceRows, SLICE_ROWS_MAX);
    if (done.values.length > replyBytesMax) {
      const limit = { name: "replyBytesMax", value: replyBytesMax, used: done.values.length };
      return new RpcError("response_too_large", { limit });
    }
    if (done.us <= rowsMs * 1000 || this.#count === this.#asked.count) return undefined;
    const limit = { name: "rowsMs", value: rowsMs, used: Math.ceil(done.us / 1000) };
    return new RpcError("time_limit", { limit, detail: `${this.#count} of ${this.#asked.count} rows were done` });
  }
}

/** Where the slice that begins at `from` ends: at most `rowsMax` rows on, earlier when its texts are long. */
function sliceEnd({ columns, count }: RowsAsked, from: number, rowsMax: number): number {
  let end = Math.min(count, from + rowsMax);
  while (end > from + 1 && bytesOfColumns(columns, from, end) > SLICE_LENGTH_MAX) end = from + Math.floor((end - from) / 2);
  return end;
}
