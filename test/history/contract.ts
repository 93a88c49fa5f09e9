/**
 * What every history backend must do, as one suite: `contract.test.ts` runs it over all of them.
 * Promises are named G1 to G9 as in src/history/DESIGN.md.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Appended, History, HistoryLimits } from "../../src/history/history.ts";
import { append, appendAll, ledgerNamed, makeEntry, seqs, upTo } from "./fixture.ts";

/** Opens an empty history that is closed and removed after the test. */
export type OpenEmpty = (t: import("node:test").TestContext, limits?: Partial<HistoryLimits>) => Promise<History>;

const alice = ledgerNamed("alice");
const bob = ledgerNamed("bob");

export function testContract(name: string, open: OpenEmpty): void {
  test(`${name}: G2, G3: two ledgers interleaved are numbered 1, 2, 3, … each, and called back in order, never at once`, async (t) => {
    const history = await open(t);
    const heard: string[] = [];
    let returned = false;
    const all = Promise.all(
      upTo(50).map(
        (i) =>
          new Promise<void>((resolve) => {
            const ledger = i % 2 ? alice : bob;
            history.append(ledger, makeEntry(`${i}`), (answer) => {
              assert.ok(returned);
              heard.push(`${ledger.id.slice(0, 1)}${answer.kind === "stored" ? answer.seq : answer.kind}`);
              resolve();
            });
          }),
      ),
    );
    returned = true;
    await all;
    assert.deepEqual(
      heard,
      upTo(25).flatMap((i) => [`a${i}`, `b${i}`]),
    );
    assert.deepEqual(seqs((await history.list(alice.id, { limit: 1000 })).entries), upTo(25));
  });

  test(`${name}: G4: a read sent from within an acknowledgement sees the entry, in full`, async (t) => {
    const history = await open(t);
    const entry = makeEntry("1/0", { at: 12, failed: true, elapsedUs: 34, summary: "division" });
    const listed = await new Promise((resolve, reject) =>
      history.append(alice, entry, () => history.list(alice.id, { limit: 1 }).then(resolve, reject)),
    );
    const { entries } = await history.list(alice.id, { limit: 1 });
    assert.match(entries[0]?.hash ?? "", /^[0-9a-f]{64}$/);
    assert.deepEqual(listed, { entries: [{ ...entry, seq: 1, hash: entries[0]?.hash }], lastSeq: 1, more: false });
  });

  test(`${name}: G5: one key and one request give the stored entry again, another request a conflict, also within a batch`, async (t) => {
    const history = await open(t);
    const keyed = (expression: string, key: string) => makeEntry(expression, { key, requestHash: `hash of ${expression}` });
    const answers = await Promise.all([
      append(history, alice, keyed("1", "k")),
      append(history, alice, keyed("1", "k")),
      append(history, alice, keyed("2", "k")),
      append(history, alice, keyed("2", "l")),
      append(history, bob, keyed("2", "k")),
    ]);
    const [first] = (await history.list(alice.id, { limit: 1000 })).entries;
    assert.ok(first);
    const expected: Appended[] = [
      { kind: "stored", seq: 1 },
      { kind: "replayed", entry: first },
      { kind: "conflict", seq: 1 },
      { kind: "stored", seq: 2 },
      { kind: "stored", seq: 1 },
    ];
    assert.deepEqual(answers, expected);
    const changed = { ...keyed("1", "k"), outcome: "another", at: 9_999 };
    assert.deepEqual(await append(history, alice, changed), { kind: "replayed", entry: first });
    assert.deepEqual(await history.findKey(alice.id, "k"), { entry: first, requestHash: "hash of 1" });
    assert.equal(await history.findKey(alice.id, "none"), undefined);
    assert.equal(await history.findKey("nobody", "k"), undefined);
  });

  test(`${name}: a ledger is found by its resume hash when it was kept or appended to`, async (t) => {
    const history = await open(t);
    assert.equal(await history.find(alice.resumeHash), undefined);
    assert.equal(await history.keep(alice, 5), "kept");
    assert.deepEqual(await history.find(alice.resumeHash), { id: alice.id, lastSeq: 0 });
    await appendAll(history, bob, ["1", "2"]);
    assert.deepEqual(await history.find(bob.resumeHash), { id: bob.id, lastSeq: 2 });
    assert.deepEqual(await history.list(alice.id, { limit: 10 }), { entries: [], lastSeq: 0, more: false });
    assert.deepEqual(await history.list("nobody", { limit: 10 }), { entries: [], lastSeq: 0, more: false });
  });

  test(`${name}: list gives the newest before, the oldest after, and says whether there is more`, async (t) => {
    const history = await open(t, { entriesMax: 6 });
    await appendAll(history, alice, upTo(9).map(String));
    const page = async (query: Parameters<History["list"]>[1]) => {
      const { entries, lastSeq, more } = await history.list(alice.id, query);
      assert.equal(lastSeq, 9);
      return `${seqs(entries)}${more ? " and more" : ""}`;
    };
    assert.equal(await page({ limit: 3 }), "7,8,9 and more");
    assert.equal(await page({ limit: 3, before: 4 }), "1,2,3");
    assert.equal(await page({ limit: 3, before: 5 }), "2,3,4 and more");
    assert.equal(await page({ limit: 3, after: 0 }), "1,2,3 and more");
    assert.equal(await page({ limit: 3, after: 6 }), "7,8,9");
    assert.equal(await page({ limit: 3, after: 2, before: 5 }), "3,4");
    assert.equal(await page({ limit: 3, after: 2, before: 9 }), "3,4,5 and more");
    assert.equal(await page({ limit: 3, after: 9 }), "");
    assert.equal(await page({ limit: 3, before: 1 }), "");
    assert.equal(await page({ limit: 3, before: 0 }), "");
    assert.equal(await page({ limit: 3, before: 500 }), "7,8,9 and more");
    assert.equal(await page({ limit: 100 }), "4,5,6,7,8,9 and more");
    assert.equal(await page({ limit: 0 }), "9 and more");
  });

  test(`${name}: a query is a plain substring of expression or summary, in any case`, async (t) => {
    const history = await open(t);
    await appendAll(history, alice, ["SIN(x)", "50% of 3", "a_b", "ÄPFEL", "a\\b", "nul\0ende", "sinh", "o'x"]);
    const found = async (query: string) => seqs((await history.list(alice.id, { limit: 1000, query })).entries).join();
    assert.equal(await found("sin"), "1,7");
    assert.equal(await found("%"), "2");
    assert.equal(await found("_"), "3");
    assert.equal(await found("äpf"), "4");
    assert.equal(await found("\\"), "5");
    assert.equal(await found("ENDE"), "6");
    assert.equal(await found("'"), "8");
    assert.equal(await found("= a"), "3,5");
    assert.equal(await found("value"), "");
    const oldest = await history.list(alice.id, { limit: 1000, after: 0, query: "=" });
    assert.deepEqual(seqs(oldest.entries), upTo(8));
    const paged = await history.list(alice.id, { limit: 1, query: "sin" });
    assert.deepEqual([seqs(paged.entries), paged.more], [[7], true]);
  });

  test(`${name}: a list stays within its text limit, but gives at least one entry`, async (t) => {
    const history = await open(t, { listCharsMax: 1_000 });
    for (const i of upTo(4)) await append(history, alice, makeEntry(`${i}`, { outcome: "x".repeat(400) }));
    await append(history, alice, makeEntry("5", { outcome: "x".repeat(5_000) }));
    const pages = await Promise.all([
      history.list(alice.id, { limit: 9 }),
      history.list(alice.id, { limit: 9, before: 5 }),
      history.list(alice.id, { limit: 9, after: 0 }),
    ]);
    assert.deepEqual(
      pages.map(({ entries, more }) => [seqs(entries), more]),
      [
        [[5], true],
        [[3, 4], true],
        [[1, 2], true],
      ],
    );
  });

  test(`${name}: G9: any text is kept byte for byte, lone surrogates and odd numbers become storable, and the chain holds`, async (t) => {
    const history = await open(t);
    const texts = ["", "\0", "a\0b", "😀\u202e\uffff", "'; DROP TABLE entries; --", "\ufeff", "x".repeat(300_000)];
    await appendAll(history, alice, texts);
    await append(history, alice, makeEntry("\ud800", { at: Number.NaN, elapsedUs: 1.5, key: "\udc00", requestHash: "r" }));
    await append(history, alice, makeEntry("last", { at: Number.POSITIVE_INFINITY, elapsedUs: -1 }));
    const { entries } = await history.list(alice.id, { limit: 1000 });
    assert.deepEqual(
      entries.map((entry) => entry.expression),
      [...texts, "\ufffd", "last"],
    );
    assert.deepEqual(
      entries.slice(-2).map(({ at, elapsedUs }) => [at, elapsedUs]),
      [
        [0, 2],
        [Number.MAX_SAFE_INTEGER, 0],
      ],
    );
    assert.equal((await history.findKey(alice.id, "\udc00"))?.entry.seq, 8);
    assert.partialDeepStrictEqual(await history.verify(alice.id), { ok: true, entries: 9 });
    assert.partialDeepStrictEqual(await history.verify("nobody"), { ok: true, entries: 0 });
  });

  test(`${name}: forget removes what was not seen since, except what is named; a name used again starts at 1`, async (t) => {
    const history = await open(t);
    const names = ["old", "named", "kept again", "fresh", "empty"].map(ledgerNamed);
    const [old, named, again, fresh, empty] = names;
    assert.ok(old && named && again && fresh && empty);
    for (const ledger of [old, named, again]) await appendAll(history, ledger, upTo(20).map(String));
    await history.keep(empty, 999);
    await append(history, fresh, makeEntry("1", { at: 2_000 }));
    await history.keep(again, 2_000);
    await history.keep(again, 3);
    assert.equal(await history.forget(1_500, [named.id, "nobody"]), 2);
    const found = await Promise.all(names.map(async ({ resumeHash }) => (await history.find(resumeHash))?.lastSeq));
    assert.deepEqual(found, [undefined, 20, 20, 1, undefined]);
    assert.equal((await history.list(old.id, { limit: 10 })).lastSeq, 0);
    assert.deepEqual(await appendAll(history, old, ["again"]), [1]);
    assert.deepEqual(await appendAll(history, named, ["more"]), [21]);
    for (const { id } of names) assert.ok((await history.verify(id)).ok);
    assert.equal(await history.forget(0, []), 0);
    assert.equal(
      await history.forget(0, [named.id], [named.id, fresh.id, "nobody"]),
      1,
      "what has ended goes, unless it is named",
    );
    assert.deepEqual(await history.find(fresh.resumeHash), undefined);
  });

  test(`${name}: clear removes the older entries; numbers go on, keys are free, and the rest is proven after what went`, async (t) => {
    const history = await open(t);
    const keyed = (expression: string, key: string) => makeEntry(expression, { key, requestHash: expression });
    await append(history, alice, keyed("first", "k"));
    await appendAll(history, alice, upTo(19).map(String));
    await appendAll(history, bob, upTo(2).map(String));
    const { entries } = await history.list(alice.id, { limit: 1000 });
    assert.equal(await history.clear(alice.id, 12), 11);
    assert.equal(await history.clear(alice.id, 12), 0);
    assert.equal(await history.clear("nobody", 12), 0);
    const left = await history.list(alice.id, { limit: 1000 });
    assert.deepEqual(left, { entries: entries.slice(11), lastSeq: 20, more: false });
    assert.deepEqual(await history.list(alice.id, { after: 3, limit: 1 }), {
      entries: entries.slice(11, 12),
      lastSeq: 20,
      more: true,
    });
    assert.equal((await history.list(alice.id, { before: 12, limit: 9, query: "1" })).entries.length, 0);
    const hash = entries.at(-1)?.hash;
    assert.deepEqual(await history.verify(alice.id), { ok: true, entries: 9, cleared: 11, hash });
    assert.equal(await history.findKey(alice.id, "k"), undefined);
    assert.equal(await history.clear(alice.id, 1_000), 9);
    assert.deepEqual(await history.verify(alice.id), { ok: true, entries: 0, cleared: 20, hash });
    assert.deepEqual(await append(history, alice, keyed("second", "k")), { kind: "stored", seq: 21 });
    assert.partialDeepStrictEqual(await history.verify(alice.id), { ok: true, entries: 1, cleared: 20 });
    assert.equal((await history.find(alice.resumeHash))?.lastSeq, 21);
    assert.partialDeepStrictEqual(await history.verify(bob.id), { ok: true, entries: 2, cleared: 0 });
    assert.deepEqual(await history.ledgers(""), [
      { id: alice.id, lastSeq: 21 },
      { id: bob.id, lastSeq: 2 },
    ]);
    assert.deepEqual(await history.ledgers(alice.id), [{ id: bob.id, lastSeq: 2 }]);
  });

  test(`${name}: full storage refuses the batch, keeps its numbers, and stores again when there is room`, async (t) => {
    const history = await open(t, { storeBytesMax: 400_000, batchMax: 4 });
    await appendAll(history, bob, upTo(3).map(String));
    const big = makeEntry("big", { outcome: "x".repeat(30_000) });
    const answers = await Promise.all(upTo(40).map(() => append(history, alice, big)));
    const stored = answers.filter((answer) => answer.kind === "stored").length;
    assert.ok(stored > 0 && stored < 40);
    assert.deepEqual(
      answers.slice(0, stored),
      upTo(stored).map((seq) => ({ kind: "stored", seq })),
    );
    for (const answer of answers.slice(stored)) assert.equal(answer.kind, "full");
    assert.equal((await history.find(alice.resumeHash))?.lastSeq, stored);
    assert.equal(await history.forget(5_000, [bob.id]), 1);
    assert.deepEqual(await append(history, bob, big), { kind: "stored", seq: 4 });
    assert.partialDeepStrictEqual(await history.verify(bob.id), { ok: true, entries: 4 });
  });

  test(`${name}: a ledger has its share; beyond, it alone is refused, within one batch too, until it clears some`, async (t) => {
    const history = await open(t, { ledgerBytesMax: 3_000 });
    // 200 bytes for the row, 800 for its texts: euro signs are three bytes of UTF-8.
    const big = makeEntry("€".repeat(100), { outcome: "x".repeat(490), summary: "", key: "0123456789", requestHash: "r" });
    const keyed = (i: number) => ({ ...big, key: `${i}`.padStart(10, "k") });
    const both = upTo(4).flatMap((i) => [append(history, alice, keyed(i)), append(history, bob, makeEntry(`${i}`))]);
    const kinds = (await Promise.all(both)).map((answer) => ("seq" in answer ? answer.seq : answer.kind));
    assert.deepEqual(kinds, [1, 1, 2, 2, 3, 3, "ledgerFull", 4]);
    assert.equal((await append(history, alice, keyed(1))).kind, "replayed");
    assert.equal(await history.keep(alice, 5), "kept");
    assert.equal((await history.find(alice.resumeHash))?.lastSeq, 3);
    assert.equal(await history.clear(alice.id, 2), 1);
    const after = await Promise.all(upTo(2).map((i) => append(history, alice, keyed(i + 5))));
    assert.deepEqual(after, [{ kind: "stored", seq: 4 }, { kind: "ledgerFull" }]);
    assert.equal(await history.clear(alice.id, 5), 3);
    for (const i of upTo(3)) assert.equal((await append(history, alice, keyed(i + 9))).kind, "stored");
    assert.deepEqual(await append(history, alice, makeEntry("")), { kind: "ledgerFull" });
    assert.partialDeepStrictEqual(await history.verify(alice.id), { ok: true, entries: 3, cleared: 4 });
  });

  test(`${name}: more than the unacknowledged limits is busy, and stores nothing`, async (t) => {
    const history = await open(t, { appendsMax: 3, appendCharsMax: 1_000 });
    const kinds = async (entries: ReturnType<typeof makeEntry>[]) =>
      (await Promise.all(entries.map((entry) => append(history, alice, entry)))).map((answer) => answer.kind).join();
    assert.equal(await kinds(upTo(5).map((i) => makeEntry(`${i}`))), "stored,stored,stored,busy,busy");
    const big = makeEntry("big", { outcome: "x".repeat(600) });
    assert.equal(await kinds([big, big]), "stored,busy");
    assert.equal(await kinds([{ ...big, outcome: "x".repeat(2_000) }, big]), "stored,busy");
    assert.equal(await kinds([makeEntry("small"), makeEntry("small")]), "stored,stored");
    assert.equal((await history.find(alice.resumeHash))?.lastSeq, 7);
  });

  test(`${name}: close waits for what was accepted, refuses what comes later, and may be called twice`, async (t) => {
    const history = await open(t);
    const accepted = appendAll(history, alice, upTo(30).map(String));
    const closed = [history.close(), history.close()];
    const late = append(history, alice, makeEntry("late"));
    assert.deepEqual(await accepted, upTo(30));
    assert.deepEqual(await late, { kind: "closed" });
    await Promise.all(closed);
    assert.equal(await history.keep(alice, 1), "closed");
    for (const read of [history.list(alice.id, { limit: 1 }), history.find(""), history.verify(""), history.forget(0, [])]) {
      await assert.rejects(read, { name: "HistoryError", kind: "closed" });
    }
  });
}
