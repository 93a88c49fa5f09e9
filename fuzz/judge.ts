/**
 * Holds what a connection was answered to what it had to be: every request its one reply, under its id byte for byte, of the
 * right kind and by its schema; nothing for what asks for nothing; and not one reply more.
 */
import { isDeepStrictEqual } from "node:util";
import { cutReplies } from "../scripts/conformance/framing.ts";
import { pair } from "../scripts/conformance/pattern.ts";
import { pascal } from "../scripts/generate/contract.ts";
import { contract, mayFail, membersOf, mismatch } from "../test/system/recorder.ts";
import { byName, type Expected, expect } from "./dispatch.ts";
import type { Heard, Understood } from "./framing.ts";
import type { Talk } from "./talk.ts";

type Single = Extract<Expected, { kind: "error" | "call" }>;
/** `value` is the whole reply. */
type Reply = {
  id: string;
  text: string;
  value: { result?: unknown; error?: { code: number; message: string; data: { name: string } } };
};
type Said = { singles: Reply[]; batches: Reply[][] };
/** `wild`: replies nobody can foretell. Behind `closes` a reply may come or not. */
type Wanted = {
  singles: Single[];
  batches: Single[][];
  late: { singles: Single[]; batches: Single[][] };
  wild: number;
  ids: Map<string, number>;
};

const SHOWN_MAX = 400;
const REPLY = /^\{"jsonrpc":"2\.0","id":("(?:[^"\\]|\\.)*"|null|-?[\d.eE+-]+),"(?:result|error)":/;
const ERRORS = new Map(contract.errors.map((row) => [row.name, row]));
const EVENTS = new Set(contract.events.filter(({ from }) => from === "server").map(({ event }) => event));
/** A bug of ours by definition, or the end of a jailed process that nothing in its limits explains. */
const NEVER = ["internal_error", "engine_crashed"];
/** Params that fit the schema and not each other: what a schema cannot say. */
const ALSO_REFUSED = new Set(["admin.kick", "calc.evaluateRows", "calc.sample", "scope.set", "server.ping", "session.open"]);
/** What a call is told before anybody asks whether its id is in flight. */
const BEFORE_IDS = ["parse_error", "invalid_request", "request_too_large", "batch_too_large"];

/** What is said to who speaks something else: one answer. */
const AWAY: Readonly<Partial<Record<Heard["dialect"], RegExp>>> = {
  http: /^HTTP\/1\.1 400 .*\n$/s,
  tls: /^[^\n]*TLS[^\n]*\n$/,
  stranger: /^[^\n]*JSON-RPC[^\n]*\n$/,
};

/** Why the talk was not what it had to be, or undefined. */
export function judge(heard: Heard, { heard: bytes, end }: Talk): string | undefined {
  if (end !== "closed" && !(end === "reset" && heard.dialect !== "json")) return `the connection ended as: ${end}`;
  if (heard.dialect === "none") return bytes.length === 0 ? undefined : `an answer to nothing: ${show(bytes.toString())}`;
  if (heard.dialect === "text") return judgeText(bytes);
  const turnedAway = AWAY[heard.dialect];
  if (turnedAway !== undefined)
    return turnedAway.test(bytes.toString()) ? undefined : `no answer for ${heard.dialect}: ${show(bytes.toString())}`;
  const said = read(bytes, heard.dialect === "header" ? "headers" : "lines");
  return typeof said === "string" ? said : compare(want(heard.frames), said);
}

/** Lines for people, without a character that does something to their terminal. */
export function judgeText(bytes: Buffer): string | undefined {
  const text = bytes.toString("utf8");
  const found = /[\p{Cc}[\p{Cf}--[\u200c\u200d]]\p{Cs}\u2028\u2029]/v.exec(text.replaceAll("\n", ""));
  if (found !== null)
    return `a control character is echoed: ${show(text.slice(Math.max(0, found.index - 40), found.index + 40))}`;
  if (!Buffer.from(text).equals(bytes)) return "what is said is not UTF-8";
  return text === "" || text.endsWith("\n") ? undefined : "the last line has no end";
}

