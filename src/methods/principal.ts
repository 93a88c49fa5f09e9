/**
 * Who owns a history, variables and quota: the client of a token, or an anonymous one, found again by its resume token.
 *
 * A principal outlives its connections by `anonymousKeptMs` in memory (variables and all), and its ledger outlives the
 * server for as long. Only the SHA-256 of a token is kept; a token is shown to its owner and to nobody else.
 *
 * States: attended (some session speaks for it) -> left (kept until its time is over) -> forgotten.
 */
import { createHash, randomBytes } from "node:crypto";
import type { History, Ledger } from "../history/history.ts";
import type { Settings } from "../jail/contract.ts";
import { Appends } from "./appends.ts";
import { KeyTurns } from "./key-turns.ts";
import { Nicks } from "./nicks.ts";
import { Quota, type QuotaLimits } from "./quota.ts";
import { Scope, type ScopeLimits } from "./scope.ts";
import type { ScopeWatch } from "./scope-watch.ts";

export type Principal = {
  readonly ledger: Ledger;
  /** The secret that finds this principal again; none when it belongs to a token, which does that itself. */
  readonly resumeToken: string | undefined;
  readonly scope: Scope;
  /** Connections that are told when its variables change; undefined when there are none. */
  watch: ScopeWatch | undefined;
  readonly keys: KeyTurns;
  readonly appends: Appends;
  readonly quota: Quota;
  /** Monotonic milliseconds at which this server came to know it. */
  readonly sinceMs: number;
  /** The network it came from, unless nothing follows from that. */
  readonly network: string | undefined;
  settings: Settings;
  /** Whether a calculation is recorded when the call does not say. */
  records: boolean;
  nick: string | undefined;
  /** The last result of the session as JSON, with the order of the call that made it. */
  answer: { order: number; value: unknown } | undefined;
  /** Calls started so far. */
  calls: number;
  /** True once it has asked something or was told its token: it may come back. */
  used: boolean;
  /** Sessions that speak for it now. */
  sessions: number;
  leftAt: number;
};

export type PrincipalLimits = ScopeLimits & QuotaLimits & { anonymousKeptMs: number; principalsKeptMax: number };

/** Signs of life that wait for one commit: few enough that no call is refused for them. */
const KEEPS_AT_ONCE = 256;

/** Which tokens are good, and which were revoked before a time. */
type Tokens = { readonly tokenIds: readonly string[]; revokedIds(timeMs: number): readonly string[] };

/** The hash under which a resume token is stored and looked up. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** A resume token has no colon: what this ledger is found by is nothing that somebody could present. */
function ledgerOfToken(tokenId: string): Ledger {
  const resumeHash = hashToken(`token:${tokenId}`);
  return { id: Buffer.from(resumeHash, "hex").subarray(0, 16).toString("base64url"), resumeHash };
}

/**
 * When a principal was last here, as its ledger says. One that belongs to a token is always here: a server that is started
 * without the file of tokens must not take their histories for those of strangers who left.
 */
export function signOfLife({ resumeToken }: Principal, now: number): number {
  return resumeToken === undefined ? Number.MAX_SAFE_INTEGER : now;
}

/** What `ans` is from now on, unless a later call has said. */
export function takeAnswer(principal: Principal, order: number, value: unknown): void {
  if (principal.answer === undefined || principal.answer.order < order) principal.answer = { order, value };
}

/** All principals the server has in memory. */
export class Principals {
  readonly nicks = new Nicks();
  readonly #history: History;
  readonly #limits: PrincipalLimits;
  readonly #byHash = new Map<string, Principal>();
  /** By network, the quota of whoever owed most when it left: to come back as somebody else pays no debt. */
  readonly #left = new Map<string, Quota>();
  #sweptAt = 0;

  constructor(history: History, limits: PrincipalLimits) {
    this.#history = history;
    this.#limits = limits;
  }

  /** Principals in memory. */
  get size(): number {
    return this.#byHash.size;
  }

  /** A new anonymous principal, attended by one session. From a `network` it starts with what is owed by those who left it. */
  create(network?: string): Principal {
    const resumeToken = randomBytes(24).toString("base64url");
    return this.#add({ id: randomBytes(16).toString("base64url"), resumeHash: hashToken(resumeToken) }, resumeToken, network);
  }

  /** The principal a resume token stands for, from memory or from the history; undefined when there is none. */
  async resume(resumeToken: string): Promise<Principal | undefined> {
    const resumeHash = hashToken(resumeToken);
    const found = this.#byHash.get(resumeHash) ?? (await this.#load(resumeHash, resumeToken));
    if (found !== undefined) found.sessions += 1;
    return found;
  }

