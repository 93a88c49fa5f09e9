/**
 * Tokens of jobs on the pipe. A jailed process that knew the next one could write its answer before the job is sent; so
 * they are drawn, not counted: 48 bits each, from a pool because asking the system for every job would cost more than
 * the job's way.
 */
import { randomBytes } from "node:crypto";
import { TOKEN_LENGTH } from "../jail/contract.ts";

const poolBytes = (1_024 * TOKEN_LENGTH) / 2;

export class JobIds {
  #pool = "";
  #at = 0;

  /** A token nobody can guess. It need not be unique: a worker's answers are matched in order. */
  next(): string {
    if (this.#at === this.#pool.length) {
      this.#pool = randomBytes(poolBytes).toString("hex");
      this.#at = 0;
    }
    this.#at += TOKEN_LENGTH;
    return this.#pool.slice(this.#at - TOKEN_LENGTH, this.#at);
  }
}
