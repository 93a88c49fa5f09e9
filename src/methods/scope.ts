/**
 * The variables of one principal, and the order in which its calls may see them.
 *
 * The jail is a pure function, so variables live here as opaque texts and travel with the calls that name them. Calls of one
 * principal may be in flight together; a call waits only while an earlier one that may assign is unanswered (or, when it
 * names `ans` or `$n`, while any earlier one is), so `x = 3`, `x + 1` sent in one packet answer 4.
 *
 * Names are found by a lexical scan that may find too many (shipping one variable too much is harmless), never too few:
 * the server parses no maths.
 */
import type { Stored } from "../jail/contract.ts";

export type ScopeLimits = { variablesMax: number; variablesBytesMax: number };

/** What a glance at the text of an expression tells about its order among its neighbours. */
export type Nature = { writes: boolean; readsAnswers: boolean; named: boolean };

export type LimitMet = { name: string; value: number; used: number };

const ASSIGNS = /(?<![=<>!])=(?!=)/;
/** What a name begins with. */
const NAME = /[A-Za-z_$\u0080-\uffff]/;
/**
 * A number, swallowed whole so that the `e` of `2e3` is no name; or a name. mathjs allows some letters beyond ASCII in names
 * and nothing else beyond ASCII, so taking all of it finds every name.
 */
