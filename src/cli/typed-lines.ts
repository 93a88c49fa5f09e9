/**
 * The lines a person typed into the terminal client, kept in a file of their own from one start to the next.
 *
 * Not the history of calculations (that is the server's): this is what the up-arrow finds. Only its owner may read the
 * file. A file that cannot be read or written costs the memory of lines and nothing else; the first failure is told.
 */
import { appendFileSync, chmodSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "../folder.ts";
import { redact } from "../protocol/secret.ts";

/** Lines offered to the up-arrow. The file is cut back to so many when it holds twice as many. */
export const TYPED_LINES_MAX = 1000;

/** True for a line that tells, or may tell, a token: nothing that is kept may have it. */
export function isSecret(line: string): boolean {
  return redact(line) !== line || /^\s*\/(login|resume)\s+\S/.test(line);
}

export class TypedLines {
  readonly #path: string;
  readonly #complain: (why: string) => void;
  #broken = false;

  /** `complain` is called at most once. */
  constructor(path: string, complain: (why: string) => void) {
    this.#path = path;
    this.#complain = complain;
  }

  /** The lines typed before, newest first. */
  load(): string[] {
    let lines: string[] = [];
    this.#attempt(() => {
      makeFolder(dirname(this.#path));
      appendFileSync(this.#path, "", { mode: 0o600 });
      chmodSync(this.#path, 0o600);
      lines = readFileSync(this.#path, "utf8")
        .split("\n")
        .filter((line) => line !== "");
      if (lines.length > 2 * TYPED_LINES_MAX) this.#rewrite(lines.slice(-TYPED_LINES_MAX));
    });
    return lines.slice(-TYPED_LINES_MAX).reverse();
  }

  /** Adds a line; blank ones are not worth keeping, and one with a token must not be. */
  add(line: string): void {
    if (line.trim() !== "" && !isSecret(line)) this.#attempt(() => appendFileSync(this.#path, `${line}\n`, { mode: 0o600 }));
  }

  #rewrite(lines: string[]): void {
    const next = `${this.#path}.new`;
    writeFileSync(next, `${lines.join("\n")}\n`, { mode: 0o600 });
    renameSync(next, this.#path);
  }

  #attempt(work: () => void): void {
    if (this.#broken) return;
    try {
      work();
    } catch (error) {
      this.#broken = true;
      this.#complain(error instanceof Error ? error.message : String(error));
    }
  }
}
