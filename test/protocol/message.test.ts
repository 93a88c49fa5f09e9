/**
 * Wire literals in, messages and replies out: the specification's own examples, the rules of docs/PROTOCOL.md, and one
 * test for each fault of jsonrpc-lite that is mended. Each fault is shown first: when it is gone, so can be its mending.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { notification, parse, parseObject, success } from "jsonrpc-lite";
import { RpcError } from "../../src/protocol/errors.ts";
import {
  encodeBatch,
  encodeError,
  encodeNotification,
  encodeResult,
  type ParsedCall,
  parseMessage,
} from "../../src/protocol/message.ts";

const LIMITS = { depthMax: 64, batchMax: 5 };
const CODES: Record<number, string> = {
  [-32700]: "parse error",
  [-32600]: "invalid request",
  [-32007]: "too large",
  [-32010]: "batch too large",
};
const read = (text: string) => parseMessage(text, LIMITS);

/** One line for one call: `request 1 sum [1]`, `notification sum undefined`, `invalid 1 invalid request`, `ignored`. */
function showCall(call: ParsedCall): string {
  if (call.kind === "ignored") return "ignored";
  if (call.kind === "invalid") return `invalid ${call.id} ${CODES[call.error.code]}`;
  if (call.kind === "cancel") return `cancel ${call.id}`;
  const head = call.kind === "request" ? `request ${call.id}` : "notification";
  return `${head} ${call.method} ${JSON.stringify(call.params)}`;
}

function show(text: string): string | string[] {
  const message = read(text);
  if (message.kind === "refused") return `refused ${CODES[message.error.code]}`;
  return message.kind === "single" ? showCall(message.call) : message.calls.map(showCall);
}

type Row = [title: string, text: string, expected: string | string[]];

const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
const inObject = (depth: number) => `{"jsonrpc":"2.0","method":"a","id":1,"params":${nested(depth - 1)}}`;

const SPECIFICATION: Row[] = [
  [
    "positional parameters",
    '{"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1}',
    "request 1 subtract [42,23]",
  ],
  ["named parameters", '{"jsonrpc": "2.0", "method": "s", "params": {"b": 23, "a": 42}, "id": 3}', 'request 3 s {"b":23,"a":42}'],
  ["a notification", '{"jsonrpc": "2.0", "method": "update", "params": [1,2,3,4,5]}', "notification update [1,2,3,4,5]"],
  ["a notification without params", '{"jsonrpc": "2.0", "method": "foobar"}', "notification foobar undefined"],
  ["invalid JSON", '{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]', "refused parse error"],
  ["invalid request object", '{"jsonrpc": "2.0", "method": 1, "params": "bar"}', "invalid null invalid request"],
  [
    "batch, invalid JSON",
    '[{"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},{"jsonrpc": "2.0", "method"]',
    "refused parse error",
  ],
  ["an empty array", "[]", "refused invalid request"],
  ["a batch of one number", "[1]", ["invalid null invalid request"]],
  ["a batch of numbers", "[1,2,3]", Array(3).fill("invalid null invalid request")],
  [
    "a batch of all kinds",
    `[ {"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"}, {"jsonrpc": "2.0", "method": "hello", "params": [7]},
       {"foo": "boo"}, {"jsonrpc": "2.0", "method": "foo.get", "params": {"name": "myself"}, "id": "5"},
       {"jsonrpc": "2.0", "method": "get_data", "id": "9"} ]`,
    [
      'request "1" sum [1,2,4]',
      "notification hello [7]",
      "invalid null invalid request",
      'request "5" foo.get {"name":"myself"}',
      'request "9" get_data undefined',
    ],
  ],
  [
    "a batch of notifications",
    '[{"jsonrpc":"2.0","method":"a"},{"jsonrpc":"2.0","method":"b"}]',
    ["notification a undefined", "notification b undefined"],
  ],
];

