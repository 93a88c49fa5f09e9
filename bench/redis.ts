/** Redis's own protocol, as little of it as EVALSHA needs. */
import { createHash } from "node:crypto";
import type { Question, WorkloadName } from "./workloads.ts";

const exact = (expression: string) => `return string.format("%.17g", ${expression})`;

/** What stands for each workload. Lua compiles a text once, so an expression of its own for each call would not be fair to it. */
export const SCRIPTS: Record<WorkloadName, string> = {
  UNIQUE: exact("ARGV[1] + ARGV[2]"),
  FORMULA: exact("ARGV[1] * ARGV[2] * (1 - ARGV[3])"),
  REPEAT: exact("(ARGV[1] + 2) * 3.5 / 7 - 1"),
  MIX: exact("0"),
};

const sha1 = (script: string): string => createHash("sha1").update(script).digest("hex");

/** The numbers of a question, in order, as the script takes them. */
function numbersOf({ expression, variables }: Question, workload: WorkloadName): string[] {
  if (workload === "FORMULA") return Object.values(variables ?? {}).map(String);
  const numbers = expression.match(/\d+(?:\.\d+)?/g) ?? [];
  return numbers.slice(0, workload === "UNIQUE" ? 2 : 1);
}

/** What Redis answers to a question: UNIQUE is cut down to one addition there. */
export function expectedOf(question: Question, workload: WorkloadName): string {
  if (workload !== "UNIQUE") return question.expected;
  const [first = "0", second = "0"] = numbersOf(question, workload);
  return JSON.stringify(Number(first) + Number(second));
}

export function writeCommand(script: string, question: Question, workload: WorkloadName): string {
  return encode(["EVALSHA", sha1(script), "0", ...numbersOf(question, workload)]);
}

export function encode(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("")}`;
}

/** Calls `take` with each bulk string, as the JSON text of its number; with the error otherwise. */
export function makeReplyReader(take: (text: string) => void): (chunk: Buffer) => void {
  let rest = "";
  return (chunk) => {
    const lines = (rest + chunk.toString("latin1")).split("\r\n");
    rest = lines.pop() ?? "";
    // The length of a bulk string comes on a line of its own; no number begins like it.
    for (const line of lines) if (!line.startsWith("$")) take(/^-[A-Z]/.test(line) ? line : JSON.stringify(Number(line)));
  };
}
