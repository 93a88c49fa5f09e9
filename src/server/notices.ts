/**
 * What one connection is told unasked: which events it wants, of which client, and how many it has missed because it did not
 * read. Nothing is sent to a peer that leaves more than `outputBytesSoftMax` unread; it is told the number once it reads again.
 *
 * States: quiet <-> told of a client's events -> ended.
 */
import type { Notices as CallersNotices } from "../methods/call.ts";
import type { Principal } from "../methods/principal.ts";
import { unwatchScope, type WatchLimits, watchScope } from "../methods/scope-watch.ts";
import type { EventNames, ParamsByEvent } from "../protocol/generated/types.ts";
import { encodeNotification } from "../protocol/message.ts";
import type { Connection } from "../transport/connection.ts";

export type NoticeLimits = WatchLimits & { outputBytesSoftMax: number };

export class Notices implements CallersNotices {
  #wanted: EventNames = [];
  /** Whose events are told. */
  #of: Principal | undefined;
  #missed = 0;
  #ended: boolean;
  readonly #connection: Connection;
  readonly #limits: NoticeLimits;

  constructor(connection: Connection, limits: NoticeLimits, ended: boolean) {
    this.#connection = connection;
    this.#limits = limits;
    this.#ended = ended;
  }

  get wanted(): EventNames {
    return this.#wanted;
  }

  want(events: EventNames, principal: Principal): void {
    if (this.#ended) return;
    if (events.length > 0) watchScope(principal, this, this.#limits);
    if (this.#of !== undefined && (this.#of !== principal || events.length === 0)) unwatchScope(this.#of, this);
    this.#of = events.length > 0 ? principal : undefined;
    this.#wanted = events;
  }

  tell<E extends keyof ParamsByEvent>(event: E, params: ParamsByEvent[E]): void {
    const { dialect, outputBytes } = this.#connection;
    if (dialect !== "json" && dialect !== "header") return;
    if (outputBytes > this.#limits.outputBytesSoftMax) {
      this.#missed += 1;
      return;
    }
    this.drained();
    this.#connection.send(encodeNotification(event, params));
  }

  /** The peer has read: it is told what it has missed, before anything else. */
  drained(): void {
    const events = this.#missed;
    if (events === 0) return;
    this.#missed = 0;
    this.#connection.send(encodeNotification("session.missed", { events }));
  }

  /** The connection speaks for nobody any more. */
  end(): void {
    if (this.#of !== undefined) unwatchScope(this.#of, this);
    this.#of = undefined;
    this.#ended = true;
  }
}
