/** Commands whose output goes nowhere: to a disk that is full, or to somebody who has had enough. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { openHistory } from "../../src/history/open.ts";
import { appendAll, ledgerNamed, makeDirectory, upTo } from "../history/fixture.ts";
import { BIN, collect, run } from "./running.ts";

/** Runs the program with stdout on a device that is always full. */
async function runFull(t: TestContext, args: string[]): Promise<{ status: number | null; stderr: string }> {
  const full = openSync("/dev/full", "w");
  t.after(() => closeSync(full));
  const child = spawn(process.execPath, [BIN, ...args], { stdio: ["ignore", full, "pipe"], env: { PATH: process.env["PATH"] } });
  const stderr = collect(child.stderr);
  const [status] = await once(child, "close");
  return { status, stderr: stderr() };
}

test("output that cannot be written is one line and status 74", { skip: !existsSync("/dev/full") }, async (t) => {
  const url = `sqlite:${join(makeDirectory(t), "history.db")}`;
  const history = await openHistory(url);
  await appendAll(history, ledgerNamed("alice"), upTo(3).map(String));
  await history.close();
  const commands = [["--help"], ["history", "verify", "--history", url], ["history", "export", "--history", url]];
  for (const args of commands) {
    const { status, stderr } = await runFull(t, args);
    assert.equal(status, 74, `${args}: ${stderr}`);
    assert.match(stderr, /^canaduck: the output cannot be written: [^\n]+\n$/);
  }
});

test("a token that cannot be printed is not made, and its name is free", { skip: !existsSync("/dev/full") }, async (t) => {
  const create = ["token", "create", "--name", "a", "--role", "user", "--tokens", join(makeDirectory(t), "tokens.json")];
  const { status, stderr } = await runFull(t, create);
  assert.equal(status, 74);
  assert.match(stderr, /^canaduck: no token was made, since it cannot be printed: [^\n]+\n$/);
  assert.equal((await run(create)).status, 0);
});
