/**
 * The history's thread: owns the one connection, commits all writes that gathered while the last commit ran, and answers reads
 * in between.
 *
 * opening -> open -> (close asked, writes done) -> gone; any error of a write but «full» throws, and the thread is gone too:
 * after a failed fsync the page cache cannot be trusted, so nothing may be acknowledged again. The parent's end is sqlite.ts.
 */
import type { DatabaseSync } from "node:sqlite";
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { textChars } from "./accepted.ts";
import { type Appends, openAppends } from "./sqlite-appends.ts";
import { clear } from "./sqlite-clear.ts";
import { foldAnswers, type Write, writesOf } from "./sqlite-columns.ts";
import { checkpoint, emptyLog, isFull, openFile, openLogMeter } from "./sqlite-file.ts";
import { forget } from "./sqlite-forget.ts";
import type { Answer, Ask, FromWriter, ToWriter, WriterSettings } from "./sqlite-messages.ts";
import { openReads } from "./sqlite-reads.ts";
import { openRemovals, type Remove } from "./sqlite-removals.ts";
import { openReserve } from "./sqlite-reserve.ts";

if (!parentPort) throw new Error("sqlite-writer.ts runs as a worker thread only");
const settings: WriterSettings = workerData;
start(parentPort, settings);

function start(port: MessagePort, settings: WriterSettings): void {
  const post = (message: FromWriter) => port.postMessage(message);
  try {
    const db = openFile(settings.path, settings);
    serve(port, post, db, settings);
    post({ kind: "ready" });
  } catch (error) {
    post({ kind: "refused", message: error instanceof Error ? error.message : String(error) });
  }
}

function serve(port: MessagePort, post: (message: FromWriter) => void, db: DatabaseSync, settings: WriterSettings): void {
  const appends = openAppends(db, settings);
  const reserve = openReserve(db, settings);
  const work = openWork(db, appends, openRemovals(db, reserve, settings), settings);
  const logBytes = openLogMeter(db);
  const writes: Write[] = [];
  const jobs: { no: number; steps: Generator<void, Answer> }[] = [];
  let closing = false;
  let awake = false;

  function receive(message: ToWriter): void {
    for (const write of writesOf(message.writes)) writes.push(write);
    for (const { no, ask } of message.asks) jobs.push({ no, steps: work(ask) });
    closing ||= message.close;
  }

  /** One transaction of all that waits, then reads for a while, then again. */
  function turn(): void {
    for (let more = receiveMessageOnPort(port); more; more = receiveMessageOnPort(port)) receive(more.message);
    if (writes.length > 0) {
      if (reserve.isSpent) reserve.hold();
      post({ kind: "written", answers: foldAnswers(appends.commit(takeBatch(writes, settings))) });
      if (logBytes() > settings.checkpointBytes) {
        ifRoom(() => checkpoint(db));
        reserve.hold();
      }
    }
    const answers = step(jobs, settings.readMs);
    if (answers.length > 0) post({ kind: "answered", answers });
    awake = writes.length > 0 || (jobs.length > 0 && !closing);
    if (awake) setImmediate(turn);
    else if (closing) end();
  }

  function end(): void {
    ifRoom(() => emptyLog(db));
    db.close();
    port.close();
  }

  port.on("message", (message: ToWriter) => {
    receive(message);
    if (awake) return;
    awake = true;
    turn();
  });
}

/** Steps the jobs in turn, for `readMs` and at least one step. Answers those that ended, and leaves the rest. */
function step(jobs: { no: number; steps: Generator<void, Answer> }[], readMs: number): { no: number; answer: Answer }[] {
  const answers: { no: number; answer: Answer }[] = [];
  const until = performance.now() + readMs;
  for (let job = jobs.shift(); job; job = performance.now() < until ? jobs.shift() : undefined) {
    const { done, value } = job.steps.next();
    if (done) answers.push({ no: job.no, answer: value });
    else jobs.push(job);
  }
  return answers;
}

/** What each ask does, in steps; a read that fails is answered, and ends nothing else. */
function openWork(db: DatabaseSync, appends: Appends, remove: Remove, settings: WriterSettings) {
  const reads = openReads(db, settings);

  function* answer(ask: Ask): Generator<void, Answer> {
    switch (ask.kind) {
      case "find":
        return { find: reads.find(ask.resumeHash) };
      case "findKey":
        return { findKey: reads.findKey(ask.id, ask.key) };
      case "list":
        return { list: yield* reads.list(ask.id, ask.query) };
      case "verify":
        return { verify: yield* reads.verify(ask.id) };
      case "clear":
        return { clear: yield* clear(db, ask, remove, appends.drop) };
      case "ledgers":
        return { ledgers: reads.ledgers(ask.after) };
      case "forget":
        return { forget: yield* forget(db, ask, settings.sliceRows, remove, appends.drop) };
    }
  }

  return function* guarded(ask: Ask): Generator<void, Answer> {
    try {
      return yield* answer(ask);
    } catch (error) {
      if ((ask.kind === "forget" || ask.kind === "clear") && !isFull(error)) throw error;
      const message = error instanceof Error ? error.message : String(error);
      return { failure: { kind: isFull(error) ? "full" : "failed", message } };
    }
  };
}

/** The oldest writes, at most `batchMax` with `batchCharsMax` of text; one at least. */
function takeBatch(writes: Write[], { batchMax, batchCharsMax }: WriterSettings): Write[] {
  let count = 0;
  for (let chars = 0; count < Math.min(writes.length, batchMax); count++) {
    const entry = writes[count]?.entry;
    chars += entry === undefined ? 0 : textChars(entry);
    if (chars > batchCharsMax && count > 0) break;
  }
  return writes.splice(0, count);
}

/** Without room the log stays, with everything in it, until there is some. */
function ifRoom(fold: () => void): void {
  try {
    fold();
  } catch (error) {
    if (!isFull(error)) throw error;
  }
}
