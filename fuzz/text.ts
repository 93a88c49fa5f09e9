/**
 * Lines as people, programs and keyboards type them: commands, expressions, slips, signs nobody can see. Between any two
 * stands a line whose answer is known, so that what was said to each line is known too: at least one line, of the right kind,
 * in the order typed.
 */
import { isUtf8 } from "node:buffer";
import type { Case } from "./case.ts";
import type { Dice } from "./dice.ts";
import { judgeText } from "./judge.ts";
import { cut, mutate } from "./mutate.ts";
import { readSeeds } from "./seeds.ts";
import { QUICK, type Subject } from "./subject.ts";
import { talk, toStream } from "./talk.ts";
import type { Target, Verdict } from "./target.ts";

const LINES = 60;
const LINE_BYTES_MAX = 65_536;
const LF = 0x0a;
/** Telnet's first byte: what follows it is not what was typed. */
const TELNET = 0xff;

const COMMANDS = [
  "calc",
  "vars",
  "unset",
  "mode",
  "hist",
  "again",
  "export",
  "nick",
  "session",
  "resume",
  "login",
  "time",
  "ping",
  "limits",
  "help",
];
const GOODBYES = ["bye", "quit"];
/** Answered by lists, whose lines begin as what is listed does. */
const LISTS = ["vars", "hist", "export"];
const ARGUMENTS = [
  "",
  "1",
  "0",
  "-1",
  "1e3",
  "x",
  "f",
  "2+2",
  "csv",
  "jsonl 1",
  "BigNumber 30",
  "number",
  "bigint",
  "Fraction",
  "/calc",
  "calc",
  "alice",
  "ä",
  "\u202e",
  "a b",
  "99999999999999999999",
  "\u0000",
  "__proto__",
];
const EXPRESSIONS = [
  "2+2",
  "x = 3",
  "f(t) = t^2",
  "f(x)",
  "sqr(2)",
  "1 / 0",
  '"a\\nb"',
  '"\\u0007"',
  "[1,2;3,4]",
  "2 inch to cm",
  "(1",
  "ans",
  "$1",
  "a\u0301",
  "π",
  "x\u200by",
  "\u202e1+1",
  "1 +\t1",
  "{a: 1}",
  '"<script>"',
  "1;2",
  "# note",
  "'\\\\u001b[31m'",
  "\ud83d\ude00",
  "sqrt(-4)",
  "1:5",
];
const NOISE = [
  "\u0000",
  "\u0007",
  "\u001b[2J",
  "\u0008",
  "\u007f",
  "\u0085",
  "\u2028",
  "\u202e",
  "\u200d",
  "\ufeff",
  "\u{e0001}",
  "\r",
  "\t",
  " ",
  "é",
  "\u{1f9ee}",
  "/",
  "fin",
];

export function makeTextTarget(): Target {
  const seeds = readSeeds(["text"], "text").map((seed) => seed.toString("latin1").replace(/^fin$|^\/(bye|quit)/, "2+2"));
  const make = (dice: Dice): Buffer => {
    const kind = dice.part();
    if (kind < 0.003) return Buffer.from(dice.pick(["fin", "/bye", "/quit now", " fin ", "/fin", "fini"]));
    let line =
      kind < 0.3
        ? `/${dice.pick(COMMANDS)}${dice.pick([" ", "", "\t", "  "])}${dice.pick(ARGUMENTS)}`
        : (dice.pick(EXPRESSIONS) ?? "");
    while (dice.chance(0.3)) {
      const at = dice.below(line.length + 1);
      line = line.slice(0, at) + dice.pick(NOISE) + line.slice(at + dice.below(2));
    }
    const bytes = kind < 0.6 ? Buffer.from(line) : Buffer.from(dice.pick(seeds) ?? "1", "latin1");
    return kind < 0.5 ? bytes : mutate(bytes, dice, () => Buffer.from(dice.pick(EXPRESSIONS) ?? ""));
  };
  const tidy = (bytes: Buffer) => Buffer.from(bytes.map((byte) => (byte === TELNET || byte === LF ? 0xfe : byte)));
  return {
    name: "text",
    settings: QUICK,
    make: (dice): Case => ({ how: "", parts: Array.from({ length: LINES }, () => cut(tidy(make(dice)), dice)) }),
    try: tryLines,
  };
}

