/** What a jailed process says on stderr: the end of it, for the cause of its death, and whether it is a flood. */

const bytesKept = 8 * 1024;
const bytesFlood = 256 * 1024;
/** What V8, Node and the C++ run-time say when they give up for want of memory. */
const outOfMemory = /out of memory|allocation failed|bad_alloc/i;

export class LastWords {
  #text = "";
  #bytes = 0;

  /** False once it has said more than any honest process. */
  hear(chunk: Buffer): boolean {
    this.#text = (this.#text + chunk.toString("latin1")).slice(-bytesKept);
    this.#bytes += chunk.length;
    return this.#bytes <= bytesFlood;
  }

  get cause(): "heap_limit" | "crashed" {
    return outOfMemory.test(this.#text) ? "heap_limit" : "crashed";
  }

  /** The last of them. */
  toString(): string {
    return this.#text.slice(-500);
  }
}
