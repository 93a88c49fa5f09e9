/**
 * Values of expressions that are asked for over and over, so that the second time costs no jail.
 *
 * An evaluation is a pure function, so its value may be given to anybody who asks the same; whoever asks is told the same
 * as by the jail. What depends on more than the expression (variables, settings, chance) never comes here, see
 * `calc-evaluate.ts`. An expression is taken in at its second sight: most are never seen twice.
 *
 * Whoever has broken into a jailed process can answer wrongly until it is replaced. What is remembered must not outlive that:
 * when any process has ended that was asked anything, all is forgotten (threat T43).
 *
 * Every expression has one of two places, by its hash, and a newcomer takes over the one that was of use less lately: no list to keep
 * in order, and what it holds is bounded by `memoEntriesMax` times `rowCharsMax`. With one place each, two of sixteen expressions
 * shared one in every 35th server, and both were asked of the jail for as long as they took turns.
 */
import { randomBytes } from "node:crypto";
import type { Evaluator } from "../evaluator/evaluator.ts";
import type { Value } from "../jail/contract.ts";
import { hashText, mixed } from "../protocol/hash.ts";
import { ownText } from "../text.ts";

/** Longer expressions and larger values are as rare as their evaluation is dear compared with asking the jail again. */
export const rowCharsMax = 2_048;

/** Places that an expression may have. */
const WAYS = 2;
const NOWHERE = -1;

/** `members`: what is told of the value, as `message.ts` has it; absent when there is more to tell than a value. */
export type Remembered = { readonly expression: string; readonly value: Value; readonly us: number; readonly members?: string };

export class Memo {
  /** How often a value was found, and how often it was not. */
  hits = 0;
  misses = 0;
  readonly #ways: number;
  readonly #sets: number;
  /** Set by set. */
  readonly #places: (Remembered | undefined)[];
  /** By set, which of its places was of use last. */
  readonly #used: Uint8Array;
  /** By set, the hashes of what was seen there last, as many as it has places. */
  readonly #seen: Uint32Array;
  /** Nobody outside can tell which expressions share a place. */
  readonly seed = randomBytes(4).readUInt32LE();
  #deaths = 0;

  /** With 0 entries nothing is remembered. */
  constructor(entriesMax: number) {
    this.#ways = Math.min(WAYS, entriesMax);
    this.#sets = entriesMax === 0 ? 0 : Math.floor(entriesMax / this.#ways);
    this.#places = new Array<Remembered | undefined>(this.#sets * this.#ways).fill(undefined);
    this.#used = new Uint8Array(this.#sets);
    this.#seen = new Uint32Array(this.#places.length);
  }

  /** True when what it holds is never larger than a result may be under these limits. */
  fits({ resultBytesMax }: { readonly resultBytesMax: number }): boolean {
    return resultBytesMax >= 3 * rowCharsMax;
  }

  /** What is remembered, when none of those who say things has ended since: `deaths` of the evaluator. */
  find(expression: string, deaths = 0, begun?: number): Remembered | undefined {
    if (deaths !== this.#deaths) this.#forget(deaths);
    if (this.#sets === 0 || expression.length > rowCharsMax) return undefined;
    const set = this.#hash(expression, begun) % this.#sets;
    const way = this.#wayOf(expression, set);
    if (way === NOWHERE) {
      this.misses += 1;
      return undefined;
    }
    this.hits += 1;
    this.#used[set] = way;
    return this.#places[set * this.#ways + way];
  }

  /** What an evaluation gave that may be given again. */
  offer(expression: string, value: Value, us: number, begun?: number): void {
    if (this.#sets === 0 || expression.length > rowCharsMax) return;
    const hash = this.#hash(expression, begun);
    const set = hash % this.#sets;
    if (!this.#see(hash, set) || expression.length + charsOf(value) > rowCharsMax) return;
    const known = this.#wayOf(expression, set);
    const way = known === NOWHERE ? this.#wayForNew(set) : known;
    this.#places[set * this.#ways + way] = copyOf(expression, value, us);
    this.#used[set] = way;
  }

  #wayOf(expression: string, set: number): number {
    const first = set * this.#ways;
    for (let way = 0; way < this.#ways; way += 1) if (this.#places[first + way]?.expression === expression) return way;
    return NOWHERE;
  }

  /** The place after the one that was of use last: of two it is the other. */
  #wayForNew(set: number): number {
    return ((this.#used[set] ?? 0) + 1) % this.#ways;
  }

  /** True when it was seen of late. */
  #see(hash: number, set: number): boolean {
    const first = set * this.#ways;
    for (let way = 0; way < this.#ways; way += 1) if (this.#seen[first + way] === hash) return true;
    this.#seen.copyWithin(first + 1, first, first + this.#ways - 1);
    this.#seen[first] = hash;
    return false;
  }

  #forget(deaths: number): void {
    this.#deaths = deaths;
    this.#places.fill(undefined);
    this.#seen.fill(0);
  }

  /** `begun`: what the loop gives, when somebody who read the text has been through it with this seed. */
  #hash(text: string, begun?: number): number {
    return mixed(begun ?? hashText(text, this.seed));
  }
}

/** What the memo has of an expression, as far as the evaluator's processes still stand for it; who is answered by it keeps them. */
export function findRemembered(
  { memo, evaluator }: { readonly memo: Memo; readonly evaluator: Evaluator },
  expression: string,
  begun?: number,
): Remembered | undefined {
  const found = memo.find(expression, evaluator.deaths(), begun);
  if (found !== undefined) evaluator.keepWarm();
  return found;
}

/** What was cut out of a larger text must not keep it. */
function copyOf(expression: string, value: Value, us: number): Remembered {
  const copy = { expression: ownText(expression), value: { ...value, text: ownText(value.text) }, us };
  const members = valueMembers(value);
  return members === undefined ? copy : { ...copy, members };
}

/** What `describe` of recorded.ts tells of a value, as the members of an object in JSON text; undefined when it is more than that. */
export function valueMembers({ type, value, text, assigned, warnings, interpretation }: Value): string | undefined {
  if (assigned !== undefined || warnings !== undefined || interpretation !== undefined) return undefined;
  return JSON.stringify({ type, value, text }).slice(1, -1);
}

function charsOf({ type, value, text }: Value): number {
  return JSON.stringify([type, value, text]).length;
}
