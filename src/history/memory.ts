/**
 * A history that lives as long as the process: for trying out and for tests. Same contract, same numbers, same hash chain as
 * the others, except that nothing survives the end of the process (G1 does not hold, and the server says so).
 */
import { decline, keptOf, openAccepted, textChars } from "./accepted.ts";
import { entryHash, genesis, settled } from "./chain.ts";
import {
  type Appended,
  type Entry,
  type History,
  HistoryError,
  type HistoryLimits,
  type Ledger,
  type Listed,
  type ListQuery,
  type NewEntry,
  type Verified,
} from "./history.ts";
import { contains, needleOf, openPage } from "./page.ts";

type Stored = { entry: Entry; appended: NewEntry };
type Book = { id: string; resumeHash: string; seenAt: number; stored: Stored[]; byKey: Map<string, Stored> };
type Write = { ledger: Ledger; at: number; entry: NewEntry | undefined };

/** A process must not grow without end: 256 MiB is about a million entries. */
export const memoryDefaults = { storeBytesMax: 256 * 1024 * 1024 };

/** UTF-16 units are counted as two bytes against `storeBytesMax`. */
export function openMemory(limits: HistoryLimits): History {
  const shelf = openShelf(limits.storeBytesMax);
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
    else if (accepted.take(next.entry, done) && waiting.push(next) === 1) setImmediate(flush);
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
        return book && { id: book.id, lastSeq: book.stored.length };
      }),
    findKey: (id, key) =>
      ask(() => {
        const stored = shelf.byId.get(id)?.byKey.get(key.toWellFormed());
        return stored && { entry: { ...stored.entry }, requestHash: stored.appended.requestHash ?? "" };
      }),
    list: (id, query) => ask(() => list(shelf.byId.get(id)?.stored ?? [], query, limits)),
    verify: (id) => ask(() => verify(id, shelf.byId.get(id)?.stored ?? [])),
    forget: (beforeMs, except) => ask(() => shelf.forget(beforeMs, new Set(except))),
    async close() {
      open = false;
      if (waiting.length > 0) flush();
    },
  };
}

/** All books, and what may be done to them. */
function openShelf(storeBytesMax: number) {
  const byId = new Map<string, Book>();
  const byResumeHash = new Map<string, Book>();
  let bytes = 0;

  function make({ id, resumeHash }: Ledger): Book {
    const book = { id, resumeHash, seenAt: 0, stored: [], byKey: new Map() };
    byId.set(id, book);
    byResumeHash.set(resumeHash, book);
    return book;
  }

  return {
    byId,
    byResumeHash,
    apply({ ledger, at, entry }: Write): Appended {
      const appended = entry && settled(entry);
      const size = appended ? 2 * textChars(appended) : 0;
      if (bytes + size > storeBytesMax) return { kind: "full" };
      const book = byId.get(ledger.id) ?? make(ledger);
      book.seenAt = Math.max(book.seenAt, at);
      if (!appended) return { kind: "stored", seq: 0 };
      const before = appended.key === undefined ? undefined : book.byKey.get(appended.key);
      if (before?.appended.requestHash === appended.requestHash && before)
        return { kind: "replayed", entry: { ...before.entry } };
      if (before) return { kind: "conflict", seq: before.entry.seq };
      bytes += size;
      return { kind: "stored", seq: store(book, appended) };
    },
    forget(beforeMs: number, except: Set<string>): number {
      const dead = [...byId.values()].filter((book) => book.seenAt < beforeMs && !except.has(book.id));
      for (const book of dead) {
        byId.delete(book.id);
        byResumeHash.delete(book.resumeHash);
        for (const { entry } of book.stored) bytes -= 2 * textChars(entry);
      }
      return dead.length;
    },
  };
}

function store(book: Book, appended: NewEntry): number {
  const { key, requestHash: _, ...fields } = appended;
  const seq = book.stored.length + 1;
  const hash = entryHash(book.stored.at(-1)?.entry.hash ?? genesis, book.id, seq, appended);
  const stored = { appended, entry: { ...fields, seq, hash } };
  book.stored.push(stored);
  if (key !== undefined) book.byKey.set(key, stored);
  return seq;
}

function list(stored: Stored[], query: ListQuery, limits: HistoryLimits): Listed {
  const forward = query.after !== undefined;
  const needle = needleOf(query);
  const range = stored.slice(query.after ?? 0, query.before === undefined ? stored.length : Math.max(query.before - 1, 0));
  const page = openPage(query.limit, limits);
  for (const { entry } of forward ? range : range.reverse()) {
    const matches = needle === undefined || contains(entry.summary, needle) || contains(entry.expression, needle);
    if (matches && !page.take({ ...entry })) break;
  }
  return { entries: forward ? page.entries : page.entries.reverse(), lastSeq: stored.length, more: page.more };
}

function verify(id: string, stored: Stored[]): Verified {
  let previous = genesis;
  for (const [i, { entry, appended }] of stored.entries()) {
    if (entryHash(previous, id, i + 1, appended) !== entry.hash) return { ok: false, entries: i, brokenAt: i + 1 };
    previous = entry.hash;
  }
  return { ok: true, entries: stored.length };
}
