/**
 * The source of an id is found wherever it stands, and echoed to the letter.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encodeResult, parseMessage } from "../../src/protocol/message.ts";

const read = (text: string) => parseMessage(text, { depthMax: 64, batchMax: 5 });

/** Sources of ids, each to be echoed to the letter. */
const IDS = [
  ...[
    "0",
    "-0",
    "12345",
    "-1",
    "1.0",
    "1e2",
    "1E+2",
    "0.10",
    "-0.0e-0",
    "9007199254740993",
    "12345678901234567890",
    "1e400",
    "null",
  ],
  ...[
    '""',
    '"a"',
    '"id"',
    '"\\u0041"',
    '"\\"id\\":1"',
    '"\\\\"',
    '"\\/\\n"',
    '"é日𝑥"',
    '"\\ud800"',
    '"}"',
    '",\\"id\\":2,"',
    `"${"9".repeat(300)}"`,
  ],
];

for (const id of IDS) {
  test(`id ${id.slice(0, 24)} is echoed to the letter`, () => {
    const forms = [
      `{"jsonrpc":"2.0","id":${id},"method":"a"}`,
      `{"jsonrpc":"2.0","method":"a","id":${id}}`,
      ` { "method" : "a" , "id" : ${id} , "jsonrpc" : "2.0" } `,
      `{"jsonrpc":"2.0","method":"a","params":{"id":1,"x":["id",{"id":"\\"id\\":3"}]},"id":${id}}`,
      `{"id":5,"jsonrpc":"2.0","method":"a","i\\u0064":${id}}`,
      `{"jsonrpc":"2.0","id":"no","method":"a","id"\t:\n${id}\r,"x":{"id":6}}`,
    ];
    for (const form of forms) {
      const message = read(form);
      assert.ok(message.kind === "single" && message.call.kind === "request", form);
      assert.equal(message.call.id, id, form);
      assert.equal(encodeResult(message.call.id, 1), `{"jsonrpc":"2.0","id":${id},"result":1}`);
    }
    const batch = read(`[1, ${forms.slice(0, 3).join(" ,	")} ]`);
    assert.ok(batch.kind === "batch");
    assert.deepEqual(
      batch.calls.slice(1).map((call) => (call.kind === "request" ? call.id : call.kind)),
      [id, id, id],
    );
  });
}

const blank = fc.stringMatching(/^[ \t\r\n]{0,2}$/);
const idKey = fc.constantFrom('"id"', '"\\u0069d"', '"i\\u0064"', '"\\u0069\\u0064"');
const unit = fc.oneof(
  fc.stringMatching(/^[ -!#-[\]-~é日]$/),
  fc.constantFrom("\\n", '\\"', "\\\\", "\\/", "\\u00e9", "\\uD834", "𝑥", "{", "]", ",", ":"),
);
const stringId = fc.array(unit, { maxLength: 8 }).map((units) => `"${units.join("")}"`);
const numberId = fc.stringMatching(/^-?(0|[1-9][0-9]{0,25})(\.[0-9]{1,5})?([eE][+-]?[0-9]{1,4})?$/);
const id = fc.oneof(stringId, numberId, fc.constant("null"));
const idMember = fc.tuple(idKey, id).map(([key, source]) => ({ key, source, isId: true }));
const other = fc.tuple(
  fc.constantFrom('"x"', '"id "', '"Id"', '"\\\\u0069d"', '"params"'),
  fc.constantFrom('{"id":1}', "[]", '["id",{"id":2,"x":"\\"id\\":3"}]', '{"a":{"id":"}"}}'),
);
const members = fc.array(
  fc.oneof(
    idMember,
    other.map(([key, source]) => ({ key, source, isId: false })),
  ),
  { maxLength: 6 },
);

test("property: the echoed id is the source of the last top-level id", () => {
  fc.assert(
    fc.property(members, blank, (list, gap) => {
      const all = [...list, { key: '"jsonrpc"', source: '"2.0"', isId: false }, { key: '"method"', source: '"id"', isId: false }];
      const text = `${gap}{${gap}${all.map(({ key, source }) => `${key}${gap}:${gap}${source}`).join(`${gap},${gap}`)}${gap}}${gap}`;
      const last = list.findLast(({ isId }) => isId)?.source;
      for (const message of [read(text), read(`[${text},${text}]`)]) {
        assert.ok(message.kind !== "refused");
        for (const call of message.kind === "single" ? [message.call] : message.calls) {
          assert.equal(call.kind === "request" ? call.id : call.kind, last ?? "notification");
        }
      }
    }),
    { numRuns: 2000 },
  );
});
