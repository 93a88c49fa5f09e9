/**
 * A server under test and the plain sockets that talk to it. Real everything: the server listens on a free port of
 * 127.0.0.1, evaluates in jailed processes, and keeps its history where the test says.
 */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { open } from "../../src/cli/serve.ts";
import { readConfig } from "../../src/config.ts";
import { openLog } from "../../src/log.ts";
import type { ErrorObject, MethodName, ResultByMethod } from "../../src/protocol/generated/types.ts";
import type { Server } from "../../src/server/server.ts";
import { PATIENCE_MS } from "../until.ts";
import { record } from "./recorder.ts";

/** A file of tokens that is not there: whoever runs the tests may have one in the usual place. */
export const NO_TOKENS = join(import.meta.dirname, "no-tokens.json");

/** Of a line, in the message that another one did not come. */
const SHOWN_CHARS = 200;

export type Running = { server: Server; port: number; url: string; close(): Promise<void> };

/** Starts a server with these settings over the defaults: a free port, a history in memory, a silent log. */
export async function start(settings: Record<string, unknown> = {}): Promise<Running> {
  const flags = { listen: ["tcp://127.0.0.1:0"], history: "memory:", logLevel: "silent", tokens: NO_TOKENS, ...settings };
  const config = readConfig({ flags, env: {} });
  const server = await open(config, openLog(config.logLevel), (reason) => {
    throw new Error(reason);
  });
  const url = server.urls[0] ?? "";
  return { server, url, port: Number(new URL(url).port), close: () => server.close() };
}

/** A server with these settings and a connection to it, for as long as `use` takes. */
export async function withServer(
  settings: Record<string, unknown>,
  use: (line: Line, running: Running) => Promise<void>,
): Promise<void> {
  const running = await start({ drainMs: "1000", ...settings });
  const line = await Line.to(running.port);
  try {
    await use(line, running);
  } finally {
    line.close();
    await running.close();
  }
}

/** One connection, spoken to in bytes and heard in lines. */
export class Line {
  readonly socket: Socket;
  readonly #lines: string[] = [];
  readonly #waiting: ((line: string | undefined) => void)[] = [];
  #rest = "";
  #last = "nothing";
  #ended = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding("utf8");
    socket.on("data", (chunk: string) => this.#heard(chunk));
    socket.on("error", () => undefined);
    socket.on("close", () => this.#end());
    socket.on("end", () => this.#end());
  }

  static async to(port: number): Promise<Line> {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    await once(socket, "connect");
    record(socket);
    return new Line(socket);
  }

  send(bytes: string | Uint8Array): void {
    this.socket.write(bytes);
  }

  /** The next line, or undefined when the server has said its last. Rejects when neither comes in a minute. */
  next(): Promise<string | undefined> {
    const line = this.#lines.shift();
    if (line !== undefined || this.#ended) return Promise.resolve(line);
    const late = new Error(`no line came in ${PATIENCE_MS / 1_000} s; the last was ${this.#last.slice(0, SHOWN_CHARS)}`);
    return new Promise((resolve, reject) => {
      const patience = setTimeout(() => reject(late), PATIENCE_MS).unref();
      this.#waiting.push((heard) => {
        clearTimeout(patience);
        resolve(heard);
      });
    });
  }

  async lines(count: number): Promise<(string | undefined)[]> {
    const lines: (string | undefined)[] = [];
    for (let i = 0; i < count; i++) lines.push(await this.next());
    return lines;
  }

  /** Everything until the server closes. */
  async rest(): Promise<string[]> {
    const lines: string[] = [];
    for (let line = await this.next(); line !== undefined; line = await this.next()) lines.push(line);
    return lines;
  }

  /** Sends a JSON-RPC request and reads the next line as its reply. */
  async call<M extends MethodName>(method: M, params?: unknown, id: unknown = 1): Promise<Reply<M>> {
    this.send(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
    return JSON.parse((await this.next()) ?? "null");
  }

  /** The result of `calc.evaluate`, or its error. */
  calc(expression: string, more: object = {}): Promise<Reply<"calc.evaluate">> {
    return this.call("calc.evaluate", { expression, ...more });
  }

  close(): void {
    this.socket.destroy();
  }

  #heard(chunk: string): void {
    const lines = (this.#rest + chunk).split("\n");
    this.#rest = lines.pop() ?? "";
    this.#last = lines.at(-1) ?? this.#last;
    for (const line of lines) {
      const waiting = this.#waiting.shift();
      if (waiting === undefined) this.#lines.push(line);
      else waiting(line);
    }
  }

  #end(): void {
    this.#ended = true;
    for (const waiting of this.#waiting.splice(0)) waiting(undefined);
  }
}

/** What the wire says, believed to be one or the other; each test asserts which. */
export type Reply<M extends MethodName> = { jsonrpc: string; id: unknown; result: ResultByMethod[M]; error: ErrorObject };
