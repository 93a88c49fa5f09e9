/**
 * Pages and transcripts that a run produces and the repository keeps: compared with what is there, or with
 * `CANADUCK_KEEP=1` in the environment written anew.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

export function assertKept(file: URL, text: string): void {
  if (process.env["CANADUCK_KEEP"] === "1") return writeFileSync(file, text);
  const kept = existsSync(file) ? readFileSync(file, "utf8") : "";
  assert.equal(
    text,
    kept,
    `${file.pathname.split("/").slice(-2).join("/")} tells something else; run this test with CANADUCK_KEEP=1 and read the difference`,
  );
}
