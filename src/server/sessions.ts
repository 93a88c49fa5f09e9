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

  open(connection: Connection): Session {
    const session = new Session(this.#desk, connection, () => this.#left(session));
    this.#open.add(session);
    return session;
  }

  /** Lets each answer what it accepted and close. Resolves when all are gone, or after `waitMs`. */
  async finish(waitMs: number): Promise<void> {
    const empty = Promise.withResolvers<void>();
    this.#onEmpty = empty.resolve;
    const timer = setTimeout(empty.resolve, waitMs);
    for (const session of this.#open) session.finish();
    if (this.#open.size === 0) empty.resolve();
    await empty.promise;
    clearTimeout(timer);
  }

  #left(session: Session): void {
    this.#open.delete(session);
    if (this.#open.size === 0) this.#onEmpty?.();
  }
}
