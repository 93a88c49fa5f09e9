/**
 * The reads of the SQLite history. They run in the writer thread on the writer's own connection, after a commit, so they
 * see everything acknowledged (G4) and nothing that is not durable (G7).
 *
 * Those that may take long are generators: they yield between bounded slices, and the writer commits what came meanwhile.
 */
import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { entryHash, genesis } from "./chain.ts";
import type { Entry, LedgerRow, Listed, ListQuery, NewEntry, Verified } from "./history.ts";
import { contains, needleOf, openPage } from "./page.ts";
import { isCorrupt } from "./sqlite-file.ts";

type Row = Record<string, SQLOutputValue>;

export const entryColumns = "seq, at, expression, outcome, summary, failed, elapsed_us, hash";

/** The entry in a row that has the `entryColumns`. */
export function entryOf(row: Row): Entry {
  return {
    seq: Number(row["seq"]),
    at: Number(row["at"]),
    expression: String(row["expression"]),
    outcome: String(row["outcome"]),
    summary: String(row["summary"]),
    failed: row["failed"] === 1,
    elapsedUs: Number(row["elapsed_us"]),
    hash: String(row["hash"]),
  };
}

export type ReadLimits = { entriesMax: number; listCharsMax: number; sliceRows: number };

export type Reads = {
  find(resumeHash: string): { id: string; lastSeq: number } | undefined;
  findKey(id: string, key: string): { entry: Entry; requestHash: string } | undefined;
  list(id: string, query: ListQuery): Generator<void, Listed>;
  verify(id: string): Generator<void, Verified>;
  ledgers(after: string): LedgerRow[];
};

/** All throw what SQLite throws. */
export function openReads(db: DatabaseSync, limits: ReadLimits): Reads {
  // Not LIKE: it folds ASCII only, stops at NUL, and has special characters.
  db.function("contains", { deterministic: true }, (text, needle) => (contains(String(text), String(needle)) ? 1 : 0));
  const head = db.prepare("SELECT number, last_seq, last_hash, cleared_seq, cleared_hash FROM ledgers WHERE id = ?");
  const all = db.prepare("SELECT id, last_seq FROM ledgers WHERE id > ? ORDER BY id LIMIT ?");
  const byResumeHash = db.prepare("SELECT id, last_seq FROM ledgers WHERE resume_hash = ?");
  const byKey = db.prepare(
    `SELECT ${entryColumns}, request_hash FROM entries WHERE ledger = (SELECT number FROM ledgers WHERE id = ?) AND key = ?`,
  );

  function headOf(id: string): Head | undefined {
    const row = head.get(id);
    return (
      row && {
        number: Number(row["number"]),
        lastSeq: Number(row["last_seq"]),
        lastHash: String(row["last_hash"]),
        cleared: { seq: Number(row["cleared_seq"]), hash: String(row["cleared_hash"]) },
      }
    );
  }

  return {
    find(resumeHash) {
      const row = byResumeHash.get(resumeHash);
      return row && { id: String(row["id"]), lastSeq: Number(row["last_seq"]) };
    },
    findKey(id, key) {
      const row = byKey.get(id, key.toWellFormed());
      return row && { entry: entryOf(row), requestHash: String(row["request_hash"]) };
    },
    *list(id, query) {
      const ledger = headOf(id);
      return ledger ? yield* list(db, ledger, query, limits) : { entries: [], lastSeq: 0, more: false };
    },
    *verify(id) {
      for (;;) {
        const ledger = headOf(id);
        if (ledger === undefined) return { ok: true, entries: 0, cleared: 0, hash: genesis };
        const verified = yield* verify(db, id, ledger, limits.sliceRows);
        // Forgotten or cleared meanwhile: what is gone is not broken. Each turn of this has fewer entries to walk.
        const now = headOf(id);
        if (now?.number === ledger.number && now.cleared.seq === ledger.cleared.seq) return verified;
      }
    },
    ledgers: (after) =>
      all.all(after, limits.entriesMax).map((row) => ({ id: String(row["id"]), lastSeq: Number(row["last_seq"]) })),
  };
}

