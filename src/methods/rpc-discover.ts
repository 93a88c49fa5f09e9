/** `rpc.discover`: the OpenRPC document, generated from `schemas/`. */
import { OPENRPC } from "../protocol/generated/openrpc.ts";
import type { Call } from "./call.ts";

export function rpcDiscover(call: Call<unknown>): void {
  call.answer(OPENRPC);
}
