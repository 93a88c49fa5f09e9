/** The line of rows is an outcome only when each of its two parts is JSON by itself; the values go on as they came. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseOutcome } from "../../src/evaluator/pipe.ts";

const lineOf = (values: string, tail = '"failed":0,"failures":[]},"us":7}') => `{"id":12,"rows":{"values":[${values}],${tail}`;

const numbers = fc.oneof(fc.double({ noDefaultInfinity: true, noNaN: true }), fc.integer());
const lists = fc.oneof(fc.array(fc.jsonValue({ maxDepth: 3 }), { minLength: 1 }), fc.array(numbers, { minLength: 1 }));

test("values are kept as the text they came as, and counted, wherever the line stands", () => {
  fc.assert(
    fc.property(lists, fc.nat(9), (values, begin) => {
      const text = JSON.stringify(values).slice(1, -1);
      const line = lineOf(text);
      const bytes = Buffer.from(`${"1".repeat(begin)}${line}\n2,3`);
      const { rows, id, us } = parseOutcome(line, bytes, begin) ?? {};
      assert.deepEqual([id, us, rows?.text, rows?.count], [12, 7, text, values.length]);
      if (rows?.values !== undefined) assert.deepEqual(rows.values, JSON.parse(`[${text}]`));
    }),
  );
});

test("whatever is put anywhere into a line, what is taken of it is JSON and says nothing else", () => {
  const whole = lineOf("1,null,[2]", '"failed":1,"failures":[{"row":1,"failure":{"name":"bad_argument"}}]},"us":7}');
  const plain = lineOf("1,-2.5,3e-7,1e+21,0");
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
  const edits = pieces.flatMap((piece) => [
    { piece, skip: 0 },
    { piece, skip: 1 },
  ]);
  for (const line of [whole, plain]) {
    assert.ok(parseOutcome(line) !== undefined);
    for (let at = 1; at < line.length; at++) {
      for (const { piece, skip } of edits) {
        const rows = parseOutcome(line.slice(0, at) + piece + line.slice(at + skip))?.rows;
        if (rows === undefined) continue;
        const values = JSON.parse(`[${rows.text}]`);
        assert.deepEqual([rows.count, rows.values ?? values], [values.length, values]);
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
