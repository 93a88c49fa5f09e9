/**
 * The ledger of what each principal asked and was answered: append-only, numbered 1, 2, 3, … without a hole.
 *
 * One contract, several backends (`open.ts` chooses by URL scheme); `test/history/contract.ts` holds all of them to it.
 * What it promises (G1 to G9) is in DESIGN.md beside this file. Nothing here knows a database, a socket or a clock.
 */

/** Identity of one history. The row is made durable with `keep`, or with the first append; from then on `id` alone decides. */
export type Ledger = {
  /** 22 characters, base64url, chosen by the server. */
  id: string;
  /** SHA-256 of the resume token, hex; belongs to this ledger alone. The token itself is never stored. */
  resumeHash: string;
};

export type NewEntry = {
  /** Milliseconds since 1970, when the answer was ready. */
  at: number;
  expression: string;
  /** JSON text of the stored outcome: `{"type","value","text"}` for a result, `{"error":{"code","message","data"}}` for a failure. */
  outcome: string;
  /** Line for people, at most 256 characters: the result's text or the error's name. */
  summary: string;
  /** True when the outcome is an error. */
  failed: boolean;
  /** Whole microseconds. */
  elapsedUs: number;
  /** The client's idempotency key, at most 128 characters. */
  key?: string;
  /** Hash of everything that makes the request; needed with `key`. */
  requestHash?: string;
};

export type Entry = {
  seq: number;
  at: number;
  expression: string;
  outcome: string;
  summary: string;
  failed: boolean;
  elapsedUs: number;
  /** SHA-256, hex, over the predecessor's hash and this entry. */
  hash: string;
};

/**
 * Exactly one reading: stored now, stored before under the same key, or refused.
 * `full`: the storage has no room, nothing was stored, try later. `ledgerFull`: this ledger has its `ledgerBytesMax`, nothing
 * was stored, and only `clear` makes room. `busy`: too much is unacknowledged, nothing was stored.
 * `closed`: no acknowledgement will come; the entry may or may not be there if the history broke meanwhile (G6).
 */
export type Appended =
  | { kind: "stored"; seq: number }
  | { kind: "replayed"; entry: Entry }
  | { kind: "conflict"; seq: number }
  | { kind: "full" }
  | { kind: "ledgerFull" }
  | { kind: "busy" }
  | { kind: "closed" };

/** What became of `keep`; the refusals mean what they mean for an append. */
export type Kept = "kept" | "full" | "busy" | "closed";

export type ListQuery = {
  /** Only entries with a smaller / greater seq. */
  before?: number;
  after?: number;
  /** 1 to `entriesMax`. */
  limit: number;
  /** Substring of the expression or the summary, case-insensitive; no character is special. */
  query?: string;
};

export type Listed = {
  /** In order of `seq`. Stops early, but never before the first, when `listCharsMax` is reached. */
  entries: Entry[];
  lastSeq: number;
  /** True when matching entries lie beyond the page: older ones, or with `after` newer ones. */
  more: boolean;
};

/**
 * The `entries` after `cleared` (the last seq that `clear` removed, or 0) were proven, the last of them has `hash`;
 * `brokenAt` is the first seq that is missing or is not what was stored.
 */
export type Verified = { ok: boolean; entries: number; cleared: number; hash: string; brokenAt?: number };

/** A ledger as a walk over all of them tells it. */
export type LedgerRow = { id: string; lastSeq: number };

export type History = {
  /** Never throws. `done` is called exactly once, never before this returns; for what was accepted after the commit, in the order of the appends. */
  append(ledger: Ledger, entry: NewEntry, done: (appended: Appended) => void): void;
  /** Makes the ledger durable though it may be empty, so that its resume token works after a restart; a sign of life. Never rejects. */
  keep(ledger: Ledger, atMs: number): Promise<Kept>;
  /** The ledger whose resume token hashes to this, with its last seq; undefined when there is none. Rejects with `HistoryError`. */
  find(resumeHash: string): Promise<{ id: string; lastSeq: number } | undefined>;
  /** Looks a client key up before anything is evaluated. Rejects with `HistoryError`. */
  findKey(id: string, key: string): Promise<{ entry: Entry; requestHash: string } | undefined>;
  /** With `after` the oldest `limit` entries, else the newest. An unknown ledger is empty. Rejects with `HistoryError`. */
  list(id: string, query: ListQuery): Promise<Listed>;
  /** Walks the hash chain from the first entry to the last one there is now. An unknown ledger is whole. Rejects with `HistoryError`. */
  verify(id: string): Promise<Verified>;
  /**
   * Removes the entries of one ledger with a seq below `before`. Their numbers are not used again, their keys are free
   * again, and what is left stays provable. Answers how many went; in slices, the oldest first. Rejects with `HistoryError`.
   */
  clear(id: string, before: number): Promise<number>;
  /** At most `entriesMax` ledgers with an id above `after`, by id; for tools that look at a whole store. Rejects with `HistoryError`. */
  ledgers(after: string): Promise<LedgerRow[]>;
  /**
   * Removes ledgers (with all entries) whose last sign of life, a keep or an append, is before `beforeMs`, and those of `ended`
   * whatever their sign of life; except those named in `except`.
   * Answers how many went; they are gone at once, their space is given back in slices. Rejects with `HistoryError`.
   */
  forget(beforeMs: number, except: string[], ended?: string[]): Promise<number>;
  /** Waits for what was accepted, then closes; unanswered reads reject. Idempotent. */
  close(): Promise<void>;
};

/** Why a read, a `clear` or a `forget` was not answered. */
export class HistoryError extends Error {
  readonly kind: "closed" | "busy" | "full" | "failed";

  constructor(kind: HistoryError["kind"], message: string) {
    super(message);
    this.name = "HistoryError";
    this.kind = kind;
  }
}

/** Bounds every backend keeps. */
export type HistoryLimits = {
  /** Appends and keeps accepted but not yet answered. */
  appendsMax: number;
  /** UTF-16 units of text in them. */
  appendCharsMax: number;
  /** Reads, verifications, clears and forgets not yet answered. */
  readsMax: number;
  /** Writes in one transaction. */
  batchMax: number;
  /** Entries in one answer to `list`. */
  entriesMax: number;
  /** UTF-16 units of text in one answer to `list`. */
  listCharsMax: number;
  /** Bytes the stored history may take; beyond, appends answer `full`. */
  storeBytesMax: number;
  /** Bytes the entries of one ledger may take, as `entryBytes` counts them; beyond, its appends answer `ledgerFull`. */
  ledgerBytesMax: number;
};

/** 65,536 appends are about 2 s of a slow disk; one batch is a few ms of the writer; a list is parsed on the event loop, so it stays in the low ms. */
export const historyDefaults: HistoryLimits = {
  appendsMax: 65_536,
  appendCharsMax: 64 * 1024 * 1024,
  readsMax: 4_096,
  batchMax: 1_024,
  entriesMax: 1_000,
  listCharsMax: 4 * 1024 * 1024,
  storeBytesMax: Number.MAX_SAFE_INTEGER,
  ledgerBytesMax: Number.MAX_SAFE_INTEGER,
};

export type HistoryOptions = {
  limits?: Partial<HistoryLimits>;
  /** Called at most once, when nothing can be acknowledged any more: the process should log the reason and exit. */
  onFatal?: (reason: string) => void;
};
