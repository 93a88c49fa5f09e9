/**
 * Opens the history a URL names. The scheme chooses the backend; this is the only place that knows them all.
 */
import { resolve } from "node:path";
import { type History, type HistoryOptions, historyDefaults } from "./history.ts";
import { memoryStoreBytesMax, openMemory } from "./memory.ts";
import { openSqlite, sqliteDefaults } from "./sqlite.ts";
import type { SqliteLimits } from "./sqlite-messages.ts";

/**
 * `sqlite:PATH` (taken letter by letter, relative to the working directory; nothing is unescaped) or `memory:`.
 * Rejects with an Error in a person's words.
 */
export async function openHistory(
  url: string,
  options: HistoryOptions & { sqlite?: Partial<SqliteLimits> } = {},
): Promise<History> {
  const limits = { ...historyDefaults, ...options.limits };
  if (url === "memory:") return openMemory({ ...limits, storeBytesMax: Math.min(limits.storeBytesMax, memoryStoreBytesMax) });
  if (url.startsWith("sqlite:") && url.length > "sqlite:".length) {
    const path = resolve(url.slice("sqlite:".length));
    return openSqlite(path, { ...limits, ...sqliteDefaults, ...options.sqlite }, options.onFatal ?? (() => {}));
  }
  // Only the scheme is shown: the rest may hold a password.
  throw new Error(`no history backend for ${url.split(":", 1)[0]}: the history is sqlite:PATH or memory:`);
}
