/** Transactions that remove rows: they must get through on a disk that is full, or it could not be emptied. */
import type { DatabaseSync } from "node:sqlite";
import { openTransactions } from "./sqlite-appends.ts";
import { isFull } from "./sqlite-file.ts";
import type { Reserve } from "./sqlite-reserve.ts";

/** Runs `work` in a transaction; it is told how many rows it may touch. Throws what it or the commit throws. */
export type Remove = <T>(work: (rows: number) => T) => T;

/** Without room a removal is tried once more, smaller, with the reserve and an empty log. */
export function openRemovals(
  db: DatabaseSync,
  reserve: Reserve,
  { sliceRows, tightSliceRows }: { sliceRows: number; tightSliceRows: number },
): Remove {
  const tight = Math.min(sliceRows, tightSliceRows);
  const inTransaction = openTransactions(db);
  return (work) => {
    try {
      return inTransaction(() => work(reserve.isSpent ? tight : sliceRows));
    } catch (error) {
      if (!isFull(error)) throw error;
      reserve.spend();
      return inTransaction(() => work(tight));
    }
  };
}
