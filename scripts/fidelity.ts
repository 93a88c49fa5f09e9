/**
 * How faithful the calculator is to mathjs: runs every example of mathjs's own documentation, in order, one session per
 * documented name, both in this process and through the jail, and compares type and text.
 *
 *   node scripts/fidelity.ts                        drives a jailed process over its pipe
 *   node scripts/fidelity.ts --connect host:port    drives a running server over TCP, with calc.evaluate
 *
 * Writes docs/FIDELITY.md and exits 1 when fewer than 95 % of the examples agree.
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import * as mathjs from "mathjs";
import { DENIED } from "../src/jail/allowlist.ts";
import type { Outcome } from "../src/jail/contract.ts";

/** mathjs's declarations leave its documentation out. */
const { docs } = mathjs as unknown as { docs: Record<string, Doc> };
const SHARE_MIN = 0.95;
const ROOT = new URL("..", import.meta.url).pathname;

type Answer = { type: string; text: string } | { error: string };
type Ask = (expression: string) => Promise<Answer>;
/** Opens a new session; `close` ends what it opened. */
type Target = { open(): Promise<Ask & { end?: () => void }>; close(): void };
type Difference = { name: string; example: string; ours: Answer; theirs: Answer; reason: string };
type Doc = { name?: string; examples?: string[] };

/** Names whose results differ from run to run; only the type is compared, here and in what follows in the session. */
const RANDOM = /\b(?:random|randomInt|pickRandom)\b/;

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

function answerOf(result: { type?: unknown; text?: unknown } | undefined, failure: unknown): Answer {
  if (result) return { type: String(result.type), text: String(result.text) };
  return { error: typeof failure === "object" && failure !== null && "name" in failure ? String(failure.name) : "no answer" };
}

/** A process of the jail, built from the sources, that the variables are carried to and from as the server does. */
function openJail(): Target {
  const folder = mkdtempSync(join(tmpdir(), "fidelity-"));
  const bundle = join(folder, "jail.cjs");
  const flags = ["--bundle", "--platform=node", "--format=cjs", "--minify", "--log-level=error", `--outfile=${bundle}`];
  execFileSync(join(ROOT, "node_modules/.bin/esbuild"), [join(ROOT, "src/jail/main.ts"), ...flags]);
  const jailFlags = ["--disallow-code-generation-from-strings", "--disable-proto=delete", "--frozen-intrinsics", "--no-warnings"];
  const child = spawn(process.execPath, [...jailFlags, bundle], { stdio: ["pipe", "pipe", "inherit"], env: {} });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const send = async (message: object): Promise<Partial<Outcome>> => {
    child.stdin.write(`${JSON.stringify(message)}\n`);
    const line = await lines.next();
    return line.done ? {} : (JSON.parse(line.value) as Partial<Outcome>);
  };
  const started = send({ start: { nodesMax: 2000, depthMax: 100, elementsMax: 1_000_000, resultBytesMax: 262_144 } });
  let id = 0;
  return {
    open: async () => {
      await started;
      const variables: Record<string, string> = {};
      return async (expression) => {
        const { value, failure } = await send({ id: id++, expression, variables });
        for (const [name, stored] of Object.entries(value?.assigned ?? {})) variables[name] = stored.text;
        return answerOf(value, failure);
      };
    },
    close: () => {
      child.stdin.end();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A running server: one connection is one session. */
function openServer(address: string): Target {
  const [host = "127.0.0.1", port = ""] = address.split(":");
  return {
    open: async () => {
      const socket = connect(Number(port), host);
      const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
      let id = 0;
      const ask = async (expression: string): Promise<Answer> => {
        socket.write(`${JSON.stringify({ jsonrpc: "2.0", id: id++, method: "calc.evaluate", params: { expression } })}\n`);
        const line = await lines.next();
        if (line.done) return { error: "connection closed" };
        const { result, error } = JSON.parse(line.value);
        return answerOf(result, error?.data ?? { name: error?.message });
      };
      return Object.assign(ask, { end: () => void socket.end() });
    },
    close: () => {},
  };
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

async function compare(target: Target): Promise<{ differences: Difference[]; examples: number; names: number }> {
  const differences: Difference[] = [];
  const entries = Object.entries(docs);
  let examples = 0;
  for (const [key, doc] of entries) {
    const session: string[] = [];
    const evaluate = openMathjs();
    const ask = await target.open();
    for (const example of doc.examples ?? []) {
      examples++;
      const theirs = evaluate(example);
      const ours = await ask(example);
      session.push(example);
      const isRandom = session.some((text) => RANDOM.test(text));
      if (!agree(ours, theirs, isRandom))
        differences.push({ name: key, example, ours, theirs, reason: reasonFor(session, example, ours) });
    }
    ask.end?.();
  }
  return { differences, examples, names: entries.length };
}

const code = (text: string): string => `\`${text.replaceAll("\n", " ⏎ ").replaceAll("|", "\\|").slice(0, 90)}\``;
const show = (answer: Answer): string =>
  "error" in answer ? `error: ${code(answer.error)}` : `${answer.type} ${code(answer.text)}`;

function page({ differences, examples, names }: Awaited<ReturnType<typeof compare>>): string {
  const same = examples - differences.length;
  const rows = differences.map(
    ({ name, example, ours, theirs, reason }) => `| ${name} | ${code(example)} | ${show(theirs)} | ${show(ours)} | ${reason} |`,
  );
  return [
    "# Fidelity to mathjs",
    "",
    "Generated by `node scripts/fidelity.ts`; do not edit.",
    "",
    `All ${examples} examples of mathjs's own documentation of ${names} names, run in order, one session per name, in mathjs itself and`,
    `in the calculator. Compared are the type and the text with 14 digits; of random results the type alone; two errors count as equal.`,
    "",
    `**${same} of ${examples} agree (${((100 * same) / examples).toFixed(1)} %).** Every difference, with its reason:`,
    "",
    "| name | example | mathjs | calculator | reason |",
    "|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

const { values } = parseArgs({ options: { connect: { type: "string" } } });
const target = values.connect === undefined ? openJail() : openServer(values.connect);
const outcome = await compare(target);
target.close();
writeFileSync(join(ROOT, "docs/FIDELITY.md"), page(outcome));
const share = 1 - outcome.differences.length / outcome.examples;
console.log(
  `${outcome.examples - outcome.differences.length} of ${outcome.examples} examples agree (${(100 * share).toFixed(1)} %)`,
);
if (share < SHARE_MIN) process.exitCode = 1;
