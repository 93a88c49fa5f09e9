/**
 * The writes a history has accepted and not yet answered: a bounded queue of callbacks, answered strictly in order.
 *
 * Both backends stand behind it: it refuses what is too much, and it never calls back from within `append`.
 */
import type { Appended, Kept, NewEntry } from "./history.ts";

type Waiting = { chars: number; done: (appended: Appended) => void };

export type Accepted = {
  /** Takes the callback in and answers true; or answers false, and `done` will hear `busy`. */
  take(entry: NewEntry | undefined, done: (appended: Appended) => void): boolean;
  /** Answers the oldest writes. */
  settle(answers: Appended[]): void;
  /** Answers all that wait with `closed`. */
  abandon(): void;
};

/** At most `appendsMax` writes with `appendCharsMax` UTF-16 units of text; a single write is taken whatever its size. */
export function openAccepted(limits: { appendsMax: number; appendCharsMax: number }): Accepted {
  let waiting: Waiting[] = [];
  let chars = 0;
  return {
    take(entry, done) {
      const size = entry ? textChars(entry) : 0;
      const room = waiting.length === 0 || chars + size <= limits.appendCharsMax;
      if (!room || waiting.length >= limits.appendsMax) {
        decline(done, { kind: "busy" });
        return false;
      }
      waiting.push({ chars: size, done });
      chars += size;
      return true;
    },
    settle(answers) {
      const settled = waiting.splice(0, answers.length);
      for (const one of settled) chars -= one.chars;
      for (const [i, { done }] of settled.entries()) call(done, answers[i] ?? { kind: "closed" });
    },
    abandon() {
      const abandoned = waiting;
      waiting = [];
      chars = 0;
      for (const { done } of abandoned) call(done, { kind: "closed" });
    },
  };
}

/** Answers a write that was not taken, after the caller has returned. */
export function decline(done: (appended: Appended) => void, appended: Appended): void {
  queueMicrotask(() => done(appended));
}

/** A keep is answered like an append. */
export function keptOf(answer: Appended): Kept {
  return answer.kind === "full" || answer.kind === "busy" || answer.kind === "closed" ? answer.kind : "kept";
}

/** UTF-16 units of the texts of an entry. */
export function textChars(entry: { expression: string; outcome: string; summary: string }): number {
  return entry.expression.length + entry.outcome.length + entry.summary.length;
}

/**
 * What an entry counts against `ledgerBytesMax`: its texts in UTF-8, and what a row and its places in two indexes take beside.
 * Migration 3 counts the same for entries that were there before; another number here needs another migration.
 */
export function entryBytes({
  expression,
  outcome,
  summary,
  key = "",
}: Pick<NewEntry, "expression" | "outcome" | "summary" | "key">): number {
  const texts = Buffer.byteLength(expression) + Buffer.byteLength(outcome) + Buffer.byteLength(summary);
  return texts + Buffer.byteLength(key) + ROW_BYTES;
}

/** Measured with short entries: 110 bytes of the file are not text; more with a key, and in pages that are not full. */
const ROW_BYTES = 200;

/** A callback that throws is a bug of its owner; the others of the batch still get their answer. */
function call(done: (appended: Appended) => void, appended: Appended): void {
  try {
    done(appended);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