const RULES: Row[] = [
  ["not an object: number", "1", "invalid null invalid request"],
  ["not an object: null", "null", "invalid null invalid request"],
  ["not an object: string", '"a"', "invalid null invalid request"],
  ["a list in a batch", "[[],1]", ["invalid null invalid request", "invalid null invalid request"]],
  ["empty text", "", "refused parse error"],
  ["two values", "{}{}", "refused parse error"],
  ["jsonrpc missing", '{"id":7,"method":"a"}', "invalid 7 invalid request"],
  ["jsonrpc a number", '{"jsonrpc":2.0,"id":7,"method":"a"}', "invalid 7 invalid request"],
  ["jsonrpc of another version", '{"jsonrpc":"2.1","id":7,"method":"a"}', "invalid 7 invalid request"],
  ["jsonrpc in a list", '{"jsonrpc":["2.0"],"id":7,"method":"a"}', "invalid 7 invalid request"],
  ["method missing", '{"jsonrpc":"2.0","id":7}', "invalid 7 invalid request"],
  ["method null", '{"jsonrpc":"2.0","id":7,"method":null}', "invalid 7 invalid request"],
  ["method a list", '{"jsonrpc":"2.0","id":7,"method":["a"]}', "invalid 7 invalid request"],
  ["params null", '{"jsonrpc":"2.0","id":7,"method":"a","params":null}', "invalid 7 invalid request"],
  ["params a string", '{"jsonrpc":"2.0","id":7,"method":"a","params":"b"}', "invalid 7 invalid request"],
  ["params a number", '{"jsonrpc":"2.0","id":7,"method":"a","params":0}', "invalid 7 invalid request"],
  ["params false", '{"jsonrpc":"2.0","id":7,"method":"a","params":false}', "invalid 7 invalid request"],
  ["params null without id: never a reply", '{"jsonrpc":"2.0","method":"a","params":null}', "ignored"],
  ["id true", '{"jsonrpc":"2.0","id":true,"method":"a"}', "invalid null invalid request"],
  ["id a list", '{"jsonrpc":"2.0","id":[1],"method":"a"}', "invalid null invalid request"],
  ["id an object", '{"jsonrpc":"2.0","id":{"id":1},"method":"a"}', "invalid null invalid request"],
  ["extra members", '{"jsonrpc":"2.0","id":7,"method":"a","trace":[1],"meta":{"id":8}}', "request 7 a undefined"],
  ["a request with a result is a request", '{"jsonrpc":"2.0","id":7,"method":"a","result":1}', "request 7 a undefined"],
  ["a response", '{"jsonrpc":"2.0","id":7,"result":null}', "ignored"],
  ["an error response", '{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":"x"}}', "ignored"],
  ["a response out of shape", '{"jsonrpc":"2.0","id":[7],"error":null}', "ignored"],
  ["a response of another version", '{"id":7,"result":1}', "invalid 7 invalid request"],
  ["a result beside a method that is none", '{"jsonrpc":"2.0","id":7,"method":1,"result":1}', "invalid 7 invalid request"],
  ["a response in a batch", '[{"jsonrpc":"2.0","id":7,"result":1}]', ["ignored"]],
  [
    "duplicate keys: the last wins",
    '{"jsonrpc":"1","id":7,"method":"a","method":"b","id":8,"jsonrpc":"2.0"}',
    "request 8 b undefined",
  ],
  ["a duplicate id of another kind", '{"jsonrpc":"2.0","method":"a","id":7,"id":null}', "request null a undefined"],
  ["a duplicate id that is none", '{"jsonrpc":"2.0","method":"a","id":7,"id":{}}', "invalid null invalid request"],
  ["rpc.* is a method name", '{"jsonrpc":"2.0","id":7,"method":"rpc.x"}', "request 7 rpc.x undefined"],
  ["__proto__ as a key", '{"jsonrpc":"2.0","id":7,"__proto__":{"method":"a","id":8}}', "invalid 7 invalid request"],
  ["__proto__ has no id to give", '{"jsonrpc":"2.0","method":"a","__proto__":{"id":8}}', "notification a undefined"],
  ["depth of the limit", inObject(64), `request 1 a ${nested(63)}`],
  ["depth over the limit", inObject(65), "refused too large"],
  ["depth over the limit without an end", "[".repeat(100_000), "refused too large"],
  ["depth in a batch", `[${inObject(64)}]`, "refused too large"],
  [
    "brackets in strings have no depth",
    `{"jsonrpc":"2.0","id":1,"method":"${"[".repeat(200)}\\"${"{".repeat(200)}"}`,
    `request 1 ${"[".repeat(200)}"${"{".repeat(200)} undefined`,
  ],
  [
    "brackets side by side have no depth",
    `{"jsonrpc":"2.0","id":1,"method":"a","params":[${"[],".repeat(200)}1]}`,
    `request 1 a [${"[],".repeat(200)}1]`,
  ],
  ["a string that never ends", `"${"[".repeat(200)}`, "refused parse error"],
  ["batch of the limit", `[${Array(5).fill(1).join()}]`, Array(5).fill("invalid null invalid request")],
  ["batch over the limit: one error, not a list", `[${Array(6).fill(1).join()}]`, "refused batch too large"],
];

