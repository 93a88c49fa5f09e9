/** Makes folders that only their owner may enter. */
import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

/**
 * With its parents, one at a time: Node's own `recursive` tries for ever where a parent takes no folders, as `/proc`.
 * `made` is told the parent of each that was missing.
 */
export function makeFolder(path: string, made: (parent: string) => void = () => undefined): void {
  if (existsSync(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent, made);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have been faster.
    if (!existsSync(path)) throw error;
  }
  made(parent);
}
