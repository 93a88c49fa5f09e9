/**
 * Bytes in, frames out. Every row of the tables is pushed whole and byte by byte; the properties cut at random.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createDecoder, type DecoderLimits, type Dialect, encodeFrame, type Frame } from "../../src/protocol/frame.ts";

const LIMITS: DecoderLimits = { frameBytesMax: 80, headerBytesMax: 100 };
const OVERLONG: Frame = { kind: "overlong", limit: 80 };
const BAD_UTF8: Frame = { kind: "invalid-utf8" };
const long = (length: number) => "x".repeat(length);
const text = (...lines: string[]): Frame[] => lines.map((line) => ({ kind: "text", text: line }));
const bad = (reason: "missing-length" | "invalid-length" | "malformed" | "too-long" | "truncated"): Frame => ({
  kind: "bad-header",
  reason,
});
/** Strings stand for their bytes as latin1, so that \xff is the byte ff. */
const wire = (input: string) => Buffer.from(input, "latin1");
const utf8 = (input: string) => Buffer.from(input).toString("latin1");

function decode(chunks: Uint8Array[], limits = LIMITS): { dialect: Dialect; frames: Frame[] } {
  const decoder = createDecoder(limits);
  const frames: Frame[] = [];
  for (const chunk of chunks) {
    const memory = Buffer.from(chunk);
    frames.push(...decoder.push(memory));
    // The transport reuses its memory: nothing may still point into it.
    memory.fill(0x3f);
    const lineMax = limits.frameBytesMax + 1;
    assert.ok(decoder.buffered() <= (decoder.dialect() === "header" ? Math.max(lineMax, limits.headerBytesMax ?? 0) : lineMax));
  }
  frames.push(...decoder.end());
  assert.deepEqual(decoder.push(Buffer.from("1\n")), []);
  assert.deepEqual(decoder.end(), []);
  return { dialect: decoder.dialect(), frames };
}

const single = (bytes: Buffer) => Array.from(bytes, (byte) => Uint8Array.of(byte));

type Row = [title: string, input: string, dialect: Dialect, frames: Frame[]];

