/** The short way of reading an outcome takes nothing the long way would not take, and reads the same out of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseOutcome } from "../../src/evaluator/pipe.ts";

/** A blank after the brace changes nothing for JSON, and is no line of a plain number. */
const theLongWay = (line: string) => parseOutcome(line.replace("{", "{ "));

const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.integer().map(String),
  fc.constantFrom(
    "-0",
    "1e+999",
    "1e5",
    "1E+5",
    "01",
    "-",
    "+1",
    "1.",
    ".5",
    "0x1",
    "1e+",
    "",
    "NaN",
    "Infinity",
    "null",
    "1_0",
    "١",
  ),
);
const count = fc.oneof(
  fc.nat().map(String),
  fc.constantFrom("-1", "007", "1.5", "1e3", "9007199254740993", "281474976710655", ""),
);
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("\\n", "\\", '\\"', "\u0007", "\u2028", "\ud800", "a".repeat(70)),
);
const line = fc
  .tuple(count, number, text, count)
  .map(([id, value, said, us]) => `{"id":${id},"value":{"type":"number","value":${value},"text":"${said}"},"us":${us}}`);

test("any line is read alike on both ways", () => {
  fc.assert(
    fc.property(line, (one) => {
      assert.deepEqual(parseOutcome(one), theLongWay(one), one);
    }),
    { numRuns: 3_000 },
  );
});

test("a line with anything changed is read alike on both ways", () => {
  const whole = '{"id":12,"value":{"type":"number","value":-1.5e+21,"text":"-1.5e+21"},"us":7}';
  assert.deepEqual(parseOutcome(whole), { id: 12, us: 7, value: { type: "number", value: -1.5e21, text: "-1.5e+21" } });
  for (let at = 1; at < whole.length; at++) {
    for (const other of ["", " ", '"', "0", "}", ",", "\\", "e", "-", "__proto__"]) {
      const one = whole.slice(0, at) + other + whole.slice(at + 1);
      assert.deepEqual(parseOutcome(one), theLongWay(one), one);
    }
  }
});
