/**
 * Writes batches of appends and keeps, one transaction each (group commit), and is the one place where a `seq` is born.
 *
 * A ledger's head (number, last seq, last hash) is changed in the transaction's own map and remembered only after the
 * commit, so a rolled back batch leaves neither hole nor reuse. Runs in the writer thread.
 */
import type { DatabaseSync } from "node:sqlite";
import { entryBytes } from "./accepted.ts";
import { entryHash, genesis, settled } from "./chain.ts";
import type { Ledger, NewEntry } from "./history.ts";
import type { Write, WriteAnswer } from "./sqlite-columns.ts";
import { isFull } from "./sqlite-file.ts";
import { entryColumns, entryOf } from "./sqlite-reads.ts";

type Head = { number: number; lastSeq: number; lastHash: string; seenAt: number; bytes: number };

export type Appends = {
  /** All or nothing: when the storage is full every write answers `full`. Throws on any other failure; then nothing may be acknowledged again. */
  commit(writes: Write[]): WriteAnswer[];
  /** Drops what is remembered of ledgers that were removed, or changed by others. */
  drop(ids: string[]): void;
};

/** Remembers the heads of the `headsMax` ledgers used last. */
export function openAppends(
  db: DatabaseSync,
  { headsMax, ledgerBytesMax }: { headsMax: number; ledgerBytesMax: number },
): Appends {
  const remembered = new Map<string, Head>();
  const book = openBook(db, ledgerBytesMax);
  const inTransaction = openTransactions(db);

  function headOf({ id, resumeHash }: Ledger, at: number, touched: Map<string, Head>): Head {
    const head = touched.get(id) ?? { ...(remembered.get(id) ?? book.find(id) ?? book.make(id, resumeHash, at)) };
    head.seenAt = Math.max(head.seenAt, at);
    touched.set(id, head);
    return head;
  }

  function writeAll(writes: Write[], touched: Map<string, Head>): WriteAnswer[] {
    return writes.map((write) => {
      const entry = write.entry && settled(write.entry);
      const head = headOf(write.ledger, entry?.at ?? write.at, touched);
      return entry ? book.append(head, write.ledger.id, entry) : 0;
    });
  }

  function remember(touched: Map<string, Head>): void {
    for (const [id, head] of touched) {
      remembered.delete(id);
      remembered.set(id, head);
    }
    for (const id of remembered.keys()) {
      if (remembered.size <= headsMax) break;
      remembered.delete(id);
    }
  }

  return {
    commit(writes) {
      const touched = new Map<string, Head>();
      try {
        const answers = inTransaction(() => {
          const written = writeAll(writes, touched);
          for (const head of touched.values()) book.save(head);
          return written;
        });
        remember(touched);
        return answers;
      } catch (error) {
        if (isFull(error)) return writes.map(() => ({ kind: "full" }));
        throw error;
      }
    },
    drop(ids) {
      for (const id of ids) remembered.delete(id);
    },
  };
}

/** Runs `work` between BEGIN and COMMIT. Throws what it or the commit throws, after a rollback. */
export type InTransaction = <T>(work: () => T) => T;

/** Prepares what begins and ends them. */
export function openTransactions(db: DatabaseSync): InTransaction {
  const [begin, commit] = [db.prepare("BEGIN IMMEDIATE"), db.prepare("COMMIT")];
  return (work) => {
    begin.run();
    try {
      const result = work();
      commit.run();
      return result;
    } catch (error) {
      // After some errors SQLite has rolled back by itself.
      if (db.isTransaction) db.exec("ROLLBACK");
      throw error;
    }
  };
}

/** The prepared statements and what they mean. What is done for each entry is a `get`: `run` makes an object of what it did. */
function openBook(db: DatabaseSync, ledgerBytesMax: number) {
  const findHead = db.prepare("SELECT number, last_seq, last_hash, seen_at, bytes FROM ledgers WHERE id = ?");
  const makeHead = db.prepare(
    "INSERT INTO ledgers (id, resume_hash, created_at, seen_at, last_seq, last_hash) VALUES (?, ?, ?, ?, 0, ?)",
  );
  const saveHead = db.prepare("UPDATE ledgers SET last_seq = ?, last_hash = ?, seen_at = ?, bytes = ? WHERE number = ?");
  const findKey = db.prepare(`SELECT ${entryColumns}, request_hash FROM entries WHERE ledger = ? AND key = ?`);
  const insert = db.prepare(
    `INSERT INTO entries (ledger, seq, at, expression, outcome, summary, failed, elapsed_us, key, request_hash, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );

  return {
    find(id: string): Head | undefined {
      const row = findHead.get(id);
      return (
        row && {
          number: Number(row["number"]),
          lastSeq: Number(row["last_seq"]),
          lastHash: String(row["last_hash"]),
          seenAt: Number(row["seen_at"]),
          bytes: Number(row["bytes"]),
        }
      );
    },
    make(id: string, resumeHash: string, at: number): Head {
      const { lastInsertRowid } = makeHead.run(id, resumeHash, at, at, genesis);
      return { number: Number(lastInsertRowid), lastSeq: 0, lastHash: genesis, seenAt: at, bytes: 0 };
    },
    save(head: Head): void {
      saveHead.get(head.lastSeq, head.lastHash, head.seenAt, head.bytes, head.number);
    },
    append(head: Head, id: string, entry: NewEntry): WriteAnswer {
      const { at, expression, outcome, summary, failed, elapsedUs, key = null, requestHash = null } = entry;
      const row = key === null ? undefined : findKey.get(head.number, key);
      if (row) {
        const before = entryOf(row);
        return row["request_hash"] === requestHash ? { kind: "replayed", entry: before } : { kind: "conflict", seq: before.seq };
      }
      const bytes = head.bytes + entryBytes(entry);
      if (bytes > ledgerBytesMax) return { kind: "ledgerFull" };
      const seq = head.lastSeq + 1;
      const hash = entryHash(head.lastHash, id, seq, entry);
      insert.get(head.number, seq, at, expression, outcome, summary, failed ? 1 : 0, elapsedUs, key, requestHash, hash);
      head.lastSeq = seq;
      head.lastHash = hash;
      head.bytes = bytes;
      return seq;
    },
  };
}
