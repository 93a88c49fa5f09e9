/** What somebody is told whose frame holds nothing that can be called: too long, in no known letters, or of no known length. */
import type { Config } from "../config.ts";
import { RpcError } from "../protocol/errors.ts";
import type { Frame } from "../protocol/frame.ts";
import { LONG_METHOD } from "../protocol/long-frames.ts";
import type { ParsedCall } from "../protocol/message.ts";

export type Unreadable = Exclude<Frame, { kind: "text" | "http" | "tls" }>;

/** When a long line may find room again. */
const CROWDED_MS = 1_000;

export function refusalOf(frame: Unreadable, config: Config): RpcError {
  switch (frame.kind) {
    case "overlong":
      return tooLong(frame.limit, config);
    case "crowded": {
      const limit = { name: "rowsBytesMax", value: config.rowsBytesMax };
      return new RpcError("server_busy", { limit, retryAfterMs: CROWDED_MS });
    }
    case "invalid-utf8":
      return new RpcError("parse_error", { detail: "not UTF-8" });
    case "bad-header":
      return new RpcError("invalid_request", { detail: "Content-Length is missing or not a number" });
  }
}

/** A frame may be longer than others only for one method; that it looked like it was a guess. */
export function mayBeAsLong(call: ParsedCall, length: number, { frameBytesMax }: Config): boolean {
  if (length <= frameBytesMax || call.kind === "invalid") return true;
  return (call.kind === "request" || call.kind === "notification") && call.method === LONG_METHOD;
}

export function tooLong(value: number, { frameBytesMax }: Config): RpcError {
  const name = value === frameBytesMax ? "frameBytesMax" : "rowsFrameBytesMax";
  return new RpcError("request_too_large", { limit: { name, value } });
}
