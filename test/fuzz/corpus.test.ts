/** Every file of `fuzz/corpus/`: seeds people wrote, and everything that failed once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { replay } from "../../fuzz/campaign.ts";
import { readKept } from "../../fuzz/corpus.ts";
import { makeTargets, TARGET_NAMES } from "../../fuzz/list.ts";
import { Subject } from "../../fuzz/subject.ts";

for (const target of makeTargets(TARGET_NAMES)) {
  test(`the corpus of ${target.name} holds`, async () => {
    const kept = readKept(target.name);
    assert.ok(kept.length > 0, "there is nothing to play");
    const subject = await Subject.open(target.settings);
    try {
      for (const one of kept) assert.equal((await replay(target, one.case, subject)).reason, undefined, one.name);
    } finally {
      await subject.close();
      await target.close?.();
    }
  });
}
