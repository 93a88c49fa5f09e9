/**
 * What the server counts while it works: plain numbers, incremented on the way of a request and read when somebody asks.
 *
 * Knows no format; `metrics.ts` turns it into text. Every key comes from a closed set (methods of the table,
 * errors of the table, kinds of frames), so a peer cannot make it grow: an unknown method counts as `other`.
 */
import type { History } from "../methods/call.ts";
import type { ErrorName } from "../protocol/generated/errors.ts";
import type { Stranger } from "../protocol/stranger.ts";
import { METHOD_NAMES } from "../schema.ts";
import type { CutReason } from "../transport/connection.ts";
import { turnMs } from "../turn.ts";

/** Upper bounds in milliseconds; the last bucket has none. From a ping to the longest wait of a call. */
export const BOUNDS_MS: readonly number[] = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000];

/** Durations, counted by how long they were. */
export class Durations {
  /** One more than there are bounds. */
  readonly counts = new Float64Array(BOUNDS_MS.length + 1);
  sumMs = 0;

  add(ms: number): void {
    let at = 0;
    while (at < BOUNDS_MS.length && ms > (BOUNDS_MS[at] ?? 0)) at += 1;
    this.counts[at] = (this.counts[at] ?? 0) + 1;
    this.sumMs += ms;
  }
}

export type Outcome = "ok" | ErrorName;

/** Why bytes that came in were not a request: kinds of frames, and the errors a message is refused with. */
export type RefusedFrame = "overlong" | "crowded" | "invalid-utf8" | "bad-header" | Stranger | ErrorName;

const OTHER = "other";

export class Tally {
  /** Calls begun so far, and calls not answered yet. */
  calls = 0;
  callsInFlight = 0;
  /** Bytes of connections that are closed; those of open ones are asked of them. */
  bytesIn = 0;
  bytesOut = 0;
  /** Entries that wait for their commit. */
  appendsWaiting = 0;
  readonly durations: ReadonlyMap<string, Map<Outcome, Durations>>;
  readonly framesRefused = new Map<RefusedFrame, number>();
  readonly connectionsClosed = new Map<CutReason, number>();
  readonly appends = new Map<string, Durations>();
  readonly #others = new Map<Outcome, Durations>();

  constructor() {
    const rows = METHOD_NAMES.map((name) => [name, new Map<Outcome, Durations>()] as const);
    this.durations = new Map([...rows, [OTHER, this.#others]]);
  }

  /** A call has come in. Answers its number, which tells it from all others in the log. */
  begun(): number {
    this.callsInFlight += 1;
    this.calls += 1;
    return this.calls;
  }

  /** A call has come in and was answered in one step. */
  answeredAtOnce(method: string): void {
    this.calls += 1;
    durationsOf(this.durations.get(method) ?? this.#others, "ok").add(0);
  }

  answered(method: string, outcome: Outcome, ms: number): void {
    this.callsInFlight -= 1;
    durationsOf(this.durations.get(method) ?? this.#others, outcome).add(ms);
  }

  frameRefused(reason: RefusedFrame): void {
    this.framesRefused.set(reason, (this.framesRefused.get(reason) ?? 0) + 1);
  }

  connectionClosed(reason: CutReason): void {
    this.connectionsClosed.set(reason, (this.connectionsClosed.get(reason) ?? 0) + 1);
  }
}

function durationsOf<K>(among: Map<K, Durations>, key: K): Durations {
  const found = among.get(key);
  if (found !== undefined) return found;
  const made = new Durations();
  among.set(key, made);
  return made;
}

/** The same history; how long its commits take, and how many wait, is counted. */
export function tallied(history: History, tally: Tally): History {
  return {
    ...history,
    append(ledger, entry, done) {
      const begunMs = turnMs();
      tally.appendsWaiting += 1;
      history.append(ledger, entry, (appended) => {
        tally.appendsWaiting -= 1;
        durationsOf(tally.appends, appended.kind).add(turnMs() - begunMs);
        done(appended);
      });
    },
  };
}