  /** The principal of a token, the same on every connection and after a restart; attended by one session more, under these limits. */
  ofToken(tokenId: string, limits: QuotaLimits): Principal {
    const ledger = ledgerOfToken(tokenId);
    const found = this.#byHash.get(ledger.resumeHash);
    if (found !== undefined) found.sessions += 1;
    const principal = found ?? this.#add(ledger, undefined);
    principal.quota.bind(limits);
    return principal;
  }

  /** One session less speaks for it. Who never asked anything is forgotten at once; past `principalsKeptMax` the oldest goes. */
  leave(principal: Principal, now: number): void {
    principal.sessions -= 1;
    principal.leftAt = now;
    if (principal.sessions > 0) return;
    this.nicks.release(principal);
    this.#settle(principal);
    const hash = principal.ledger.resumeHash;
    this.#byHash.delete(hash);
    if (!principal.used) return;
    this.#byHash.set(hash, principal);
    if (this.#byHash.size > this.#limits.principalsKeptMax) this.#evict();
  }

  /** Forgets those whose time is over, in memory and on disk; of tokens, only the histories of those that were revoked by then. */
  async sweep(now: number, tokens?: Tokens): Promise<void> {
    const before = now - this.#limits.anonymousKeptMs;
    await this.#keepAttended(now);
    for (const [hash, principal] of this.#byHash) {
      if (principal.sessions === 0 && principal.leftAt < before) this.#byHash.delete(hash);
    }
    for (const [network, quota] of this.#left) if (quota.usedMs === 0) this.#left.delete(network);
    const inMemory = [...this.#byHash.values()].map(({ ledger }) => ledger.id);
    const [good, revoked] = [tokens?.tokenIds ?? [], tokens?.revokedIds(before) ?? []];
    const idOf = (tokenId: string) => ledgerOfToken(tokenId).id;
    await this.#history.forget(before, [...inMemory, ...good.map(idOf)], revoked.map(idOf));
  }

  /** Whoever was here since the last sweep has given a sign of life; a server that is killed must find it on disk. */
  async #keepAttended(now: number): Promise<void> {
    const since = this.#sweptAt;
    this.#sweptAt = now;
    const isSeen = ({ used, resumeToken, sessions, leftAt }: Principal) =>
      used && resumeToken !== undefined && (sessions > 0 || leftAt >= since);
    const seen = this.#byHash.values().filter(isSeen).toArray();
    for (let from = 0; from < seen.length; from += KEEPS_AT_ONCE) {
      const some = seen.slice(from, from + KEEPS_AT_ONCE);
      await Promise.all(some.map(({ ledger, sessions, leftAt }) => this.#history.keep(ledger, sessions > 0 ? now : leftAt)));
    }
  }

  #settle({ network, quota }: Principal): void {
    if (network === undefined || quota.usedMs <= (this.#left.get(network)?.usedMs ?? 0)) return;
    this.#left.delete(network);
    this.#left.set(network, quota);
    const oldest = this.#left.size > this.#limits.principalsKeptMax ? this.#left.keys().next() : undefined;
    if (oldest?.done === false) this.#left.delete(oldest.value);
  }

  /** The first that nobody attends is the one that left longest ago: leaving moves a principal to the end. */
  #evict(): void {
    for (const [hash, principal] of this.#byHash) {
      if (principal.sessions > 0) continue;
      this.#byHash.delete(hash);
      return;
    }
  }

  async #load(resumeHash: string, resumeToken: string): Promise<Principal | undefined> {
    const ledger = await this.#history.find(resumeHash);
    if (ledger === undefined) return undefined;
    // Two sessions may have asked at once: the first to come back made the principal.
    const already = this.#byHash.get(resumeHash);
    if (already !== undefined) return already;
    const principal = this.#add({ id: ledger.id, resumeHash }, resumeToken);
    principal.used = true;
    principal.sessions = 0;
    return principal;
  }

  #add(ledger: Ledger, resumeToken: string | undefined, network?: string): Principal {
    const owedMs = network === undefined ? 0 : this.#left.get(network)?.usedMs;
    const principal: Principal = {
      ledger,
      resumeToken,
      scope: new Scope(this.#limits),
      keys: new KeyTurns(),
      appends: new Appends(),
      quota: new Quota(this.#limits, owedMs),
      sinceMs: performance.now(),
      network,
      watch: undefined,
      settings: {},
      records: true,
      nick: undefined,
      answer: undefined,
      calls: 0,
      used: false,
      sessions: 1,
      leftAt: 0,
    };
    this.#byHash.set(ledger.resumeHash, principal);
    return principal;
  }
}
