/** The lines for the up-arrow: what was typed is there again, but never a token. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { makeToken } from "../../src/access/token.ts";
import { TypedLines } from "../../src/cli/typed-lines.ts";

test("a line with a token, or with the most of one, is not kept", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "canaduck-typed-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "typed-lines");
  const typed = new TypedLines(path, assert.fail);
  const { secret } = makeToken("alice", "user", new Date());
  for (const line of ["2+2", `/login ${secret}`, secret.slice(0, 80), "/hist"]) typed.add(line);
  assert.equal(readFileSync(path, "utf8"), "2+2\n/hist\n");
});
