/**
 * A history that lives as long as the process: for trying out and for tests. Same contract, same numbers, same hash chain as
 * the others, except that nothing survives the end of the process (G1 does not hold, and the server says so).
 */
import { ownText } from "../text.ts";
import { takeTurn } from "../turn.ts";
import { decline, entryBytes, keptOf, openAccepted, textChars } from "./accepted.ts";
import { entryHash, genesis, settled } from "./chain.ts";
import {
  type Appended,
  type Entry,
  type History,
  HistoryError,
  type HistoryLimits,
  type Ledger,
  type LedgerRow,
  type Listed,
  type ListQuery,
  type NewEntry,
  type Verified,
} from "./history.ts";
import { contains, needleOf, openPage } from "./page.ts";

type Stored = { entry: Entry; appended: NewEntry };
type Book = {
  id: string;
  resumeHash: string;
  seenAt: number;
  stored: Stored[];
  /** What `stored` counts against `ledgerBytesMax`. */
  bytes: number;
  byKey: Map<string, Stored>;
  /** Seq and hash of the last entry that was cleared, which the first of `stored` hashes. */
  cleared: { seq: number; hash: string };
};
type Write = { ledger: Ledger; at: number; entry: NewEntry | undefined };

/** A process must not grow without end: 256 MiB is about a million entries. */
export const memoryStoreBytesMax = 256 * 1024 * 1024;

/** UTF-16 units are counted as two bytes against `storeBytesMax`. */
export function openMemory(limits: HistoryLimits): History {
  const shelf = openShelf(limits);
  const accepted = openAccepted(limits);
  let waiting: Write[] = [];
  let open = true;

  /** Applies all that gathered in this tick, then calls back. */
  function flush(): void {
    const writes = waiting;
    waiting = [];
    accepted.settle(writes.map(shelf.apply));
  }

  function write(next: Write, done: (appended: Appended) => void): void {
    if (!open) decline(done, { kind: "closed" });
    else if (accepted.take(next.entry, done) && waiting.push(next) === 1) setImmediate(takeTurn, flush);
  }

  async function ask<T>(answer: () => T): Promise<T> {
    if (!open) throw new HistoryError("closed", "the history is closed");
    return answer();
  }

  return {
    append: (ledger, entry, done) => write({ ledger, at: entry.at, entry }, done),
    keep: (ledger, at) => new Promise((resolve) => write({ ledger, at, entry: undefined }, (answer) => resolve(keptOf(answer)))),
    find: (resumeHash) =>
      ask(() => {
        const book = shelf.byResumeHash.get(resumeHash);
        return book && { id: book.id, lastSeq: lastSeqOf(book) };
      }),
    findKey: (id, key) =>
      ask(() => {
        const stored = shelf.byId.get(id)?.byKey.get(key.toWellFormed());
        return stored && { entry: { ...stored.entry }, requestHash: stored.appended.requestHash ?? "" };
      }),
    list: (id, query) => ask(() => list(shelf.byId.get(id), query, limits)),
    verify: (id) => ask(() => verify(shelf.byId.get(id))),
    clear: (id, before) => ask(() => shelf.clear(id, before)),
    ledgers: (after) => ask(() => shelf.ledgers(after, limits.entriesMax)),
    forget: (beforeMs, except, ended) => ask(() => shelf.forget(beforeMs, new Set(except), new Set(ended))),
    async close() {
      open = false;
      if (waiting.length > 0) flush();
    },
  };
}

