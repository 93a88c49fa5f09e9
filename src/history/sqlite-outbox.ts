/**
 * Gathers what the server's thread has for the writer in this tick, and posts it as one message when the tick ends.
 * It has no bound of its own: `accepted.ts` and the asks of `sqlite.ts` let only so much in.
 */
import type { Ledger, NewEntry } from "./history.ts";
import { addWrite, noWrites } from "./sqlite-columns.ts";
import type { Ask, ToWriter } from "./sqlite-messages.ts";

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
      addWrite(current().writes, ledger, at, entry);
    },
    ask(no, ask) {
      current().asks.push({ no, ask });
    },
    close() {
      current().close = true;
    },
  };
}
