/**
 * A program at the other end: JSON-RPC 2.0 messages in, replies out as soon as they are ready.
 *
 * The twin of text mode: the same handlers through the same dispatcher. Knows which request has which id, so that one can be
 * cancelled by it, and gathers the replies of a batch.
 */
import { hash } from "node:crypto";
import { HashTable, KEY_LENGTH_MAX } from "../hash-table.ts";
import type { Caller } from "../methods/call.ts";
import { RpcError } from "../protocol/errors.ts";
import type { Frame } from "../protocol/frame.ts";
import { LONG_METHOD } from "../protocol/long-frames.ts";
import { encodeError, encodeResult, type ParsedCall, parseMessage } from "../protocol/message.ts";
import type { PlainRequest } from "../protocol/plain-request.ts";
import { lendLists } from "../protocol/table-lists.ts";
import type { Table, TableRefusal } from "../protocol/table-scan.ts";
import { Batch, tooLarge } from "./batch.ts";
import type { CallInFlight, Desk, Reply } from "./dispatch.ts";
import { type Asker, admitPlain, type PlainCall } from "./plain-call.ts";
import type { RefusedFrame } from "./tally.ts";

const ZERO = 0x30;
/** When a long line may find room again. */
const CROWDED_MS = 1_000;

/** The session, as far as JSON mode needs it. */
export type Host = {
  /** Begins a call; `reply` is told once, perhaps before this returns. */
  begin(method: string, params: unknown, reply: Reply): CallInFlight;
  /** The same for a call that nobody here will cancel. */
  start(method: string, params: unknown, reply: Reply): void;
  /** A call is taken into work; one `release` for each when it is answered. */
  hold(): void;
  release(): void;
  /** Calls of a batch were taken in this turn, as if each had come alone. */
  took(count: number): void;
  /** A frame, or an item of a batch, was no request. */
  refused(reason: RefusedFrame): void;
  /** Closes once nothing is held. */
  finish(): void;
};

export class JsonMode implements Asker {
  readonly #desk: Desk;
  readonly #session: Host & Caller;
  readonly #send: (text: string) => void;
  /** Requests whose reply is not there yet, by the keys of their ids. */
  readonly #requests = new HashTable<string | number, CallInFlight | PlainCall>();
  /** The method asked for last: a text that was looked up before is found faster than a new one that says the same. */
  #method = "";
  /** The peer has sent what is not JSON. */
  #isDoubtful = false;

  constructor(desk: Desk, session: Host & Caller, send: (text: string) => void) {
    this.#desk = desk;
    this.#session = session;
    this.#send = send;
  }

  take(frame: Exclude<Frame, { kind: "stranger" }>): void {
    switch (frame.kind) {
      case "text":
        if (frame.plain !== undefined && this.#plain(frame.plain)) return;
        return this.#message(frame.text);
      case "table":
        return this.#table(frame.table);
      case "no-table":
        return this.#refuseTable(frame.why);
      case "overlong":
        return this.#refuse(this.#tooLong(frame.limit));
      case "crowded": {
        const limit = { name: "rowsBytesMax", value: this.#desk.house.config.rowsBytesMax };
        return this.#refuse(new RpcError("server_busy", { limit, retryAfterMs: CROWDED_MS }));
      }
      case "invalid-utf8":
        return this.#refuse(new RpcError("parse_error", { detail: "not UTF-8" }));
      case "bad-header":
        // Where the next message begins is anybody's guess now.
        this.#refuse(new RpcError("invalid_request", { detail: "Content-Length is missing or not a number" }));
        return this.#session.finish();
    }
  }

  /** The peer is gone: nobody waits for the replies. */
  drop(): void {
    for (const call of this.#requests.values()) call.cancel();
  }

  tell(id: string, key: number, reply: string, seq: number | undefined): void {
    this.#requests.delete(key);
    this.#deliver(id, reply, undefined, seq);
    this.#session.release();
  }

  replyTo(id: string, key: string | number, batch?: Batch): Reply {
    return (error, result) => {
      const text = error === undefined ? encodeResult(id, result) : encodeError(id, error);
      this.#requests.delete(key);
      this.#deliver(id, text, batch, seqOf(result));
      this.#session.release();
    };
  }

  #message(text: string): void {
    const { messageDepthMax, batchMax } = this.#desk.house.config;
    const message = parseMessage(text, { depthMax: messageDepthMax, batchMax }, this.#isDoubtful);
    if (message.kind === "single") this.#begin(message.call, undefined);
    else if (message.kind === "refused") {
      this.#isDoubtful ||= message.error.errorName === "parse_error";
      this.#refuseFrame(message.error);
    } else this.#beginBatch(message.calls);
  }

  /** A frame may be longer than others only for one method; that it looked like it was a guess. */
  #table({ rest, lists, share }: Table): void {
    // Whoever goes on with it counts it anew, before anybody else can.
    share.release();
    const { messageDepthMax, frameBytesMax } = this.#desk.house.config;
    const message = parseMessage(rest, { depthMax: messageDepthMax, batchMax: 1 });
    if (message.kind === "refused") return this.#refuseFrame(message.error);
    const call = message.kind === "single" ? message.call : undefined;
    if ((call?.kind === "request" || call?.kind === "notification") && call.method === LONG_METHOD) {
      lendLists(call.params, lists);
      this.#begin(call, undefined);
    } else if (call?.kind === "request") {
      this.#deliver(call.id, encodeError(call.id, this.#tooLong(frameBytesMax)), undefined);
    } else if (call?.kind === "invalid") this.#begin(call, undefined);
  }

  #refuseTable(why: TableRefusal): void {
    const { rowsNamesMax, rowsMax, messageDepthMax, frameBytesMax } = this.#desk.house.config;
    if (why === "json") return this.#refuseFrame(new RpcError("parse_error", {}));
    const limit = {
      names: { name: "rowsNamesMax", value: rowsNamesMax },
      brackets: { name: "rowsMax", value: rowsMax },
      depth: { name: "messageDepthMax", value: messageDepthMax },
      rest: { name: "frameBytesMax", value: frameBytesMax },
    }[why];
    this.#refuseFrame(new RpcError("request_too_large", { limit }));
  }

  #refuseFrame(error: RpcError): void {
    this.#session.refused(error.errorName);
    this.#refuse(error);
  }