const ROWS: Row[] = [
  ["nothing at all", "", "undecided", []],
  ["blank lines only", "\n\r\n  \n \t", "undecided", []],
  ["JSON object", '{"a":1}\n', "json", text('{"a":1}')],
  ["JSON array", "[]\n", "json", text("[]")],
  ["JSON behind blank lines and spaces", '\n\r\n \n  {"a":1}\n', "json", text('  {"a":1}')],
  ["JSON with CRLF", "{}\r\n{}\r\n", "json", text("{}", "{}")],
  ["JSON without last LF", "{}\n[1]", "json", text("{}", "[1]")],
  ["JSON ending in CR", "{}\r", "json", text("{}")],
  ["blank lines in JSON are keep-alives", "{}\n\n\r\n  \t\n{}\n \n", "json", text("{}", "{}")],
  ["only tab and space are blank", "{}\n\xc2\xa0\n", "json", text("{}", "\u00a0")],
  ["once JSON, always JSON", "{}\n2+2\nContent-Length: 1\n", "json", text("{}", "2+2", "Content-Length: 1")],
  ["byte order mark before JSON", "\xef\xbb\xbf{}\n", "json", text("{}")],
  ["byte order mark before text", "\xef\xbb\xbf2+2\n", "text", text("2+2")],
  ["byte order mark later is content", "{}\n\xef\xbb\xbf{}\n", "json", text("{}", "\ufeff{}")],
  ["letters that look like a byte order mark", utf8("ﻭ\n"), "text", text("ﻭ")],
  ["letters that end like a byte order mark", utf8("＿\n"), "text", text("＿")],
  ["text", "2+2\n3*3\r\n", "text", text("2+2", "3*3")],
  ["text without last LF", "2+2", "text", text("2+2")],
  ["empty lines are typed too", "2\n\n\r\n \n3", "text", text("2", "", "", " ", "3")],
  ["text of more bytes than letters", utf8("π*2\nÅ\n日本\n𝑥=1\n"), "text", text("π*2", "Å", "日本", "𝑥=1")],
  ["a lone CR is content", "1\r2\n", "text", text("1\r2")],
  ["NUL is content", "1\0\n", "text", text("1\0")],
  ["text that begins like a header", "Cos(2)\nContent-Length: 5\n", "text", text("Cos(2)", "Content-Length: 5")],
  ["text that begins like HTTP", "GET / 2\nG\n", "text", text("GET / 2", "G")],
  ["text that begins like TLS", "\x16a\n\x16\x03\n", "text", text("\x16a", "\x16\x03")],
  ["text with TLS's bytes later", "1\x16\x03\n", "text", text("1\x16\x03")],
  ["text that ends where TLS might begin", "\x16", "text", text("\x16")],
  ["text with a brace later", "a{\n{}\n", "text", text("a{", "{}")],
  ["invalid UTF-8 in JSON", '{"a":"\xff"}\n{}\n', "json", [BAD_UTF8, ...text("{}")]],
  ["UTF-8 cut off by LF", "{\xe2\x82\n{}\n\x80\n", "json", [BAD_UTF8, ...text("{}"), BAD_UTF8]],
  ["UTF-8 cut off by the end", "{}\n\xe2\x82", "json", [...text("{}"), BAD_UTF8]],
  [
    "overlong and surrogate encodings",
    "1\n\xc0\xaf\n\xed\xa0\x80\n2\n",
    "text",
    [...text("1"), BAD_UTF8, BAD_UTF8, ...text("2")],
  ],
  ["line of the limit", `{}\n${long(80)}\n${long(80)}\r\n`, "json", text("{}", long(80), long(80))],
  ["line over the limit", `{}\n${long(81)}\n{}\n`, "json", [...text("{}"), OVERLONG, ...text("{}")]],
  ["line over the limit with CRLF", `{}\n${long(81)}\r\n{}\n`, "json", [...text("{}"), OVERLONG, ...text("{}")]],
  ["line far over the limit", `{}\n${long(900)}\n{}`, "json", [...text("{}"), OVERLONG, ...text("{}")]],
  ["last line over the limit", `{}\n${long(90)}`, "json", [...text("{}"), OVERLONG]],
  [
    "the limit counts bytes",
    `1\n${utf8("é".repeat(40))}\n${utf8("é".repeat(41))}\n`,
    "text",
    [...text("1", "é".repeat(40)), OVERLONG],
  ],
  ["overlong and invalid is overlong", `{}\n\xff${long(90)}\n{}\n`, "json", [...text("{}"), OVERLONG, ...text("{}")]],
  ["first line over the limit, JSON", `{${long(90)}\n{}\n`, "json", [OVERLONG, ...text("{}")]],
  ["first line over the limit, text", `${long(90)}\n1\n`, "text", [OVERLONG, ...text("1")]],
  ["first line of spaces over the limit", `${" ".repeat(90)}{}\n1\n`, "text", [OVERLONG, ...text("1")]],
  ["telnet negotiation", "\xff\xfb\x18\xff\xfd\x032+2\r\n", "text", text("2+2")],
  ["telnet window size with an LF in it", "1\n\xff\xfa\x1f\0\x0a\0\x28\xff\xf02\n", "text", text("1", "2")],
  ["telnet subnegotiation with IAC IAC", "1\n\xff\xfa\x1f\xff\xff\xf0\xff\xf02\n", "text", text("1", "2")],
  ["telnet Ctrl-C within a line", "1+\xff\xf4\xff\xfd\x062\n", "text", text("1+2")],
  ["telnet's escaped ff is content", "1\n\xff\xff\n2\n", "text", [...text("1"), BAD_UTF8, ...text("2")]],
  ["header framing", "Content-Length: 2\r\n\r\n{}Content-Length: 3\r\n\r\n[1]", "header", text("{}", "[1]")],
  ["header in any case, bare LF", "content-LENGTH:2\n\n{}", "header", text("{}")],
  ["blanks around a length", "Content-Length \t: \t2 \t\r\n\r\n{}", "header", text("{}")],
  ["other headers", "Content-Type: a; charset=utf-8\r\nContent-Length: 2\r\nX: y\r\n\r\n{}", "header", text("{}")],
  ["blank lines between messages", "Content-Length: 2\r\n\r\n{}\r\n\nContent-Length: 2\r\n\r\n[]", "header", text("{}", "[]")],
  ["body with line ends", "Content-Length: 5\r\n\r\n{\r\n\n}", "header", text("{\r\n\n}")],
  ["body counted in bytes", `Content-Length: 4\r\n\r\n${utf8('"é"')}`, "header", text('"é"')],
  ["empty body", "Content-Length: 0\r\n\r\nContent-Length: 2\r\n\r\n{}", "header", text("", "{}")],
  ["body not UTF-8", "Content-Length: 2\r\n\r\n\xe2\x82Content-Length: 2\r\n\r\n{}", "header", [BAD_UTF8, ...text("{}")]],
  ["body of the limit", `Content-Length: 80\r\n\r\n${long(80)}`, "header", text(long(80))],
  [
    "body over the limit",
    `Content-Length: 81\r\n\r\n${long(81)}Content-Length: 2\r\n\r\n{}`,
    "header",
    [OVERLONG, ...text("{}")],
  ],
  ["body over the limit that never comes", "Content-Length: 999999999999999\r\n\r\n{}", "header", [OVERLONG]],
  ["no length", "Content-Type: x\r\n\r\n{}\n", "header", [bad("missing-length")]],
  ["no length the second time", "Content-Length: 2\r\n\r\n{}A: b\r\n\r\n{}\n", "header", [...text("{}"), bad("missing-length")]],
  ["length not a number", "Content-Length: 2x\r\n\r\n{}\n", "header", [bad("invalid-length")]],
  ["length negative", "Content-Length: -2\r\n\r\n{}\n", "header", [bad("invalid-length")]],
  ["length beyond counting", "Content-Length: 9007199254740993\r\n\r\n{}", "header", [bad("invalid-length")]],
  ["length absent", "Content-Length:\r\n\r\n{}\n", "header", [bad("invalid-length")]],
  ["two lengths", "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} \n", "header", [bad("invalid-length")]],
  ["not a header", "Content-Length: 2\r\n2+2\r\n\r\n{}\n", "header", [bad("malformed")]],
  ["a header without a name", "Content-Length: 2\r\n: 2\r\n\r\n{}", "header", [bad("malformed")]],
  ["a name of two words", "Content-Length: 2\r\na b: 2\r\n\r\n{}", "header", [bad("malformed")]],
  ["a header of blanks", "Content-Length: 2\r\n \n{}", "header", [bad("malformed")]],
  ["header too long", `Content-Length: 2\r\nX: ${long(99)}\r\n\r\n{}`, "header", [bad("too-long")]],
  ["header cut off", "Content-Length: 2\r\n", "header", [bad("truncated")]],
  ["body cut off", "Content-Length: 2\r\n\r\n{", "header", [bad("truncated")]],
];

