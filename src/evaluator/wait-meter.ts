/**
 * Tells how long a process was ready to run and got no processor, so that a crowded machine is not held against a job.
 *
 * Reading costs a file of `/proc`, so it is read at looks only, not at the start of each job: a job is granted all the
 * waiting since the last look before it. That errs on the kind side, by one interval between looks at most.
 */
import { readWaitedMs } from "./proc.ts";

export class WaitMeter {
  readonly #pid: number;
  #subject: object | undefined;
  #nowMs: number;
  #beforeMs = 0;

  /** `pid` is a process of this machine; where its waiting cannot be told it counts as none. */
  constructor(pid: number) {
    this.#pid = pid;
    this.#nowMs = readWaitedMs(pid);
  }

  /** Milliseconds of waiting that `subject` may be granted: those since the last look at anything else. */
  look(subject: object): number {
    if (this.#subject !== subject) this.#beforeMs = this.#nowMs;
    this.#subject = subject;
    this.#nowMs = readWaitedMs(this.#pid);
    // Of a process that has ended nothing can be read any more.
    return Math.max(0, this.#nowMs - this.#beforeMs);
  }
}
