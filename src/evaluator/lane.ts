/**
 * A bounded queue that is fair between clients: the next job is that of the client who has spent the least CPU.
 *
 * Each client has a line of tickets and a meter of microseconds spent, read from the outcomes. A line that begins anew
 * starts at the meter of the line served last, so absence earns nothing; a client that burned stays behind until the
 * others have spent as much. (Deficit round robin gives the same shares, but goes round in vain as many times as the
 * dearest job holds quanta.) The lane never runs anything and holds no timer.
 *
 * Invariant: a line is in the heap when it has tickets and fewer than `runningPerClientMax` of them run. Meters of
 * lines inside the heap only grow, and grow lazily (`unpaidUs`), so the top is right once it owes nothing.
 */
import type { EvaluateRequest, Verdict } from "./evaluator.ts";

/** `fast` for what is provably cheap, `slow` for other work of the trusted, `back` for other work of everybody else. */
export type LaneName = "fast" | "slow" | "back";

/** One accepted request, wherever it stands: in a line, or unanswered at a worker. */
export type Ticket = {
  /** Its name on the pipe; nobody can guess it. */
  readonly token: string;
  readonly request: EvaluateRequest;
  readonly timeMs: number;
  /** Undefined once the verdict is given; whoever meets such a ticket drops it. */
  done: ((verdict: Verdict) => void) | undefined;
  /** Monotonic milliseconds at the time it was accepted. */
  readonly acceptedMs: number;
  /** CPU it has cost so far, in any lane, as the jail measured it. */
  us: number;
  /** Was unanswered when a fast worker died; it runs alone from now on. */
  fell: boolean;
  /** Workers that died, for no reason of ours, while it ran there alone. */
  crashes: number;
  next: Ticket | undefined;
};

/** Bounds of one lane. */
export type LaneLimits = {
  queueMax: number;
  queuePerClientMax: number;
  /** Jobs of one client that may run at once in this lane. */
  runningPerClientMax: number;
};

type Line = {
  client: string;
  first: Ticket | undefined;
  last: Ticket | undefined;
  length: number;
  running: number;
  spentUs: number;
  unpaidUs: number;
  inHeap: boolean;
};

/** Charged when a job leaves, so that a burst whose cost is not known yet does not count as free. */
const leavingUs = 10;

export class Lane {
  readonly #limits: LaneLimits;
  readonly #lines = new Map<string, Line>();
  readonly #heap: Line[] = [];
  #size = 0;
  #servedUs = 0;

  constructor(limits: LaneLimits) {
    this.#limits = limits;
  }

  /** Tickets queued, settled ones that were not met yet included. */
  get size(): number {
    return this.#size;
  }

  /** Clients remembered: queued, running or in debt. */
  get clients(): number {
    return this.#lines.size;
  }