for (const [title, input, dialect, frames] of ROWS) {
  test(`frames: ${title}`, () => {
    assert.deepEqual(decode([wire(input)]), { dialect, frames });
    assert.deepEqual(decode(single(wire(input))), { dialect, frames });
  });
}

const UNDECIDED: [typed: string, dialect: Dialect][] = [
  ["C", "undecided"],
  ["Content-Length", "undecided"],
  ["Content-Length: 2\r", "undecided"],
  ["GET / HTTP/1.1", "undecided"],
  ["\n \r\n \t", "undecided"],
  ["\xef\xbb\xbf", "undecided"],
  [" {", "json"],
  ["\xff", "text"],
  ["Content-Length: 2\r\n", "header"],
];

for (const [typed, dialect] of UNDECIDED) {
  test(`dialect after ${JSON.stringify(typed)} is ${dialect}`, () => {
    const decoder = createDecoder(LIMITS);
    for (const byte of single(wire(typed))) decoder.push(byte);
    assert.equal(decoder.dialect(), dialect);
  });
}

test("an over-long line is reported once, at the byte that passes the limit, and not held", () => {
  const decoder = createDecoder(LIMITS);
  decoder.push(wire(`{}\n${long(80)}`));
  assert.equal(decoder.buffered(), 80);
  assert.deepEqual(decoder.push(wire("x")), [OVERLONG]);
  assert.equal(decoder.buffered(), 0);
  for (let times = 0; times < 1000; times++) assert.deepEqual(decoder.push(wire(long(1000))), []);
  assert.equal(decoder.buffered(), 0);
  assert.deepEqual(decoder.push(wire("\n{}\n")), text("{}"));
  assert.deepEqual(decoder.push(wire(`${long(80)}\r`)), []);
  assert.deepEqual(decoder.push(wire("x")), [OVERLONG]);
  assert.deepEqual(decoder.push(wire(`\n${long(81)}\r`)), [OVERLONG]);
});

test("an announced body costs memory only as it comes", () => {
  const decoder = createDecoder({ frameBytesMax: 1_000_000_000 });
  decoder.push(wire("Content-Length: 999999999\r\n\r\n{"));
  assert.equal(decoder.buffered(), 1);
});

