/**
 * Forgets ledgers in slices. First their rows go (with it id, resume token and every way to their entries) and a note is left
 * in `forgotten`; then the entries go, a bounded number a transaction. A crash in between leaves notes, which the next
 * forget works off.
 */
import type { DatabaseSync } from "node:sqlite";
import type { Remove } from "./sqlite-removals.ts";

/** Yields between transactions of about `sliceRows` rows. `gone` hears the ids of each slice after its commit. Answers how many ledgers went. */
export function* forget(
  db: DatabaseSync,
  ask: { beforeMs: number; except: string[]; ended: string[] },
  sliceRows: number,
  remove: Remove,
  gone: (ids: string[]) => void,
): Generator<void, number> {
  const except = new Set(ask.except);
  const ended = new Set(ask.ended);
  const slice = db.prepare("SELECT number, id, seen_at, last_seq FROM ledgers WHERE number > ? ORDER BY number LIMIT ?");
  const removeLedger = db.prepare("DELETE FROM ledgers WHERE number = ?");
  const note = db.prepare("INSERT INTO forgotten (ledger, last_seq) VALUES (?, ?)");
  let count = 0;
  for (let last = 0; ; ) {
    const rows = slice.all(last, sliceRows);
    const end = rows.at(-1);
    if (!end) break;
    last = Number(end["number"]);
    const dead = rows.filter(({ id, seen_at: seenAt }) => {
      return (Number(seenAt) < ask.beforeMs || ended.has(String(id))) && !except.has(String(id));
    });
    if (dead.length > 0) {
      remove(() => {
        for (const row of dead) {
          note.run(Number(row["number"]), Number(row["last_seq"]));
          removeLedger.run(Number(row["number"]));
        }
      });
      gone(dead.map((row) => String(row["id"])));
      count += dead.length;
    }
    yield;
  }
  yield* sweep(db, remove);
  return count;
}

/** Removes the entries of forgotten ledgers, newest first, and then the notes. */
function* sweep(db: DatabaseSync, remove: Remove): Generator<void, void> {
  const next = db.prepare("SELECT ledger, last_seq FROM forgotten ORDER BY ledger LIMIT 1");
  const removeEntries = db.prepare("DELETE FROM entries WHERE ledger = ? AND seq > ?");
  const saveNote = db.prepare("UPDATE forgotten SET last_seq = ? WHERE ledger = ?");
  const removeNote = db.prepare("DELETE FROM forgotten WHERE ledger = ?");

  /** False when nothing is left to do. */
  function step(rows: number): boolean {
    // A note costs a row too, else a million empty ledgers would be one slice.
    for (let budget = rows; budget > 0; ) {
      const row = next.get();
      if (!row) return false;
      const ledger = Number(row["ledger"]);
      const keep = Math.max(Number(row["last_seq"]) - budget, 0);
      removeEntries.run(ledger, keep);
      budget -= Number(row["last_seq"]) - keep + 1;
      if (keep === 0) removeNote.run(ledger);
      else saveNote.run(keep, ledger);
    }
    return true;
  }

  while (next.get() && remove(step)) yield;
}
