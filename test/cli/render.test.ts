/** What reaches a terminal: nothing it would obey, carets under the right columns. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { answerLines, displayWidth, entryLines, failureLines, plain } from "../../src/cli/render.ts";

const failed = (expression: string, column: number, length: number, line = 1) =>
  failureLines({ name: "n", message: "m", place: { line, column, length }, suggestions: [] }, expression, plain).slice(1);

const matrix = (text: string, type = "DenseMatrix") => answerLines({ type, value: 0, text, assigned: [], warnings: [] }, plain);

test("no text can give the terminal an order", () => {
  const orders = fc.string({ unit: "binary" });
  fc.assert(
    fc.property(
      orders,
      orders,
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 50 }),
      (text, expression, column, length) => {
        const lines = [
          ...matrix(text),
          ...matrix(`[["${text}", 1]]`),
          ...entryLines([{ seq: 1, at: "", expression, text }], plain),
          ...failureLines(
            { name: text, message: text, suggestions: [text], place: { line: 1, column, length } },
            expression,
            plain,
          ),
        ];
        for (const line of lines) assert.doesNotMatch(line, /[\p{Cc}\u2028-\u202e\u2066-\u2069]/u);
      },
    ),
  );
});

test("the width is what the terminal draws", () => {
  const widths: [string, number][] = [
    ["abc", 3],
    ["漢字", 4],
    ["e\u0301", 1],
    ["🦆", 2],
    ["ｆ", 2],
    ["", 0],
  ];
  for (const [text, width] of widths) assert.equal(displayWidth(text), width, text);
});

test("the caret stands under the place", () => {
  assert.deepEqual(failed("1 + sqr(2)", 5, 3), ["  1 + sqr(2)", "      ^^^"]);
  assert.deepEqual(failed("漢 + x", 5, 1), ["  漢 + x", "       ^"], "wide characters take two columns");
  assert.deepEqual(failed("e\u0301 + x", 6, 1), ["  e\u0301 + x", "      ^"], "combining characters take none");
  assert.deepEqual(failed("\tx", 2, 1), ["   x", "   ^"], "a tab is shown as one blank");
  assert.deepEqual(failed("\u001b+x", 3, 1), ["  \\u001b+x", "         ^"], "escaped characters take what they show");
  assert.deepEqual(failed("a\nb + c", 5, 1, 2), ["  b + c", "      ^"], "the right line of several");
  assert.deepEqual(failed("2 +", 4, 1), ["  2 +", "     ^"], "at the end");
});

test("a place that is not there harms nothing", () => {
  assert.deepEqual(failed("2", 99, 99), ["  2", "   ^"]);
  assert.deepEqual(failed("2", 1, 1, 5), []);
});

test("of a long line the part around the place is shown", () => {
  const [source = "", caret = ""] = failed(`${"1+".repeat(1000)}x${"+1".repeat(1000)}`, 2001, 1);
  assert.ok(source.length < 100);
  assert.equal(source[caret.indexOf("^")], "x");
});

test("a matrix is shown row by row, columns aligned", () => {
  assert.deepEqual(matrix("[[1, 20], [300, 4]]"), ["= [   1  20 ]", "  [ 300   4 ]"]);
  assert.deepEqual(matrix('[["a, b", "]"], [1, 2 + 3i]]'), ['= [ "a, b"     "]" ]', "  [      1  2 + 3i ]"]);
});

const NO_TABLE = ["[1, 2]", "[[1], [2, 3]]", "[[[1]], [[2]]]", "[[1, 2], [3, 4]", "[[1]] x", "[[1]]]"];

for (const text of NO_TABLE) {
  test(`${text} is shown as it is`, () => assert.deepEqual(matrix(text), [`= ${text}`]));
}

test("text that only looks like a matrix is shown as it is", () => {
  assert.deepEqual(matrix("[[1, 2], [3, 4]]", "string"), ["= [[1, 2], [3, 4]]"]);
});

test("suggestions and the detail are told", () => {
  const failure = {
    name: "unknown_function",
    message: "There is no function of this name.",
    detail: "There is no sqr.",
    suggestions: ["sqrt"],
  };
  assert.deepEqual(failureLines(failure, "sqr(2)", plain), ["There is no sqr. (unknown_function)", "  did you mean sqrt?"]);
});
