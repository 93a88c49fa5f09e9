/** For whom a session speaks: somebody new when first asked, somebody known when a token was shown, and in the end nobody. */
import type { Principal, Principals } from "../methods/principal.ts";

export class Seat {
  readonly #principals: Principals;
  #principal: Principal | undefined;
  #left = false;

  constructor(principals: Principals) {
    this.#principals = principals;
  }

  principal(): Principal {
    this.#principal ??= this.#principals.create();
    return this.#principal;
  }

  /** The id of who sits here, if anybody asked for more than the time. */
  get id(): string | undefined {
    return this.#principal?.ledger.id;
  }

  become(principal: Principal): void {
    // A session that closed while its token was looked up speaks for nobody, and has left its own principal already.
    const left = this.#left ? principal : this.#principal;
    if (left !== undefined) this.#principals.leave(left, Date.now());
    if (!this.#left) this.#principal = principal;
  }

  /** Speaks for nobody any more, though the peer may take its time to hang up. */
  leave(): void {
    if (!this.#left && this.#principal !== undefined) this.#principals.leave(this.#principal, Date.now());
    this.#left = true;
  }
}
