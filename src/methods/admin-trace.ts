/** `admin.trace`: which calls are answered in the next while, and what becomes of them. */
import { RpcError } from "../protocol/errors.ts";
import type { AdminTraceParams } from "../protocol/generated/types.ts";
import type { Call } from "./call.ts";
import type { TraceFilter } from "./traces.ts";

const MS_DEFAULT = 1_000;
const LIMIT_DEFAULT = 100;

export function adminTrace(call: Call<AdminTraceParams>): void {
  const { ms = MS_DEFAULT, limit = LIMIT_DEFAULT, connection, principal } = call.params;
  const { caller, house } = call;
  const filter: TraceFilter = {
    limit,
    ...(connection !== undefined && { connection }),
    ...(principal !== undefined && { principal }),
  };
  const stop = house.traces.begin(filter, ms, (told) => call.answer(told));
  // Who looks at what others do leaves a trace too.
  house.audit("trace", { ...caller.trace, tokenId: caller.token?.id, address: caller.peer, ms, of: { connection, principal } });
  call.onCancel(() => {
    stop();
    call.fail(new RpcError("cancelled"));
  });
}
