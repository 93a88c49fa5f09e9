/** Text made harmless: nothing is left that a terminal obeys or that nobody sees, and everything else is left alone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { harmless, harmlessJson } from "../src/harmless.ts";

/** By hand from the Unicode tables, not from the pattern under test: one of each kind. */
const HARMFUL: readonly [kind: string, character: string, shown: string][] = [
  ["NUL", "\u0000", "\\u0000"],
  ["bell", "\u0007", "\\u0007"],
  ["escape", "\u001b", "\\u001b"],
  ["line feed", "\n", "\\n"],
  ["carriage return", "\r", "\\r"],
  ["tab", "\t", "\\t"],
  ["delete", "\u007f", "\\u007f"],
  ["next line (C1)", "\u0085", "\\u0085"],
  ["control sequence introducer (C1)", "\u009b", "\\u009b"],
  ["soft hyphen", "\u00ad", "\\u00ad"],
  ["combining grapheme joiner", "\u034f", "\\u034f"],
  ["Arabic letter mark", "\u061c", "\\u061c"],
  ["Hangul filler", "\u3164", "\\u3164"],
  ["zero width space", "\u200b", "\\u200b"],
  ["left-to-right mark", "\u200e", "\\u200e"],
  ["line separator", "\u2028", "\\u2028"],
  ["paragraph separator", "\u2029", "\\u2029"],
  ["right-to-left override", "\u202e", "\\u202e"],
  ["word joiner", "\u2060", "\\u2060"],
  ["left-to-right isolate", "\u2066", "\\u2066"],
  ["pop isolate", "\u2069", "\\u2069"],
  ["byte order mark", "\ufeff", "\\ufeff"],
  ["annotation anchor", "\ufff9", "\\ufff9"],
  ["lone surrogate", "\ud800", "\\ud800"],
  ["tag letter", "\u{e0041}", "\\u{e0041}"],
  ["a selector of the supplement", "\u{e0100}", "\\u{e0100}"],
];

for (const [kind, character, shown] of HARMFUL) {
  test(`${kind} is written out`, () => {
    assert.equal(harmless(`a${character}b`), `a${shown}b`);
    const json = harmlessJson({ a: character });
    assert.ok(!json.includes(character));
    assert.deepEqual(JSON.parse(json), { a: character });
  });
}

test("what people write is left alone", () => {
  for (const text of ["x^2 + é", "漢字", "e\u0301", "नमस्ते", "می\u200cخواهم", "❤\ufe0f", "👩\u200d🚀", "\u00a0", "\\u001b"]) {
    assert.equal(harmless(text), text);
  }
});

test("whatever the text: nothing that is obeyed is left, twice is once, and JSON reads back", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const shown = harmless(text);
      assert.doesNotMatch(shown, /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/);
      assert.ok(shown.isWellFormed());
      assert.equal(harmless(shown), shown);
      assert.deepEqual(JSON.parse(harmlessJson({ text })), { text });
    }),
  );
});
