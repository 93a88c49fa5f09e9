/** `server.ping`: proof of life, and of the round trip. */
import type { ServerPingParams } from "../protocol/generated/types.ts";
import type { Call } from "./call.ts";

export function serverPing(call: Call<ServerPingParams>): void {
  const { echo } = call.params;
  const time = new Date().toISOString();
  call.answer(echo === undefined ? { time } : { echo, time });
}
