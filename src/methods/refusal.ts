/** What the history or the evaluator refuses, and what fails in the jail, as the named errors a peer gets for it. */
import type { Refusal } from "../evaluator/evaluator.ts";
import { HistoryError } from "../history/history.ts";
import type { Failure } from "../jail/contract.ts";
import { type ErrorData, RpcError } from "../protocol/errors.ts";
import type { Call } from "./call.ts";
import { excerptOf } from "./excerpt.ts";

/** `kind` as an append, a `keep` or a read tells it. */
export function historyRefusal(kind: "full" | "busy" | "closed"): RpcError {
  if (kind === "full") return new RpcError("storage_full", { detail: STORE_FULL, retryAfterMs: 1000 });
  if (kind === "busy") return new RpcError("server_busy", { retryAfterMs: 100 });
  return new RpcError("shutting_down");
}

const STORE_FULL = "its disk or its historyBytesMax is used up, which the operator can change; calls with record: false go on";

/** What a client gets that has used its own share of the store; waiting does not help, clearing does. */
export function shareRefusal(value: number): RpcError {
  const detail = "your share is used up; take what you need with history.export, then make room with history.clear";
  return new RpcError("storage_full", { detail, limit: { name: "historyBytesPerClientMax", value }, retryable: false });
}

/** Until the next `onCancel`, a cancel answers the call at once: nothing is done for it yet, and nothing will be. */
export function answerCancel(call: Pick<Call<unknown>, "onCancel" | "fail">): void {
  call.onCancel(() => call.fail(new RpcError("cancelled")));
}

/** The named error of a read that was refused; any other error as it is, to be reported as a bug. */
export function readRefusal(error: unknown): unknown {
  return error instanceof HistoryError && error.kind !== "failed" ? historyRefusal(error.kind) : error;
}

/** The named error of a failure, with the piece of the expression it points at. A verdict that says nothing is a crash. */
export function evaluationError(failure: Failure | Refusal | undefined, expression: string): RpcError {
  if (failure === undefined) return new RpcError("engine_crashed");
  const { name, ...rest } = failure;
  const data: ErrorData = rest;
  if (data.position !== undefined) data.excerpt = excerptOf(expression, data.position).text;
  return new RpcError(name, data);
}