type Head = { number: number; lastSeq: number; lastHash: string; cleared: { seq: number; hash: string } };

function* list(db: DatabaseSync, ledger: Head, query: ListQuery, limits: ReadLimits): Generator<void, Listed> {
  const page = openPage(query.limit, limits);
  const needle = needleOf(query);
  const forward = query.after !== undefined;
  const matching = needle === undefined ? "" : "AND (contains(summary, $needle) OR contains(expression, $needle))";
  const slice = db.prepare(`${range(entryColumns)} ${matching} ORDER BY seq ${forward ? "" : "DESC"}`);
  // Both bounds are exclusive. Without a needle every row counts, so one slice fills the page.
  const width = needle === undefined ? Number.MAX_SAFE_INTEGER : limits.sliceRows;
  let low = Math.max(query.after ?? 0, ledger.cleared.seq);
  let high = Math.min(query.before ?? Number.MAX_SAFE_INTEGER, ledger.lastSeq + 1);
  while (!page.more && high - low > 1) {
    const from = forward ? low : Math.max(low, high - 1 - width);
    const to = forward ? Math.min(high, low + 1 + width) : high;
    const bound = { ledger: ledger.number, from, to, ...(needle === undefined ? {} : { needle }) };
    for (const row of slice.iterate(bound)) if (!page.take(entryOf(row))) break;
    if (forward) low = to - 1;
    else high = from + 1;
    yield;
  }
  return { entries: forward ? page.entries : page.entries.reverse(), lastSeq: ledger.lastSeq, more: page.more };
}

function* verify(db: DatabaseSync, id: string, ledger: Head, sliceRows: number): Generator<void, Verified> {
  const slice = db.prepare(`${range(`${entryColumns}, key, request_hash`)} ORDER BY seq`);
  const cleared = ledger.cleared.seq;
  let proven = ledger.cleared;
  while (proven.seq < ledger.lastSeq) {
    const high = Math.min(proven.seq + sliceRows, ledger.lastSeq);
    proven = prove(slice.iterate({ ledger: ledger.number, from: proven.seq, to: high + 1 }), id, proven);
    if (proven.seq < high) return broken(ledger, proven, proven.seq + 1);
    yield;
  }
  if (proven.hash !== ledger.lastHash) return broken(ledger, proven, proven.seq);
  return { ok: true, entries: proven.seq - cleared, cleared, hash: proven.hash };
}

function broken({ cleared }: Head, proven: { seq: number; hash: string }, brokenAt: number): Verified {
  return { ok: false, entries: proven.seq - cleared.seq, cleared: cleared.seq, hash: proven.hash, brokenAt };
}

/**
 * Rows of one ledger between two seqs, both exclusive. Prepared anew for each read: a statement that once failed would
 * report that failure again to its next user.
 */
function range(columns: string): string {
  return `SELECT ${columns} FROM entries WHERE ledger = $ledger AND seq > $from AND seq < $to`;
}

/** Goes on from `proven` along the rows, and stops before the first entry that is not what was chained. */
function prove(rows: Iterable<Row>, id: string, proven: { seq: number; hash: string }): { seq: number; hash: string } {
  let { seq, hash } = proven;
  try {
    for (const row of rows) {
      const stored = entryOf(row);
      if (stored.seq !== seq + 1 || entryHash(hash, id, stored.seq, asAppended(stored, row)) !== stored.hash) break;
      ({ seq, hash } = stored);
    }
  } catch (error) {
    if (!isCorrupt(error)) throw error;
  }
  return { seq, hash };
}

function asAppended(stored: Entry, row: Row): NewEntry {
  const key = row["key"];
  const requestHash = row["request_hash"];
  return {
    ...stored,
    ...(typeof key === "string" ? { key } : {}),
    ...(typeof requestHash === "string" ? { requestHash } : {}),
  };
}
