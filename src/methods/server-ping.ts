/** `server.ping`: proof of life, and of the round trip. */
import { RpcError } from "../protocol/errors.ts";
import type { ServerPingParams } from "../protocol/generated/types.ts";
import type { Call } from "./call.ts";

/** A ping is for free, so it must stay small. */
const ECHO_BYTES_MAX = 1024;

export function serverPing(call: Call<ServerPingParams>): void {
  const { echo } = call.params;
  const time = new Date().toISOString();
  if (echo === undefined) return call.answer({ time });
  const used = Buffer.byteLength(JSON.stringify(echo));
  if (used > ECHO_BYTES_MAX) {
    const limit = { name: "echoBytesMax", value: ECHO_BYTES_MAX, used };
    throw new RpcError("invalid_params", { path: "/echo", detail: `must be at most ${ECHO_BYTES_MAX} bytes of JSON`, limit });
  }
  call.answer({ echo, time });
}
