/** The line of rows is an outcome only when each of its two parts is JSON by itself; the values go on as they came. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseOutcome } from "../../src/evaluator/pipe.ts";

const lineOf = (values: string, tail = '"failed":0,"failures":[]},"us":7}') => `{"id":12,"rows":{"values":[${values}],${tail}`;

test("values are read as they were written, and kept as that text", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue({ maxDepth: 3 }), { minLength: 1 }), (values) => {
      const text = JSON.stringify(values).slice(1, -1);
      const { rows, id, us } = parseOutcome(lineOf(text)) ?? {};
      assert.deepEqual([id, us, rows?.text, rows?.values], [12, 7, text, JSON.parse(`[${text}]`)]);
    }),
  );
});

test("whatever is put anywhere into a line, what is taken of it is JSON and says nothing else", () => {
  const whole = lineOf("1,null,[2]", '"failed":1,"failures":[{"row":1,"failure":{"name":"bad_argument"}}]},"us":7}');
  assert.ok(parseOutcome(whole) !== undefined);
  const pieces = [
    "",
    '"',
    "]",
    "[",
    "1],[2",
    "}",
    "{",
    ",",
    '],"failed":0',
    '"values":[3],',
    "\\",
    "null",
    "0",
    '"x":1,',
    "\u0130",
  ];
  for (let at = 1; at < whole.length; at++) {
    for (const piece of pieces) {
      for (const skip of [0, 1]) {
        const rows = parseOutcome(whole.slice(0, at) + piece + whole.slice(at + skip))?.rows;
        if (rows !== undefined) assert.deepEqual(JSON.parse(`[${rows.text}]`), rows.values);
      }
    }
  }
});

test("rows without values, too deep, in another order, or with more than rows have are nonsense", () => {
  const deep = "[".repeat(600) + "]".repeat(600);
  const tail = '"failed":0,"failures":[]}';
  for (const line of [
    lineOf(""),
    lineOf(deep),
    lineOf("1", '"failed":-1,"failures":[]},"us":7}'),
    lineOf("1", `${tail},"value":{"type":"number","value":1,"text":"1"}}`),
    lineOf("1", '"failed":0,"failures":[],"values":[2]},"us":7}'),
    lineOf("1", `${tail},"us":7.5}`),
    lineOf("1", `${tail},"rows":{"values":[1],${tail}}`),
    `{"rows":{"values":[1],${tail},"id":12}`,
    `{"id":12,"rows":{"failed":0,"values":[1],"failures":[]}}`,
  ])
    assert.equal(parseOutcome(line), undefined, line.slice(0, 100));
});
