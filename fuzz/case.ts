/**
 * One input of the fuzzer, and its file: a line for each part, in the notation of `test/wire/README.md`, so that a person
 * can read and write it.
 *
 * ```
 * # why it is here
 * how lines
 * > {"jsonrpc":"2.0","id":1,"method":%ff%"server.ping"}%cut%%0a%
 * ```
 */
import { findMistake, type Packets, type Question, toPackets } from "../scripts/conformance/notation.ts";

/** A part is what was made by one mutation: a frame, a message, a line, a call. It is sent in these packets. */
export type Part = Packets;

/** `how` is the target's own word about the way the parts are sent. */
export type Case = { how: string; parts: Part[] };

/** What the corpus of the wire asks of a server. */
export const QUESTION: Question = { method: '"server.ping"', named: '{"echo":1}', list: "[1]" };

const PLAIN = /^[\x20-\x24\x26-\x7e]*$/;
const REPEATED_MIN = 64;

/** Reads a file of the corpus; throws what is wrong with it. */
export function parseCase(text: string, name: string): Case {
  let how = "";
  const parts: Part[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line === "" || line.startsWith("#")) continue;
    const [, word, rest = ""] = /^(how|>) ?(.*)$/.exec(line) ?? [];
    const mistake = word === undefined ? "a line is `how WORD`, `> PART` or a comment" : findMistake(rest);
    if (mistake !== undefined) throw new Error(`${name}:${index + 1}: ${mistake}`);
    if (word === "how") how = rest;
    else parts.push(toPackets(rest, QUESTION));
  }
  if (parts.length === 0) throw new Error(`${name}: there is no part in it`);
  return { how, parts };
}

/** The text of a file; every line of the comment becomes one. */
export function formatCase({ how, parts }: Case, comment: string): string {
  const head = comment.split("\n").map((line) => `# ${line}`.trimEnd());
  const body = parts.map((part) => `> ${formatPart(part)}`);
  return `${[...head, ...(how === "" ? [] : [`how ${how}`]), ...body].join("\n")}\n`;
}

function formatPart(part: Part): string {
  return part.map(formatBytes).join("%cut%");
}

/** What an editor shows stays as it is; one byte that comes many times in a row is counted. */
function formatBytes(bytes: Buffer): string {
  let text = "";
  let hidden: string[] = [];
  const flush = () => {
    if (hidden.length > 0) text += `%${hidden.join(" ")}%`;
    hidden = [];
  };
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    const sign = String.fromCharCode(byte);
    const run = runLength(bytes, at);
    if (run >= REPEATED_MIN && byte < 0x80) {
      flush();
      text += byte === 0x25 ? "%%".repeat(run) : `%${JSON.stringify(sign)} * ${run}%`;
      at += run;
      continue;
    }
    if (byte === 0x25 || PLAIN.test(sign)) {
      flush();
      text += byte === 0x25 ? "%%" : sign;
    } else hidden.push(byte.toString(16).padStart(2, "0"));
    at += 1;
  }
  flush();
  return text;
}

function runLength(bytes: Buffer, at: number): number {
  let end = at;
  while (end < bytes.length && bytes[end] === bytes[at]) end += 1;
  return end - at;
}
