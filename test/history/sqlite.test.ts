/**
 * What only the SQLite history has: a file with permissions, migrations, a hash chain that can be broken from outside, a disk
 * that can be full, and a thread that can break.
 */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type TestContext, test } from "node:test";
import { entryHash, genesis } from "../../src/history/chain.ts";
import type { History } from "../../src/history/history.ts";
import { openHistory } from "../../src/history/open.ts";
import { openFile } from "../../src/history/sqlite-file.ts";
import { append, appendAll, ledgerNamed, makeDirectory, makeEntry, upTo } from "./fixture.ts";

const alice = ledgerNamed("alice");
const bob = ledgerNamed("bob");

/** A closed history file with five entries of alice. */
async function makeFile(t: TestContext): Promise<string> {
  const path = join(makeDirectory(t), "history.sqlite");
  const history = await openHistory(`sqlite:${path}`);
  t.after(() => history.close());
  await append(history, alice, makeEntry("1", { key: "k", requestHash: "r" }));
  await appendAll(history, alice, ["2", "3 needle", "4", "5"]);
  await history.close();
  return path;
}

async function withHistory<T>(path: string, use: (history: History) => Promise<T>): Promise<T> {
  const history = await openHistory(`sqlite:${path}`, { sqlite: { sliceRows: 2 } });
  try {
    return await use(history);
  } finally {
    await history.close();
  }
}

function change(path: string, sql: string): void {
  const db = new DatabaseSync(path);
  db.exec(sql);
  db.close();
}

test("directories are made for the owner alone, and so are the file and its log; odd letters in the path are kept", async (t) => {
  const directory = join(makeDirectory(t), "a b", "é😀%20?x=1#");
  const path = join(directory, "history.sqlite");
  const history = await openHistory(`sqlite:${path}`);
  t.after(() => history.close());
  await append(history, alice, makeEntry("1"));
  const modes = [directory, join(directory, ".."), path, `${path}-wal`].map((one) => (statSync(one).mode & 0o777).toString(8));
  assert.deepEqual(modes, ["700", "700", "600", "600"]);
  await history.close();
  assert.ok(!existsSync(`${path}-wal`));
  assert.equal(await withHistory(path, async (again) => (await again.find(alice.resumeHash))?.lastSeq), 1);
});

test("the file is opened with a write-ahead log, full fsync, an exclusive lock and our own checkpoints", (t) => {
  const db = openFile(join(makeDirectory(t), "history.sqlite"), {
    lockWaitMs: 0,
    storeBytesMax: 1_000_000,
    checkpointBytes: 50_000,
  });
  const is = (pragma: string) => Object.values(db.prepare(`PRAGMA ${pragma}`).get() ?? {})[0];
  const pragmas = ["journal_mode", "synchronous", "locking_mode", "wal_autocheckpoint", "max_page_count", "journal_size_limit"];
  assert.deepEqual(pragmas.map(is), ["wal", 2, "exclusive", 0, 244, 100_000]);
  db.close();
});

test("the log is written over from its start, and cut off where it had to grow longer", async (t) => {
  const path = join(makeDirectory(t), "history.sqlite");
  const checkpointBytes = 200_000;
  const history = await openHistory(`sqlite:${path}`, { sqlite: { checkpointBytes } });
  t.after(() => history.close());
  const sizeAfter = async (chars: number) => {
    await append(history, alice, makeEntry("1", { outcome: "x".repeat(chars) }));
    return statSync(`${path}-wal`).size;
  };
  const sizes: number[] = [];
  for (let round = 0; round < 60; round += 1) sizes.push(await sizeAfter(20_000));
  const longest = Math.max(...sizes);
  assert.ok(longest > checkpointBytes && longest < 1.5 * checkpointBytes, `${longest}`);
  const last = sizes.slice(sizes.indexOf(longest));
  assert.ok(last.length > 20 && last.every((size) => size === longest), "once full, it stays");
  assert.ok((await sizeAfter(1_000_000)) > 1_000_000);
  assert.ok((await sizeAfter(1)) <= 2 * checkpointBytes);
});

test("what cannot be a history is refused in words, and stays untouched", async (t) => {
  const directory = makeDirectory(t);
  const [foreign, text, folder] = ["foreign", "text", "folder"].map((name) => join(directory, name));
  assert.ok(foreign && text && folder);
  change(foreign, "CREATE TABLE theirs (x)");
  writeFileSync(text, "not a database ".repeat(100));
  mkdirSync(folder);
  const before = readFileSync(foreign);
  await assert.rejects(
    openHistory(`sqlite:${foreign}`),
    /cannot open the history .*foreign: the file is a database of another program/,
  );
  assert.deepEqual(readFileSync(foreign), before);
  await assert.rejects(openHistory(`sqlite:${text}`), /text: the file is not a database/);
  await assert.rejects(openHistory(`sqlite:${folder}`), /cannot open the history/);
  await assert.rejects(openHistory(`sqlite:${text}/below`), /cannot open the history/);
  await assert.rejects(openHistory("sqlite:"), /sqlite:PATH or memory:/);
  await assert.rejects(openHistory("mysql://u:secret@h/db"), {
    message: "no history backend for mysql: the history is sqlite:PATH or memory:",
  });
});

