/**
 * What JSON-RPC 2.0 and PROTOCOL.md ask of one frame, written once more and without looking: which reply must come, under
 * which id, of which kind. Knows the methods by their schemas alone.
 */
import { pascal } from "../scripts/generate/contract.ts";
import { contract, mismatch } from "../test/system/recorder.ts";

const DEPTH_MAX = 64;
const BATCH_MAX = 100;

export type Expected =
  /** Never answered. `closes` when the client says goodbye by it. */
  | { kind: "silent"; closes?: boolean }
  /** One of these errors, under this id. */
  | { kind: "error"; id: string; names: readonly string[] }
  /** A call that is to be carried out: its result, or an error of its own. */
  | { kind: "call"; id: string; method: string; params: unknown; closes: boolean }
  | { kind: "batch"; items: Expected[] };

/** The id of each object as it was written, for objects of one document. */
type Sources = Map<object, string>;

const METHODS = new Map(contract.methods.map((method) => [method.name, method]));

export function expect(text: string): Expected {
  const depth = depthOf(text);
  const sources: Sources = new Map();
  let value: unknown;
  try {
    value = JSON.parse(text, function (this: object, key: string, member: unknown, ...[context]: [{ source?: string }?]) {
      if (key === "id" && context?.source !== undefined) sources.set(this, context.source);
      return member;
    });
  } catch {
    return error("null", ...(depth > DEPTH_MAX ? ["parse_error", "request_too_large"] : ["parse_error"]));
  }
  if (depth > DEPTH_MAX) return error("null", "request_too_large");
  if (!Array.isArray(value)) return expectItem(value, sources);
  if (value.length === 0) return error("null", "invalid_request");
  if (value.length > BATCH_MAX) return error("null", "batch_too_large");
  return { kind: "batch", items: value.map((item) => expectItem(item, sources)) };
}

function error(id: string, ...names: string[]): Expected {
  return { kind: "error", id, names };
}

/** Levels of brackets outside strings; of a text that is no JSON too. */
function depthOf(text: string): number {
  let [depth, deepest] = [0, 0];
  for (const bracket of text.replace(/"(?:[^"\\]|\\.)*(?:"|\\?$)/gs, "").match(/[[\]{}]/g) ?? []) {
    depth += bracket === "[" || bracket === "{" ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function expectItem(item: unknown, sources: Sources): Expected {
  if (typeof item !== "object" || item === null || Array.isArray(item)) return error("null", "invalid_request");
  const members = new Map<string, unknown>(Object.entries(item));
  const isVersioned = members.get("jsonrpc") === "2.0";
  const isResponse = isVersioned && !members.has("method") && (members.has("result") || members.has("error"));
  if (isResponse) return { kind: "silent" };
  const id = members.has("id") ? sources.get(item) : "null";
  // Every id that is no object, array, true or false.
  const isId = !members.has("id") || (id !== undefined && !/^[tf]/.test(id));
  const method = members.get("method");
  if (!isId || id === undefined) return error("null", "invalid_request");
  if (!isVersioned || typeof method !== "string") return error(id, "invalid_request");
  const params = members.get("params");
  const isRight = !members.has("params") || (typeof params === "object" && params !== null);
  if (!isRight) return members.has("id") ? error(id, "invalid_request") : { kind: "silent" };
  return expectCall(members.has("id") ? id : undefined, method, params);
}

function expectCall(id: string | undefined, method: string, params: unknown): Expected {
  const row = METHODS.get(method);
  const problem =
    row === undefined
      ? "method_not_found"
      : !isOpen(row.role)
        ? "forbidden"
        : fits(method, params)
          ? undefined
          : "invalid_params";
  const closes = problem === undefined && method === "session.close";
  if (id === undefined) return { kind: "silent", closes };
  return problem === undefined ? { kind: "call", id, method, params, closes } : error(id, problem);
}

/** Whether somebody without a token may call it. */
const isOpen = (role: string): boolean => role === "nobody" || role === "anyone";

/** Params by name, however they were given. */
export function byName(method: string, params: unknown): Record<string, unknown> {
  if (!Array.isArray(params)) return { ...Object(params) };
  const order = METHODS.get(method)?.params.order ?? [];
  return Object.fromEntries(params.map((value, index) => [order[index], value]));
}

/** Whether the params are what the method's schema asks for, by name or by position. */
function fits(method: string, params: unknown): boolean {
  const order = METHODS.get(method)?.params.order ?? [];
  if (Array.isArray(params) && params.length > order.length) return false;
  const named = byName(method, params);
  // A key is known by the entry it leaves.
  if (method === "calc.evaluate" && named["key"] !== undefined && named["record"] === false) return false;
  return mismatch(`${pascal(method)}Params`, named) === undefined;
}
