/**
 * Clears the older entries of one ledger in slices, oldest first. Each transaction removes a slice and moves the beginning of
 * the chain behind it, so the ledger is whole after every one of them, also when the process dies in between.
 */
import type { DatabaseSync } from "node:sqlite";
import { entryBytesSql } from "./migrations/0003-bytes.ts";
import type { Remove } from "./sqlite-removals.ts";

/** Removes the entries before `before` there were when it was called, a slice a transaction; `changed` hears the id after each. Answers how many went. */
export function* clear(
  db: DatabaseSync,
  { id, before }: { id: string; before: number },
  remove: Remove,
  changed: (ids: string[]) => void,
): Generator<void, number> {
  const head = db.prepare("SELECT number, last_seq, cleared_seq FROM ledgers WHERE id = ?");
  const hashOf = db.prepare("SELECT hash FROM entries WHERE ledger = ? AND seq = ?");
  const removeEntries = db.prepare("DELETE FROM entries WHERE ledger = ? AND seq <= ?");
  const sizeOf = db.prepare(`SELECT coalesce(sum(${entryBytesSql}), 0) AS bytes FROM entries WHERE ledger = ? AND seq <= ?`);
  const begin = db.prepare("UPDATE ledgers SET cleared_seq = ?, cleared_hash = ?, bytes = bytes - ? WHERE number = ?");
  const row = head.get(id);
  if (row === undefined) return 0;
  const ledger = Number(row["number"]);
  const last = Math.min(before - 1, Number(row["last_seq"]));
  let count = 0;
  for (let from = Number(row["cleared_seq"]); from < last; ) {
    // Forgotten meanwhile, or cleared further by another call.
    const now = head.get(id);
    if (Number(now?.["number"]) !== ledger) return count;
    from = Math.max(from, Number(now?.["cleared_seq"]));
    if (from >= last) return count;
    let to = from;
    count += remove((rows) => {
      to = Math.min(from + rows, last);
      // An entry that was damaged away leaves no hash: what comes after it then proves broken, as it did before.
      begin.run(to, String(hashOf.get(ledger, to)?.["hash"] ?? ""), Number(sizeOf.get(ledger, to)?.["bytes"]), ledger);
      return Number(removeEntries.run(ledger, to).changes);
    });
    changed([id]);
    from = to;
    yield;
  }
  return count;
}
