/**
 * What PROTOCOL.md says of frames, written once more and without looking: the bytes of a whole connection to the frames a
 * server must see in them. It has all bytes at once, so it needs no state between packets.
 */
import { isUtf8 } from "node:buffer";

/** The settings of the server under test. */
const FRAME_BYTES_MAX = 65_536;
const LONG_BYTES_MAX = 8_388_608;
const HEADER_BYTES_MAX = 4_096;
const FIRST_LINE_BYTES_MAX = FRAME_BYTES_MAX + 2;

/** First lines of Redis, mail, SSH and PROXY. */
const STRANGERS = [/^\*\d+\r?\n?$/, /^(EHLO|HELO|LHLO) \S+\r?\n?$/i, /^SSH-\d\.\d+-/, /^PROXY (TCP4|TCP6|UNKNOWN)[ \r\n]/];

/** A frame as it must be understood. `perhaps`: over the usual size, and what becomes of it depends on more than framing. */
export type Understood = { kind: "text"; text: string } | { kind: "overlong" | "invalid-utf8" | "broken" | "perhaps" };

/** `read`: how many of the bytes were looked at; behind a header nobody understands nothing is. */
export type Heard = {
  dialect: "none" | "json" | "header" | "text" | "http" | "tls" | "stranger";
  frames: Understood[];
  read: number;
};

export function understand(bytes: Buffer): Heard {
  const start = skipBlank(bytes);
  const dialect = dialectOf(bytes.subarray(start));
  if (dialect === "json") return { dialect, frames: cutLines(bytes.subarray(start)), read: bytes.length };
  if (dialect === "header") {
    const { frames, read } = cutHeaders(bytes.subarray(start));
    return { dialect, frames, read: start + read };
  }
  return { dialect, frames: [], read: bytes.length };
}

/** Blank lines and byte order marks before the first line decide nothing. */
function skipBlank(bytes: Buffer): number {
  const [blank] = /^(?:[ \t\r]*\n|\u00ef\u00bb\u00bf)*/.exec(bytes.toString("latin1")) ?? [""];
  return blank.length;
}

function dialectOf(bytes: Buffer): Heard["dialect"] {
  const lf = bytes.indexOf(0x0a);
  const whole = lf === -1 ? bytes : bytes.subarray(0, lf + 1);
  const line = whole.toString("latin1", 0, FIRST_LINE_BYTES_MAX);
  const isWhole = whole.length <= FIRST_LINE_BYTES_MAX;
  if (/^[ \t\r]*$/.test(line)) return "none";
  if (/^[ \t\r]*[{[]/.test(line)) return "json";
  if (/^\x16\x03/.test(line)) return "tls";
  if (/^(\0|[\x04\x05][^\xff])/.test(line)) return "stranger";
  if (line.includes("\xff")) return "text";
  if (/^content-(length|type)[ \t]*:/i.test(line)) return "header";
  if (isWhole && STRANGERS.some((form) => form.test(line))) return "stranger";
  const request = isWhole ? /^[a-z-]+ \S+ HTTP\/\d/i : /^(GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH|PRI) /i;
  return request.test(line) ? "http" : "text";
}

function cutLines(bytes: Buffer): Understood[] {
  const frames: Understood[] = [];
  for (let at = 0; at < bytes.length; ) {
    const lf = bytes.indexOf(0x0a, at);
    const end = lf === -1 ? bytes.length : lf;
    const line = bytes.subarray(at, bytes[end - 1] === 0x0d && end > at ? end - 1 : end);
    // Nobody reads a line that is too long to the end to see whether it is blank.
    if (line.length > FRAME_BYTES_MAX || !/^[ \t]*$/.test(line.toString("latin1"))) frames.push(take(line));
    at = end + 1;
  }
  return frames;
}

function take(content: Buffer): Understood {
  if (content.length > FRAME_BYTES_MAX) {
    const head = content.toString("latin1", 0, 1_024);
    return { kind: head.includes("calc.evaluateRows") ? "perhaps" : "overlong" };
  }
  return isUtf8(content) ? { kind: "text", text: content.toString("utf8") } : { kind: "invalid-utf8" };
}

function cutHeaders(bytes: Buffer): { frames: Understood[]; read: number } {
  const frames: Understood[] = [];
  const broken = (read: number) => ({ frames: [...frames, { kind: "broken" } as const], read });
  for (let at = 0; at < bytes.length; ) {
    const header = readHeader(bytes, at);
    if (header === "blank") at = bytes.indexOf(0x0a, at) + 1;
    else if (typeof header === "number") return broken(header);
    else {
      const { body, length } = header;
      const there = bytes.length - body;
      if (length <= FRAME_BYTES_MAX) {
        if (there < length) return broken(bytes.length);
        frames.push(take(bytes.subarray(body, body + length)));
      } else if (length > LONG_BYTES_MAX) frames.push({ kind: "overlong" });
      else if (there > FRAME_BYTES_MAX) {
        const isLong = bytes.toString("latin1", body, body + 1_024).includes("calc.evaluateRows");
        if (isLong && there < length) return broken(bytes.length);
        frames.push({ kind: isLong ? "perhaps" : "overlong" });
      } else return broken(bytes.length);
      at = body + length;
    }
  }
  return { frames, read: bytes.length };
}

/** One header block: where its body begins and how long it is; or, when it cannot be trusted, where that is seen. */
function readHeader(bytes: Buffer, from: number): { body: number; length: number } | "blank" | number {
  let length: number | undefined;
  for (let at = from; ; ) {
    const lf = bytes.indexOf(0x0a, at);
    const end = lf === -1 ? bytes.length : lf + 1;
    if (lf === -1 || end - from > HEADER_BYTES_MAX) return end;
    const line = bytes.toString("latin1", at, lf).replace(/\r$/, "");
    if (line === "") {
      if (at === from) return "blank";
      return length === undefined ? end : { body: end, length };
    }
    const [, name, value = ""] = /^([\w!#$%&'*+.^`|~-]+)\s*:(.*)$/s.exec(line) ?? [];
    if (name === undefined) return end;
    if (name.toLowerCase() === "content-length") {
      if (length !== undefined || !/^\d{1,15}$/.test(value.trim())) return end;
      length = Number(value.trim());
    }
    at = end;
  }
}
