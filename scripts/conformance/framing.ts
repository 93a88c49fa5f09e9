/** The client's side of each framing: a message to bytes, and what a server said so far to whole replies. */
import type { Framing } from "./wire-file.ts";

/** A message as it is sent; packet boundaries inside it are kept. */
export function frame(framing: Framing, packets: readonly Buffer[]): Buffer[] {
  const [first = Buffer.alloc(0), ...others] = packets;
  if (framing !== "headers") {
    const last = Buffer.from(framing === "crlf" ? "\r\n" : "\n");
    return [...packets.slice(0, -1), Buffer.concat([packets.at(-1) ?? first, last])];
  }
  const length = packets.reduce((sum, { length }) => sum + length, 0);
  return [Buffer.concat([Buffer.from(`Content-Length: ${length}\r\n\r\n`), first]), ...others];
}

/** The whole replies in `heard`, and how many of its bytes they take. A reply that is not framed as agreed stays unread. */
export function cutReplies(framing: Framing, heard: Buffer): { replies: string[]; used: number } {
  const replies: string[] = [];
  let used = 0;
  for (let next = cutOne(framing, heard, used); next !== undefined; next = cutOne(framing, heard, used)) {
    replies.push(next.reply);
    used = next.end;
  }
  return { replies, used };
}

function cutOne(framing: Framing, heard: Buffer, from: number): { reply: string; end: number } | undefined {
  if (framing === "bytes") return undefined;
  if (framing !== "headers") {
    const lf = heard.indexOf(0x0a, from);
    return lf === -1 ? undefined : { reply: heard.toString("utf8", from, lf), end: lf + 1 };
  }
  const body = heard.indexOf("\r\n\r\n", from);
  if (body === -1) return undefined;
  const [, length] = /^Content-Length: *(\d+)$/im.exec(heard.toString("latin1", from, body)) ?? [];
  const end = body + 4 + Number(length);
  return length === undefined || end > heard.length ? undefined : { reply: heard.toString("utf8", body + 4, end), end };
}
