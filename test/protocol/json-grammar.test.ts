/** The grammar against `JSON.parse`, which it must never differ from: over JSONTestSuite, over texts that are nearly JSON, and by hand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isJson } from "../../src/protocol/json-grammar.ts";
import { parsing, transform } from "../wire/json-texts.ts";

function isParsed(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function agree(text: string): void {
  assert.equal(isJson(text), isParsed(text), text.slice(0, 200));
}

const PIECES = ["{", "}", "[", "]", ":", ",", '"', '"a"', '"\\u00e9"', "\\", "\\u12", "\t", " ", "\n", "\u00a0", "\ufeff"];
const SCALARS = ["0", "-", "-0", "01", "1.5", "1.", ".5", "1e", "1e+9", "1E-9", "true", "fals", "null", "nul", "\u0000"];
const pieces = fc.array(fc.constantFrom(...PIECES, ...SCALARS), { maxLength: 12 }).map((some) => some.join(""));
const cut = fc.tuple(fc.json(), fc.nat(), fc.constantFrom("", ...PIECES, ...SCALARS)).map(([text, place, insert]) => {
  const at = place % (text.length + 1);
  return text.slice(0, at) + insert + text.slice(at + (place % 2));
});

test("JSONTestSuite is told as JSON.parse tells it", () => {
  for (const { bytes } of [...parsing, ...transform]) agree(bytes.toString());
});

test("property: any text is told as JSON.parse tells it", () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string({ unit: "binary" }), pieces, cut), (text) => agree(text)),
    { numRuns: 4_000 },
  );
});

test("each kind of string, number and word, and each way to end too early", () => {
  const string = String.raw`"\"\\\/\b\f\n\r\t\u0aF9 é 💡 \ud800"`;
  const text = `{"a":[1,-2.5e+3,0,true,false,null,${string},{},[],[[]]],"":{"b":"c"}}`;
  assert.ok(isJson(text));
  for (let end = 0; end < text.length; end++) agree(text.slice(0, end));
  for (let at = 0; at < text.length; at++) agree(text.slice(0, at) + text.slice(at + 1));
});

test("a text of a hundred thousand levels is read without recursion", () => {
  assert.ok(isJson("[".repeat(100_000) + "]".repeat(100_000)));
  assert.ok(!isJson("[".repeat(100_000)));
});
