/**
 * Runs the contract over every backend, and random sequences of everything against a simple model.
 * The SQLite history is opened with tiny slices, batches and caches, so that each of them is crossed.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import type { Appended, History } from "../../src/history/history.ts";
import { openHistory } from "../../src/history/open.ts";
import { type OpenEmpty, testContract } from "./contract.ts";
import { ledgerNamed, makeDirectory, makeEntry } from "./fixture.ts";
import { Model } from "./model.ts";

const tiny = { headsMax: 1, sliceRows: 3, readMs: 0, checkpointBytes: 20_000 };

const backends: Record<string, OpenEmpty> = {
  memory: async (t, limits = {}) => {
    const history = await openHistory("memory:", { limits });
    t.after(() => history.close());
    return history;
  },
  sqlite: async (t, limits = {}) => {
    const path = join(makeDirectory(t), "history.sqlite");
    const history = await openHistory(`sqlite:${path}`, { limits, sqlite: tiny, onFatal: assert.fail });
    t.after(() => history.close());
    return history;
  },
};

for (const [name, open] of Object.entries(backends)) testContract(name, open);

const id = fc.constantFrom("alice", "bob", "carol");
const text = fc.oneof(fc.constantFrom("", "A", "ab", "%"), fc.string({ maxLength: 6 }));
const seq = fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined });
const operation = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("append"),
      id,
      text,
      key: fc.option(fc.constantFrom("k", "l"), { nil: undefined }),
      same: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("keep"), id }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("list"),
      id,
      before: seq,
      after: seq,
      limit: fc.integer({ min: 1, max: 5 }),
      query: fc.option(text, { nil: undefined }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("forget"), id, age: fc.integer({ min: 0, max: 12 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("clear"), id, before: fc.integer({ min: 0, max: 12 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("reopen") }) },
);
type Operation = {
  do: string;
  id?: string;
  text?: string;
  key?: string | undefined;
  same?: boolean;
  before?: number | undefined;
  after?: number | undefined;
  limit?: number;
  query?: string | undefined;
  age?: number;
};

/** Does the operations on both; appends run on without waiting until something reads. */
async function play(operations: Operation[], first: History, reopen: (history: History) => Promise<History>): Promise<void> {
  let history = first;
  const model = new Model();
  const heard: string[] = [];
  const expected: string[] = [];
  for (const [now, operation] of operations.entries()) {
    const ledger = ledgerNamed(operation.id ?? "");
    if (operation.do === "append") {
      const line = { expression: operation.text ?? "", key: operation.key, requestHash: operation.same ? "same" : "other" };
      expected.push(model.append(ledger.id, now, line));
      const { key, requestHash } = line;
      const entry = makeEntry(line.expression, { at: now, summary: "", ...(key === undefined ? {} : { key, requestHash }) });
      history.append(ledger, entry, (answer) => heard.push(spoken(answer)));
      continue;
    }
    if (operation.do === "reopen") history = await reopen(history);
    else assert.equal(await history.keep(ledger, now), "kept");
    if (operation.do !== "reopen") model.keep(ledger.id, now);
    assert.deepEqual(heard, expected);
    if (operation.do === "list") {
      const { before, after, limit = 1, query } = operation;
      const asked = {
        limit,
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
        ...(query === undefined ? {} : { query }),
      };
      const { entries, lastSeq, more } = await history.list(ledger.id, asked);
      const page = entries.map((entry) => ({ seq: entry.seq, text: entry.expression }));
      assert.equal(JSON.stringify([page, lastSeq, more]), model.list(ledger.id, asked));
    }
    if (operation.do === "clear") {
      const { before = 0 } = operation;
      assert.equal(await history.clear(ledger.id, before), model.clear(ledger.id, before));
    }
    if (operation.do === "forget") {
      const before = now - (operation.age ?? 0);
      assert.equal(await history.forget(before, [ledger.id]), model.forget(before, [ledger.id]));
    }
  }
  for (const [id, { lines }] of model.ledgers) {
    await history.keep(ledgerNamed(id), 0);
    assert.partialDeepStrictEqual(await history.verify(id), {
      ok: true,
      entries: lines.filter((line) => !line.cleared).length,
    });
  }
  const ids = (await history.ledgers("")).map((ledger) => ledger.id);
  assert.deepEqual(ids, [...model.ledgers.keys()].sort());
  await history.close();
  assert.deepEqual(heard, expected);
}

function spoken(answer: Appended): string {
  if (answer.kind === "replayed") return `replayed ${answer.entry.seq}`;
  return "seq" in answer ? `${answer.kind} ${answer.seq}` : answer.kind;
}

test("memory: random operations agree with the model", async () => {
  const open = () => openHistory("memory:");
  const operations = fc.array(operation, { maxLength: 60 }).map((all) => all.filter((one) => one.do !== "reopen"));
  await fc.assert(
    fc.asyncProperty(operations, async (all) => play(all, await open(), async (history) => history)),
    { numRuns: 200 },
  );
});

test("sqlite: random operations, with closing and opening again, agree with the model", async () => {
  const property = fc.asyncProperty(fc.array(operation, { maxLength: 60, size: "max" }), async (all) => {
    const directory = mkdtempSync(join(tmpdir(), "canaduck-history-"));
    const open = () =>
      openHistory(`sqlite:${join(directory, "history.sqlite")}`, { limits: { batchMax: 4 }, sqlite: tiny, onFatal: assert.fail });
    const opened: History[] = [];
    try {
      opened.push(await open());
      await play(all, opened[0] ?? assert.fail(), async (history) => {
        await history.close();
        opened.push(await open());
        return opened.at(-1) ?? history;
      });
    } finally {
      for (const history of opened) await history.close();
      rmSync(directory, { recursive: true, force: true });
    }
  });
  await fc.assert(property, { numRuns: 6 });
});
