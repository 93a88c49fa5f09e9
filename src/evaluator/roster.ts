/** Who lives, and in which lane: gives warm spares the places that are empty. */
import type { LaneName } from "./lane.ts";
import type { Worker } from "./worker.ts";

export class Roster {
  /** Every living process, in order of its start. */
  readonly workers = new Set<Worker>();
  readonly #slowPlaces: number;

  constructor(slowPlaces: number) {
    this.#slowPlaces = slowPlaces;
  }

  /** Gives warm spares the places that are empty, the fast lane's first. */
  place(): void {
    while (this.#fill("fast", "front", 1) || this.#fill("slow", "front", this.#slowPlaces) || this.#fill("back", "back", 1));
  }

  /** True when somebody took a place in the lane: a spare of that side or, since most wait for the fast lane, an idle slow worker. */
  #fill(lane: LaneName, side: Worker["side"], places: number): boolean {
    if (this.count((worker) => worker.lane === lane && worker.state === "ready") >= places) return false;
    const worker = this.idle(side, "spare") ?? (lane === "fast" ? this.idle(side, "slow") : undefined);
    if (worker === undefined) return false;
    worker.lane = lane;
    return true;
  }

  idle(side: Worker["side"], lane: Worker["lane"]): Worker | undefined {
    for (const worker of this.workers) {
      if (worker.side === side && worker.lane === lane && worker.state === "ready" && worker.unanswered === 0) return worker;
    }
    return undefined;
  }

  some(condition: (worker: Worker) => boolean): boolean {
    for (const worker of this.workers) if (condition(worker)) return true;
    return false;
  }

  count(condition: (worker: Worker) => boolean): number {
    let count = 0;
    for (const worker of this.workers) if (condition(worker)) count += 1;
    return count;
  }
}