test("migrations run once, are recorded, and a file of a newer version is refused", async (t) => {
  const path = await makeFile(t);
  await withHistory(path, async (history) => assert.equal((await history.find(alice.resumeHash))?.lastSeq, 5));
  const db = new DatabaseSync(path);
  const rows = db.prepare("SELECT version, name FROM migrations").all();
  db.close();
  assert.deepEqual(
    rows.map((row) => [row["version"], row["name"]]),
    [
      [1, "ledgers"],
      [2, "cleared"],
      [3, "bytes"],
    ],
  );
  change(path, "INSERT INTO migrations VALUES (99, 'future', 0)");
  await assert.rejects(openHistory(`sqlite:${path}`), /written by a newer canaduck: its schema is 99, this one knows 3/);
});

test("G9: any change of a stored entry is found at its place", async (t) => {
  const path = await makeFile(t);
  const whole = readFileSync(path);
  const verifyAfter = async (sql: string) => {
    writeFileSync(path, whole);
    change(path, sql);
    return (await withHistory(path, (history) => history.verify(alice.id))).brokenAt;
  };
  assert.equal(await verifyAfter("SELECT 1"), undefined);
  const columns = [
    "at = at + 1",
    "expression = 'x'",
    "outcome = 'x'",
    "summary = 'x'",
    "failed = 1",
    "elapsed_us = 8",
    "hash = 'x'",
  ];
  for (const column of columns) assert.equal(await verifyAfter(`UPDATE entries SET ${column} WHERE seq = 3`), 3, column);
  for (const column of ["key = 'l'", "key = NULL", "request_hash = 'x'"]) {
    assert.equal(await verifyAfter(`UPDATE entries SET ${column} WHERE seq = 1`), 1, column);
  }
  // An entry forged with a right hash of its own breaks the next one.
  const hash = entryHash(genesis, alice.id, 1, makeEntry("forged"));
  const { outcome, summary } = makeEntry("forged");
  const forged = `expression = 'forged', outcome = '${outcome}', summary = '${summary}', key = NULL, request_hash = NULL, hash = '${hash}'`;
  assert.equal(await verifyAfter(`UPDATE entries SET ${forged} WHERE seq = 1`), 2);
  assert.equal(await verifyAfter("DELETE FROM entries WHERE seq = 2"), 2);
  assert.equal(await verifyAfter("DELETE FROM entries WHERE seq = 5"), 5);
  assert.equal(await verifyAfter("UPDATE ledgers SET last_seq = 4"), 4);
  assert.equal(await verifyAfter("UPDATE ledgers SET last_seq = 6"), 6);
});

test("G9: one flipped bit in the file changes what is read, SQLite says ok, and verify finds it", async (t) => {
  const path = await makeFile(t);
  const bytes = readFileSync(path);
  const place = bytes.indexOf("3 needle");
  bytes[place + 2] = (bytes[place + 2] ?? 0) ^ 1;
  writeFileSync(path, bytes);
  const db = new DatabaseSync(path);
  assert.equal(db.prepare("PRAGMA integrity_check").get()?.["integrity_check"], "ok");
  db.close();
  await withHistory(path, async (history) => {
    assert.equal((await history.list(alice.id, { limit: 9 })).entries[2]?.expression, "3 oeedle");
    assert.partialDeepStrictEqual(await history.verify(alice.id), { ok: false, entries: 2, brokenAt: 3 });
  });
});

test("a damaged page fails the reads that need it, and only those", async (t) => {
  const path = await makeFile(t);
  await withHistory(path, (history) =>
    appendAll(
      history,
      bob,
      upTo(300).map((i) => `${i}`.repeat(40)),
    ),
  );
  const bytes = readFileSync(path);
  const page = Math.floor(bytes.indexOf("150".repeat(40)) / 4096) * 4096;
  bytes.fill(0xff, page, page + 4096);
  writeFileSync(path, bytes);
  await withHistory(path, async (history) => {
    const { ok, brokenAt = 0 } = await history.verify(bob.id);
    assert.ok(!ok && brokenAt > 1);
    await assert.rejects(history.list(bob.id, { after: 0, limit: 1000 }), { name: "HistoryError", kind: "failed" });
    assert.partialDeepStrictEqual(await history.verify(alice.id), { ok: true, entries: 5 });
  });
});

