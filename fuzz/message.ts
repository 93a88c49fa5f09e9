/**
 * JSON-RPC messages that are JSON and odd in every other way: versions, ids and methods of every kind, params made from the
 * methods' schemas and then broken, batches of all of it, over each framing. `dispatch.ts` tells what must come back.
 */
import { contract } from "../test/system/recorder.ts";
import type { Case } from "./case.ts";
import type { Dice } from "./dice.ts";
import { understand } from "./framing.ts";
import { judge } from "./judge.ts";
import { cut } from "./mutate.ts";
import { distort, makeFitting, makeOdd } from "./shape.ts";
import { QUICK, type Subject } from "./subject.ts";
import { talk, toStream } from "./talk.ts";
import type { Target, Verdict } from "./target.ts";

const MESSAGES = 60;
const BATCH_ITEMS_MAX = 6;

/** Seldom asked: pages of thousands of lines, and what ends the connection. */
const SELDOM = ["rpc.discover", "server.info", "session.close"];
const SELDOM_PART = 0.01;
const STRANGE_METHODS = [
  "",
  "rpc.unknown",
  "calc.Evaluate",
  "calc.evaluate ",
  "toString",
  "__proto__",
  "$/progress",
  "server.ping\u0000",
  "é",
];
/** As they are written: what is to come back byte for byte. */
const STRANGE_IDS = [
  "null",
  "1.0",
  "-0",
  "1e400",
  "9007199254740993",
  "0.1e-7",
  '""',
  '"\\u0041"',
  '"\\""',
  '"é😀"',
  '"\\ud800"',
  '"a\\\\"',
  "true",
  "[]",
  "{}",
  '{"id":1}',
];
const VERSIONS = ['"1.0"', "2.0", "null", '"2.0 "', '"\\u0032.0"', "[]"];

type Source = string;
const member = (name: string, value: Source): Source => `${JSON.stringify(name)}:${value}`;
const text = (value: unknown): Source => JSON.stringify(value) ?? "null";

export function makeMessageTarget(): Target {
  return {
    name: "message",
    settings: QUICK,
    make: (dice): Case => ({
      how: dice.pick(["lines", "crlf", "headers"]),
      parts: Array.from({ length: MESSAGES }, (_, index) => cut(Buffer.from(makeMessage(dice, index)), dice)),
    }),
    try: tryMessages,
  };
}

async function tryMessages({ how, parts }: Case, subject: Subject): Promise<Verdict> {
  const framed = parts.map((part) => {
    if (how !== "headers") return [...part, Buffer.from(how === "crlf" ? "\r\n" : "\n")];
    return [Buffer.from(`Content-Length: ${part.reduce((sum, { length }) => sum + length, 0)}\r\n\r\n`), ...part];
  });
  // The frame's end goes with its last packet, its header with the first.
  const glued = framed.map((packets) =>
    how === "headers"
      ? [Buffer.concat(packets.slice(0, 2)), ...packets.slice(2)]
      : [...packets.slice(0, -2), Buffer.concat(packets.slice(-2))],
  );
  const stream = toStream(glued);
  const heard = understand(Buffer.concat(stream));
  return { reason: judge(heard, await talk(subject.port, stream)), executions: parts.length };
}

function makeMessage(dice: Dice, index: number): Source {
  // The first must be an object, or the connection would be one for people.
  if (index > 0 && dice.chance(0.06)) return text(makeOdd(dice));
  if (index > 0 && dice.chance(0.12)) {
    const items = dice.times(dice.chance(0.05) ? 99 + dice.below(4) : dice.below(BATCH_ITEMS_MAX), () => 0);
    return `[${items.map((_, item) => (dice.chance(0.1) ? text(makeOdd(dice)) : makeCall(dice, `"${index}.${item}"`))).join(dice.pick([",", " , "]))}]`;
  }
  return makeCall(dice, String(index));
}

function makeCall(dice: Dice, id: Source): Source {
  const isSeldom = dice.chance(SELDOM_PART);
  const row = dice.pick(contract.methods.filter(({ name }) => SELDOM.includes(name) === isSeldom));
  const strange = dice.chance(0.05) ? dice.pick(STRANGE_METHODS) : undefined;
  const members: Source[] = [
    member("jsonrpc", dice.chance(0.95) ? '"2.0"' : (dice.pick(VERSIONS) ?? "")),
    member("method", dice.chance(0.97) ? text(strange ?? row?.name) : text(makeOdd(dice))),
  ];
  if (row !== undefined && !dice.chance(0.1)) members.push(member("params", text(makeParams(row, dice))));
  if (!dice.chance(0.08)) members.push(member("id", dice.chance(0.85) ? id : (dice.pick(STRANGE_IDS) ?? "null")));
  if (dice.chance(0.04))
    members.push(member(dice.pick(["result", "error", "extra", "__proto__", "id", "ID", "params"]), text(makeOdd(dice))));
  if (dice.chance(0.04)) members.splice(dice.below(members.length), 1);
  // Members have no order.
  for (let at = members.length - 1; at > 0; at -= 1) {
    const other = dice.below(at + 1);
    [members[at], members[other]] = [members[other] ?? "", members[at] ?? ""];
  }
  const blank = dice.chance(0.1) ? " " : "";
  return `{${blank}${members.join(`${blank},${blank}`)}${blank}}`;
}

function makeParams({ params }: (typeof contract.methods)[number], dice: Dice): unknown {
  let made = makeFitting(params, dice);
  if (dice.chance(0.3)) {
    const named = Object(made);
    const values = params.order.map((name) => named[name]);
    // By position the last ones may be left out; one in between that is left out becomes null.
    made = values.slice(0, values.findLastIndex((value) => value !== undefined) + 1);
  }
  while (dice.chance(0.35)) made = distort(made, dice);
  return made;
}
