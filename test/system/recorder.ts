/**
 * Hears every exchange of a test's connection: holds each reply to the schema of the method it answers, each error to its row
 * of the table, each event to its schema, and counts which were exercised. A reply that does not fit fails the test it belongs to, then and there.
 *
 * Each process leaves its counts in the folder that `test/exchanges.ts` made for the run; one file run alone leaves none.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";
import { type ErrorRow, pascal, readContract } from "../../scripts/generate/contract.ts";
import { makeAjv } from "../../scripts/generate/validators.ts";
import { createDecoder, type Decoder, type Frame } from "../../src/protocol/frame.ts";
import { idSource, itemSources } from "../../src/protocol/json-source.ts";
import { type ParsedCall, parseMessage } from "../../src/protocol/message.ts";

export const contract = readContract(new URL("../../", import.meta.url));

/** `result METHOD`, `error NAME` and `event NAME`, with how often. */
const counts = new Map<string, number>();
const ajv = makeAjv(contract);
const folder = process.env["CANADUCK_EXCHANGES"];
if (folder !== undefined) {
  process.on("exit", () => writeFileSync(join(folder, `${process.pid}.json`), JSON.stringify([...counts])));
}

/** Above every limit of a server under test. */
const FRAME_BYTES_MAX = 64 * 1024 * 1024;
const LIMITS = { depthMax: 10_000, batchMax: 10_000 };

/** Listens to both directions of a connection that has not been used yet. */
export function record(socket: Socket): void {
  const exchange = new Exchange();
  const write: Socket["write"] = socket.write.bind(socket);
  const end: Socket["end"] = socket.end.bind(socket);
  Object.assign(socket, {
    write: (chunk: string | Uint8Array, ...rest: []) => {
      exchange.sent(Buffer.from(chunk));
      return write(chunk, ...rest);
    },
    end: (...rest: []) => {
      exchange.ended();
      return end(...rest);
    },
  });
  socket.on("data", (chunk: string | Buffer) => {
    try {
      exchange.heard(Buffer.from(chunk));
    } catch (error) {
      // Whoever waits for this reply must not wait for ever.
      socket.destroy();
      throw error;
    }
  });
}

/** One connection: what was asked and not answered, by id. */
class Exchange {
  readonly #asked: Decoder = createDecoder({ frameBytesMax: FRAME_BYTES_MAX });
  readonly #said: Decoder = createDecoder({ frameBytesMax: FRAME_BYTES_MAX });
  readonly #open = new Map<string, string[]>();

  sent(bytes: Buffer): void {
    this.#read(textsOf(this.#asked.push(bytes)));
  }

  /** The client says no more: its last line may have no end. */
  ended(): void {
    this.#read(textsOf(this.#asked.end()));
  }

  #read(texts: readonly string[]): void {
    for (const text of texts) {
      const message = parseMessage(text, LIMITS);
      if (message.kind === "single") this.#ask(message.call);
      else if (message.kind === "batch") for (const call of message.calls) this.#ask(call);
    }
  }

  heard(bytes: Buffer): void {
    const { length } = bytes;
    const texts = textsOf(this.#said.push(bytes));
    // What a person or a stranger is told is no JSON.
    if (length === 0 || !["json", "header"].includes(this.#asked.dialect())) return;
    for (const text of texts) for (const reply of text.startsWith("[") ? itemSources(text) : [text]) this.#settle(reply);
  }

  #ask(call: ParsedCall): void {
    if (call.kind === "cancel") count("event $/cancelRequest");
    if (call.kind !== "request") return;
    const open = this.#open.get(call.id);
    if (open === undefined) this.#open.set(call.id, [call.method]);
    else open.push(call.method);
  }

  #settle(text: string): void {
    const reply = JSON.parse(text);
    // An event has a method and answers nothing.
    if ("method" in reply) return this.#hearEvent(reply, text);
    assert.deepEqual(Object.keys(reply), ["jsonrpc", "id", "error" in reply ? "error" : "result"], text);
    const open = this.#open.get(idSource(text)) ?? [];
    if ("error" in reply) this.#settleError(open, reply.error, text);
    else this.#settleResult(open, reply.result, text);
    if (open.length === 0) this.#open.delete(idSource(text));
  }

  #hearEvent(notification: { method: string; params: unknown }, text: string): void {
    assert.deepEqual(Object.keys(notification), ["jsonrpc", "method", "params"], text);
    const row = contract.events.find(({ event, from }) => event === notification.method && from === "server");
    assert.ok(row, `an event that is in no schema: ${text}`);
    assert.equal(mismatch(row.def, notification.params), undefined, text);
    count(`event ${row.event}`);
  }

  /** Of several calls with one id the first whose schema fits was answered. */
  #settleResult(open: string[], result: unknown, text: string): void {
    const index = open.findIndex((method) => mismatch(`${pascal(method)}Result`, result) === undefined);
    const [method] = index === -1 ? [] : open.splice(index, 1);
    const why = open.map((one) => mismatch(`${pascal(one)}Result`, result)).join("; ");
    assert.ok(method, `no call has this result: ${text.slice(0, 1000)}\n${why || "there was no such call"}`);
    count(`result ${method}`);
  }

  #settleError(open: string[], error: { code: number; message: string; data: { name: string } }, text: string): void {
    const row = contract.errors.find(({ name }) => name === error.data?.name);
    assert.ok(row, `an error of no name: ${text}`);
    assert.equal(mismatch("ErrorObject", error), undefined, text);
    assert.deepEqual([error.code, error.message], [row.code, row.message], text);
    const strange = Object.keys(error.data).filter((key) => !membersOf(row).includes(key));
    assert.deepEqual(strange, [], `members that ${row.name} does not have: ${text}`);
    // A second call with an id in flight is refused before the first is answered.
    const index = open.findLastIndex((method) => mayFail(method, row));
    assert.ok(open.length === 0 || index !== -1, `${open.join(" or ")} may not give ${row.name}: ${text}`);
    if (index !== -1) open.splice(index, 1);
    count(`error ${row.name}`);
  }
}

function textsOf(frames: readonly Frame[]): string[] {
  return frames.flatMap((frame) => (frame.kind === "text" ? [frame.text] : []));
}

function count(what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

/** Why the value does not fit, or undefined. */
export function mismatch(definition: string, value: unknown): string | undefined {
  const validate = ajv.getSchema(`canaduck#/$defs/${definition}`);
  if (validate === undefined) return `there is no ${definition}`;
  return validate(value) ? undefined : JSON.stringify(validate.errors);
}

export function membersOf({ data, retry }: ErrorRow): string[] {
  return ["name", ...(retry === "never" ? [] : ["retryable"]), ...data];
}

/** Refusals of the server may meet any method; what goes wrong in the work itself is on the method's list. */
export function mayFail(method: string, { name, kind }: ErrorRow): boolean {
  return kind !== "failed" || (contract.methods.find((one) => one.name === method)?.errors.includes(name) ?? false);
}
