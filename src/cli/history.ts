/**
 * `canaduck history`: looks at a history file without a server: proves it, or writes it out as text.
 *
 * The server that uses the file must be stopped: one process at a time has it. Nothing is changed but what opening a history
 * always does (its log is folded in, its tables are brought to this version).
 */
import { statSync } from "node:fs";
import { type History, HistoryError, type LedgerRow } from "../history/history.ts";
import { openHistory } from "../history/open.ts";
import { type ExportFormat, exportHead, exportLine } from "../methods/export-text.ts";
import { hashToken } from "../methods/principal.ts";
import { STATUS } from "./status.ts";

export type HistoryOptions = {
  url: string;
  /** Only the history of this resume token. */
  resume?: string;
  /** Only the history with this id. */
  ledger?: string;
};

type Output = { stdout: NodeJS.WritableStream; stderr: NodeJS.WritableStream };

const NOT_THERE = "the file has no history of that token or id";
/** Entries read at a time. */
const PAGE_ENTRIES = 1_000;

/** Walks the hash chain of each ledger. Resolves with 0 when all are whole, 65 when one is not, 66 when it cannot be read. */
export function verifyHistory(options: HistoryOptions, output: Output): Promise<number> {
  return withHistory(options.url, output, async (history) => {
    let damaged = 0;
    let entries = 0;
    let count = 0;
    for await (const { id } of ledgersOf(history, options)) {
      const verified = await history.verify(id);
      count += 1;
      entries += verified.entries;
      if (verified.ok) continue;
      damaged += 1;
      await write(output.stdout, `DAMAGED ${id}: entry ${verified.brokenAt} is missing or is not what was stored\n`);
    }
    if (count === 0 && isOneMeant(options)) return complain(output, STATUS.noInput, NOT_THERE);
    await write(output.stdout, `${count} histories, ${entries} entries proven, ${damaged} damaged\n`);
    return damaged === 0 ? STATUS.ok : STATUS.expression;
  });
}

/** Writes every entry to stdout, the oldest of each ledger first. Resolves with the exit status, as above. */
export function writeHistory(options: HistoryOptions & { format: ExportFormat }, output: Output): Promise<number> {
  const { format } = options;
  return withHistory(options.url, output, async (history) => {
    let count = 0;
    for await (const { id } of ledgersOf(history, options)) {
      if (count++ === 0) await write(output.stdout, exportHead(format, "ledger"));
      for (let after = 0, more = true; more; ) {
        const page = await history.list(id, { after, limit: PAGE_ENTRIES });
        await write(output.stdout, page.entries.map((entry) => exportLine(format, entry, id)).join(""));
        after = page.entries.at(-1)?.seq ?? after;
        more = page.more;
      }
    }
    if (count === 0 && isOneMeant(options)) return complain(output, STATUS.noInput, NOT_THERE);
    if (count === 0) await write(output.stdout, exportHead(format, "ledger"));
    return STATUS.ok;
  });
}

/** Whether the person named the one history to look at: to prove or write out nothing is then no success. */
function isOneMeant({ resume, ledger }: HistoryOptions): boolean {
  return resume !== undefined || ledger !== undefined;
}

function complain({ stderr }: Output, status: number, why: string): number {
  stderr.write(`canaduck: ${why}\n`);
  return status;
}

async function withHistory(url: string, output: Output, work: (history: History) => Promise<number>): Promise<number> {
  if (!isThere(url)) return complain(output, STATUS.noInput, `there is no history at ${url}`);
  // What breaks the store while it is read also rejects the read.
  const history = await openHistory(url).catch((error: Error) => error.message);
  if (typeof history === "string") return complain(output, STATUS.noInput, history);
  try {
    return await work(history);
  } catch (error) {
    if (error instanceof HistoryError) return complain(output, STATUS.expression, `the history cannot be read: ${error.message}`);
    throw error;
  } finally {
    await history.close();
  }
}

/** Opening would make an empty one; a history in memory is in another process, if anywhere. */
function isThere(url: string): boolean {
  return url.startsWith("sqlite:") && statSync(url.slice("sqlite:".length), { throwIfNoEntry: false }) !== undefined;
}

/** The ledger that was asked for, or all. */
async function* ledgersOf(history: History, { resume, ledger }: HistoryOptions): AsyncGenerator<LedgerRow> {
  const found = resume === undefined ? undefined : await history.find(hashToken(resume));
  if (resume !== undefined) {
    if (found !== undefined) yield found;
    return;
  }
  for (let page = await history.ledgers(""); page.length > 0; page = await history.ledgers(page.at(-1)?.id ?? "")) {
    for (const row of page) if (ledger === undefined || row.id === ledger) yield row;
  }
}

async function write(stdout: NodeJS.WritableStream, text: string): Promise<void> {
  if (text === "" || stdout.write(text)) return;
  await new Promise((resolve) => stdout.once("drain", resolve));
}
