/** What the history refuses, as the named errors a peer gets for it. */
import { HistoryError } from "../history/history.ts";
import { RpcError } from "../protocol/errors.ts";
import type { Call } from "./call.ts";

/** `kind` as an append, a `keep` or a read tells it. */
export function historyRefusal(kind: "full" | "busy" | "closed"): RpcError {
  if (kind === "full") return new RpcError("storage_full", { retryAfterMs: 1000 });
  if (kind === "busy") return new RpcError("server_busy", { retryAfterMs: 100 });
  return new RpcError("shutting_down");
}

/** Until the next `onCancel`, a cancel answers the call at once: nothing is done for it yet, and nothing will be. */
export function answerCancel(call: Pick<Call<unknown>, "onCancel" | "fail">): void {
  call.onCancel(() => call.fail(new RpcError("cancelled")));
}

/** The named error of a read that was refused; any other error as it is, to be reported as a bug. */
export function readRefusal(error: unknown): unknown {
  return error instanceof HistoryError && error.kind !== "failed" ? historyRefusal(error.kind) : error;
}
