/** The room a SQLite history takes: the share of a ledger over restarts and versions, and a disk that is full. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type TestContext, test } from "node:test";
import { openHistory } from "../../src/history/open.ts";
import { append, appendAll, ledgerNamed, makeDirectory, makeEntry } from "./fixture.ts";

const alice = ledgerNamed("alice");

test("a ledger's share is remembered over a restart, and counted for entries of an older version", async (t) => {
  const path = join(makeDirectory(t), "history.sqlite");
  const first = await openHistory(`sqlite:${path}`);
  await append(first, alice, makeEntry("1", { key: "€", requestHash: "r" }));
  await appendAll(first, alice, ["2", "ä", "4", "5"]);
  await first.close();
  const bytesOf = () => {
    const db = new DatabaseSync(path);
    const bytes = db.prepare("SELECT bytes FROM ledgers").get()?.["bytes"];
    db.close();
    return Number(bytes);
  };
  const counted = bytesOf();
  assert.ok(counted > 5 * 200);
  const room = async (ledgerBytesMax: number) => {
    const history = await openHistory(`sqlite:${path}`, { limits: { ledgerBytesMax } });
    const { kind } = await append(history, alice, makeEntry("6"));
    await history.close();
    return kind;
  };
  assert.equal(await room(counted + 200), "ledgerFull");
  assert.equal(bytesOf(), counted);
  const old = new DatabaseSync(path);
  old.exec("ALTER TABLE ledgers DROP COLUMN bytes; DELETE FROM migrations WHERE version = 3");
  old.close();
  assert.equal(await room(counted + 200), "ledgerFull");
  assert.equal(bytesOf(), counted, "as the migration counts it");
  assert.equal(await room(counted + 300), "stored");
});

/** Runs the script on a disk of its own of that size; skips the test where none can be mounted. */
function onSmallDisk(t: TestContext, size: string, script: string): void {
  const disk = makeDirectory(t);
  const small = 'mount -t tmpfs -o size="$4" tmpfs "$1" || exit 77; exec "$2" "$3" "$1"';
  const args = ["--mount", "sh", "-c", small, "sh", disk, process.execPath, join(import.meta.dirname, script), size];
  const { error, status, stderr } = spawnSync("unshare", args, { encoding: "utf8", timeout: 60_000 });
  // unshare itself ends with 1 when it may not; the child's own failures show a stack.
  if (error || status === 77 || stderr.startsWith("unshare:")) return t.skip("mounting a small disk is not permitted here");
  assert.equal(status, 0, stderr);
}

test("a disk without room answers full, and the history goes on when there is some", (t) => onSmallDisk(t, "1m", "full-disk.ts"));

test("a full disk is emptied by clearing the history, and by forgetting, again and again", (t) =>
  onSmallDisk(t, "52m", "full-clear.ts"));
