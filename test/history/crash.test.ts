/**
 * G1, as far as a process can show it: a server killed at any moment loses nothing it acknowledged, and leaves no hole.
 * (kill -9 proves nothing about fsync: the page cache survives it. See src/history/DESIGN.md.)
 * `node test/history/crash.test.ts 200` plays 200 rounds.
 */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { openHistory } from "../../src/history/open.ts";
import { ledgerNamed, makeDirectory } from "./fixture.ts";

const appender = join(import.meta.dirname, "appender.ts");
const rounds = Number(process.argv[2] ?? 5);

/** Starts an appender, directly or from a shell command that ends in `exec "$@"`. */
function start(path: string, shell = 'exec "$@"'): ChildProcess {
  return spawn("sh", ["-c", shell, "sh", process.execPath, appender, path], { stdio: ["pipe", "pipe", "inherit"] });
}

/** Every acknowledged line is an entry, each ledger is 1, 2, 3, …, and every chain holds. */
async function checkAll(path: string, acknowledged: string[]): Promise<void> {
  const history = await openHistory(`sqlite:${path}`, { onFatal: assert.fail });
  try {
    const stored = new Set<string>();
    for (const name of ["ledger-0", "ledger-1", "ledger-2"]) {
      const { id } = ledgerNamed(name);
      let seq = 0;
      for (let more = true; more; ) {
        const page = await history.list(id, { after: seq, limit: 1000 });
        for (const entry of page.entries) {
          assert.equal(entry.seq, ++seq);
          stored.add(`${name} ${entry.seq} ${entry.expression}`);
        }
        more = page.more;
      }
      assert.partialDeepStrictEqual(await history.verify(id), { ok: true, entries: seq });
    }
    assert.deepEqual(
      acknowledged.filter((line) => !stored.has(line)),
      [],
    );
    // At most what was under way in each round may be there without an acknowledgement.
    assert.ok(stored.size <= acknowledged.length + 16 * rounds);
  } finally {
    await history.close();
  }
}

test(`a server killed at random moments, ${rounds} times, keeps all it acknowledged`, async (t) => {
  const path = join(makeDirectory(t), "history.sqlite");
  const acknowledged: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const child = start(path);
    t.after(() => child.kill("SIGKILL"));
    // Not `exit`: what it has said may still lie in the pipe then.
    const gone = once(child, "close");
    const lines = Math.floor(Math.random() * 2_000);
    let said = "";
    for await (const chunk of child.stdout?.setEncoding("utf8") ?? assert.fail()) {
      said += chunk;
      if (said.split("\n").length > lines) child.kill("SIGKILL");
    }
    acknowledged.push(
      ...said
        .split("\n")
        .slice(0, -1)
        .filter((line) => line.startsWith("ledger-")),
    );
    assert.deepEqual(await gone, [null, "SIGKILL"]);
    await checkAll(path, acknowledged);
  }
  assert.ok(acknowledged.length > 0);
});

test("a failing write to the disk is told once, and nothing is acknowledged after it", async (t) => {
  const path = join(makeDirectory(t), "history.sqlite");
  // A file size limit makes the kernel refuse the write: SQLITE_IOERR, not SQLITE_FULL.
  const child = start(path, 'ulimit -f 300; exec "$@"');
  t.after(() => child.kill("SIGKILL"));
  const acknowledged: string[] = [];
  const after: string[] = [];
  for await (const line of createInterface({ input: child.stdout ?? assert.fail() })) {
    if (line.startsWith("ledger-") && after.length === 0) acknowledged.push(line);
    else if (line !== "open") after.push(line);
    // The 16 that were under way are refused; each asks for nothing more.
    if (after.length === 17) child.kill("SIGKILL");
  }
  assert.deepEqual(after.slice(0, 16), Array(16).fill("refused closed"));
  assert.match(after[16] ?? "", /^fatal the history's writer broke: disk I\/O error/);
  assert.ok(acknowledged.length > 100);
  await checkAll(path, acknowledged);
});

test("a second server on the same file is refused, until the first is dead", async (t) => {
  const path = join(makeDirectory(t), "history.sqlite");
  const child = start(path);
  t.after(() => child.kill("SIGKILL"));
  await once(child.stdout ?? assert.fail(), "data");
  const open = async () => {
    const history = await openHistory(`sqlite:${path}`, { sqlite: { lockWaitMs: 20 } });
    t.after(() => history.close());
  };
  await assert.rejects(open(), /another canaduck uses this file/);
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
  await open();
  await assert.rejects(open(), /another canaduck uses this file/);
});
