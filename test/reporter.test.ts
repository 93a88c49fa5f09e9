/** `npm test` ends, and is red, whatever a test file does: each file here hangs in a way the runner itself would wait for without end. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { collect } from "./cli/running.ts";

const REPORTER = fileURLToPath(new URL("reporter.ts", import.meta.url));
const TEST_MS = 3_000;

const done = 'import { test } from "node:test";\ntest("is done", () => {});\n';
const left = 'spawn("sleep", ["600"], { stdio: "inherit", detached: true })';

/** Runs these files as `npm test` does, with less patience. */
async function report(
  t: TestContext,
  files: Record<string, string>,
): Promise<{ status: number; stdout: string; stderr: string }> {
  const folder = mkdtempSync(join(tmpdir(), "canaduck-reporter-"));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const flags = ["--test-concurrency=4", `--test-timeout=${TEST_MS}`, `--test-reporter=${REPORTER}`];
  // A runner inside a test file would talk to the runner outside.
  const { NODE_TEST_CONTEXT: _outside, ...env } = process.env;
  const child = spawn(process.execPath, ["--test", ...flags, ...Object.keys(files)], { cwd: folder, env, detached: true });
  t.after(() => killGroup(child.pid ?? 0));
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const [status] = await once(child, "close");
  return { status, stdout: stdout(), stderr: stderr() };
}

/** What is left where the guard does not work. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Nothing is.
  }
}

test("a file that runs on, or keeps something open, is killed and a failure; the others are told as ever", async (t) => {
  const { status, stdout, stderr } = await report(t, {
    "fine.test.mjs": `${done}console.log("# fine");\n`,
    "fails.test.mjs": `${done}console.log("said before");\ntest("fails", () => {\n  throw new Error("why");\n});\n`,
    "open.test.mjs": `${done}setInterval(() => {}, 1_000);\n`,
    "runs-on.test.mjs": `${done}test("runs on", () => {\n  for (;;);\n});\n`,
  });
  assert.equal(status, 1, stdout);
  assert.match(stdout, /^ok {4} fine\.test\.mjs: 1 tests/m);
  assert.match(stdout, /^--- fails\.test\.mjs\nsaid before\n\nFAILED fails\n.*\n +Error: why$/m);
  for (const name of ["open", "runs-on"])
    assert.match(stdout, new RegExp(`^--- ${name}\\.test\\.mjs\nHUNG: .*\n\nFAILED ${name}\\.test\\.mjs$`, "m"));
  assert.match(stdout, /^# fail 3$/m);
  assert.equal(stderr, "", "the run ended by itself");
});

test("a file whose own process left another at its output ends the run", async (t) => {
  const text = `${done}import { spawn } from "node:child_process";\nconst left = ${left};\nleft.unref();\nconsole.log("# left", left.pid);\n`;
  const { status, stdout, stderr } = await report(t, { "leaves.test.mjs": text });
  const [, pid] = /^# left (\d+)$/m.exec(stdout) ?? [];
  process.kill(Number(pid));
  assert.equal(status, 1, stdout);
  assert.match(stderr, /^HUNG .*leaves\.test\.mjs: /m);
});
