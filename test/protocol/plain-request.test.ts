/** Whatever the quick reader takes, the parser and the validator take alike; what is common it does take. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { natureOf } from "../../src/methods/nature.ts";
import { createDecoder } from "../../src/protocol/frame.ts";
import { hashOn } from "../../src/protocol/hash.ts";
import { parseMessage } from "../../src/protocol/message.ts";
import { readPlainRequest } from "../../src/protocol/plain-request.ts";
import { checkParams } from "../../src/schema.ts";

const SEED = 7;
const BEFORE = 6;
const LIMITS = { depthMax: 8, batchMax: 10 };

/** What is read quickly, compared with the long way; true when it was read at all. */
function compare(text: string): boolean {
  // What stands before and behind it in the same bytes must not matter.
  const bytes = Buffer.from(`"1"}}\n${text}\n","variables":{"a":1},"record":false}}`);
  const plain = readPlainRequest(text, bytes, BEFORE, SEED);
  assert.deepEqual(readPlainRequest(text, Buffer.from(text), 0, SEED), plain, text);
  if (plain === undefined) return false;
  const { id, key, expression, hash, named, numbers, record } = plain;
  const message = parseMessage(text, LIMITS);
  assert.equal(message.kind, "single", text);
  const call = message.kind === "single" ? message.call : undefined;
  assert.ok(call?.kind === "request", text);
  assert.deepEqual([call.method, call.id, Number(call.id)], ["calc.evaluate", id, key], text);
  const checked = checkParams("calc.evaluate", call.params);
  assert.ok(checked.problem === undefined, text);
  const { variables, ...rest } = checked.params;
  assert.deepEqual(rest, { expression, ...(record !== undefined && { record }) }, text);
  // Written out again, so that -0 and what is not exact would be seen.
  assert.equal(numbers === "", variables === undefined, text);
  if (variables !== undefined) {
    assert.deepEqual(Object.entries(JSON.parse(numbers)), Object.entries(variables), text);
    for (const [name, value] of Object.entries(variables)) {
      assert.match(name, /^[A-Za-z_][A-Za-z0-9_]*$/);
      assert.ok(typeof value === "number" && !Object.is(value, -0), text);
      assert.ok(numbers.split(`"${name}":`).length === 2, text);
    }
  }
  const nature = { writes: false, readsAnswers: natureOf(expression).readsAnswers, named, ...(named && { sees: expression }) };
  assert.deepEqual(natureOf(expression), nature, text);
  assert.ok(!natureOf(expression).readsAnswers || expression.includes("ans"), text);
  // It goes over the pipe as it is.
  for (const letter of expression) assert.ok(letter >= " " && letter !== '"' && letter !== "\\", text);
  assert.equal(
    hash,
    [...expression].flatMap((letter) => letter.split("")).reduce((before, unit) => hashOn(before, unit.charCodeAt(0)), SEED),
  );
  return true;
}

const COMMON = [
  '{"jsonrpc":"2.0","id":0,"method":"calc.evaluate","params":{"expression":"1"}}',
  '{"jsonrpc":"2.0","id":12,"method":"calc.evaluate","params":{"expression":"1 + 1","record":false}}',
  '{"jsonrpc":"2.0","id":999999999,"method":"calc.evaluate","params":{"expression":"sin(e) + 2","record":true}}',
  '{"jsonrpc":"2.0","id":3,"method":"calc.evaluate","params":{"expression":"a * b_c","variables":{"a":1.25,"b_c":-0.5},"record":false}}',
  '{"jsonrpc":"2.0","id":3,"method":"calc.evaluate","params":{"expression":"toString","variables":{"constructor":0}}}',
];

test("what is common is read, and read alike", () => {
  for (const text of COMMON) assert.ok(compare(text), text);
});

test("whatever one character becomes, it is read alike or left to the parser", () => {
  const others = [
    "",
    " ",
    '"',
    "\\",
    "0",
    "-",
    "e",
    "}",
    "{",
    ",",
    "=",
    "$",
    "_",
    "\u0000",
    "\u001f",
    "\t",
    "\u2028",
    "\u00e9",
    "__proto__",
  ];
  let taken = 0;
  for (const text of COMMON) {
    for (let at = 0; at <= text.length; at += 1) {
      for (const other of others) {
        taken += compare(text.slice(0, at) + other + text.slice(at + 1)) ? 1 : 0;
        taken += compare(text.slice(0, at) + other + text.slice(at)) ? 1 : 0;
      }
    }
  }
  assert.ok(taken > 500, `${taken}`);
});

const number = fc.oneof(
  fc.double().map(String),
  fc.integer().map(String),
  fc.constantFrom(
    "-0",
    "-0.0",
    "0.0",
    "-0.10",
    "01",
    "1.",
    ".5",
    "1e3",
    "123456789012345",
    "1234567890123456",
    "0.1234567890123456",
    "-",
    "",
  ),
);
const name = fc.oneof(
  fc.constantFrom("a", "b", "a1", "1a", "_", "a__b", "__proto__", "\u00e9", "a b", "", "\\u0061", "x".repeat(64), "x".repeat(65)),
  fc.string({ maxLength: 5 }),
);
const variables = fc
  .array(fc.tuple(name, number), { maxLength: 20 })
  .map((list) => `,"variables":{${list.map(([key, value]) => `"${key}":${value}`).join(",")}}`);
const expression = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."0123456789.+-*/() aenx"), maxLength: 30 }),
  fc.string({ unit: "binary", maxLength: 10 }),
  fc.constantFrom("", "x = 1", "ans + 1", "$1", "1 == 1", "\\n", "random()", "a".repeat(1_100)),
);
const id = fc.oneof(fc.nat().map(String), fc.constantFrom("0", "00", "01", "-1", "1.0", "1e2", '"1"', "null", "1234567890", ""));

test("any request is read alike or left to the parser", () => {
  let taken = 0;
  const request = fc.tuple(
    id,
    expression,
    fc.option(variables, { nil: "" }),
    fc.constantFrom("", ',"record":true', ',"record":false', ',"record":1'),
  );
  fc.assert(
    fc.property(request, ([one, what, given, record]) => {
      taken += compare(
        `{"jsonrpc":"2.0","id":${one},"method":"calc.evaluate","params":{"expression":"${what}"${given}${record}}}`,
      )
        ? 1
        : 0;
    }),
    { numRuns: 10_000 },
  );
  assert.ok(taken > 100, `${taken}`);
});

test("a decoder tells what a plain request asks, however it is cut, and only with a seed", () => {
  const [request = ""] = COMMON;
  const plain = readPlainRequest(request, Buffer.from(request), 0, SEED);
  assert.ok(plain !== undefined);
  const read = (hashSeed: number | undefined, ...chunks: string[]) => {
    const decoder = createDecoder({ frameBytesMax: 4_096, ...(hashSeed !== undefined && { hashSeed }) });
    return chunks.flatMap((chunk) => decoder.push(Buffer.from(chunk)));
  };
  const frame = { kind: "text", text: request, plain };
  assert.deepEqual(read(SEED, `${request}\n${request}\r\n`), [frame, frame]);
  assert.deepEqual(read(SEED, request.slice(0, 70), `${request.slice(70)}\n${request}\n`), [frame, frame]);
  assert.deepEqual(read(SEED, `Content-Length: ${request.length}\r\n\r\n${request}`), [frame]);
  assert.deepEqual(read(SEED, `[]\n["\u00e9"]\n${request}\n`).at(-1), { kind: "text", text: request });
  assert.deepEqual(read(undefined, `${request}\n`), [{ kind: "text", text: request }]);
});
