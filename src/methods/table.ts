/** Which function answers which method. `schemas/methods/` says what each takes and gives; tsc says when one is missing. */
import type { MethodName, ParamsByMethod } from "../protocol/generated/types.ts";
import { calcCheck } from "./calc-check.ts";
import { calcEvaluate } from "./calc-evaluate.ts";
import type { Call } from "./call.ts";
import { historyList } from "./history-list.ts";
import { rpcDiscover } from "./rpc-discover.ts";
import { serverInfo } from "./server-info.ts";
import { serverPing } from "./server-ping.ts";
import { sessionInfo } from "./session-info.ts";
import { sessionOpen } from "./session-open.ts";

export const HANDLERS: { readonly [M in MethodName]: (call: Call<ParamsByMethod[M]>) => void } = {
  "calc.check": calcCheck,
  "calc.evaluate": calcEvaluate,
  "history.list": historyList,
  "rpc.discover": rpcDiscover,
  "server.info": serverInfo,
  "server.ping": serverPing,
  "session.info": sessionInfo,
  "session.open": sessionOpen,
};
