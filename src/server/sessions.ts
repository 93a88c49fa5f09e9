/** All sessions that are open, so that the server can take leave of them together. */
import type { Connection } from "../transport/connection.ts";
import type { Desk } from "./dispatch.ts";
import { Session } from "./session.ts";

export class Sessions {
  readonly #desk: Desk;
  readonly #open = new Set<Session>();
  #onEmpty: (() => void) | undefined;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  get size(): number {
    return this.#open.size;
  }

  /** Calls and typed lines of all sessions without an answer. */
  get callsInFlight(): number {
    let count = 0;
    for (const session of this.#open) count += session.inFlight;
    return count;
  }

  open(connection: Connection): Session {
    const session = new Session(this.#desk, connection, () => this.#left(session));
    this.#open.add(session);
    return session;
  }

  /** Lets each answer what it accepted, refuse what it had only read, and close. */
  drain(): void {
    for (const session of this.#open) session.drain();
  }

  /** Resolves when all are gone, or after `waitMs`. */
  async gone(waitMs: number): Promise<void> {
    if (this.#open.size === 0) return;
    const empty = Promise.withResolvers<void>();
    this.#onEmpty = empty.resolve;
    const timer = setTimeout(empty.resolve, waitMs);
    await empty.promise;
    clearTimeout(timer);
  }

  #left(session: Session): void {
    this.#open.delete(session);
    if (this.#open.size === 0) this.#onEmpty?.();
  }
}
