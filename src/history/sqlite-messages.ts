/**
 * What the server's thread and the history's writer thread say to each other. Types only.
 *
 * Writes travel as columns (`sqlite-columns.ts`), and are answered in order, so they need no number; reads may overtake each
 * other, so they have one.
 */
import type { Entry, HistoryLimits, LedgerRow, Listed, ListQuery, Verified } from "./history.ts";
import type { Columns, FoldedAnswer } from "./sqlite-columns.ts";

export type Ask =
  | { kind: "find"; resumeHash: string }
  | { kind: "findKey"; id: string; key: string }
  | { kind: "list"; id: string; query: ListQuery }
  | { kind: "verify"; id: string }
  | { kind: "clear"; id: string; before: number }
  | { kind: "ledgers"; after: string }
  | { kind: "forget"; beforeMs: number; except: string[]; ended: string[] };

/** The field of the ask's kind is set; `find` and `findKey` may find nothing. */
export type Answer = {
  find?: { id: string; lastSeq: number } | undefined;
  findKey?: { entry: Entry; requestHash: string } | undefined;
  list?: Listed;
  verify?: Verified;
  clear?: number;
  ledgers?: LedgerRow[];
  forget?: number;
  /** The ask could not be answered; the writer lives on. */
  failure?: { kind: "full" | "failed"; message: string };
};

/** Server's thread to writer. */
export type ToWriter = { writes: Columns; asks: { no: number; ask: Ask }[]; close: boolean };

/** Writer to server's thread. `refused`: the file could not be opened, in a person's words. */
export type FromWriter =
  | { kind: "ready" }
  | { kind: "refused"; message: string }
  | { kind: "written"; answers: FoldedAnswer[] }
  | { kind: "answered"; answers: { no: number; answer: Answer }[] };

/** What the writer is started with. */
export type WriterSettings = HistoryLimits & SqliteLimits & { path: string };

/** Bounds that only this backend has. */
export type SqliteLimits = {
  /** How long to wait at open for another process to let go of the file. */
  lockWaitMs: number;
  /** Size of the write-ahead log that starts a checkpoint. */
  checkpointBytes: number;
  /** UTF-16 units of text in the writes of one transaction, so that the log is never much longer than `checkpointBytes`. */
  batchCharsMax: number;
  /** Room kept on the disk for removals (`sqlite-reserve.ts`): more than the longest log. */
  reserveBytes: number;
  /** Ledger heads remembered by the writer. */
  headsMax: number;
  /** Rows one slice of a search, a verification, a clear or a forget may touch. */
  sliceRows: number;
  /** Rows of a slice once the reserve is spent: their log must fit into what it gave. */
  tightSliceRows: number;
  /** How long reads may keep the next transaction waiting. */
  readMs: number;
};