  #tooLong(value: number): RpcError {
    const { frameBytesMax } = this.#desk.house.config;
    const name = value === frameBytesMax ? "frameBytesMax" : "rowsFrameBytesMax";
    return new RpcError("request_too_large", { limit: { name, value } });
  }

  #beginBatch(calls: ParsedCall[]): void {
    const batch = new Batch(this.#desk.house.config.replyBytesMax, this.#send);
    this.#session.took(calls.length);
    // Answers given at once must not close a session that is ending before the batch is answered.
    this.#session.hold();
    for (const call of calls) this.#begin(call, batch);
    batch.close();
    this.#session.release();
  }

  #begin(call: ParsedCall, batch: Batch | undefined): void {
    switch (call.kind) {
      case "ignored":
        return;
      case "cancel":
        return this.#requests.get(keyOf(call.id))?.cancel();
      case "invalid":
        this.#session.refused(call.error.errorName);
        batch?.expect();
        return this.#deliver(call.id, encodeError(call.id, call.error), batch);
      case "notification":
        this.#session.hold();
        return this.#session.start(call.method, call.params, () => this.#session.release());
      case "request":
        return this.#request(call.id, call.method, call.params, batch);
    }
  }

  /** False when the request must go the long way, and nothing was done for it. */
  #plain(request: PlainRequest): boolean {
    if (this.#requests.has(request.key)) return false;
    const begun = admitPlain(this.#desk, this.#session, request, this);
    if (begun === undefined) return false;
    if (typeof begun === "string") {
      this.#deliver(request.id, begun, undefined);
      return true;
    }
    this.#session.hold();
    this.#requests.set(request.key, begun);
    begun.begin();
    return true;
  }

  #request(id: string, method: string, params: unknown, batch: Batch | undefined): void {
    batch?.expect();
    const key = keyOf(id);
    if (this.#requests.has(key)) {
      const error = new RpcError("invalid_request", { detail: "a call with this id is still in flight" });
      return this.#deliver(id, encodeError(id, error), batch);
    }
    this.#session.hold();
    if (method !== this.#method) this.#method = method;
    const call = this.#session.begin(this.#method, params, this.replyTo(id, key, batch));
    if (!call.answered) this.#requests.set(key, call);
  }

  #refuse(error: RpcError): void {
    this.#send(encodeError("null", error));
  }

  #deliver(id: string, reply: string, batch: Batch | undefined, seq?: number): void {
    if (batch !== undefined) return batch.add(id, reply, seq);
    const { replyBytesMax } = this.#desk.house.config;
    // A UTF-16 unit is at most 3 bytes of UTF-8: short replies need no count.
    const used = reply.length * 3 <= replyBytesMax ? 0 : Buffer.byteLength(reply);
    this.#send(used <= replyBytesMax ? reply : tooLarge("response_too_large", id, replyBytesMax, used, seq));
  }
}

/** The entry of the history a result tells of. */
function seqOf(result: unknown): number | undefined {
  const seq: unknown = Object(result).seq;
  return typeof seq === "number" ? seq : undefined;
}

/**
 * One key for each id: a small whole number as itself, since a table finds numbers several times faster than new texts; of a long
 * text, which may be as long as a frame, the digest. No id is written like one: it is JSON, and has no `=` but in quotes.
 */
function keyOf(id: string): string | number {
  if (id.length > KEY_LENGTH_MAX) return hash("sha256", id, "base64");
  if (id.length > 9 || (id.length > 1 && id.charCodeAt(0) === ZERO)) return id;
  let key = 0;
  for (let at = 0; at < id.length; at += 1) {
    const digit = id.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return id;
    key = key * 10 + digit;
  }
  return key;
}
