/**
 * The hash chain of a ledger (G9): each entry hashes its predecessor's hash, the ledger's id and every stored field.
 *
 * The bytes hashed are the UTF-8 of a JSON array with fixed places: JSON quotes its strings, so no two different entries
 * give the same bytes. Changing the places or their order breaks every chain ever written.
 */
import { hash } from "node:crypto";
import type { NewEntry } from "./history.ts";

/** What the first entry of a ledger has for a predecessor. */
export const genesis = "0".repeat(64);

/** SHA-256, hex, of the entry `seq` of ledger `id` after the entry hashed `previous`. The entry must be `settled`. */
export function entryHash(previous: string, id: string, seq: number, entry: NewEntry): string {
  const { at, expression, outcome, summary, failed, elapsedUs, key = null, requestHash = null } = entry;
  return hash(
    "sha256",
    JSON.stringify([previous, id, seq, at, expression, outcome, summary, failed, elapsedUs, key, requestHash]),
  );
}

/** The entry as a database can hold it: whole numbers, and U+FFFD for lone surrogates, which UTF-8 cannot write. */
export function settled(entry: NewEntry): NewEntry {
  const { key, requestHash } = entry;
  return {
    at: whole(entry.at),
    expression: entry.expression.toWellFormed(),
    outcome: entry.outcome.toWellFormed(),
    summary: entry.summary.toWellFormed(),
    failed: entry.failed,
    elapsedUs: whole(entry.elapsedUs),
    ...(key === undefined ? {} : { key: key.toWellFormed(), requestHash: (requestHash ?? "").toWellFormed() }),
  };
}

function whole(value: number): number {
  return Math.min(Math.max(Math.round(value) || 0, 0), Number.MAX_SAFE_INTEGER);
}
