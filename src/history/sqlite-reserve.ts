/**
 * Room on the disk that is kept for the day it is full: to remove entries SQLite must first write what it removes to its log,
 * and to empty the log it must write to its file. A file beside the history holds that room; a removal that finds none gives
 * it back to the disk.
 *
 * held -> spent (the history's file does not grow: what the reserve gave is for the log alone, and removed entries leave pages
 * to append to) -> held again once the disk has room for twice the reserve. `none` until the first checkpoint; never held where
 * there is no room for it.
 */
import { randomFillSync } from "node:crypto";
import { closeSync, openSync, rmSync, statfsSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { emptyLog, limitPages } from "./sqlite-file.ts";

export type Reserve = {
  /** True while the history's file may not grow. */
  readonly isSpent: boolean;
  /** Holds the reserve, where it is not held and the disk has room enough. */
  hold(): void;
  /** Gives the reserve up and empties the log. Throws what SQLite throws. */
  spend(): void;
};

type Settings = { path: string; reserveBytes: number; storeBytesMax: number };

/** Written again and again; no file system makes it smaller. */
const BLOCK_BYTES = 1024 * 1024;

export function openReserve(db: DatabaseSync, { path, reserveBytes, storeBytesMax }: Settings): Reserve {
  const place = reservePath(path);
  let state: "none" | "held" | "spent" = statSync(place, { throwIfNoEntry: false })?.size === reserveBytes ? "held" : "none";

  function isRoom(): boolean {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize >= 2 * reserveBytes;
  }

  return {
    get isSpent() {
      return state === "spent";
    },
    hold() {
      if (state === "held" || !isRoom() || !fill(place, reserveBytes)) return;
      if (state === "spent") limitPages(db, storeBytesMax);
      state = "held";
    },
    spend() {
      if (state !== "spent") {
        rmSync(place, { force: true });
        limitPages(db, 0);
        state = "spent";
      }
      emptyLog(db);
    },
  };
}

/** Where the reserve of the history at `path` is. */
function reservePath(path: string): string {
  return `${path}-reserve`;
}

/** False, and no file, when the disk has less room than it said. */
function fill(place: string, bytes: number): boolean {
  const block = randomFillSync(new Uint8Array(Math.min(bytes, BLOCK_BYTES)));
  try {
    rmSync(place, { force: true });
    const descriptor = openSync(place, "wx", 0o600);
    try {
      for (let left = bytes; left > 0; ) left -= writeSync(descriptor, block, 0, Math.min(left, block.length));
    } finally {
      closeSync(descriptor);
    }
    return true;
  } catch {
    rmSync(place, { force: true });
    return false;
  }
}
