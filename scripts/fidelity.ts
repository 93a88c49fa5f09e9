/**
 * How faithful the calculator is to mathjs: runs every example of mathjs's own documentation, in order, one session per
 * documented name, both in this process and through a server over TCP, and compares type and text.
 *
 * `npm run fidelity` writes docs/FIDELITY.md and exits 1 when fewer than 95 % of the examples agree.
 */
import { writeFileSync } from "node:fs";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import * as mathjs from "mathjs";
import { open } from "../src/cli/serve.ts";
import { readConfig } from "../src/config.ts";
import { DENIED } from "../src/jail/allowlist.ts";
import { openLog } from "../src/log.ts";

/** mathjs's declarations leave its documentation out. */
const { docs } = mathjs as unknown as { docs: Record<string, Doc> };
/** What is asked for; the rest is listed with its reasons. */
export const SHARE_MIN = 0.95;
export const PAGE = new URL("../docs/FIDELITY.md", import.meta.url);

type Answer = { type: string; text: string } | { error: string };
type Difference = { name: string; example: string; ours: Answer; theirs: Answer; reason: string };
type Comparison = { differences: Difference[]; examples: number; names: number };
type Doc = { name?: string; examples?: string[] };

/** Names whose results differ from run to run; only the type is compared, here and in what follows in the session. */
const RANDOM = /\b(?:random|randomInt|pickRandom|partitionSelect)\b/;

/** Why an example answers otherwise, by what it contains. First match wins. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  ...[...DENIED].map(([name, why]) => [new RegExp(`\\b${name}\\s*\\(`), `\`${name}\` is refused: ${why}`] as const),
  [
    /^partitionSelect|^arr$/,
    "a stored variable is a value: functions do not change it behind its back, as mathjs's partitionSelect does",
  ],
  [/^isPositive\(/, "built-in names cannot be defined anew"],
  [/^e\b.*=|\be$|^f\b/, "constants such as `e` cannot be assigned"],
  [/^1\/3 \+ 1\/4$/, "the number system is a setting of the session, not of an expression"],
  [/^code\d\.evaluate/, "there is nothing to call it on: `compile` is refused"],
  [/^myParser\./, "there is nothing to call it on: `parser` is refused"],
  [/\.\w+\s*\(/, "method calls are refused: they are the way from a value to the engine"],
  [/^\s*[\w.]+\.\w+\s*=[^=]|\["\w+"\]\s*=[^=]/, "properties are not assigned: an object is written as a whole"],
];

/** One connection to the server is one session. */
async function openSession(port: number): Promise<{ ask: (expression: string) => Promise<Answer>; end: () => void }> {
  const socket = connect(port, "127.0.0.1");
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const ask = async (expression: string): Promise<Answer> => {
    socket.write(`${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "calc.evaluate", params: { expression } })}\n`);
    const line = await lines.next();
    if (line.done) return { error: "connection closed" };
    const { result, error } = JSON.parse(line.value);
    return result === undefined ? { error: String(error.data.name) } : { type: result.type, text: result.text };
  };
  return { ask, end: () => void socket.end() };
}

/** A session of mathjs in this process: what the documentation means. */
function openMathjs(): (expression: string) => Answer {
  const math = mathjs.create(mathjs.all ?? {}, {});
  const parser = math.parser();
  return (expression) => {
    try {
      const value: unknown = parser.evaluate(expression);
      const text = typeof value === "string" ? value : math.format(value, 14);
      return { type: math.typeOf(value), text };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  };
}

function agree(ours: Answer, theirs: Answer, isRandom: boolean): boolean {
  if ("error" in ours || "error" in theirs) return "error" in ours && "error" in theirs;
  return ours.type === theirs.type && (isRandom || ours.text === theirs.text);
}

function reasonFor(session: string[], example: string, ours: Answer): string {
  const direct = REASONS.find(([pattern]) => pattern.test(example));
  if (direct) return direct[1];
  const earlier = "error" in ours ? REASONS.find(([pattern]) => session.some((text) => pattern.test(text))) : undefined;
  return earlier ? `follows from an example before it: ${earlier[1]}` : "not explained yet";
}

async function compare(port: number): Promise<Comparison> {
  const differences: Difference[] = [];
  const entries = Object.entries(docs);
  let examples = 0;
  for (const [key, doc] of entries) {
    const session: string[] = [];
    const evaluate = openMathjs();
    const { ask, end } = await openSession(port);
    for (const example of doc.examples ?? []) {
      examples++;
      const theirs = evaluate(example);
      const ours = await ask(example);
      session.push(example);
      const isRandom = session.some((text) => RANDOM.test(text));
      if (!agree(ours, theirs, isRandom))
        differences.push({ name: key, example, ours, theirs, reason: reasonFor(session, example, ours) });
    }
    end();
  }
  return { differences, examples, names: entries.length };
}

const code = (text: string): string => `\`${text.replaceAll("\n", " ⏎ ").replaceAll("|", "\\|").slice(0, 90)}\``;
const show = (answer: Answer): string =>
  "error" in answer ? `error: ${code(answer.error)}` : `${answer.type} ${code(answer.text)}`;

function page({ differences, examples, names }: Comparison): string {
  const same = examples - differences.length;
  const rows = differences.map(
    ({ name, example, ours, theirs, reason }) => `| ${name} | ${code(example)} | ${show(theirs)} | ${show(ours)} | ${reason} |`,
  );
  return [
    "# Fidelity to mathjs",
    "",
    "Generated by `npm run fidelity`; do not edit.",
    "",
    `All ${examples} examples of mathjs's own documentation of ${names} names, run in order, one session per name, in mathjs itself and`,
    `through a server over TCP. Compared are the type and the text with 14 digits; of random results the type alone; two errors count as equal.`,
    "",
    `**${same} of ${examples} agree (${((100 * same) / examples).toFixed(1)} %).** Every difference, with its reason:`,
    "",
    "| name | example | mathjs | calculator | reason |",
    "|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

/** Runs everything through a server of its own. Answers the page, and how many examples agree. */
export async function measureFidelity(): Promise<{ text: string; agreeing: number; examples: number }> {
  // What is asked is what answers mean, not how fast they come.
  const flags = { listen: ["tcp://127.0.0.1:0"], history: "memory:", logLevel: "error", evaluateMs: 5000 };
  const config = readConfig({ flags });
  const server = await open(config, openLog(config.logLevel), (reason) => {
    throw new Error(reason);
  });
  try {
    const comparison = await compare(Number(new URL(server.urls[0] ?? "").port));
    const agreeing = comparison.examples - comparison.differences.length;
    return { text: page(comparison), agreeing, examples: comparison.examples };
  } finally {
    await server.close();
  }
}

if (import.meta.main) {
  const { text, agreeing, examples } = await measureFidelity();
  writeFileSync(PAGE, text);
  console.log(`${agreeing} of ${examples} examples agree (${((100 * agreeing) / examples).toFixed(1)} %)`);
  if (agreeing / examples < SHARE_MIN) process.exitCode = 1;
}
