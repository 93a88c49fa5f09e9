/**
 * What `npm test` prints: one line for each test file, each skipped test with its reason, lines of a test that begin with `# `,
 * each failure in full together with what its file had written, and at the end the counts of node's test runner, one
 * `# name number` a line. A file that hangs is killed (`silence.ts`) and is a failure.
 */
import { relative, resolve } from "node:path";
import type { TestEvent } from "node:test/reporters";
import { inspect } from "node:util";
import { Silence } from "./silence.ts";

type Failure = Extract<TestEvent, { type: "test:fail" }>["data"];

const HUNG =
  "HUNG: its process told nothing for longer than a test may take, so it was killed. Its last test left something open, or runs on.\n";

async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const failures: Failure[] = [];
  const counts: string[] = [];
  const written = new Map<string, string>();
  const silence = new Silence(readTimeout());
  for await (const { type, data } of events) {
    watch(silence, type, data);
    if (type === "test:stdout" || type === "test:stderr") {
      const file = resolve(data.file);
      written.set(file, (written.get(file) ?? "") + data.message);
    }
    if (type === "test:stdout") yield* data.message.match(/^# .*\n/gm) ?? [];
    if (type === "test:fail" && !isEcho(data)) failures.push(data);
    if (type === "test:pass" && typeof data.skip === "string") yield `skipped ${data.name}: ${data.skip}\n`;
    if (type === "test:diagnostic" && data.file === undefined) counts.push(`# ${data.message}\n`);
    if (type === "test:summary" && data.file !== undefined)
      yield formatFile(data.file, data.success, data.counts.tests, data.duration_ms);
  }
  silence.over();
  for (const file of new Set(failures.map(fileOf))) {
    yield `\n--- ${shorten(file)}\n${written.get(file) ?? ""}`;
    if (silence.broken.has(file)) yield HUNG;
    yield* failures.filter((failure) => fileOf(failure) === file).map(formatFailure);
  }
  yield `\n${counts.join("")}`;
}

/** What `--test-timeout` gives a test, in milliseconds. */
function readTimeout(): number | undefined {
  const [, ms] = /--test-timeout=(\d+)/.exec(process.execArgv.join(" ")) ?? [];
  return ms === undefined ? undefined : Number(ms);
}

/** A file is a test of the runner's own. While it waits for its turn it is only enqueued; it is complete when its output is closed. */
function watch(silence: Silence, type: TestEvent["type"], data: TestEvent["data"]): void {
  if (data === undefined || !("file" in data) || data.file === undefined || type === "test:enqueue") return;
  const file = resolve(data.file);
  if (type === "test:complete" && "name" in data && resolve(data.name) === file) silence.ended(file);
  else silence.heard(file);
}

/** The whole path: what a file wrote comes under the name the runner was given, all else under the whole. */
function fileOf({ file, name }: Failure): string {
  return resolve(file ?? name);
}

/** A suite or file that fails because something in it failed: that was reported by itself. */
function isEcho({ details }: Failure): boolean {
  return "failureType" in details.error && details.error.failureType === "subtestsFailed";
}

function formatFile(file: string, success: boolean, tests: number, ms: number): string {
  return `${success ? "ok    " : "NOT OK"} ${shorten(file)}: ${tests} tests, ${(ms / 1000).toFixed(1)} s\n`;
}

/** The reason with the test runner's own frames left out. */
function formatFailure({ name, file, line, details }: Failure): string {
  const reason = details.error.cause ?? details.error;
  const text = formatReason(reason).replace(/\n +at .*\(?node:internal.*(?=\n|$)/g, "");
  return `\nFAILED ${name}\n  at ${shorten(file ?? name)}:${line ?? 1}\n${text.replace(/^/gm, "  ")}\n`;
}

/** An assertion's message says everything its members say once more. */
function formatReason(reason: unknown): string {
  if (!(reason instanceof Error)) return String(reason);
  return reason.name === "AssertionError" && reason.stack !== undefined ? reason.stack : inspect(reason, { depth: 8 });
}

function shorten(file: string): string {
  return relative(process.cwd(), file);
}

// biome-ignore lint/style/noDefaultExport: node:test takes a reporter in no other way.
export default report;
