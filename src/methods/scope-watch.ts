/**
 * Who is told when a client's variables change: connections that asked for `scope.changed`. There is one only for a client that
 * has such a connection, so everybody else pays nothing.
 *
 * What is done in one turn of the event loop is told together, as it is at the turn's end, and to nobody whose own call did it.
 * Bounded by `scopeWatchersMax` connections and `scopeChangesMax` names.
 */
import { RpcError } from "../protocol/errors.ts";
import type { ScopeChangedParams } from "../protocol/generated/types.ts";
import type { Scope } from "./scope.ts";

/** A connection, as far as it is told something. */
type Watcher = { tell(event: "scope.changed", params: ScopeChangedParams): void };

/** A client, as far as it is watched. */
type Watched = { readonly scope: Scope; watch: ScopeWatch | undefined };

export type WatchLimits = { scopeWatchersMax: number; scopeChangesMax: number };

export class ScopeWatch {
  readonly #scope: Scope;
  readonly #limits: WatchLimits;
  /** By connection, the names it is to be told of when this turn is over: one more than may be told says that there are more. */
  readonly #names = new Map<Watcher, Set<string>>();
  #woken = false;

  constructor(scope: Scope, limits: WatchLimits) {
    this.#scope = scope;
    this.#limits = limits;
  }

  get size(): number {
    return this.#names.size;
  }

  /** Throws `too_many_subscriptions` when there is no room for one more. */
  add(watcher: Watcher): void {
    if (this.#names.has(watcher)) return;
    const { scopeWatchersMax } = this.#limits;
    if (this.#names.size >= scopeWatchersMax) {
      throw new RpcError("too_many_subscriptions", { limit: { name: "scopeWatchersMax", value: scopeWatchersMax } });
    }
    this.#names.set(watcher, new Set());
  }

  delete(watcher: Watcher): void {
    this.#names.delete(watcher);
  }

  /** A call of the connection with these notices assigned, set or removed these. */
  changed(names: readonly string[], { notices }: { readonly notices: Watcher }): void {
    for (const [watcher, told] of this.#names) {
      if (watcher === notices) continue;
      for (const name of names) if (told.size <= this.#limits.scopeChangesMax) told.add(name);
      if (told.size > 0) this.#wake();
    }
  }

  #wake(): void {
    if (this.#woken) return;
    this.#woken = true;
    setImmediate(() => {
      this.#woken = false;
      for (const [watcher, told] of this.#names) {
        if (told.size > 0) watcher.tell("scope.changed", this.#describe([...told]));
        told.clear();
      }
    });
  }

  #describe(names: string[]): ScopeChangedParams {
    const { scopeChangesMax } = this.#limits;
    const changes = names.slice(0, scopeChangesMax).map((name) => {
      const row = this.#scope.row(name);
      return row === undefined ? { name, removed: true as const } : { name, version: row.version, type: row.type };
    });
    return names.length > scopeChangesMax ? { changes, more: true } : { changes };
  }
}

/** From now on the connection is told what others do to these variables. Throws `too_many_subscriptions`. */
export function watchScope(principal: Watched, watcher: Watcher, limits: WatchLimits): void {
  const watch = principal.watch ?? new ScopeWatch(principal.scope, limits);
  watch.add(watcher);
  principal.watch = watch;
}

/** From now on it is not. */
export function unwatchScope(principal: Watched, watcher: Watcher): void {
  principal.watch?.delete(watcher);
  if (principal.watch?.size === 0) principal.watch = undefined;
}
