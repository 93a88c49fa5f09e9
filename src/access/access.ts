/**
 * Who may come in: the tokens that are good now, the wrong ones of late, and what the anonymous may do.
 *
 * The tokens can be replaced while the server runs; a session keeps the id of its token only, so a revoked one loses what it
 * could do at its next call. Knows no session and no method.
 */
import type { Config } from "../config.ts";
import type { TokenRow } from "../protocol/generated/types.ts";
import { Attempts, type Throttled } from "./attempts.ts";
import { limitsByStanding, type Standing } from "./role.ts";
import { findToken } from "./token.ts";
import { readTokens, TokenFileError } from "./token-file.ts";

export class Access {
  readonly #config: Config;
  readonly #limits: Readonly<Record<Standing, Config>>;
  readonly #attempts: Attempts;
  #tokens: ReadonlyMap<string, TokenRow> = new Map();
  #hadFile = false;

  /** Reads the tokens. Throws `TokenFileError` when the file cannot be believed. */
  constructor(config: Config) {
    this.#config = config;
    this.#limits = limitsByStanding(config);
    this.#attempts = new Attempts(config);
    this.reload();
  }

  /** Reads the tokens anew and answers how many are good. Throws `TokenFileError`; then those of before stay. */
  reload(): number {
    const rows = readTokens(this.#config.tokens);
    // Before there was a file its absence says nothing; afterwards it is more likely a mishap than a wish.
    if (rows === undefined && this.#hadFile) throw new TokenFileError("unusable", this.#config.tokens, "the file is gone");
    this.#hadFile ||= rows !== undefined;
    this.#tokens = new Map((rows ?? []).map((row) => [row.id, row]));
    return this.tokenIds.length;
  }

  /** Of the tokens that are good. */
  get tokenIds(): string[] {
    return [...this.#tokens.values()].filter(({ revokedAt }) => revokedAt === undefined).map(({ id }) => id);
  }

  /** The token of that secret. `throttled`: it was not looked at. Neither: there is none. `nowMs` never goes back. */
  authenticate(secret: string, address: string, nowMs: number): { token?: TokenRow; throttled?: Throttled } {
    const throttled = this.#attempts.throttled(address, nowMs);
    if (throttled !== undefined) return { throttled };
    const token = findToken(this.#tokens, secret);
    if (token !== undefined) return { token };
    this.#attempts.failed(address, nowMs);
    return {};
  }

  /** Of the tokens that were revoked before `timeMs`. */
  revokedIds(timeMs: number): string[] {
    const isOver = ({ revokedAt }: TokenRow) => revokedAt !== undefined && Date.parse(revokedAt) < timeMs;
    return [...this.#tokens.values()].filter(isOver).map(({ id }) => id);
  }

  /** What a session may do that came in by this token, or by none. */
  standing(tokenId: string | undefined): Standing {
    if (tokenId === undefined) return this.#config.anonymous === "allowed" ? "anyone" : "nobody";
    const token = this.#tokens.get(tokenId);
    return token === undefined || token.revokedAt !== undefined ? "nobody" : token.role;
  }

  /** The limits that bind it. */
  limits(standing: Standing): Config {
    return this.#limits[standing];
  }
}
