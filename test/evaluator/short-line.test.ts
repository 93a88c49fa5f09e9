/** A short outcome is read as the long one that says the same; nothing else is taken for one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import contract from "../../schemas/job.json" with { type: "json" };
import { formatLines as format, readAnswer as read } from "../../src/evaluator/answer.ts";
import type { EvaluateRequest } from "../../src/evaluator/evaluator.ts";
import type { Ticket } from "../../src/evaluator/lane.ts";
import { idOfToken } from "../../src/jail/contract.ts";

const formatLine = (ticket: Ticket, isFast: boolean) => String(format([ticket], isFast, 262_144));
/** With another line in front, and another behind. */
const readAnswer = (line: string, ticket: Ticket, isFast: boolean) =>
  read(line, ticket, isFast, Buffer.from(`before\n${line}\n0`), 7);

const token = "00c0ffee1234";
const [jobPattern, outcomePattern] = [contract.$defs.shortJob.pattern, contract.$defs.shortOutcome.pattern].map(
  (pattern) => new RegExp(pattern, "u"),
);

function makeTicket(request: Partial<EvaluateRequest>): Ticket {
  const whole = { client: "a", expression: "1", ...request };
  return {
    token,
    request: whole,
    timeMs: 1,
    done: () => undefined,
    acceptedMs: 0,
    us: 0,
    fell: false,
    crashes: 0,
    next: undefined,
  };
}

const short = makeTicket({ numbers: "" });

/** What a short line says, said the long way. */
function longLine(line: string): string {
  const [id = "", us, value, text = value] = line.split("\t");
  return JSON.stringify({ id: idOfToken(id), value: { type: "number", value: 0, text }, us: Number(us) }).replace(
    ':0,"text"',
    `:${value},"text"`,
  );
}

function compare(line: string): boolean {
  const answer = readAnswer(line, short, true);
  assert.equal(answer !== undefined, line.startsWith(token) && outcomePattern?.test(line) === true, line);
  if (answer === undefined) return false;
  const { json = "", ...rest } = answer;
  const { id, ...long } = readAnswer(longLine(line), short, true) as { id: number };
  assert.equal(id, idOfToken(token));
  assert.deepEqual(rest, long, line);
  assert.equal(JSON.parse(json), rest.value?.value);
  return true;
}

test("what the jail writes is read", () => {
  for (const line of ["\t0\t1", "\t12\t-0.3333333333333333\t-0.33333333333333", "\t1\t1e+21\t1e+21", "\t7\t-1.5e-7"]) {
    assert.ok(compare(token + line), line);
  }
});

test("any line is read as its long form, or is no answer", () => {
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.constantFrom(
      "-0",
      "1E+5",
      "01",
      "-",
      "+1",
      "1.",
      ".5",
      "0x1",
      "1e+",
      "1e5",
      "1e+9999",
      "",
      "NaN",
      "Infinity",
      "null",
      "\u0661",
    ),
  );
  const count = fc.oneof(fc.nat().map(String), fc.constantFrom("-1", "007", "1.5", "1e3", "9007199254740993", ""));
  const text = fc.oneof(
    fc.double().map(String),
    fc.constantFrom("", '"', "\\", "e", "\u0007", "1\t2", "1".repeat(33)),
    fc.string(),
  );
  const head = fc.constantFrom(token, token, token, "00c0ffee1235", "00C0FFEE1234", "", ` ${token}`);
  const fields = fc.tuple(head, count, number, fc.option(text, { nil: undefined }));
  let taken = 0;
  fc.assert(
    fc.property(fields, (all) => {
      taken += compare(all.filter((field) => field !== undefined).join("\t")) ? 1 : 0;
    }),
    { numRuns: 5_000 },
  );
  assert.ok(taken > 200, `${taken}`);
});

test("a line with anything changed is read as its long form, or is no answer", () => {
  const whole = `${token}\t7\t-1.5e+21\t-1.5e+21`;
  for (let at = 0; at <= whole.length; at++) {
    for (const other of ["", " ", "\t", '"', "0", "1", "}", "\\", "e", "-", "\n", "\u0000"]) {
      compare(whole.slice(0, at) + other + whole.slice(at));
      compare(whole.slice(0, at) + other + whole.slice(at + 1));
    }
  }
});

test("only who asked in short is answered in short", () => {
  const line = `${token}\t7\t1`;
  assert.ok(readAnswer(line, short, true));
  assert.equal(readAnswer(line, short, false), undefined);
  assert.equal(readAnswer(line, makeTicket({}), true), undefined);
  assert.equal(readAnswer(line, makeTicket({ kind: "check" }), true), undefined);
});

test("a job is short in the fast lane only, and says the same in both forms", () => {
  const job = makeTicket({ numbers: '{"a":1.50,"b":-2}', expression: "a + b", resultBytesMax: 300 });
  assert.equal(formatLine(job, true), `${token}#300{"a":1.50,"b":-2}\ta + b\n`);
  assert.match(formatLine(job, true).trimEnd(), jobPattern ?? /^$/);
  assert.equal(formatLine(short, true), `${token}\t1\n`);
  assert.equal(formatLine(makeTicket({ numbers: "", resultBytesMax: 262_144 }), true), `${token}\t1\n`);
  const long = JSON.parse(formatLine(job, false));
  const variables = { a: '{"v":1.5}', b: '{"v":-2}' };
  assert.deepEqual(long, { id: idOfToken(token), expression: "a + b", variables, resultBytesMax: 300 });
});