/** All books, and what may be done to them. */
function openShelf({ storeBytesMax, ledgerBytesMax }: HistoryLimits) {
  const byId = new Map<string, Book>();
  const byResumeHash = new Map<string, Book>();
  let bytes = 0;

  function make({ id, resumeHash }: Ledger): Book {
    const cleared = { seq: 0, hash: genesis };
    const book = { id, resumeHash, seenAt: 0, stored: [], bytes: 0, byKey: new Map(), cleared };
    byId.set(id, book);
    byResumeHash.set(resumeHash, book);
    return book;
  }

  return {
    byId,
    byResumeHash,
    apply({ ledger, at, entry }: Write): Appended {
      const appended = entry && settled(owned(entry));
      const size = appended ? 2 * textChars(appended) : 0;
      if (bytes + size > storeBytesMax) return { kind: "full" };
      const book = byId.get(ledger.id) ?? make(ledger);
      book.seenAt = Math.max(book.seenAt, at);
      if (!appended) return { kind: "stored", seq: 0 };
      const before = appended.key === undefined ? undefined : book.byKey.get(appended.key);
      if (before?.appended.requestHash === appended.requestHash && before)
        return { kind: "replayed", entry: { ...before.entry } };
      if (before) return { kind: "conflict", seq: before.entry.seq };
      if (book.bytes + entryBytes(appended) > ledgerBytesMax) return { kind: "ledgerFull" };
      bytes += size;
      return { kind: "stored", seq: store(book, appended) };
    },
    clear(id: string, before: number): number {
      const book = byId.get(id);
      const gone = book === undefined ? [] : clear(book, before);
      for (const { entry } of gone) bytes -= 2 * textChars(entry);
      return gone.length;
    },
    ledgers(after: string, countMax: number): LedgerRow[] {
      const ids = [...byId.keys()].filter((id) => id > after).sort();
      return ids.slice(0, countMax).flatMap((id) => {
        const book = byId.get(id);
        return book === undefined ? [] : [{ id, lastSeq: lastSeqOf(book) }];
      });
    },
    forget(beforeMs: number, except: Set<string>, ended: Set<string>): number {
      const isOver = ({ id, seenAt }: Book) => (seenAt < beforeMs || ended.has(id)) && !except.has(id);
      const dead = [...byId.values()].filter(isOver);
      for (const book of dead) {
        byId.delete(book.id);
        byResumeHash.delete(book.resumeHash);
        for (const { entry } of book.stored) bytes -= 2 * textChars(entry);
      }
      return dead.length;
    },
  };
}

/** What is kept for good keeps nothing else: a short text may have been cut out of a long one. */
function owned(entry: NewEntry): NewEntry {
  const { expression, outcome, summary } = entry;
  return { ...entry, expression: ownText(expression), outcome: ownText(outcome), summary: ownText(summary) };
}

function lastSeqOf({ cleared, stored }: Book): number {
  return cleared.seq + stored.length;
}

function store(book: Book, appended: NewEntry): number {
  const { key, requestHash: _, ...fields } = appended;
  const seq = lastSeqOf(book) + 1;
  const hash = entryHash(book.stored.at(-1)?.entry.hash ?? book.cleared.hash, book.id, seq, appended);
  const stored = { appended, entry: { ...fields, seq, hash } };
  book.stored.push(stored);
  book.bytes += entryBytes(appended);
  if (key !== undefined) book.byKey.set(key, stored);
  return seq;
}

/** Takes the entries below `before` out of the book. */
function clear(book: Book, before: number): Stored[] {
  const gone = book.stored.splice(0, Math.max(before - 1 - book.cleared.seq, 0));
  for (const { appended } of gone) {
    book.bytes -= entryBytes(appended);
    if (appended.key !== undefined) book.byKey.delete(appended.key);
  }
  const last = gone.at(-1)?.entry;
  if (last !== undefined) book.cleared = { seq: last.seq, hash: last.hash };
  return gone;
}

function list(book: Book | undefined, query: ListQuery, limits: HistoryLimits): Listed {
  if (book === undefined) return { entries: [], lastSeq: 0, more: false };
  const { stored, cleared } = book;
  const indexOf = (seq: number) => Math.max(seq - 1 - cleared.seq, 0);
  const forward = query.after !== undefined;
  const needle = needleOf(query);
  const range = stored.slice(indexOf((query.after ?? 0) + 1), query.before === undefined ? stored.length : indexOf(query.before));
  const page = openPage(query.limit, limits);
  for (const { entry } of forward ? range : range.reverse()) {
    const matches = needle === undefined || contains(entry.summary, needle) || contains(entry.expression, needle);
    if (matches && !page.take({ ...entry })) break;
  }
  return { entries: forward ? page.entries : page.entries.reverse(), lastSeq: lastSeqOf(book), more: page.more };
}

function verify(book: Book | undefined): Verified {
  if (book === undefined) return { ok: true, entries: 0, cleared: 0, hash: genesis };
  const cleared = book.cleared.seq;
  let { hash } = book.cleared;
  for (const [i, { entry, appended }] of book.stored.entries()) {
    const seq = cleared + i + 1;
    if (entryHash(hash, book.id, seq, appended) !== entry.hash) return { ok: false, entries: i, cleared, hash, brokenAt: seq };
    hash = entry.hash;
  }
  return { ok: true, entries: book.stored.length, cleared, hash };
}