function read(bytes: Buffer, framing: "headers" | "lines"): Said | string {
  const { replies, used } = cutReplies(framing, bytes);
  if (used !== bytes.length) return `bytes that are no reply: ${show(bytes.toString("utf8", used))}`;
  const said: Said = { singles: [], batches: [] };
  for (const text of replies) {
    const isBatch = text.startsWith("[");
    const parsed = parse(text);
    if (parsed === undefined) return `a reply is no JSON: ${show(text)}`;
    const values: unknown[] = Array.isArray(parsed) ? parsed : [parsed];
    const sources = isBatch ? cutItems(text, values) : [text];
    const replied: Reply[] = [];
    for (const [index, value] of values.entries()) {
      if (isEvent(value)) continue;
      const reply = toReply(value, sources[index] ?? "");
      if (typeof reply === "string") return reply;
      replied.push(reply);
    }
    if (isBatch) said.batches.push(replied);
    else said.singles.push(...replied);
  }
  return said;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The items of an array as they were written: their ids must be looked at byte by byte. */
function cutItems(text: string, values: readonly unknown[]): string[] {
  let at = 1;
  return values.map((_, index) => {
    // An item begins as every reply does; inside a string the quotes would be escaped.
    const next = index === values.length - 1 ? text.length : text.indexOf(',{"jsonrpc":"2.0","id":', at);
    const item = text.slice(at, next);
    at = next + 1;
    return item;
  });
}

function isEvent(value: unknown): boolean {
  const { method } = Object(value);
  return typeof method === "string" && EVENTS.has(method) && !("id" in Object(value));
}

function toReply(value: unknown, text: string): Reply | string {
  const [, id] = REPLY.exec(text) ?? [];
  const members = Object.keys(Object(value));
  const last = members.at(-1);
  if (id === undefined || members.length !== 3 || (last !== "result" && last !== "error"))
    return `no reply of JSON-RPC 2.0: ${show(text)}`;
  const reply: Reply = { id, text, value: Object(value) };
  const { error } = reply.value;
  if (error === undefined) return reply;
  const row = ERRORS.get(error.data?.name);
  if (row === undefined || row.code !== error.code || row.message !== error.message) return `an error of no name: ${show(text)}`;
  if (NEVER.includes(row.name)) return `${row.name}: ${show(text)}`;
  if (mismatch("ErrorObject", error) !== undefined) return `an error that does not fit: ${show(text)}`;
  const strange = Object.keys(error.data).find((key) => !membersOf(row).includes(key));
  return strange === undefined ? reply : `${row.name} has no ${strange}: ${show(text)}`;
}

function want(frames: readonly Understood[]): Wanted {
  const wanted: Wanted = { singles: [], batches: [], late: { singles: [], batches: [] }, wild: 0, ids: new Map() };
  let closing = false;
  for (const frame of frames) {
    const goal = closing ? wanted.late : wanted;
    const expected = expectFrame(frame);
    if (expected === undefined) wanted.wild += 1;
    else if (expected.kind === "batch") {
      const asked = expected.items.filter((item): item is Single => item.kind === "error" || item.kind === "call");
      if (asked.length > 0) goal.batches.push(asked);
      for (const { id } of asked) wanted.ids.set(id, (wanted.ids.get(id) ?? 0) + 1);
      closing ||= expected.items.some((item) => "closes" in item && item.closes === true);
    } else {
      closing ||= "closes" in expected && expected.closes === true;
      if (expected.kind === "silent") continue;
      goal.singles.push(expected);
      wanted.ids.set(expected.id, (wanted.ids.get(expected.id) ?? 0) + 1);
    }
  }
  return wanted;
}

function expectFrame(frame: Understood): Expected | undefined {
  const refused = (...names: string[]): Expected => ({ kind: "error", id: "null", names });
  if (frame.kind === "text") return expect(frame.text);
  if (frame.kind === "overlong") return refused("request_too_large");
  if (frame.kind === "invalid-utf8") return refused("parse_error");
  return frame.kind === "broken" ? refused("invalid_request") : undefined;
}

function compare(wanted: Wanted, said: Said): string | undefined {
  const isAnswer = (one: Single, reply: Reply) => whyNot(one, reply, wanted.ids) === undefined;
  const isBatch = (one: readonly Single[], replies: readonly Reply[]) =>
    one.length === replies.length && pair(one, replies, isAnswer) === undefined;
  // Together: what is behind a goodbye may have been answered in words that fit something before it.
  const singles = settle([...wanted.singles, ...wanted.late.singles], said.singles, isAnswer);
  const batches = settle([...wanted.batches, ...wanted.late.batches], said.batches, isBatch);
  const missing = singles.open.find((one) => wanted.singles.includes(one));
  if (missing !== undefined) {
    const near = singles.left.find(({ id }) => id === missing.id);
    if (near === undefined) return `no reply for ${show(JSON.stringify(missing))}`;
    return `${whyNot(missing, near, wanted.ids)}; asked: ${show(JSON.stringify(missing))}; replied: ${show(near.text)}`;
  }
  const missingBatch = batches.open.find((one) => wanted.batches.includes(one));
  if (missingBatch !== undefined) {
    const replies = batches.left.map((batch) => batch.map(({ text }) => text).join(","));
    return `no reply, or a wrong one, for the batch ${show(JSON.stringify(missingBatch))}; left are: ${show(replies.join(" "))}`;
  }
  // To what nobody can foretell something may have been said.
  const [more, moreBatches] = [singles.left, batches.left];
  if (more.length + moreBatches.length <= wanted.wild) return undefined;
  return `a reply nobody asked for: ${show(more[0]?.text ?? moreBatches[0]?.map(({ text }) => text).join(",") ?? "")}`;
}

/** Gives each wanted thing a reply of its own that fits: the first that is free, or one whose holder can do with another. */
function settle<W, S>(wanted: readonly W[], said: readonly S[], fits: (wanted: W, said: S) => boolean): { open: W[]; left: S[] } {
  const free = new Set(said);
  const holders = new Map<S, W>();
  const give = (one: W, asked: Set<S>): boolean => {
    const found = free.values().find((reply) => fits(one, reply)) ?? said.find((reply) => mayYield(one, reply, asked));
    if (found === undefined) return false;
    free.delete(found);
    holders.set(found, one);
    return true;
  };
  const mayYield = (one: W, reply: S, asked: Set<S>): boolean => {
    const holder = holders.get(reply);
    if (holder === undefined || asked.has(reply) || !fits(one, reply)) return false;
    asked.add(reply);
    return give(holder, asked);
  };
  const open = wanted.filter((one) => !give(one, new Set()));
  return { open, left: [...free] };
}

/** Why the reply cannot be the one to this, or undefined. */
function whyNot(one: Single, { id, value }: Reply, ids: ReadonlyMap<string, number>): string | undefined {
  if (id !== one.id) return "another id";
  const name = value.error?.data.name;
  // Two calls in flight with one id: whether the first was answered in time is chance.
  const isBegun = one.kind === "call" || !one.names.some((early) => BEFORE_IDS.includes(early));
  if (name === "invalid_request" && isBegun && (ids.get(id) ?? 0) > 1) return undefined;
  if (one.kind === "error") return name !== undefined && one.names.includes(name) ? undefined : `not ${one.names.join(" or ")}`;
  // Whether a call is recorded may be a setting of the session, and a key on one that is not is refused.
  if (name === "invalid_params" && hasKey(one)) return undefined;
  if (name !== undefined) return whyNoFailure(one.method, name);
  const why = mismatch(`${pascal(one.method)}Result`, value.result);
  if (why !== undefined) return `the result does not fit: ${why}`;
  const { echo } = byName(one.method, one.params);
  const isEcho = one.method !== "server.ping" || echo === undefined || isDeepStrictEqual(Object(value.result).echo, clean(echo));
  return isEcho ? undefined : "the echo differs";
}

/** A key by name or by position, and no word about the record. */
function hasKey({ method, params }: { method: string; params: unknown }): boolean {
  const { key, record } = byName(method, params);
  return method === "calc.evaluate" && key !== undefined && record === undefined;
}

/** As JSON writes it: what is too large for a number is null. */
function clean(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function whyNoFailure(method: string, name: string): string | undefined {
  const row = ERRORS.get(name);
  const isRefused = ["parse_error", "method_not_found", "invalid_request"].includes(name);
  if (row === undefined || isRefused) return `a right call is refused: ${name}`;
  if (name === "invalid_params") return ALSO_REFUSED.has(method) ? undefined : "the params fit the schema and are refused";
  return mayFail(method, row) ? undefined : `${method} may not give ${name}`;
}

function show(text: string): string {
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}… (${text.length})` : text;
}