test("forget gives the space back, also what an interrupted one left", async (t) => {
  const path = await makeFile(t);
  await withHistory(path, (history) => appendAll(history, bob, upTo(9).map(String)));
  change(
    path,
    "INSERT INTO forgotten SELECT number, last_seq FROM ledgers WHERE last_seq = 9; DELETE FROM ledgers WHERE last_seq = 9",
  );
  await withHistory(path, async (history) => {
    assert.deepEqual(await appendAll(history, bob, ["new"]), [1]);
    assert.equal(await history.forget(9_999, [bob.id]), 1);
    assert.equal(await history.forget(9_999, []), 1);
    assert.deepEqual(await appendAll(history, bob, ["new again"]), [1]);
  });
  const db = new DatabaseSync(path);
  const counts = ["ledgers", "entries", "forgotten"].map(
    (table) => db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.["n"],
  );
  db.close();
  assert.deepEqual(counts, [1, 1, 0]);
});

test("a ledger forgotten while it is verified is gone, not broken", async (t) => {
  const path = await makeFile(t);
  await withHistory(path, async (history) => {
    const verified = history.verify(alice.id);
    assert.equal(await history.forget(9_999, []), 1);
    assert.partialDeepStrictEqual(await verified, { ok: true, entries: 0 });
  });
});

test("a ledger cleared while it is verified is whole", async (t) => {
  const path = await makeFile(t);
  await withHistory(path, async (history) => {
    const verified = history.verify(alice.id);
    assert.equal(await history.clear(alice.id, 5), 4);
    assert.partialDeepStrictEqual(await verified, { ok: true });
    assert.partialDeepStrictEqual(await history.verify(alice.id), { ok: true, entries: 1, cleared: 4 });
  });
});

test("a clear that was cut short leaves a whole ledger, and can be finished", async (t) => {
  const path = join(makeDirectory(t), "history.sqlite");
  const slices = { sliceRows: 2, readMs: 0 };
  const first = await openHistory(`sqlite:${path}`, { sqlite: slices });
  await appendAll(first, alice, upTo(200).map(String));
  const cut = assert.rejects(first.clear(alice.id, 201), { kind: "closed" });
  await first.list(alice.id, { limit: 1 });
  await first.close();
  await cut;
  await withHistory(path, async (history) => {
    const { ok, entries, cleared } = await history.verify(alice.id);
    assert.ok(ok && cleared > 0 && entries > 0 && entries + cleared === 200, `${entries} and ${cleared}`);
    assert.equal(await history.clear(alice.id, 201), entries);
  });
});

test("G9: a beginning that was cut off by hand is no clear", async (t) => {
  const path = await makeFile(t);
  change(path, "DELETE FROM entries WHERE seq = 1; UPDATE ledgers SET cleared_seq = 1");
  await withHistory(path, async (history) => {
    assert.partialDeepStrictEqual(await history.verify(alice.id), { ok: false, brokenAt: 2 });
  });
});

test("a writer that breaks is told once; what waited and what comes is closed", async (t) => {
  const fatal: string[] = [];
  const path = join(makeDirectory(t), "history.sqlite");
  const history = await openHistory(`sqlite:${path}`, { onFatal: (reason) => fatal.push(reason) });
  t.after(() => history.close());
  await history.keep(alice, 1);
  // Two ledgers with one token: impossible, hence a bug, hence the end.
  const answers = [history.keep({ id: "impostor", resumeHash: alice.resumeHash }, 1), history.keep(bob, 1)];
  const read = assert.rejects(history.verify(alice.id), { name: "HistoryError", kind: "closed" });
  assert.deepEqual(await Promise.all(answers), ["closed", "closed"]);
  await read;
  assert.deepEqual(await append(history, bob, makeEntry("late")), { kind: "closed" });
  await assert.rejects(history.list(alice.id, { limit: 1 }), { kind: "closed" });
  await history.close();
  assert.equal(fatal.length, 1);
  assert.match(fatal[0] ?? "", /UNIQUE constraint failed/);
});

test("a forget that cannot write breaks the writer too", async (t) => {
  const path = await makeFile(t);
  change(path, "CREATE TRIGGER broken BEFORE DELETE ON ledgers BEGIN SELECT raise(ABORT, 'broken'); END");
  const fatal: string[] = [];
  const history = await openHistory(`sqlite:${path}`, { onFatal: (reason) => fatal.push(reason) });
  t.after(() => history.close());
  await assert.rejects(history.forget(9_999, []), { name: "HistoryError", kind: "closed" });
  assert.match(fatal.join(), /broken/);
});

test("more reads than the limit are busy", async (t) => {
  const history = await openHistory(`sqlite:${join(makeDirectory(t), "history.sqlite")}`, { limits: { readsMax: 2 } });
  t.after(() => history.close());
  const reads = await Promise.allSettled(upTo(3).map(() => history.find("")));
  assert.deepEqual(
    reads.map((read) => (read.status === "rejected" ? read.reason.kind : read.status)),
    ["fulfilled", "fulfilled", "busy"],
  );
  assert.equal(await history.find(""), undefined);
  await history.close();
});
