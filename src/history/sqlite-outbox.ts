/**
 * Gathers what the server's thread has for the writer in this tick, and posts it as one message when the tick ends.
 * It has no bound of its own: `accepted.ts` and the asks of `sqlite.ts` let only so much in.
 */
import type { Ledger, NewEntry } from "./history.ts";
import type { Ask, ToWriter, Writes } from "./sqlite-messages.ts";

export type Outbox = {
  /** A write at `at`; without an entry it is a keep. */
  write(ledger: Ledger, at: number, entry: NewEntry | undefined): void;
  ask(no: number, ask: Ask): void;
  /** Last word: the writer ends after all that was put in before. */
  close(): void;
};

export function openOutbox(post: (message: ToWriter) => void): Outbox {
  let message: ToWriter | undefined;

  /** The message of this tick. */
  function current(): ToWriter {
    if (!message) {
      message = { writes: noWrites(), asks: [], close: false };
      setImmediate(flush);
    }
    return message;
  }

  function flush(): void {
    if (message) post(message);
    message = undefined;
  }

  return {
    write(ledger, at, entry) {
      const { writes } = current();
      writes.id.push(ledger.id);
      writes.resumeHash.push(ledger.resumeHash);
      writes.keep.push(entry === undefined);
      writes.at.push(at);
      writes.expression.push(entry?.expression ?? "");
      writes.outcome.push(entry?.outcome ?? "");
      writes.summary.push(entry?.summary ?? "");
      writes.failed.push(entry?.failed ?? false);
      writes.elapsedUs.push(entry?.elapsedUs ?? 0);
      writes.key.push(entry?.key);
      writes.requestHash.push(entry?.requestHash);
    },
    ask(no, ask) {
      current().asks.push({ no, ask });
    },
    close() {
      current().close = true;
    },
  };
}

function noWrites(): Writes {
  return {
    id: [],
    resumeHash: [],
    keep: [],
    at: [],
    expression: [],
    outcome: [],
    summary: [],
    failed: [],
    elapsedUs: [],
    key: [],
    requestHash: [],
  };
}
