/**
 * Ids of jobs on the pipe. A jailed process that knew the next one could write its answer before the job is sent; so
 * they are drawn, not counted: 48 bits each, from a pool because asking the system for every job would cost more than
 * the job's way.
 */
import { randomFillSync } from "node:crypto";

const idBytes = 6;
const poolBytes = 1_024 * idBytes;

export class JobIds {
  readonly #pool = Buffer.alloc(poolBytes);
  #at = poolBytes;

  /** A safe integer nobody can guess. It need not be unique: a worker's answers are matched in order. */
  next(): number {
    if (this.#at === poolBytes) {
      randomFillSync(this.#pool);
      this.#at = 0;
    }
    const id = this.#pool.readUIntBE(this.#at, idBytes);
    this.#at += idBytes;
    return id;
  }
}
