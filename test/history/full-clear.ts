/**
 * A process on a small disk of its own: `node full-clear.ts DIRECTORY`. Others and its history fill the disk to the last byte; the
 * history is cleared and goes on, three times over, without anybody making room. Started by storage.test.ts as full-disk.ts is.
 */
import assert from "node:assert/strict";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { openHistory } from "../../src/history/open.ts";
import { append, ledgerNamed, makeEntry } from "./fixture.ts";

const disk = process.argv[2] ?? assert.fail("no directory");
const alice = ledgerNamed("alice");
const history = await openHistory(`sqlite:${join(disk, "history.sqlite")}`, { onFatal: assert.fail });

/** Appends until the disk is full, many at a time and of all sizes. Answers how many were stored. */
async function fill(): Promise<number> {
  for (let stored = 0; ; ) {
    const some = Array.from({ length: 40 }, (_, i) => makeEntry("entry", { outcome: "x".repeat(i * i * 20) }));
    const kinds = (await Promise.all(some.map((entry) => append(history, alice, entry)))).map(({ kind }) => kind);
    stored += kinds.filter((kind) => kind === "stored").length;
    if (kinds.includes("full")) return stored;
  }
}

const ballast = join(disk, "ballast");
const descriptor = openSync(ballast, "w");
writeSync(descriptor, Buffer.alloc(20 * 1024 * 1024));
let kept = await fill();
assert.ok(kept > 0);
// Others take what is left, to the last byte.
for (let bytes = 65_536; bytes >= 1; ) {
  try {
    writeSync(descriptor, Buffer.alloc(bytes));
  } catch {
    bytes = Math.floor(bytes / 2);
  }
}
closeSync(descriptor);
for (let round = 0; round < 3; round++) {
  const { lastSeq } = await history.list(alice.id, { limit: 1 });
  assert.equal(await history.clear(alice.id, lastSeq - 2), kept - 3);
  const stored = await fill();
  assert.ok(stored > 0, `round ${round}`);
  kept = 3 + stored;
  assert.partialDeepStrictEqual(await history.verify(alice.id), { ok: true, entries: kept });
}
assert.equal(await history.forget(9_999, []), 1);
rmSync(ballast);
assert.ok((await fill()) > kept, "with room on the disk the file grows again");
await history.close();
