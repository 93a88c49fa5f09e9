/** Which function answers which method. `schemas/methods/` says what each takes and gives; tsc says when one is missing. */
import type { MethodName, ParamsByMethod } from "../protocol/generated/types.ts";
import { adminClients } from "./admin-clients.ts";
import { adminDrain } from "./admin-drain.ts";
import { adminKick } from "./admin-kick.ts";
import { adminTrace } from "./admin-trace.ts";
import { calcCheck } from "./calc-check.ts";
import { calcComplete } from "./calc-complete.ts";
import { calcDescribe } from "./calc-describe.ts";
import { calcEvaluate } from "./calc-evaluate.ts";
import { calcEvaluateRows } from "./calc-evaluate-rows.ts";
import { calcSample } from "./calc-sample.ts";
import type { Call } from "./call.ts";
import { historyClear } from "./history-clear.ts";
import { historyExport } from "./history-export.ts";
import { historyGet } from "./history-get.ts";
import { historyList } from "./history-list.ts";
import { historyVerify } from "./history-verify.ts";
import { rpcDiscover } from "./rpc-discover.ts";
import { scopeClear } from "./scope-clear.ts";
import { scopeGet } from "./scope-get.ts";
import { scopeList } from "./scope-list.ts";
import { scopeSet } from "./scope-set.ts";
import { scopeUnset } from "./scope-unset.ts";
import { serverInfo } from "./server-info.ts";
import { serverPing } from "./server-ping.ts";
import { serverStatus } from "./server-status.ts";
import { sessionClose } from "./session-close.ts";
import { sessionConfigure } from "./session-configure.ts";
import { sessionInfo } from "./session-info.ts";
import { sessionOpen } from "./session-open.ts";

export const HANDLERS: { readonly [M in MethodName]: (call: Call<ParamsByMethod[M]>) => void } = {
  "admin.clients": adminClients,
  "admin.drain": adminDrain,
  "admin.kick": adminKick,
  "admin.trace": adminTrace,
  "calc.check": calcCheck,
  "calc.complete": calcComplete,
  "calc.describe": calcDescribe,
  "calc.evaluate": calcEvaluate,
  "calc.evaluateRows": calcEvaluateRows,
  "calc.sample": calcSample,
  "history.clear": historyClear,
  "history.export": historyExport,
  "history.get": historyGet,
  "history.list": historyList,
  "history.verify": historyVerify,
  "rpc.discover": rpcDiscover,
  "scope.clear": scopeClear,
  "scope.get": scopeGet,
  "scope.list": scopeList,
  "scope.set": scopeSet,
  "scope.unset": scopeUnset,
  "server.info": serverInfo,
  "server.ping": serverPing,
  "server.status": serverStatus,
  "session.close": sessionClose,
  "session.configure": sessionConfigure,
  "session.info": sessionInfo,
  "session.open": sessionOpen,
};
