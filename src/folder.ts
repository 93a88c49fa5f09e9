/** Makes folders that only their owner may enter. */
import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

/** With its parents, one at a time: Node's own `recursive` tries for ever where a parent takes no folders, as `/proc`. */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have been faster.
    if (!existsSync(path)) throw error;
  }
}