let marked = 0;

/** A name nobody has: taking it is answered without a jailed process, which may be busy or missing on a crowded machine. */
function makeMark(): string {
  marked += 1;
  return `mark-${marked}`;
}

async function tryLines({ parts }: Case, subject: Subject): Promise<Verdict> {
  const marks = parts.map(makeMark);
  // Whatever it begins with: this is a person.
  const packets = parts.map((part, index) => {
    const before = Buffer.from(index === 0 ? "/ping\n" : "");
    const after = Buffer.from(`\n/nick ${marks[index]}\n`);
    const [first = before, ...others] = part;
    const all = [Buffer.concat([before, first]), ...others];
    return [...all.slice(0, -1), Buffer.concat([all.at(-1) ?? before, after])];
  });
  const { heard, end } = await talk(subject.port, toStream(packets));
  const lines = parts.map((part) => Buffer.concat(part));
  const last = lines.findIndex(saysGoodbye);
  const typed = last === -1 ? lines : lines.slice(0, last + 1);
  const executions = typed.length;
  if (end !== "closed" && !(end === "reset" && last !== -1)) return { reason: `the connection ended as: ${end}`, executions };
  return { reason: judgeText(heard) ?? judgeAnswers(typed, marks, last !== -1, heard.toString()), executions };
}

function textOf(line: Buffer): string | undefined {
  return isUtf8(line) && line.length <= LINE_BYTES_MAX ? line.toString().trim() : undefined;
}

const commandOf = (text: string): string | undefined => (text.startsWith("/") ? text.slice(1).split(/\s/, 1)[0] : undefined);

function saysGoodbye(line: Buffer): boolean {
  const text = textOf(line);
  return text !== undefined && (text === "fin" || GOODBYES.includes(commandOf(text) ?? ""));
}

/** Why the answers are not those to these lines, or undefined. */
function judgeAnswers(typed: readonly Buffer[], marks: readonly string[], leaves: boolean, heard: string): string | undefined {
  const said = heard.split("\n").slice(0, -1);
  if (said.shift() !== "Server > pong") return "the first line, /ping, was not answered";
  for (const [index, line] of typed.entries()) {
    if (leaves && index === typed.length - 1)
      return said.length === 1 && /^Server > /.test(said[0] ?? "") ? undefined : `no goodbye: ${said.join(" | ")}`;
    const mark = said.indexOf(`Server > You are ${marks[index]} now.`);
    const shown = JSON.stringify(line.toString("latin1")).slice(0, 300);
    if (mark === -1) return `the line behind ${shown} is not answered: ${JSON.stringify(said.slice(0, 4)).slice(0, 300)}`;
    const answer = said.splice(0, mark + 1).slice(0, -1);
    const why = judgeAnswer(line, answer);
    if (why !== undefined) return `${why}: ${shown} was answered ${JSON.stringify(answer).slice(0, 300)}`;
  }
  return said.length === 0 ? undefined : `answers to nothing: ${said.join(" | ").slice(0, 300)}`;
}

function judgeAnswer(line: Buffer, answer: readonly string[]): string | undefined {
  const [first, ...more] = answer;
  if (first === undefined) return "a line got no answer";
  const text = textOf(line);
  if (text === undefined) {
    const isSaid = more.length === 0 && /^! The line is (longer than \d+ bytes|not UTF-8); it was skipped\.$/.test(first);
    return isSaid ? undefined : "a line that cannot be read";
  }
  const command = commandOf(text);
  if (command === undefined || command === "calc") {
    if (!/^[=!] /.test(first)) return "neither a result nor an error";
    const strange = more.find((one) => !(first.startsWith("!") ? /^! {3}/ : /^Server > /).test(one));
    return strange === undefined ? undefined : "more than one answer";
  }
  if (!COMMANDS.includes(command))
    return more.length === 0 && first.startsWith("! There is no such command.") ? undefined : "an unknown command";
  if (LISTS.includes(command) || command === "again") return undefined;
  return answer.every((one) => /^(! |Server > )/.test(one)) ? undefined : "an answer in nobody's voice";
}