for (const [title, text, expected] of SPECIFICATION) {
  test(`specification: ${title}`, () => assert.deepEqual(show(text), expected));
}

for (const [title, text, expected] of RULES) {
  test(`message: ${title}`, () => assert.deepEqual(show(text), expected));
}

test("jsonrpc-lite loses the id of an invalid request: it is echoed", () => {
  const text = '{"jsonrpc":"2.0","id":"x","method":1}';
  assert.ok(!JSON.stringify(parse(text)).includes('"id":"x"'));
  assert.equal(show(text), 'invalid "x" invalid request');
});

test("jsonrpc-lite calls null, empty, fractional and huge ids an internal error: they are ids", () => {
  for (const id of ["null", '""', "1.5", "12345678901234567890"]) {
    const text = `{"jsonrpc":"2.0","id":${id},"method":"a"}`;
    assert.match(JSON.stringify(parse(text)), /-32603/);
    assert.equal(show(text), `request ${id} a undefined`);
  }
});

test("jsonrpc-lite takes an empty method for none: it is the name of a method nobody has", () => {
  const text = '{"jsonrpc":"2.0","id":1,"method":""}';
  assert.match(JSON.stringify(parse(text)), /-32600/);
  assert.equal(show(text), "request 1  undefined");
});

test("jsonrpc-lite calls params of a wrong type invalid params: the request is invalid", () => {
  const text = '{"jsonrpc":"2.0","id":1,"method":"a","params":"secret"}';
  assert.match(JSON.stringify(parse(text)), /-32602/);
  assert.equal(show(text), "invalid 1 invalid request");
});

test("jsonrpc-lite echoes the input in error.data: no error contains input", () => {
  const inputs = ['{"secret', '{"jsonrpc":"2.0","id":1,"method":["secret"]}', '{"jsonrpc":"secret","id":1}', '["secret"]'];
  const batch = '{"jsonrpc":"2.0","id":1,"method":"a","params":"secret"}';
  for (const text of [...inputs, batch]) {
    assert.match(JSON.stringify(parse(text)), /secret/);
    const message = read(text);
    const calls = message.kind === "batch" ? message.calls : message.kind === "single" ? [message.call] : [];
    const errors =
      message.kind === "refused" ? [message.error] : calls.flatMap((call) => (call.kind === "invalid" ? [call.error] : []));
    assert.equal(errors.length, 1);
    for (const error of errors) assert.doesNotMatch(encodeError("1", error), /secret/);
  }
});

test("jsonrpc-lite throws objects that are no Errors: only RpcErrors are thrown", () => {
  const cycle: unknown[] = [];
  cycle.push(cycle);
  assert.throws(
    () => notification("a", cycle as []),
    (error) => !(error instanceof Error),
  );
  assert.throws(() => encodeNotification("a", cycle), isInternal);
  for (const result of [cycle, 1n, { toJSON: () => assert.fail("x") }])
    assert.throws(() => encodeResult("1", result), isInternal);
});

test("jsonrpc-lite serialises params once more to check them: they are touched once, when they are sent", () => {
  let times = 0;
  const params = { toJSON: () => ++times };
  notification("a", params).serialize();
  assert.equal(times, 2);
  times = 0;
  encodeNotification("a", params);
  assert.equal(times, 1);
});

test("jsonrpc-lite refuses an undefined result: it is null", () => {
  assert.throws(
    () => success(1, undefined as never),
    (error) => !(error instanceof Error),
  );
  for (const result of [undefined, () => 1, { toJSON: () => undefined }]) {
    assert.equal(encodeResult("1", result), '{"jsonrpc":"2.0","id":1,"result":null}');
  }
});

