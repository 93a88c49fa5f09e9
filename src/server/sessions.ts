/** All sessions that are open, so that the server can count them, end some, and take leave of them together. */
import { HashTable } from "../hash-table.ts";
import type { ClientFacts, Whom } from "../methods/clients.ts";
import type { Connection } from "../transport/connection.ts";
import type { Desk } from "./dispatch.ts";
import { Session } from "./session.ts";

export class Sessions {
  readonly #desk: Desk;
  /** By their connections' numbers; no `Set`, see `hash-table.ts`. */
  readonly #open = new HashTable<number, Session>();
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
    for (const session of this.#open.values()) count += session.inFlight;
    return count;
  }

  open(connection: Connection): Session {
    const session = new Session(this.#desk, connection, () => this.#left(session));
    this.#open.set(connection.id, session);
    return session;
  }

  get count(): number {
    return this.#open.size;
  }

  get connections(): Iterable<Connection> {
    return this.#open.values().map(({ connection }) => connection);
  }

  list(after: number, limit: number): ClientFacts[] {
    const found = this.#open.values().filter(({ connection }) => connection.id > after);
    const inOrder = found.toSorted((one, other) => one.connection.id - other.connection.id);
    return inOrder.slice(0, limit).map(({ facts }) => facts);
  }

  kick({ connection, principal }: Whom): number {
    const isMeant = ({ trace }: Session) =>
      trace.connection === connection || (principal !== undefined && trace.principal === principal);
    const found = this.#open.values().filter(isMeant);
    for (const session of found) session.connection.cut("kicked");
    return found.length;
  }

  /** Lets each answer what it accepted, refuse what it had only read, and close. */
  drain(): void {
    for (const session of this.#open.values()) session.drain();
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
    this.#open.delete(session.connection.id);
    if (this.#open.size === 0) this.#onEmpty?.();
  }
}
