/**
 * A frame's text to JSON-RPC 2.0 messages, and replies back to text: step 3 and the encoding half of step 10.
 *
 * jsonrpc-lite classifies and constructs behind this file, and nowhere else. What it gets wrong is mended here:
 * it loses the id of invalid requests; calls null, empty, fractional and huge ids an internal error; takes an empty
 * method for none; puts the whole input into `error.data`; throws objects that are no Errors; serialises `params`
 * once more to check them; and assembles no batches. `test/protocol/message.test.ts` holds one test for each.
 *
 * An id is kept as its JSON source text, never as a value, and spliced into the reply: the echo is byte-exact.
 * Of duplicate keys the last counts. `__proto__` is an ordinary key.
 */
import { NotificationObject, parseObject } from "jsonrpc-lite";
import { RpcError, toErrorObject } from "./errors.ts";
import { isJson } from "./json-grammar.ts";
import { idSource, isDeeper, itemSources, memberSource } from "./json-source.ts";

/** One JSON-RPC object as it came in. `id` is always JSON source text, ready to be spliced into a reply. */
export type ParsedCall =
  | { kind: "request"; id: string; method: string; params: object | undefined }
  /** Never answered, whatever becomes of it. */
  | { kind: "notification"; method: string; params: object | undefined }
  /** `$/cancelRequest`: the id of the call to stop, as source text like every id. */
  | { kind: "cancel"; id: string }
  /** To be answered with this error, under this id. */
  | { kind: "invalid"; id: string; error: RpcError }
  /** Never answered: a response, or a notification whose params are neither object nor array. */
  | { kind: "ignored" };

/** One frame. */
export type ParsedMessage =
  | { kind: "single"; call: ParsedCall }
  /** At least one call. Their replies go out as one array; when there are none, nothing goes out. */
  | { kind: "batch"; calls: ParsedCall[] }
  /** To be answered with this one error and id null, and nothing else. */
  | { kind: "refused"; error: RpcError };

export type MessageLimits = {
  /** Levels of brackets of one frame: the setting `messageDepthMax`. */
  depthMax: number;
  /** Items of one batch. */
  batchMax: number;
};

/** What a reply carries when the request has no id that could be read. */
const NULL_ID = "null";

const IGNORED: ParsedCall = { kind: "ignored" };

