/** The hand-written check of what a jail says, `pipe.ts`, against the schema it follows: what one accepts, the other does. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readContract } from "../../scripts/generate/contract.ts";
import { makeAjv } from "../../scripts/generate/validators.ts";
import { parseOutcome, parseReady } from "../../src/evaluator/pipe.ts";

const ajv = makeAjv(readContract(new URL("../../", import.meta.url)));

/** Outcomes of every kind, right as they stand. */
const outcomes: object[] = [
  {
    id: 1,
    us: 3,
    value: {
      type: "number",
      value: 4,
      text: "4",
      assigned: { x: { text: "3", type: "number", needs: ["y"] } },
      warnings: ["w"],
      interpretation: "2 * 2",
    },
  },
  {
    id: 3,
    rows: { values: [1, null, { mathjs: "Unit" }], failed: 1, failures: [{ row: 1, failure: { name: "domain_error" } }] },
  },
  { id: 0, checked: { symbols: ["x"], assigns: [], interpretation: "x", latex: "x" } },
  {
    id: 2,
    failure: {
      name: "unknown_symbol",
      position: { offset: 0, line: 1, column: 1, length: 2 },
      detail: "d",
      suggestions: ["pi"],
      limit: { name: "nodesMax", value: 1, used: 2 },
    },
  },
  { id: 7, deferred: true },
];

const strange = fc.constantFrom<unknown>(null, -1, 1.5, 0, "", "x", "x".repeat(201), true, false, [], ["x"], {}, { a__b: 1 }, [
  [],
]);

/** Every place in a value, as paths of keys. */
function placesIn(value: unknown, path: string[] = []): string[][] {
  const inner = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return [path, ...inner.flatMap(([key, member]) => placesIn(member, [...path, key]))];
}

/** A copy with one member replaced, added, or (for undefined) removed. */
function changed(outcome: object, path: string[], key: string, by: unknown): object {
  const copy = structuredClone(outcome);
  let place: unknown = copy;
  for (const step of path) place = Object(place)[step];
  Object(place)[key] = by;
  return JSON.parse(JSON.stringify(copy));
}

test("the hand-written check of outcomes accepts exactly what the schema accepts", () => {
  const validate = ajv.getSchema("canaduck#/$defs/Outcome");
  const agrees = (outcome: object): boolean => {
    const bySchema = validate?.(outcome) === true;
    assert.equal(parseOutcome(JSON.stringify(outcome)) !== undefined, bySchema, JSON.stringify(outcome));
    return bySchema;
  };
  for (const outcome of outcomes) assert.ok(agrees(outcome));
  const change = fc.constantFrom(...outcomes).chain((outcome) => {
    const places = placesIn(outcome).filter((path) => path.length > 0);
    const stranger = fc.constantFrom([["extra"]], [["value"]], [["failure"]], [["value", "extra"]]).map(([path]) => path ?? []);
    const path = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...places) }, { weight: 1, arbitrary: stranger });
    return fc.tuple(fc.constant(outcome), path, fc.oneof(strange, fc.constant(undefined)));
  });
  let accepted = 0;
  let refused = 0;
  fc.assert(
    fc.property(change, ([outcome, path, by]) => {
      if (agrees(changed(outcome, path.slice(0, -1), path.at(-1) ?? "", by))) accepted += 1;
      else refused += 1;
    }),
    { numRuns: 2000 },
  );
  assert.ok(accepted > 100 && refused > 100, `${accepted} accepted, ${refused} refused: the test compares something`);
});

test("an interpretation has a bound of its own, in values and in what was checked", () => {
  const validate = ajv.getSchema("canaduck#/$defs/Outcome");
  for (const length of [262_144, 262_145]) {
    const interpretation = "x".repeat(length);
    const value = { id: 1, value: { type: "number", value: 4, text: "4", interpretation } };
    const checked = { id: 1, checked: { symbols: [], assigns: [], interpretation, latex: "" } };
    for (const outcome of [value, checked]) {
      const isTaken = parseOutcome(JSON.stringify(outcome)) !== undefined;
      assert.deepEqual([isTaken, validate?.(outcome)], [length === 262_144, length === 262_144]);
    }
  }
});

test("the hand-written check of the greeting does too", () => {
  const validate = ajv.getSchema("canaduck#/$defs/Ready");
  const greetings = [{ ready: { mathjs: "15", node: "26" } }, { ready: { mathjs: "15" } }, { ready: {} }, {}, { ready: 1, x: 1 }];
  const long = { ready: { mathjs: "1".repeat(65), node: "26" } };
  for (const greeting of [...greetings, long]) {
    assert.equal(parseReady(JSON.stringify(greeting)) !== undefined, validate?.(greeting), JSON.stringify(greeting));
  }
});
