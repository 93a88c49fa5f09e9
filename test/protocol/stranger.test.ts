/** Peers at the wrong door: known by their first line or first bytes, however these are cut, and one frame is all they are. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createDecoder, type Frame } from "../../src/protocol/frame.ts";
import type { Stranger } from "../../src/protocol/stranger.ts";

const LIMITS = { frameBytesMax: 80 };

const wire = (text: string): Buffer => Buffer.from(text, "latin1");
const single = (bytes: Buffer): Buffer[] => Array.from(bytes, (byte) => Buffer.from([byte]));

function decode(chunks: readonly Buffer[]): { dialect: string; frames: Frame[] } {
  const decoder = createDecoder(LIMITS);
  const frames = chunks.flatMap((chunk) => decoder.push(chunk));
  return { dialect: decoder.dialect(), frames: [...frames, ...decoder.end()] };
}

const STRANGERS: readonly [title: string, said: string, speaks: Stranger][] = [
  ["HTTP", "GET / HTTP/1.1\r\nHost: x\r\n\r\n2+2\n", "http"],
  ["HTTP in small letters", "get / http/1.1\r\n\r\n2+2\n", "http"],
  ["HTTP POST of a web page", "POST /a?b HTTP/1.1\r\n\r\n{}\n2+2\n", "http"],
  ["HTTP behind a blank line", "\r\nOPTIONS * HTTP/1.1\r\n", "http"],
  ["HTTP with a method of its own", "patch / HTTP/1.1\r\n", "http"],
  ["HTTP/2 without TLS", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "http"],
  ["HTTP request line over the limit", `POST /${"x".repeat(90)} HTTP/1.1\r\n\r\n2+2\n`, "http"],
  ["TLS ClientHello", "\x16\x03\x01\x02\0\x01\n2+2\n", "tls"],
  ["Redis", "*1\r\n$4\r\nPING\r\n", "redis"],
  ["Redis with LF alone", "*12\n$4\n", "redis"],
  ["mail", "ehlo a.example\r\nQUIT\r\n", "smtp"],
  ["SSH", "SSH-2.0-OpenSSH_9.6\r\n", "ssh"],
  ["PROXY protocol, version 1", "PROXY TCP4 192.0.2.1 192.0.2.2 3 4\r\n{}\n", "proxy"],
  ["PROXY protocol, version 1, of nobody known", "PROXY UNKNOWN\r\n{}\n", "proxy"],
  ["PROXY protocol, version 2", "\r\n\r\n\0\r\nQUIT\n!", "binary"],
  ["SOCKS 5", "\x05\x01\0", "binary"],
  ["SOCKS 4", "\x04\x01\0P", "binary"],
  ["PostgreSQL", "\0\0\0\x08\x04\xd2\x16\x2f", "binary"],
];

for (const [title, said, speaks] of STRANGERS) {
  test(title, () => {
    const found = { dialect: speaks, frames: [{ kind: "stranger", speaks }] };
    assert.deepEqual(decode([wire(said)]), found);
    assert.deepEqual(decode(single(wire(said))), found);
  });
}

for (const said of ["*1+2", "*", "ehlo + 1", "EHLO", "SSH-2.0", "PROXY TCP41", "GET /", "get x", "x HTTP/2", "\x16 3"]) {
  test(`${JSON.stringify(said)} is text, for all it is like`, () => {
    assert.deepEqual(decode(single(wire(`${said}\n`))), { dialect: "text", frames: [{ kind: "text", text: said }] });
  });
}

test("who cannot be told yet is not decided about, and who can be is at once", () => {
  for (const [said, dialect] of [
    ["*1", "undecided"],
    ["\x16", "undecided"],
    ["\x05", "undecided"],
    ["\x16\x03", "tls"],
    ["\x05\x02", "binary"],
    ["\0", "binary"],
  ] as const) {
    const decoder = createDecoder(LIMITS);
    for (const byte of single(wire(said))) decoder.push(byte);
    assert.equal(decoder.dialect(), dialect, JSON.stringify(said));
  }
});
