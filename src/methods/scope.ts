/**
 * The variables of one principal, and the order in which its calls may see them.
 *
 * The jail is a pure function, so variables live here as opaque texts and travel with the calls that name them. Calls of one
 * principal may be in flight together; a call waits only while an earlier one may still assign what it may read (or, when it
 * names `ans` or `$n`, while any earlier one is unanswered), so `x = 3`, `x + 1` sent in one packet answer 4. What several
 * calls assign is taken over in the order they were asked in. Nothing overtakes a call that waits.
 */
import type { Stored } from "../jail/contract.ts";
import { assignedWithin, type Nature, namesIn, readsOf } from "./nature.ts";

export type ScopeLimits = { variablesMax: number; variablesBytesMax: number };

export type LimitMet = { name: string; value: number; used: number };

/** A variable as its owner sees it from outside. */
export type VariableRow = { name: string; type: string; version: number; bytes: number };

type Held = { stored: Stored; version: number };
type Waiting = { nature: Nature; run: () => void };
/** A call in flight that may assign, whatever its nature says; `settle` when it is answered and only waits for those before it. */
type Writer = { readonly nature: Nature; readonly assigns: readonly string[] | undefined; settle?: (() => void) | undefined };

export class Scope {
  readonly #variables = new Map<string, Held>();
  /** Functions that assign when they are called, and which names they may. */
  readonly #assigners = new Map<string, readonly string[]>();
  readonly #waiting: Waiting[] = [];
  /** In the order they were asked in. */
  readonly #writers: Writer[] = [];
  /** How many of them may assign a name, and how many may assign any. */
  readonly #assigning = new Map<string, number>();
  #assigningAny = 0;
  #bytes = 0;
  #lastVersion = 0;
  #inFlight = 0;
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

  /** False for a call that may assign while one before it that may has not left. */
  isNext(nature: Nature): boolean {
    return this.#placeOf(nature) <= 0;
  }

  /** Runs `run` once `isNext`, if it is not yet: what takes over the variables a call assigned. It must not throw. */
  inOrder(nature: Nature, run: () => void): void {
    const writer = this.#writers[this.#placeOf(nature)];
    if (writer !== undefined) writer.settle = run;
  }

  /** The call is answered: its effects are in place, and those that waited for it go on. */
  leave(nature: Nature): void {
    this.#inFlight -= 1;
    if (nature.writes || nature.named) this.#dropWriter(nature);
    // What goes on may be answered at once and come back here; the loop below sees to it.
    if (this.#advancing) return;
    this.#advancing = true;
    for (let run = this.#next(); run !== undefined; run = this.#next()) run();
    this.#advancing = false;
  }

  /** What may go on now: the answer of the first that may assign, or the first that waits to begin. */
  #next(): (() => void) | undefined {
    const [writer] = this.#writers;
    if (writer?.settle !== undefined) {
      const { settle } = writer;
      writer.settle = undefined;
      return settle;
    }
    const [next] = this.#waiting;
    if (next === undefined || !this.#admits(next.nature)) return undefined;
    this.#waiting.shift();
    this.#started(next.nature);
    return next.run;
  }

  /** True when nothing that a call may look up is a variable. */
  isStrangeTo(nature: Nature): boolean {
    if (this.#variables.size === 0) return true;
    const names = readsOf(nature);
    if (names === undefined) return false;
    for (const name of names) if (this.#variables.has(name)) return false;
    return true;
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
    this.#assigners.delete(name);
  }

  /** Removes all; answers how many there were. */
  clear(): number {
    const count = this.#variables.size;
    this.#variables.clear();
    this.#assigners.clear();
    this.#bytes = 0;
    return count;
  }

  /** The stored texts an expression may need, with all that its functions need in turn; undefined when none. */
  select(expression: string, names: Iterable<string> = namesIn(expression)): Record<string, string> | undefined {
    if (this.#variables.size === 0) return undefined;
    const selected: Record<string, string> = Object.create(null);
    let any = false;
    const queue = [...names];
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
      const within = stored.type === "function" ? assignedWithin(stored.text) : [];
      if (within.length > 0) this.#assigners.set(name, within);
      else this.#assigners.delete(name);
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
    if (this.#writers.length === 0 || !nature.named) return true;
    const names = this.#assigningAny > 0 ? undefined : readsOf(nature);
    return names !== undefined && !this.#mayChange(names);
  }

  /** True while one of these names may be assigned, or one that its function needs in turn. */
  #mayChange(names: ReadonlySet<string>): boolean {
    let areFunctions = false;
    for (const name of names) {
      if (this.#assigning.has(name)) return true;
      areFunctions ||= this.#variables.get(name)?.stored.needs !== undefined;
    }
    return areFunctions && this.#withNeeds(names).some((name) => this.#assigning.has(name));
  }

  /** These names, and what their functions need in turn. */
  #withNeeds(names: Iterable<string>): string[] {
    const all = new Set(names);
    for (const name of all) for (const need of this.#variables.get(name)?.stored.needs ?? []) all.add(need);
    return [...all];
  }

  #started(nature: Nature): void {
    this.#inFlight += 1;
    const assigns = this.#assignsOf(nature);
    if (!nature.writes && !assigns?.length) return;
    this.#writers.push({ nature, assigns });
    if (assigns === undefined) this.#assigningAny += 1;
    for (const name of assigns ?? []) this.#assigning.set(name, (this.#assigning.get(name) ?? 0) + 1);
  }

  /** A function may assign, too: with `f(t) = (y = t)` before them, `f(3)` and `x = f(3)` assign `y`. */
  #assignsOf(nature: Nature): string[] | undefined {
    if (!nature.writes && this.#assigners.size === 0) return undefined;
    const reads = readsOf(nature);
    if (reads === undefined) return undefined;
    const written = nature.target === undefined ? reads : [nature.target];
    const within = this.#assigners.size === 0 ? [] : this.#withNeeds(reads).flatMap((name) => this.#assigners.get(name) ?? []);
    return [...new Set([...(nature.writes ? written : []), ...within])];
  }

  #placeOf(nature: Nature): number {
    return this.#writers.findIndex((writer) => writer.nature === nature);
  }

  #dropWriter(nature: Nature): void {
    const at = this.#placeOf(nature);
    for (const { assigns } of this.#writers.splice(at, at === -1 ? 0 : 1)) {
      if (assigns === undefined) this.#assigningAny -= 1;
      for (const name of assigns ?? []) {
        const left = (this.#assigning.get(name) ?? 0) - 1;
        if (left > 0) this.#assigning.set(name, left);
        else this.#assigning.delete(name);
      }
    }
  }
}

function sizeOf(name: string, stored: Stored): number {
  return Buffer.byteLength(name) + Buffer.byteLength(stored.text);
}
