/**
 * Nicknames of those who are present: each at most one owner, whatever the case. Claimed in one step, so of two who ask at
 * the same moment exactly one wins; free again when nobody speaks for the owner any more.
 */
import { RpcError } from "../protocol/errors.ts";

const FORM = /^[\p{L}\p{N}_.-]{1,32}$/u;
/** Letters that look alike belong to different scripts: `Sеrver` with a Cyrillic letter is not to pass for the server. */
const MIXED = /(?=.*\p{Script=Latin})(?=.*[\p{Script=Cyrillic}\p{Script=Greek}])/u;
const RESERVED: readonly string[] = ["server", "canaduck"];

export type NickOwner = { nick: string | undefined };

export class Nicks {
  readonly #owners = new Map<string, NickOwner>();

  /** Throws `nick_invalid` or `nick_taken`; then the owner keeps the one it had. */
  claim(owner: NickOwner, asked: string): void {
    const nick = asked.normalize("NFC");
    const key = keyOf(nick);
    if (!FORM.test(nick)) throw new RpcError("nick_invalid", { detail: "1 to 32 letters, digits, _, . or -" });
    if (MIXED.test(nick)) throw new RpcError("nick_invalid", { detail: "letters of one script only" });
    if (RESERVED.includes(key)) throw new RpcError("nick_invalid", { detail: "this one is the server's own" });
    if ((this.#owners.get(key) ?? owner) !== owner) throw new RpcError("nick_taken");
    this.release(owner);
    this.#owners.set(key, owner);
    owner.nick = nick;
  }

  release(owner: NickOwner): void {
    if (owner.nick !== undefined) this.#owners.delete(keyOf(owner.nick));
    owner.nick = undefined;
  }
}

function keyOf(nick: string): string {
  return nick.normalize("NFKC").toLowerCase();
}
