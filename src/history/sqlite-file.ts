/**
 * Opens the history file for one process alone and makes SQLite keep its word: write-ahead log, an fsync for every commit.
 *
 * Runs in the writer thread. The file is never opened by other means while SQLite holds it: closing any descriptor of a
 * file drops the POSIX locks of the whole process on it.
 */
import { closeSync, fsyncSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { makeFolder } from "../folder.ts";
import { migrate } from "./migrations/migrate.ts";

/** Primary result codes, https://www.sqlite.org/rescode.html */
const sqlite = { busy: 5, corrupt: 11, full: 13, notADatabase: 26 };

const pageBytes = 4096;

type FileLimits = { lockWaitMs: number; storeBytesMax: number; checkpointBytes: number };

/**
 * The file at `path`, locked until this process ends, migrated, its log folded in. Throws an Error in a person's words.
 * Folding the log in at open also writes anew whatever an earlier, failed fsync may have left in the page cache only.
 */
export function openFile(path: string, limits: FileLimits): DatabaseSync {
  try {
    // Their names are made durable: a power cut must not take the whole folder.
    makeFolder(dirname(path), syncDirectory);
    makeFile(path);
    return openDatabase(path, limits);
  } catch (error) {
    throw new Error(`cannot open the history ${path}: ${explain(error)}`);
  }
}

function openDatabase(path: string, limits: FileLimits): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: limits.lockWaitMs });
  try {
    // Before the first access: in this mode the lock is taken with it and kept, and no shared memory file is made.
    set(db, "locking_mode", "EXCLUSIVE", "exclusive");
    migrate(db, Date.now());
    set(db, "journal_mode", "WAL", "wal");
    set(db, "synchronous", "FULL", 2);
    // Only macOS has this: its plain fsync leaves the data in the drive's cache.
    set(db, "fullfsync", "ON", 1);
    // Ours checkpoints by itself, because SQLite's own swallows the errors of its fsync.
    set(db, "wal_autocheckpoint", "0", 0);
    // A log that had to grow longer is cut off again; one more transaction than starts a checkpoint is usual.
    set(db, "journal_size_limit", String(2 * limits.checkpointBytes), 2 * limits.checkpointBytes);
    limitPages(db, limits.storeBytesMax);
    emptyLog(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Moves the whole log into the file, with fsync; the next transaction begins at the start of the log again. Throws what SQLite
 * throws. The log keeps its size: to write over what is there changes no metadata, so each fsync is cheaper by a third.
 */
export function checkpoint(db: DatabaseSync): void {
  db.exec("PRAGMA wal_checkpoint(RESTART)");
}

/** The same, and gives the log's room back to the disk. */
export function emptyLog(db: DatabaseSync): void {
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
}

/** Lets the file grow to `bytesMax` and no further; never below what it has. */
export function limitPages(db: DatabaseSync, bytesMax: number): void {
  const pagesMax = Math.min(Math.max(Math.floor(bytesMax / pageBytes), 1), 0xfffffffe);
  db.exec(`PRAGMA max_page_count = ${pagesMax}`);
}

/** Answers how many bytes of the log are in use: all since the last checkpoint, whatever the size of its file. */
export function openLogMeter(db: DatabaseSync): () => number {
  // Before SQLite 3.51 this is a checkpoint, and so dearer, but no less right.
  const look = db.prepare("PRAGMA wal_checkpoint(NOOP)");
  return () => Number(look.get()?.["log"]) * pageBytes;
}

/** True for SQLITE_FULL: no room on the disk, or the file has its greatest size. */
export function isFull(error: unknown): boolean {
  return code(error) === sqlite.full;
}

/** True when the file's own structure is damaged. */
export function isCorrupt(error: unknown): boolean {
  return code(error) === sqlite.corrupt;
}

function code(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return undefined;
  return error.errcode & 0xff;
}

function explain(error: unknown): string {
  if (code(error) === sqlite.busy) return "another canaduck uses this file";
  if (code(error) === sqlite.notADatabase) return "the file is not a database";
  if (isFull(error)) return "no room is left for it";
  return error instanceof Error ? error.message : String(error);
}

/** A pragma SQLite cannot follow is answered with the old value, not with an error. */
function set(db: DatabaseSync, pragma: string, value: string, expected: string | number): void {
  db.exec(`PRAGMA ${pragma} = ${value}`);
  const is = db.prepare(`PRAGMA ${pragma}`).get()?.[pragma];
  if (is !== expected) throw new Error(`PRAGMA ${pragma} is ${is} and cannot be ${value} here`);
}

/** An existing file keeps its permissions and is not opened here. SQLite gives the log beside it the same ones. */
function makeFile(path: string): void {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return;
  closeSync(openSync(path, "wx", 0o600));
  syncDirectory(dirname(path));
}

function syncDirectory(directory: string): void {
  const descriptor = openSync(directory, "r");
  fsyncSync(descriptor);
  closeSync(descriptor);
}
