/** mathjs's own documentation through the wire: how much answers the same, and that every difference is on the page. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { measureFidelity, PAGE, SHARE_MIN } from "../../scripts/fidelity.ts";

test("at least 95 % of the examples answer as mathjs does, and docs/FIDELITY.md lists all others with a reason", async (t) => {
  const { text, agreeing, examples } = await measureFidelity();
  t.diagnostic(`${agreeing} of ${examples} examples agree`);
  assert.ok(examples > 900);
  assert.ok(agreeing / examples >= SHARE_MIN);
  assert.ok(!text.includes("not explained yet"), "a difference has no reason: add it to REASONS in scripts/fidelity.ts");
  assert.equal(readFileSync(PAGE, "utf8"), text, "run npm run fidelity");
});
