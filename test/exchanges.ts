/**
 * Around the whole of `npm test`: gathers what the tests of every process heard over the wire, and fails the run when a method
 * never gave a result, an error of the table never occurred or an event was never sent. Each reply itself was checked by `system/recorder.ts`.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readContract } from "../scripts/generate/contract.ts";

let folder: string | undefined;

export function globalSetup(): void {
  folder = mkdtempSync(join(tmpdir(), "canaduck-exchanges-"));
  // The processes of the test files inherit it.
  process.env["CANADUCK_EXCHANGES"] = folder;
}

export function globalTeardown(): void {
  // The runner calls this a second time when the first threw.
  if (folder === undefined) return;
  const counts = gather(folder);
  rmSync(folder, { recursive: true });
  folder = undefined;
  const silent = neverHeard(counts);
  const replies = [...counts.values()].reduce((sum, one) => sum + one, 0);
  process.stdout.write(`# replies checked against the schemas ${replies}\n`);
  if (silent.length === 0) return;
  process.stderr.write(`\nNever exercised over the wire, so that nobody knows whether they work: ${silent.join(", ")}\n`);
  throw new Error("never exercised");
}

function gather(from: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const file of readdirSync(from)) {
    const rows: [string, number][] = JSON.parse(readFileSync(join(from, file), "utf8"));
    for (const [what, times] of rows) counts.set(what, (counts.get(what) ?? 0) + times);
  }
  return counts;
}

/** Methods, errors and events that no test heard of, though one could. */
function neverHeard(counts: ReadonlyMap<string, number>): string[] {
  const { methods, errors, events } = readContract(new URL("../", import.meta.url));
  const wanted = [
    ...methods.map(({ name }) => `result ${name}`),
    ...errors.map(({ name }) => `error ${name}`),
    ...events.map(({ event }) => `event ${event}`),
  ];
  return wanted.filter((what) => !counts.has(what));
}