const NAMES = /\d+\.?\d*(?:[eE][+-]?\d+)?|[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/g;
/** What draws random numbers has this in its name. */
const CHANCE = /andom/;
const ENTRY = /^\$\d+$/;

/** Plain arithmetic: depends on no other call. */
export const PLAIN: Nature = { writes: false, readsAnswers: false, named: false };

/** Sees what the calls before it assigned. */
export const READS: Nature = { writes: false, readsAnswers: false, named: true };

/** Reads the nature of an expression in one pass or two; errs on the side of waiting. */
export function natureOf(expression: string): Nature {
  const writes = expression.includes("=") && ASSIGNS.test(expression);
  if (NAME.test(expression)) return { writes, readsAnswers: readsAnswers(expression), named: true };
  return writes ? { ...PLAIN, writes } : PLAIN;
}

function readsAnswers(expression: string): boolean {
  if (!expression.includes("ans") && !expression.includes("$")) return false;
  for (const name of namesIn(expression)) if (name === "ans" || ENTRY.test(name)) return true;
  return false;
}

/** True when the expression may draw random numbers. */
export function isByChance(expression: string): boolean {
  return CHANCE.test(expression);
}

/** Every name that may occur in `text`; may tell too many, never too few. */
export function namesIn(text: string): Set<string> {
  const names = new Set<string>();
  for (const [token] of text.matchAll(NAMES)) if (token < "0" || token > "9\uffff") names.add(token);
  return names;
}

/** Waits for every call before it and lets none begin before it is done: for what changes variables or settings by itself. */
export const AFTER_ALL: Nature = { writes: true, readsAnswers: true, named: true };

/** A variable as its owner sees it from outside. */
export type VariableRow = { name: string; type: string; version: number; bytes: number };

type Held = { stored: Stored; version: number };
type Waiting = { nature: Nature; run: () => void };

export class Scope {
  readonly #variables = new Map<string, Held>();
  readonly #waiting: Waiting[] = [];
  #bytes = 0;
  #lastVersion = 0;
  #inFlight = 0;
  #writing = 0;
  #advancing = false;

  /** Runs `run` now, or after the earlier calls it must wait for. Each entered call must `leave` once; `run` must not throw. */
  enter(nature: Nature, run: () => void): void {
    if (this.admit(nature)) run();
    else this.wait(nature, run);
  }

  /** Lets a call in that need not wait; false, and nothing is done, when it must. */
  admit(nature: Nature): boolean {
    if (this.#waiting.length > 0 || !this.#admits(nature)) return false;
    this.#started(nature);
    return true;
  }

  /** For a call that was not admitted: `run` when it is. */
  wait(nature: Nature, run: () => void): void {
    this.#waiting.push({ nature, run });
  }

  /** The call is answered: its effects are in place, and those that waited for it go on. */
  leave(nature: Nature): void {
    this.#inFlight -= 1;
    if (nature.writes) this.#writing -= 1;
    // What goes on may be answered at once and come back here; the loop below sees to it.
    if (this.#advancing) return;
    this.#advancing = true;
    for (let next = this.#waiting[0]; next !== undefined && this.#admits(next.nature); next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#started(next.nature);
      next.run();
    }
    this.#advancing = false;
  }

  /** True while there are no variables. */
  get isEmpty(): boolean {
    return this.#variables.size === 0;
  }

  get names(): string[] {
    return [...this.#variables.keys()];
  }

  /** What all variables take of `variablesBytesMax`. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The variable of that name, or undefined. */
  row(name: string): VariableRow | undefined {
    const held = this.#variables.get(name);
    return held && { name, type: held.stored.type, version: held.version, bytes: sizeOf(name, held.stored) };
  }

  unset(name: string): void {
    const held = this.#variables.get(name);
    if (held === undefined) return;
    this.#bytes -= sizeOf(name, held.stored);
    this.#variables.delete(name);
  }

  /** Removes all; answers how many there were. */
  clear(): number {
    const count = this.#variables.size;
    this.#variables.clear();
    this.#bytes = 0;
    return count;
  }

  /** The stored texts an expression may need, with all that its functions need in turn; undefined when none. */
  select(expression: string): Record<string, string> | undefined {
    if (this.#variables.size === 0) return undefined;
    const selected: Record<string, string> = Object.create(null);
    let any = false;
    const queue = [...namesIn(expression)];
    for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
      const stored = this.#variables.get(name)?.stored;
      if (stored === undefined || name in selected) continue;
      selected[name] = stored.text;
      any = true;
      if (stored.needs !== undefined) queue.push(...stored.needs);
    }
    return any ? selected : undefined;
  }

  /** True when there is something to take over and no limit forbids it. */
  takes(assigned: Record<string, Stored> | undefined): boolean {
    return assigned !== undefined && this.#measure(assigned).limit === undefined;
  }

  /** Takes over what an evaluation assigned, all of it or, when a limit would be passed, nothing. */
  assign(assigned: Record<string, Stored>): LimitMet | undefined {
    const { bytes, limit } = this.#measure(assigned);
    if (limit !== undefined) return limit;
    for (const [name, stored] of Object.entries(assigned)) {
      this.#lastVersion += 1;
      this.#variables.set(name, { stored, version: this.#lastVersion });
    }
    this.#bytes = bytes;
    return undefined;
  }

  /** What all variables would take with these, and the limit that would pass. */
  #measure(assigned: Record<string, Stored>): { bytes: number; limit?: LimitMet } {
    let bytes = this.#bytes;
    let count = this.#variables.size;
    for (const [name, stored] of Object.entries(assigned)) {
      const old = this.#variables.get(name)?.stored;
      if (old === undefined) count += 1;
      bytes += sizeOf(name, stored) - (old === undefined ? 0 : sizeOf(name, old));
    }
    const { variablesMax, variablesBytesMax } = this.limits;
    if (count > variablesMax) return { bytes, limit: { name: "variablesMax", value: variablesMax, used: count } };
    if (bytes > variablesBytesMax) return { bytes, limit: { name: "variablesBytesMax", value: variablesBytesMax, used: bytes } };
    return { bytes };
  }

  readonly limits: ScopeLimits;

  constructor(limits: ScopeLimits) {
    this.limits = limits;
  }

  #admits(nature: Nature): boolean {
    if (nature.readsAnswers) return this.#inFlight === 0;
    if (nature.writes) return this.#writing === 0;
    return this.#writing === 0 || !nature.named;
  }

  #started(nature: Nature): void {
    this.#inFlight += 1;
    if (nature.writes) this.#writing += 1;
  }
}

function sizeOf(name: string, stored: Stored): number {
  return Buffer.byteLength(name) + Buffer.byteLength(stored.text);
}
