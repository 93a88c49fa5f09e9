/** What the server says unasked, to those who listen for it: typed from the schemas, by name. */
import type { ParamsByEvent } from "../protocol/generated/types.ts";
import { asObject } from "./exchange.ts";

export type EventName = keyof ParamsByEvent;
export type EventListener<E extends EventName> = (params: ParamsByEvent[E]) => void;

export class Listeners {
  readonly #listeners: { readonly [E in EventName]: Set<EventListener<E>> } = {
    "$/progress": new Set(),
    "scope.changed": new Set(),
    "server.closing": new Set(),
    "session.missed": new Set(),
  };

  /** Answers what takes the listener away again. */
  add<E extends EventName>(event: E, listener: EventListener<E>): () => void {
    // Its own function, so that a listener added twice is told twice and taken away once.
    const own: EventListener<E> = (params) => listener(params);
    this.#listeners[event].add(own);
    return () => void this.#listeners[event].delete(own);
  }

  /** Tells who listens; an event nobody knows is ignored. */
  tell(event: string, params: unknown): void {
    if (this.#isKnown(event)) this.#tellOf(event, params);
  }

  #isKnown(event: string): event is EventName {
    return Object.hasOwn(this.#listeners, event);
  }

  #tellOf<E extends EventName>(event: E, params: unknown): void {
    if (!isParamsOf(event, params)) return;
    for (const listener of this.#listeners[event]) aside(() => listener(params));
  }
}

/** What a listener throws is its own bug: it surfaces as an uncaught exception and leaves the client's state alone. */
export function aside(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

/** Params are an object; what is in it is the server's word. */
function isParamsOf<E extends EventName>(_event: E, params: unknown): params is ParamsByEvent[E] {
  return asObject(params) !== undefined;
}