  /** Queues a ticket at the end of its client's line; answers which bound refuses it, if one does. */
  put(ticket: Ticket): "queueMax" | "queuePerClientMax" | undefined {
    if (this.#size >= this.#limits.queueMax) return "queueMax";
    const line = this.#line(ticket.request.client);
    if (line.length >= this.#limits.queuePerClientMax) return "queuePerClientMax";
    ticket.next = undefined;
    if (line.last === undefined) line.first = ticket;
    else line.last.next = ticket;
    line.last = ticket;
    this.#grown(line);
    return undefined;
  }

  /** Puts an accepted ticket at the head of its client's line: its worker died. Never refused. */
  putBack(ticket: Ticket): void {
    const line = this.#line(ticket.request.client);
    ticket.next = line.first;
    line.first = ticket;
    line.last ??= ticket;
    this.#grown(line);
  }

  /** The next ticket in fairness; its client counts as running one more until `finish`. */
  take(): Ticket | undefined {
    for (let line = this.#top(); line !== undefined; line = this.#top()) {
      const ticket = this.#shift(line);
      if (ticket?.done === undefined) continue;
      this.#servedUs = line.spentUs;
      line.spentUs += leavingUs;
      line.running += 1;
      if (this.#mayRun(line)) this.#sink(0);
      else this.#dropTop();
      return ticket;
    }
    return undefined;
  }

  /** A ticket that was taken is no longer running; its client pays what it cost. */
  finish(ticket: Ticket, us: number): void {
    const line = this.#line(ticket.request.client);
    line.running = Math.max(0, line.running - 1);
    if (line.inHeap) line.unpaidUs += us;
    else line.spentUs += us;
    this.#raise(line);
  }

  /** Removes what was accepted before `acceptedMs` and hands it over; lines are in order of acceptance, so their heads tell. */
  expire(acceptedMs: number, expired: (ticket: Ticket) => void): void {
    for (const line of this.#lines.values()) {
      while (line.first !== undefined && (line.first.done === undefined || line.first.acceptedMs < acceptedMs)) {
        const ticket = this.#shift(line);
        if (ticket?.done !== undefined) expired(ticket);
      }
    }
  }

  /** Forgets idle clients that owe nothing; when nobody waits, no debt matters. */
  forget(): void {
    for (const line of this.#lines.values()) {
      const idle = line.length === 0 && line.running === 0;
      if (idle && !line.inHeap && (this.#size === 0 || line.spentUs <= this.#servedUs)) this.#lines.delete(line.client);
    }
  }

  /** Empties the lane. */
  drain(drained: (ticket: Ticket) => void): void {
    this.expire(Number.POSITIVE_INFINITY, drained);
  }

  #line(client: string): Line {
    const found = this.#lines.get(client);
    if (found !== undefined) return found;
    const line: Line = {
      client,
      first: undefined,
      last: undefined,
      length: 0,
      running: 0,
      spentUs: 0,
      unpaidUs: 0,
      inHeap: false,
    };
    this.#lines.set(client, line);
    return line;
  }

  #grown(line: Line): void {
    line.length += 1;
    this.#size += 1;
    this.#raise(line);
  }

  #shift(line: Line): Ticket | undefined {
    const ticket = line.first;
    if (ticket === undefined) return undefined;
    line.first = ticket.next;
    if (line.first === undefined) line.last = undefined;
    ticket.next = undefined;
    line.length -= 1;
    this.#size -= 1;
    return ticket;
  }

  #mayRun(line: Line): boolean {
    return line.first !== undefined && line.running < this.#limits.runningPerClientMax;
  }

  /** The line to serve, after lines that expired to nothing have left the heap and debts at the top are paid. */
  #top(): Line | undefined {
    for (let line = this.#heap[0]; line !== undefined; line = this.#heap[0]) {
      if (!this.#mayRun(line)) this.#dropTop();
      else if (line.unpaidUs === 0) return line;
      else {
        line.spentUs += line.unpaidUs;
        line.unpaidUs = 0;
        this.#sink(0);
      }
    }
    return undefined;
  }

  #raise(line: Line): void {
    if (line.inHeap || !this.#mayRun(line)) return;
    // Whoever was away begins with those who stayed.
    line.spentUs = Math.max(line.spentUs, this.#servedUs);
    line.inHeap = true;
    let at = this.#heap.push(line) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (this.#spent(up) <= line.spentUs) break;
      this.#swap(at, up);
      at = up;
    }
  }

  #dropTop(): void {
    const top = this.#heap[0];
    const last = this.#heap.pop();
    if (top === undefined || last === undefined) return;
    top.inHeap = false;
    top.spentUs += top.unpaidUs;
    top.unpaidUs = 0;
    if (last === top) return;
    this.#heap[0] = last;
    this.#sink(0);
  }

  #sink(from: number): void {
    for (let at = from; ; ) {
      const left = 2 * at + 1;
      const least = this.#spent(left + 1) < this.#spent(left) ? left + 1 : left;
      if (this.#spent(at) <= this.#spent(least)) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #spent(at: number): number {
    return this.#heap[at]?.spentUs ?? Number.POSITIVE_INFINITY;
  }

  #swap(a: number, b: number): void {
    const [first, second] = [this.#heap[a], this.#heap[b]];
    if (first === undefined || second === undefined) return;
    this.#heap[a] = second;
    this.#heap[b] = first;
  }
}

/** Characters of a job, but for a few. */
export function lengthOf({ request: { expression, numbers, variables } }: Ticket): number {
  let length = expression.length + (numbers?.length ?? 0);
  if (variables !== undefined) for (const name in variables) length += variables[name]?.length ?? 0;
  return length;
}
