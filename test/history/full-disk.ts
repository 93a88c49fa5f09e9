/**
 * A process on a small disk of its own: `node full-disk.ts DIRECTORY`. Fills the disk with history, frees some, and goes on.
 * Ends with status 0 when all is as it must be. Started by sqlite.test.ts in a mount namespace, so that the disk goes with it.
 */
import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openHistory } from "../../src/history/open.ts";
import { append, ledgerNamed, makeEntry } from "./fixture.ts";

const disk = process.argv[2] ?? assert.fail("no directory");
const ballast = join(disk, "ballast");
const alice = ledgerNamed("alice");
const big = makeEntry("big", { outcome: "x".repeat(50_000) });

writeFileSync(ballast, Buffer.alloc(400_000));
const history = await openHistory(`sqlite:${join(disk, "history.sqlite")}`, { onFatal: assert.fail });
let seq = 0;
for (let answer = await append(history, alice, big); answer.kind !== "full"; answer = await append(history, alice, big)) {
  assert.deepEqual(answer, { kind: "stored", seq: ++seq });
}
assert.ok(seq > 0);
assert.deepEqual(await append(history, alice, big), { kind: "full" });
assert.equal((await history.list(alice.id, { limit: 1 })).lastSeq, seq);
rmSync(ballast);
assert.deepEqual(await append(history, alice, big), { kind: "stored", seq: seq + 1 });
assert.partialDeepStrictEqual(await history.verify(alice.id), { ok: true, entries: seq + 1 });
await history.close();
