/**
 * Brings a history file to the schema this version knows: numbered steps, each once, in order, all in one transaction,
 * recorded in the table `migrations`. A step that was ever released is never changed; the next one corrects it.
 */
import type { DatabaseSync } from "node:sqlite";
import { ledgers } from "./0001-ledgers.ts";
import { cleared } from "./0002-cleared.ts";
import { bytes } from "./0003-bytes.ts";

/** Step n is at place n - 1. */
const steps = [
  { name: "ledgers", sql: ledgers },
  { name: "cleared", sql: cleared },
  { name: "bytes", sql: bytes },
];

/** "cana" in ASCII, in the file's header: says that the file is ours. */
const applicationId = 0x63616e61;

/** Throws an Error in a person's words when the file is a stranger's or was written by a newer version; then nothing is changed. */
export function migrate(db: DatabaseSync, nowMs: number): void {
  db.exec("BEGIN EXCLUSIVE");
  try {
    claim(db);
    db.exec(
      "CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT",
    );
    const version = number(db, "SELECT coalesce(max(version), 0) AS n FROM migrations");
    if (version > steps.length) {
      throw new Error(`the history was written by a newer canaduck: its schema is ${version}, this one knows ${steps.length}`);
    }
    const record = db.prepare("INSERT INTO migrations (version, name, applied_at) VALUES (?, ?, ?)");
    for (const [index, step] of steps.entries()) {
      if (index < version) continue;
      db.exec(step.sql);
      record.run(index + 1, step.name, nowMs);
    }
    db.exec("COMMIT");
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

/** An empty file becomes ours; a database with another program's tables stays untouched. */
function claim(db: DatabaseSync): void {
  if (number(db, "SELECT application_id AS n FROM pragma_application_id") === applicationId) return;
  if (number(db, "SELECT count(*) AS n FROM sqlite_schema") > 0) throw new Error("the file is a database of another program");
  db.exec(`PRAGMA application_id = ${applicationId}`);
}

function number(db: DatabaseSync, sql: string): number {
  return Number(db.prepare(sql).get()?.["n"]);
}
