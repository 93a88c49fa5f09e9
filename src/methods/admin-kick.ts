/** `admin.kick`: ends connections at once, whatever they still wait for. */
import { RpcError } from "../protocol/errors.ts";
import type { AdminKickParams } from "../protocol/generated/types.ts";
import type { Call } from "./call.ts";

export function adminKick(call: Call<AdminKickParams>): void {
  const { connection, principal } = call.params;
  if ((connection === undefined) === (principal === undefined)) {
    throw new RpcError("invalid_params", { path: "", detail: "needs connection or principal, one of the two" });
  }
  const kicked = call.house.clients.kick(call.params);
  if (kicked === 0) throw new RpcError("not_found");
  call.answer({ kicked });
}
