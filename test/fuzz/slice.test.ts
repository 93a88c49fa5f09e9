/** A short run of each target with a seed nobody has seen; what it finds is printed as a file of the corpus. */
import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { test } from "node:test";
import { describe, run } from "../../fuzz/campaign.ts";
import { makeTargets, TARGET_NAMES } from "../../fuzz/list.ts";

const SECONDS = 7.5;
const bounds = { seconds: SECONDS, executions: Number.POSITIVE_INFINITY };

for (const target of makeTargets(TARGET_NAMES)) {
  const seed = randomInt(2 ** 32);
  test(`${target.name}, seed ${seed}`, async () => {
    const { executions, findings, explained } = await run(target, seed, bounds, () => undefined);
    const differences = [...explained.values()].reduce((sum, times) => sum + times, 0);
    process.stdout.write(
      `# fuzz ${target.name} seed ${seed} executions ${executions} explained ${differences} found ${findings.length}\n`,
    );
    assert.deepEqual(
      findings.map((finding) => describe(target, finding)),
      [],
    );
    assert.ok(executions > 0, "nothing was tried");
  });
}
