/**
 * The SQLite history as the server sees it: queues writes and asks, hands all of a tick to the writer thread in one message,
 * and calls back in order when the commit is reported. Never touches the file itself.
 *
 * open -> closing (waits for what was accepted) -> closed; open or closing -> broken when the thread dies, and then `onFatal`.
 */
import { once } from "node:events";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { takeTurn } from "../turn.ts";
import { decline, keptOf, openAccepted } from "./accepted.ts";
import { type Appended, type History, HistoryError, type HistoryLimits, type Ledger, type NewEntry } from "./history.ts";
import { unfoldAnswers } from "./sqlite-columns.ts";
import type { Answer, Ask, FromWriter, SqliteLimits, WriterSettings } from "./sqlite-messages.ts";
import { openOutbox } from "./sqlite-outbox.ts";

/** 4 MiB of log is SQLite's own choice; a slice of 2,000 rows and a read turn of 4 ms keep the next commit waiting for a few ms;
 * a transaction of a million characters is up to 3 MiB of log, and a hundred rows change some 400 pages, 1.6 MiB. */
export const sqliteDefaults: SqliteLimits = {
  lockWaitMs: 1_000,
  checkpointBytes: 4 * 1024 * 1024,
  batchCharsMax: 1024 * 1024,
  reserveBytes: 8 * 1024 * 1024,
  headsMax: 10_000,
  sliceRows: 2_000,
  tightSliceRows: 100,
  readMs: 4,
};

/**
 * Opens or creates the history file at `path` for this process alone; missing directories are made (0700, the file 0600).
 * Rejects with an Error in a person's words: in use, not a history, from a newer version, not writable.
 */
export async function openSqlite(
  path: string,
  limits: HistoryLimits & SqliteLimits,
  onFatal: (reason: string) => void,
): Promise<History> {
  const settings: WriterSettings = { ...limits, path };
  const url = new URL(`./sqlite-writer${extname(import.meta.url)}`, import.meta.url);
  const writer = new Worker(url, { workerData: settings, name: "history", env: {}, execArgv: [] });
  const [first]: FromWriter[] = await once(writer, "message");
  if (first?.kind === "ready") return serve(writer, limits, onFatal);
  await writer.terminate();
  throw new Error(first?.kind === "refused" ? first.message : "the history's writer is out of order");
}

type State = "open" | "closing" | "closed" | "broken";

function serve(writer: Worker, limits: HistoryLimits, onFatal: (reason: string) => void): History {
  const accepted = openAccepted(limits);
  const asks = openAsks(limits.readsMax);
  const gone = new Promise<void>((resolve) => writer.once("exit", () => resolve()));
  const outbox = openOutbox((message) => writer.postMessage(message));
  let state: State = "open";

  function end(next: "closed" | "broken"): void {
    state = next;
    accepted.abandon();
    asks.abandon();
  }

  function fail(reason: string): void {
    if (state === "closed" || state === "broken") return;
    end("broken");
    onFatal(reason);
  }

  function write(ledger: Ledger, at: number, entry: NewEntry | undefined, done: (appended: Appended) => void): void {
    if (state !== "open") decline(done, { kind: "closed" });
    else if (accepted.take(entry, done)) outbox.write(ledger, at, entry);
  }

  function ask(question: Ask): Promise<Answer> {
    if (state !== "open") return Promise.reject(new HistoryError("closed", "the history is closed"));
    return asks.add((no) => outbox.ask(no, question));
  }

  writer.on("message", (message: FromWriter) => {
    if (state === "broken") return;
    if (message.kind === "written") {
      takeTurn(() => accepted.settle(unfoldAnswers(message.answers)));
    } else if (message.kind === "answered") {
      for (const { no, answer } of message.answers) asks.settle(no, answer);
    }
  });
  writer.on("error", (error) => fail(`the history's writer broke: ${error instanceof Error ? error.message : String(error)}`));
  writer.on("exit", () => (state === "closing" ? end("closed") : fail("the history's writer ended")));

  return {
    append: (ledger, entry, done) => write(ledger, entry.at, entry, done),
    keep: (ledger, atMs) => new Promise((resolve) => write(ledger, atMs, undefined, (answer) => resolve(keptOf(answer)))),
    find: async (resumeHash) => (await ask({ kind: "find", resumeHash })).find,
    findKey: async (id, key) => (await ask({ kind: "findKey", id, key })).findKey,
    list: async (id, query) => present((await ask({ kind: "list", id, query })).list),
    verify: async (id) => present((await ask({ kind: "verify", id })).verify),
    clear: async (id, before) => present((await ask({ kind: "clear", id, before })).clear),
    ledgers: async (after) => present((await ask({ kind: "ledgers", after })).ledgers),
    forget: async (beforeMs, except, ended = []) => present((await ask({ kind: "forget", beforeMs, except, ended })).forget),
    close() {
      if (state === "open") {
        state = "closing";
        outbox.close();
      }
      return gone;
    },
  };
}

/** The reads without an answer, at most `readsMax`. */
function openAsks(readsMax: number) {
  const waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: HistoryError) => void }>();
  let last = 0;
  return {
    add(send: (no: number) => void): Promise<Answer> {
      if (waiting.size >= readsMax) return Promise.reject(new HistoryError("busy", "too many reads of the history are waiting"));
      last += 1;
      send(last);
      return new Promise((resolve, reject) => waiting.set(last, { resolve, reject }));
    },
    settle(no: number, answer: Answer): void {
      const one = waiting.get(no);
      waiting.delete(no);
      if (answer.failure) one?.reject(new HistoryError(answer.failure.kind, answer.failure.message));
      else one?.resolve(answer);
    },
    abandon(): void {
      for (const { reject } of waiting.values()) reject(new HistoryError("closed", "the history is closed"));
      waiting.clear();
    },
  };
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new HistoryError("failed", "the history's writer gave no answer");
  return value;
}