function isInternal(error: unknown): boolean {
  return error instanceof RpcError && error.code === -32603;
}

test("replies", () => {
  assert.equal(encodeResult('"a"', { text: "é\n" }), '{"jsonrpc":"2.0","id":"a","result":{"text":"é\\n"}}');
  const error = JSON.parse(encodeError("1.0", new RpcError("parse_error", {})));
  assert.equal(error.error.code, -32700);
  assert.equal(typeof error.error.message, "string");
  assert.equal(encodeNotification("room.posted", { seq: 1 }), '{"jsonrpc":"2.0","method":"room.posted","params":{"seq":1}}');
  assert.equal(encodeNotification("server.closing"), '{"jsonrpc":"2.0","method":"server.closing"}');
  assert.equal(encodeBatch(["1"]), "[1]");
  assert.equal(encodeBatch(['{"a":1}', '{"b":2}']), '[{"a":1},{"b":2}]');
});

test("a refused size says which limit it met", () => {
  const deep = read(nested(65));
  assert.ok(deep.kind === "refused");
  assert.deepEqual(deep.error.data.limit, { name: "messageDepthMax", value: 64 });
  const wide = read("[1,1,1,1,1,1]");
  assert.ok(wide.kind === "refused");
  assert.deepEqual(wide.error.data.limit, { name: "batchMax", value: 5, used: 6 });
});

/** JSON that looks like messages, with every member of every wrong type. */
const anything = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom("2.0", "a", 1, null, [], {}));
const nearly = fc.dictionary(fc.constantFrom("jsonrpc", "id", "method", "params", "result", "error", "__proto__", "x"), anything);
const nearlyText = fc.oneof(nearly, fc.array(nearly, { maxLength: 7 })).map((value) => JSON.stringify(value));
const cutText = fc
  .tuple(nearlyText, fc.nat(), fc.constantFrom("", '"', "\\", "[", "}", ",", "\0"))
  .map(([text, place, insert]) => {
    const at = place % (text.length + 1);
    return text.slice(0, at) + insert + text.slice(at + (place % 2));
  });

test("property: parseMessage never throws, and every answer it asks for is JSON with a valid id", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.json(), nearlyText, cutText), (text) => {
      const message = read(text);
      if (message.kind === "refused") return;
      const calls = message.kind === "single" ? [message.call] : message.calls;
      for (const call of calls) {
        if (call.kind === "request") assert.equal(JSON.parse(encodeResult(call.id, 1)).result, 1);
        if (call.kind === "invalid") assert.equal(JSON.parse(encodeError(call.id, call.error)).error.code, -32600);
      }
    }),
    { numRuns: 3000 },
  );
});

test("property: what jsonrpc-lite calls a request or notification is one, and the other way round but for the mended", () => {
  fc.assert(
    fc.property(nearly, (value) => {
      const theirs: string = parseObject(value).type;
      const message = read(JSON.stringify(value));
      assert.ok(message.kind === "single");
      if (theirs === "request" || theirs === "notification") assert.equal(message.call.kind, theirs);
      if (message.call.kind === "notification" && value["method"] !== "") assert.equal(theirs, "notification");
    }),
    { numRuns: 2000 },
  );
});

test("a cancel keeps the source of the id it names, and is ignored when it names none", () => {
  const cancel = (params: string) => `{"jsonrpc":"2.0","method":"$/cancelRequest","params":${params}}`;
  assert.equal(show(cancel('{"id":1.0}')), "cancel 1.0");
  assert.equal(show(cancel('{"id":1,"x":{"id":2},"i\\u0064":"\\u0041"}')), 'cancel "\\u0041"');
  assert.equal(show(cancel('{"id":null}')), "cancel null");
  for (const params of ["{}", "[1]", '{"id":{}}', '{"id":true}', "null"]) assert.equal(show(cancel(params)), "ignored", params);
  assert.equal(show('{"jsonrpc":"2.0","method":"$/cancelRequest"}'), "ignored");
  assert.equal(
    show('{"jsonrpc":"2.0","id":5,"method":"$/cancelRequest","params":{"id":1}}'),
    'request 5 $/cancelRequest {"id":1}',
  );
});
