/**
 * Threads of `reference.ts`, a few, each of which answers one session after the other. One that takes too long is ended and another
 * begun, since what was interrupted inside mathjs leaves its numbers in disorder.
 */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Answer, Question } from "./reference.ts";

export class References {
  readonly #threads: number;
  readonly #free: Promise<Worker>[] = [];
  readonly #waiting: ((worker: Promise<Worker>) => void)[] = [];
  #begun = 0;

  /** Each of the threads takes seconds of a processor until it knows all number systems. */
  constructor(threads: number) {
    this.#threads = threads;
  }

  /** Answers up to the first that is not there after `patienceMs` of its index. */
  async ask(questions: readonly Question[], patienceMs: (index: number) => number): Promise<Answer[]> {
    const worker = await this.#take();
    const answers: Answer[] = [];
    const done = Promise.withResolvers<void>();
    let patience: NodeJS.Timeout | undefined;
    const wait = () => {
      clearTimeout(patience);
      if (answers.length === questions.length) done.resolve();
      else patience = setTimeout(done.resolve, patienceMs(answers.length));
    };
    const hear = (answer: Answer) => {
      answers.push(answer);
      wait();
    };
    // Out of memory.
    worker.on("error", done.resolve);
    worker.on("message", hear).postMessage(questions);
    wait();
    await done.promise;
    clearTimeout(patience);
    worker.off("message", hear);
    const isWell = answers.length === questions.length;
    if (isWell) worker.off("error", done.resolve);
    else await worker.terminate();
    this.#give(isWell ? Promise.resolve(worker) : start());
    return answers;
  }

  /** When nothing is being asked, and nothing will be. */
  async close(): Promise<void> {
    await Promise.all(this.#free.splice(0).map(async (worker) => (await worker).terminate()));
  }

  async #take(): Promise<Worker> {
    const found = this.#free.pop();
    if (found !== undefined) return found;
    if (this.#begun < this.#threads) {
      this.#begun += 1;
      return start();
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #give(worker: Promise<Worker>): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(worker);
    else next(worker);
  }
}

/**
 * Its first message says that mathjs is loaded, which takes seconds on a crowded machine. What mathjs warns of on stderr is nothing
 * to anybody.
 */
async function start(): Promise<Worker> {
  const worker = new Worker(new URL("reference.ts", import.meta.url), { stderr: true });
  await once(worker, "message");
  return worker;
}
