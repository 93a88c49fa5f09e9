/**
 * The conformance corpus against Canaduck: every case of `test/wire/*.wire` over every transport and every framing it is
 * for, byte for byte over real sockets.
 */
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { readCorpus } from "../../scripts/conformance/corpus.ts";
import { play } from "../../scripts/conformance/dialogue.ts";
import type { Case } from "../../scripts/conformance/wire-file.ts";
import { Stages } from "./stages.ts";

const CASES_MIN = 400;

const cases = readCorpus();
const stages = new Stages();
after(() => stages.close());

/** Over all stages one after the other; the first failure is told with everything that was said. */
async function run(one: Case): Promise<void> {
  for (const stage of await stages.of(one)) {
    const { reason, exchange } = await play(one, stage);
    assert.equal(reason, undefined, `${one.place}, case ${one.number}, over ${stage.name}\n${exchange.join("\n")}\n${reason}`);
  }
}

describe("the wire", { concurrency: 8 }, () => {
  for (const one of cases) test(`${one.number} ${one.title}`, () => run(one));
});

test("there are enough cases, each with a title of its own", () => {
  assert.ok(cases.length >= CASES_MIN, `${cases.length} cases`);
  const titles = cases.map(({ clause, title }) => `${clause}: ${title}`);
  assert.deepEqual(
    titles.filter((title, index) => titles.indexOf(title) !== index),
    [],
  );
});