/** Reads one frame. Never throws. `isDoubtful`: it comes from one who has sent what is not JSON; see `json-grammar.ts`. */
export function parseMessage(text: string, limits: MessageLimits, isDoubtful = false): ParsedMessage {
  if (isDeeper(text, limits.depthMax)) {
    return refused("request_too_large", { limit: { name: "messageDepthMax", value: limits.depthMax } });
  }
  if (isDoubtful && !isJson(text)) return refused("parse_error", {});
  let value: unknown;
  const { stackTraceLimit } = Error;
  // Nobody reads the stack, and a flood of garbage must stay cheap.
  Error.stackTraceLimit = 0;
  try {
    value = JSON.parse(text);
  } catch {
    // The reason V8 gives quotes the input, and an error never contains input.
    return refused("parse_error", {});
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  return Array.isArray(value) ? parseBatch(value, text, limits.batchMax) : { kind: "single", call: toCall(value, text) };
}

function parseBatch(values: unknown[], text: string, batchMax: number): ParsedMessage {
  if (values.length === 0) return refused("invalid_request", { detail: "A batch has at least one item." });
  if (values.length > batchMax) {
    return refused("batch_too_large", { limit: { name: "batchMax", value: batchMax, used: values.length } });
  }
  const sources = itemSources(text);
  return { kind: "batch", calls: values.map((value, index) => toCall(value, sources[index] ?? NULL_ID)) };
}

function refused(...[name, data]: ConstructorParameters<typeof RpcError>): ParsedMessage {
  return { kind: "refused", error: new RpcError(name, data) };
}

function toCall(value: unknown, source: string): ParsedCall {
  if (!isObject(value)) return invalid(NULL_ID, "A request is an object.");
  const hasId = Object.hasOwn(value, "id");
  if (hasId && !isId(value["id"]))
    return isResponse(value) ? IGNORED : invalid(NULL_ID, "id must be a string, a number or null.");
  const kind = classify(value, hasId);
  if (kind === "invalid") {
    if (isResponse(value)) return IGNORED;
    const detail = value["jsonrpc"] === "2.0" ? "method must be a string." : 'jsonrpc must be "2.0".';
    return invalid(hasId ? idSource(source) : NULL_ID, detail);
  }
  const { method, params } = value;
  if (typeof method !== "string" || !isParams(params)) {
    return hasId ? invalid(idSource(source), "params must be an object or an array.") : IGNORED;
  }
  if (hasId) return { kind: "request", id: idSource(source), method, params };
  return method === "$/cancelRequest" ? toCancel(params, source) : { kind: "notification", method, params };
}

/** What names no call is ignored: a notification has nobody to tell. */
function toCancel(params: unknown, source: string): ParsedCall {
  if (!isObject(params) || !Object.hasOwn(params, "id") || !isId(params["id"])) return IGNORED;
  return { kind: "cancel", id: idSource(memberSource(source, "params")) };
}

/**
 * `request`, `notification` or `invalid`, as jsonrpc-lite tells it of an envelope it cannot get wrong: another id in place
 * of one it may not like, a method that is not empty, and no params to serialise.
 */
function classify(message: Record<string, unknown>, hasId: boolean): string {
  const jsonrpc = message["jsonrpc"];
  const method = message["method"] === "" ? "-" : message["method"];
  return parseObject(hasId ? { jsonrpc, id: 0, method } : { jsonrpc, method }).type;
}

function invalid(id: string, detail: string): ParsedCall {
  return { kind: "invalid", id, error: new RpcError("invalid_request", { detail }) };
}

/** Answering a response could go on for ever between two servers. */
function isResponse(message: Record<string, unknown>): boolean {
  if (message["jsonrpc"] !== "2.0" || Object.hasOwn(message, "method")) return false;
  return Object.hasOwn(message, "result") || Object.hasOwn(message, "error");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isId(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number" || value === null;
}

function isParams(value: unknown): value is object | undefined {
  return value === undefined || (typeof value === "object" && value !== null);
}

/** A result that is JSON text already. */
export class WrittenResult {
  readonly json: string;
  readonly elapsedUs: number;

  constructor(json: string, elapsedUs: number) {
    this.json = json;
    this.elapsedUs = elapsedUs;
  }
}

/** A success reply. An undefined result is null. Throws `RpcError` internal_error when the result is not JSON. */
export function encodeResult(id: string, result: unknown): string {
  return `{"jsonrpc":"2.0","id":${id},"result":${result instanceof WrittenResult ? result.json : (toJson(result) ?? "null")}}`;
}

/** What `calc.evaluate` tells of a number, as the members of an object in JSON text; `text` needs no escapes. */
export function numberMembers(json: string, text: string): string {
  return `"type":"number","value":${json},"text":"${text}"`;
}

/** The reply of `calc.evaluate` for the members that tell of a value; `seq` of its entry, if it left one. */
export function encodeValue(id: string, members: string, us: number, seq?: number): string {
  const end = seq === undefined ? "}}" : `,"seq":${seq}}}`;
  return `{"jsonrpc":"2.0","id":${id},"result":{${members},"elapsedUs":${us}${end}`;
}

/** An error reply. */
export function encodeError(id: string, error: RpcError): string {
  return `{"jsonrpc":"2.0","id":${id},"error":${JSON.stringify(toErrorObject(error))}}`;
}

/** A message to a peer that expects none. Throws `RpcError` internal_error when the params are not JSON. */
export function encodeNotification(method: string, params?: object): string {
  // The class, not jsonrpc-lite's `notification()`: that one serialises the params once to check them, once to send them.
  return toJson(new NotificationObject(method, params)) ?? "";
}

/** The replies of one batch as one reply. There must be at least one: a batch of notifications is answered by nothing. */
export function encodeBatch(replies: string[]): string {
  return `[${replies.join(",")}]`;
}

/** Undefined for what JSON has no text for, as `JSON.stringify`. Throws for cycles, bigints and throwing getters. */
function toJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    throw new RpcError("internal_error");
  }
}
