/** What the fuzzer would see: replies as a broken server would send them, each told. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { understand } from "../../fuzz/framing.ts";
import { judge, judgeText } from "../../fuzz/judge.ts";
import { ERRORS, type ErrorName } from "../../src/protocol/generated/errors.ts";

const PONG = '{"echo":1,"time":"2026-01-01T00:00:00.000Z"}';
const ASKED = [
  '{"jsonrpc":"2.0","id":1,"method":"server.ping","params":{"echo":1}}',
  '{"jsonrpc":"2.0","id":1.0,"method":"server.ping","params":{"echo":1}}',
  '{"jsonrpc":"2.0","method":"server.ping"}',
  "{",
  '[{"jsonrpc":"2.0","id":"b","method":"no.such"},{"jsonrpc":"2.0","method":"x"}]',
].join("\n");
const answer = (id: string, result = PONG): string => `{"jsonrpc":"2.0","id":${id},"result":${result}}`;
const failure = (id: string, name: ErrorName): string => {
  const { code, message } = ERRORS[name];
  return `{"jsonrpc":"2.0","id":${id},"error":${JSON.stringify({ code, message, data: { name } })}}`;
};
const GARBAGE = failure("null", "parse_error");
const UNKNOWN = failure('"b"', "method_not_found");
const RIGHT = [answer("1"), answer("1.0"), GARBAGE, `[${UNKNOWN}]`];

function verdict(replies: readonly string[], end: "closed" | "late" | "reset" = "closed"): string | undefined {
  return judge(understand(Buffer.from(ASKED)), { heard: Buffer.from(replies.map((reply) => `${reply}\n`).join("")), end });
}

test("right replies are right, in any order", () => {
  assert.equal(verdict(RIGHT), undefined);
  assert.equal(verdict(RIGHT.toReversed()), undefined);
});

test("calls under one id are told apart, whichever was refused", () => {
  const call = (method: string) => `{"jsonrpc":"2.0","id":1,"method":"${method}"}`;
  const asked = understand(Buffer.from([call("server.ping"), call("session.close"), "}"].join("\n")));
  const heard = [failure("1", "invalid_request"), answer("1", '{"time":"2026-01-01T00:00:00.000Z"}'), GARBAGE];
  const talk = (replies: readonly string[]) =>
    ({ heard: Buffer.from(replies.map((reply) => `${reply}\n`).join("")), end: "closed" }) as const;
  assert.equal(judge(asked, talk(heard)), undefined);
  assert.match(judge(asked, talk([...heard, GARBAGE])) ?? "", /^a reply nobody asked for/);
});

for (const [title, replies, why] of [
  ["a reply is missing", RIGHT.slice(1), /^no reply for/],
  ["a reply comes twice", [...RIGHT, answer("1")], /^a reply nobody asked for/],
  ["an id is written otherwise", RIGHT.with(1, answer("1")), /^no reply for .*1\.0/],
  ["a notification is answered", [...RIGHT, answer("null")], /^a reply nobody asked for/],
  ["a batch is no array", RIGHT.with(3, UNKNOWN), /^no reply, or a wrong one, for the batch/],
  [
    "an item of a batch is answered too much",
    RIGHT.with(3, `[${UNKNOWN},${answer("null")}]`),
    /^no reply, or a wrong one, for the batch/,
  ],
  ["a result does not fit its schema", RIGHT.with(0, answer("1", '{"echo":1}')), /the result does not fit/],
  ["an echo differs", RIGHT.with(0, answer("1", PONG.replace("1", "2"))), /the echo differs/],
  ["a right call is refused", RIGHT.with(0, failure("1", "invalid_request")), /a right call is refused/],
  ["an error has the code of another", RIGHT.with(2, GARBAGE.replace("-32700", "-32600")), /^an error of no name/],
  ["the server has a bug", RIGHT.with(0, failure("1", "internal_error")), /^internal_error/],
  ["a reply is cut", RIGHT.with(3, "[{"), /^a reply is no JSON/],
  ["a reply has members of its own", RIGHT.with(0, answer("1").replace("}}", '},"x":1}')), /^no reply of JSON-RPC/],
] as const) {
  test(`it is told that ${title}`, () => assert.match(verdict(replies) ?? "nothing was told", why));
}

test("a connection that does not end, or ends too soon, is told", () => {
  assert.match(verdict(RIGHT, "late") ?? "", /late/);
  assert.match(verdict(RIGHT, "reset") ?? "", /reset/);
});

test("what reaches a terminal is looked at", () => {
  assert.equal(judgeText(Buffer.from("= 4\n! no\n")), undefined);
  assert.match(judgeText(Buffer.from("= \u001b[2J\n")) ?? "", /control character/);
  assert.match(judgeText(Buffer.from("= a\u202eb\n")) ?? "", /control character/);
  assert.match(judgeText(Buffer.from("= 4")) ?? "", /no end/);
  assert.match(judgeText(Buffer.from([0x3d, 0x20, 0xff, 0x0a])) ?? "", /UTF-8/);
});
