/**
 * The replies of one JSON-RPC batch, gathered until the last is there and sent as one.
 *
 * Bounded by `replyBytesMax`: a reply that would pass it is replaced by the error that says so, so that every id still
 * gets its reply and no peer that reads is closed over one line.
 */
import { RpcError } from "../protocol/errors.ts";
import { encodeBatch, encodeError } from "../protocol/message.ts";

export class Batch {
  readonly #bytesMax: number;
  readonly #send: (text: string) => void;
  readonly #parts: string[] = [];
  #bytes = 0;
  /** One too many, so that answers given at once do not close the batch before its last call is begun. */
  #open = 1;

  constructor(bytesMax: number, send: (text: string) => void) {
    this.#bytesMax = bytesMax;
    this.#send = send;
  }

  /** A reply is to come. */
  expect(): void {
    this.#open += 1;
  }

  /** The reply that was to come, to the request `id`; `seq` is the entry it tells of. */
  add(id: string, reply: string, seq: number | undefined): void {
    const bytes = Buffer.byteLength(reply);
    const fits = this.#bytes + bytes <= this.#bytesMax;
    this.#parts.push(fits ? reply : tooLarge("batch_response_too_large", id, this.#bytesMax, this.#bytes + bytes, seq));
    if (fits) this.#bytes += bytes;
    this.close();
  }

  /** All calls are begun; call once. */
  close(): void {
    this.#open -= 1;
    if (this.#open === 0 && this.#parts.length > 0) this.#send(encodeBatch(this.#parts));
  }
}

/** The reply, or when it is too large to send, the error in its place. */
export function fitting(id: string, reply: string, bytesMax: number, seq: number | undefined): string {
  // A UTF-16 unit is at most 3 bytes of UTF-8: short replies need no count.
  const bytes = reply.length * 3 <= bytesMax ? 0 : Buffer.byteLength(reply);
  return bytes <= bytesMax ? reply : tooLarge("response_too_large", id, bytesMax, bytes, seq);
}

function tooLarge(
  name: "response_too_large" | "batch_response_too_large",
  id: string,
  value: number,
  used: number,
  seq: number | undefined,
): string {
  const limit = { name: "replyBytesMax", value, used };
  return encodeError(id, new RpcError(name, seq === undefined ? { limit } : { limit, seq }));
}
