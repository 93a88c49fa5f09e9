/**
 * Requests and their replies on one connection: JSON-RPC 2.0, one message a line, matched by id.
 *
 * Below the client, above the socket; lives exactly as long as the connection. Many requests are under way at a time, those
 * made in one tick leave in one write. What the server says is believed only as far as it is well-formed: a line that is
 * no JSON-RPC message, or longer than `replyBytesMax`, ends the connection.
 *
 * States: open -> lost. When lost, every request under way is settled with `connection_lost`, then `lost` is told once.
 */
import type { Socket } from "node:net";
import { createDecoder, type Frame } from "../protocol/frame.ts";
import type { MethodName, ResultByMethod } from "../protocol/generated/types.ts";
import { explain } from "./reconnect.ts";

/**
 * A call that did not work. From the server: its `code`, the `name` of its error table, its `data`.
 * Born on this side (`code` 0): `connection_lost`, `not_reachable`, `timeout`, `cancelled`, `closed`, `too_many_calls`,
 * `request_too_large`, `not_repeatable`, `bad_reply`.
 */
export class ClientError extends Error {
  readonly code: number;
  readonly data: Record<string, unknown>;

  constructor(name: string, message: string, code = 0, data: Record<string, unknown> = {}) {
    super(message);
    this.name = name;
    this.code = code;
    this.data = data;
  }
}

/** What became of a request: exactly one of the two. */
export type Reply = { result: unknown } | { error: ClientError };

export type ExchangeLimits = {
  /** Bytes of the longest reply that is believed. */
  replyBytesMax: number;
  /** Milliseconds between the blank lines that keep an idle connection open. */
  keepAliveMs: number;
  /** Milliseconds that the last bytes have to leave at the end. */
  closeMs: number;
};

export type ExchangeOwner = {
  /** The server says something that nobody asked for. Must not throw. */
  event(method: string, params: unknown): void;
  /** Called once, after the last `settle`. */
  lost(why: string): void;
};

export class Exchange {
  readonly #socket: Socket;
  readonly #closeMs: number;
  readonly #owner: ExchangeOwner;
  readonly #keepAlive: NodeJS.Timeout;
  readonly #underWay = new Map<number, (reply: Reply) => void>();
  #closing: NodeJS.Timeout | undefined;
  #lastId = 0;
  #outbox = "";
  #why = "the connection was closed";

  /** Takes the connected socket over. */
  constructor(socket: Socket, limits: ExchangeLimits, owner: ExchangeOwner) {
    this.#socket = socket;
    this.#owner = owner;
    this.#closeMs = limits.closeMs;
    const decoder = createDecoder({ frameBytesMax: limits.replyBytesMax });
    socket.setKeepAlive(true, limits.keepAliveMs);
    socket.on("data", (chunk: Buffer) => {
      for (const frame of decoder.push(chunk)) this.#heard(frame);
    });
    socket.on("error", (error) => {
      this.#why = explain(error);
    });
    socket.on("close", () => this.#end());
    this.#keepAlive = setInterval(() => socket.write("\n"), limits.keepAliveMs).unref();
  }

  /** Requests without a reply yet. */
  get inFlight(): number {
    return this.#underWay.size;
  }

  /**
   * Sends a request. `params` is the JSON text of a list or an object. Answers the request's id.
   * `settle` is called at most once, never before this returns, and not after `abandon`.
   */
  request(method: string, params: string, settle: (reply: Reply) => void): number {
    const id = ++this.#lastId;
    this.#underWay.set(id, settle);
    this.#send(`{"jsonrpc":"2.0","id":${id},"method":${JSON.stringify(method)},"params":${params}}\n`);
    return id;
  }

  /** Tells the server that nobody waits any more; `settle` is not called, a late reply is ignored. */
  abandon(id: number): void {
    if (this.#underWay.delete(id)) this.#send(`{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":${id}}}\n`);
  }

  /** Sends what is queued, then hangs up; a peer that does not read is not waited for longer than `closeMs`. */
  close(): void {
    this.#flush();
    this.#socket.destroySoon();
    this.#closing ??= setTimeout(() => this.#socket.destroy(), this.#closeMs).unref();
  }

  /** Hangs up at once. */
  cut(why: string): void {
    this.#why = why;
    this.#socket.destroy();
  }

  #send(line: string): void {
    if (this.#outbox === "") process.nextTick(() => this.#flush());
    this.#outbox += line;
  }

  #flush(): void {
    if (this.#outbox !== "" && this.#socket.writable) this.#socket.write(this.#outbox);
    this.#outbox = "";
  }

  #heard(frame: Frame): void {
    if (this.#socket.destroyed) return;
    const message = frame.kind === "text" ? parseObject(frame.text) : undefined;
    if (message === undefined) {
      this.cut("what answers there is not Canaduck");
      return;
    }
    if (message["method"] !== undefined) {
      if (typeof message["method"] === "string") this.#owner.event(message["method"], message["params"]);
      return;
    }
    const reply = replyOf(message);
    if (typeof message["id"] === "number") this.#settle(message["id"], reply);
    // An error without an id is about the connection as a whole; it explains the hang-up that may follow.
    else if ("error" in reply) this.#why = reply.error.message;
  }

  #settle(id: number, reply: Reply): void {
    const settle = this.#underWay.get(id);
    this.#underWay.delete(id);
    settle?.(reply);
  }

  #end(): void {
    clearInterval(this.#keepAlive);
    clearTimeout(this.#closing);
    const error = new ClientError("connection_lost", `the connection was lost before the reply came: ${this.#why}`);
    for (const settle of this.#underWay.values()) settle({ error });
    this.#underWay.clear();
    this.#owner.lost(this.#why);
  }
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The value itself when it is an object and no list. */
export function asObject(value: unknown): Record<string, unknown> | undefined {
  return isObject(value) ? value : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function replyOf(message: Record<string, unknown>): Reply {
  if (message["error"] === undefined) return { result: message["result"] };
  const error = asObject(message["error"]) ?? {};
  const data = asObject(error["data"]) ?? {};
  const code = typeof error["code"] === "number" ? error["code"] : 0;
  const text = typeof error["message"] === "string" ? error["message"] : "an error without a message";
  return { error: new ClientError(typeof data["name"] === "string" ? data["name"] : `error_${code}`, text, code, data) };
}

/** Every result is an object; what is in it is the server's word. */
export function isResultOf<M extends MethodName>(_method: M, result: unknown): result is ResultByMethod[M] {
  return asObject(result) !== undefined;
}
