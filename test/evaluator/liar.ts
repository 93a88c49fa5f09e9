/**
 * A jail that lies: it speaks the contract and adds two numbers, and when an expression names a misdeed, it commits it.
 * Started by the evaluator in place of the real jail, through the option `command`.
 */
import { spawn } from "node:child_process";
import { readSync, writeSync } from "node:fs";
import { idOfToken, type Job, TOKEN_LENGTH } from "../../src/jail/contract.ts";

const say = (text: string) => writeSync(1, text);
const answer = (fields: object) => say(`${JSON.stringify(fields)}\n`);
const four = { type: "number", value: 4, text: "4" };

/** By first word of the expression; what follows is its argument. */
const misdeeds: Record<string, (job: Job, argument: string) => void> = {
  "unknown-id": ({ id }) => answer({ id: id + 1_000_000, value: four }),
  twice: ({ id }) => say(`${JSON.stringify({ id, value: four })}\n`.repeat(2)),
  chatter: ({ id }) => say(`${JSON.stringify({ id, value: four })}\nand another thing`),
  "no-json": () => say("four\n"),
  "extra-key": ({ id }) => answer({ id, value: four, more: true }),
  "two-kinds": ({ id }) => answer({ id, value: four, failure: { name: "syntax_error" } }),
  deferred: ({ id }) => answer({ id, deferred: true }),
  checked: ({ id }) => answer({ id, checked: { symbols: [], assigns: [], interpretation: "", latex: "" } }),
  explained: ({ id }) => answer({ id, value: { ...four, interpretation: "2 + 2" } }),
  "not-utf8": () => writeSync(1, Buffer.from([0x22, 0xff, 0x22, 0x0a])),
  deep: ({ id }) => say(`{"id":${id},"value":{"type":"Matrix","text":"","value":${"[".repeat(5_000)}${"]".repeat(5_000)}}}\n`),
  flood: () => {
    for (;;) say("x".repeat(65_536));
  },
  complaints: () => {
    for (;;) writeSync(2, "x".repeat(65_536));
  },
  dribble: () => {
    for (;;) {
      say(" ");
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  },
  silence: () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  },
  crash: () => process.abort(),
  "out-of-memory": () => {
    writeSync(2, "FATAL ERROR: JavaScript heap out of memory\n");
    process.abort();
  },
  /** Leaves a child behind that holds the pipes open, in a process that looks alive. */
  offspring: () => {
    spawn("/bin/sleep", ["1000"], { stdio: "inherit", env: {} });
    process.exit(1);
  },
  /** Claims that the job cost a year. */
  dear: ({ id }) => answer({ id, value: four, us: 31_536_000_000_000 }),
};

function take(job: Job): void {
  const [word = "", argument = ""] = job.expression.split(" ");
  if (word === "matrix" && job.cheapOnly === true) answer({ id: job.id, deferred: true, us: 5 });
  else if (word === "slowly" && job.cheapOnly === true) answer({ id: job.id, deferred: true });
  else if (word === "slowly" || Object.hasOwn(misdeeds, word)) misdeeds[word === "slowly" ? argument : word]?.(job, argument);
  else answer({ id: job.id, value: { type: "number", value: sum(job.expression), text: "" }, us: 10 });
}

/** A line of the parent's, the short form of a job too; it is answered in the long one. */
function parse(line: string): Job | { start: unknown } {
  if (line.startsWith("{")) return JSON.parse(line);
  const [head = "", expression = ""] = line.split("\t");
  return { id: idOfToken(head.slice(0, TOKEN_LENGTH)), expression, cheapOnly: true };
}

function sum(expression: string): number {
  return (expression.match(/\d+/g) ?? []).reduce((total, digits) => total + Number(digits), 0);
}

const buffer = Buffer.alloc(1024 * 1024);
let rest = "";
for (let read = readSync(0, buffer); read > 0; read = readSync(0, buffer)) {
  const lines = (rest + buffer.toString("utf8", 0, read)).split("\n");
  rest = lines.pop() ?? "";
  for (const line of lines) {
    const message = parse(line);
    if ("start" in message) answer({ ready: { mathjs: "none", node: process.version } });
    else take(message);
  }
}