test("blank lines before the first line are not held", () => {
  const decoder = createDecoder(LIMITS);
  for (let times = 0; times < 100; times++) assert.deepEqual(decoder.push(wire("\n \r\n".repeat(1000))), []);
  assert.equal(decoder.buffered(), 0);
  assert.equal(decoder.dialect(), "undecided");
});

test("encodeFrame: a line, or a body with its length in bytes", () => {
  assert.equal(encodeFrame("json", '{"a":"é"}'), '{"a":"é"}\n');
  assert.equal(encodeFrame("text", "= 4"), "= 4\n");
  assert.equal(encodeFrame("header", '{"a":"é"}'), 'Content-Length: 10\r\n\r\n{"a":"é"}');
});

const cutAt = (bytes: Buffer, places: number[]): Buffer[] => {
  const marks = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return marks.slice(1).map((mark, index) => bytes.subarray(marks[index], mark));
};

/** Pieces that mean something to one of the dialects, so that random streams run into every corner. */
const PIECES = [
  "{",
  "}\n",
  "[",
  "\n",
  "\r\n",
  "\r",
  " ",
  "2+2",
  "π",
  "\ufeff",
  "GET / HTTP/1.1",
  "Content-Length: ",
  "3",
  "\r\n\r\n",
  "a: b\r\n",
  "x".repeat(70),
];
const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(...PIECES).map((piece) => Buffer.from(piece)),
    fc.constantFrom("\xff", "\xfa", "\xf0", "\xfd", "\xef\xbb", "\xbf", "\x16", "\x03").map(wire),
    fc.uint8Array({ maxLength: 5 }).map((bytes) => Buffer.from(bytes)),
  ),
  { maxLength: 40 },
);

test("property: however a stream is cut, its frames are the same", () => {
  const starts = fc.constantFrom("", "{", "1\n", "Content-Length: ", "Content-Length: 3\r\n\r\n{ }", "\r\n");
  fc.assert(
    fc.property(starts, pieces, fc.array(fc.nat(), { maxLength: 12 }), (start, rest, places) => {
      const bytes = Buffer.concat([Buffer.from(start), ...rest]);
      const whole = decode([bytes]);
      assert.deepEqual(decode(cutAt(bytes, places)), whole);
      assert.deepEqual(decode(single(bytes)), whole);
    }),
    { numRuns: 2000 },
  );
});

/** A line and what must come of it, decided without the decoder's help. */
const line = fc
  .oneof(
    fc.string({ unit: "grapheme", maxLength: 20 }).filter((value) => !/[\r\n]/.test(value)),
    fc.integer({ min: 75, max: 85 }).map(long),
  )
  .map((value): { bytes: Buffer; frame: Frame } => {
    const bytes = Buffer.from(value);
    return { bytes, frame: bytes.length > 80 ? OVERLONG : { kind: "text", text: value } };
  });
const brokenLine = fc.nat(70).map((length) => ({ bytes: wire(`${long(length)}\xc3(`), frame: BAD_UTF8 }));
const lines = fc.array(fc.tuple(fc.oneof(line, brokenLine), fc.constantFrom("\n", "\r\n")), { maxLength: 30 });

test("property: after any line the next one is understood", () => {
  fc.assert(
    fc.property(lines, fc.array(fc.nat(), { maxLength: 10 }), fc.constantFrom("{}", "1"), (entries, places, first) => {
      const bytes = Buffer.concat([
        Buffer.from(`${first}\n`),
        ...entries.flatMap(([entry, end]) => [entry.bytes, Buffer.from(end)]),
      ]);
      const frames = entries.map(([entry]) => entry.frame);
      const expected = first === "1" ? frames : frames.filter((frame) => frame.kind !== "text" || !/^[ \t]*$/.test(frame.text));
      assert.deepEqual(decode(cutAt(bytes, places)).frames, [...text(first), ...expected]);
    }),
    { numRuns: 1000 },
  );
});

test("property: bodies come back as they were sent, however they are cut", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "grapheme", maxLength: 12 }), { minLength: 1, maxLength: 10 }),
      fc.array(fc.nat()),
      (bodies, places) => {
        const bytes = Buffer.from(bodies.map((body) => encodeFrame("header", body)).join(""));
        assert.deepEqual(decode(cutAt(bytes, places), { frameBytesMax: 400 }), { dialect: "header", frames: text(...bodies) });
      },
    ),
  );
});
