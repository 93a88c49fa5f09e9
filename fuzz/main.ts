/**
 * `npm run fuzz`: wrong input of every kind against a real server, until something is found or the time is over.
 * docs/FUZZING.md tells what each target checks.
 */
import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { parseArgs, styleText } from "node:util";
import { harmless } from "../src/harmless.ts";
import { describe, type Finding, type Report, replay, run } from "./campaign.ts";
import { parseCase } from "./case.ts";
import { keep } from "./corpus.ts";
import { makeTargets, TARGET_NAMES } from "./list.ts";
import { Subject } from "./subject.ts";
import type { Target } from "./target.ts";

const HELP = `npm run fuzz -- [options]

Sends mutated and generated input to a server and checks everything that comes back.

  --target A,B      ${TARGET_NAMES.join(", ")} (default all)
  --seconds N       time for each target (default 60, or no bound when --executions is given)
  --executions N    so many inputs for each target
  --seed S          makes the same inputs again (default a new one, which is printed)
  --replay FILE     plays one file of fuzz/corpus/ instead; needs one --target
  --help            this page

What is found is made small and written to fuzz/corpus/TARGET/, where \`npm test\` plays it again.
Exit status: 0 nothing found, 1 something found, 2 the command cannot be carried out. NO_COLOR is honoured.
`;

const OPTIONS = {
  target: { type: "string", default: TARGET_NAMES.join(",") },
  seconds: { type: "string" },
  executions: { type: "string" },
  seed: { type: "string" },
  replay: { type: "string" },
  help: { type: "boolean", default: false },
} as const;

const SECONDS = 60;
const SEED_MAX = 2 ** 32;

/** The command cannot be carried out; the message is for the person who typed it. */
class UsageError extends Error {}

function readOptions() {
  try {
    return parseArgs({ options: OPTIONS }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,12}$/.test(text)) throw new UsageError(`--${name} takes a whole number, not ${JSON.stringify(text)}`);
  return Number(text);
}

function readNames(text: string): string[] {
  const names = text.split(",");
  const strange = names.find((name) => !TARGET_NAMES.some((known) => known === name));
  if (strange !== undefined) throw new UsageError(`there is no target ${JSON.stringify(strange)}: ${TARGET_NAMES.join(", ")}`);
  return names;
}

function count(number: number): string {
  return number.toLocaleString("en");
}

function summarise(target: Target, report: Report): string {
  const { executions, seconds, findings, heapMb, explained } = report;
  const rate = count(Math.round(executions / Math.max(seconds, 0.001)));
  const head = `${target.name}: ${count(executions)} executions in ${seconds.toFixed(1)} s, ${rate} a second, server heap ${heapMb} MB`;
  const rules = [...explained].map(([rule, times]) => `\n  explained: ${count(times)} by rule ${rule}`);
  return `${head}, ${findings.length} found${rules.join("")}`;
}

/** Tells how far it is on the terminal; into a file or a pipe it says nothing. */
function showProgress(target: Target, report: Report): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${summarise(target, report).split("\n")[0]} `);
}

function hideProgress(): void {
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
}

function tell(target: Target, finding: Finding): void {
  const path = keep(target.name, finding.found, describe(target, finding).split("\n\n")[0] ?? "");
  process.stdout.write(`\n${describe(target, finding)}again: npm run fuzz -- --target ${target.name} --replay ${path}\n`);
}

async function runAll(values: ReturnType<typeof readOptions>): Promise<number> {
  const names = readNames(values.target);
  const executions = readNumber("executions", values.executions);
  const seconds = readNumber("seconds", values.seconds) ?? (executions === undefined ? SECONDS : Number.POSITIVE_INFINITY);
  const seed = readNumber("seed", values.seed) ?? randomInt(SEED_MAX);
  process.stdout.write(`seed ${seed}\n`);
  let found = 0;
  for (const target of makeTargets(names)) {
    let told = 0;
    const report = await run(target, seed, { seconds, executions: executions ?? Number.POSITIVE_INFINITY }, (soFar) => {
      hideProgress();
      // At once: a long run may be hours from its end.
      for (const finding of soFar.findings.slice(told)) tell(target, finding);
      told = soFar.findings.length;
      showProgress(target, soFar);
    });
    hideProgress();
    const line = summarise(target, report);
    process.stdout.write(`${styleText(report.findings.length === 0 ? "green" : "red", line, { stream: process.stdout })}\n`);
    found += report.findings.length;
  }
  return found === 0 ? 0 : 1;
}

async function replayOne(values: ReturnType<typeof readOptions>, file: string): Promise<number> {
  const [target, second] = makeTargets(readNames(values.target));
  if (target === undefined || second !== undefined) throw new UsageError("--replay needs one --target");
  const one = parseCase(readFileSync(file, "utf8"), file);
  const subject = await Subject.open(target.settings);
  try {
    const { reason } = await replay(target, one, subject);
    process.stdout.write(reason === undefined ? "nothing is wrong with it now\n" : `${harmless(reason)}\n`);
    return reason === undefined ? 0 : 1;
  } finally {
    await subject.close();
    await target.close?.();
  }
}

async function main(): Promise<number> {
  const values = readOptions();
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  return values.replay === undefined ? runAll(values) : replayOne(values, values.replay);
}

// Who stops it must not leave the server behind: that one is ended on exit.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}; --help tells more\n`);
  process.exitCode = 2;
}
