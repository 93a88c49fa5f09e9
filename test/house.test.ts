/**
 * The rules of the house, run over the whole repository. Each is one row in `test/house/`; each is tried twice: on the
 * repository, where it must find nothing, and on its samples, where it must find exactly what is wrong with them.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { IMPORT_RULES } from "./house/imports.ts";
import { PACKAGE_RULES } from "./house/packages.ts";
import { formatPlaces, type Rule } from "./house/rule.ts";
import { SYNTAX_RULES } from "./house/syntax.ts";
import { TESTING_RULES } from "./house/testing.ts";
import { TEXT_RULES } from "./house/text.ts";
import { growTrees, readFiles } from "./house/tree.ts";

const RULES: readonly Rule[] = [...IMPORT_RULES, ...SYNTAX_RULES, ...TEXT_RULES, ...TESTING_RULES, ...PACKAGE_RULES];

const root = fileURLToPath(new URL("../", import.meta.url));
const samples = RULES.flatMap((rule) => rule.samples.map((one) => ({ rule, ...one })));
const [house, ...sampleTrees] = growTrees([readFiles(root), ...samples.map(({ files }) => new Map(Object.entries(files)))]);

describe("the house", () => {
  for (const rule of RULES) {
    test(rule.title, () => {
      const places = house === undefined ? [] : rule.find(house);
      assert.ok(places.length === 0, formatPlaces(rule, places));
    });
  }

  test("there is something to look at", () => {
    assert.ok((house?.code.length ?? 0) > 50, "hardly a file of code was found: is this a git checkout?");
  });
});

describe("a rule can fail", () => {
  for (const rule of RULES) {
    test(rule.title, () => {
      assert.ok(
        rule.samples.some(({ finds }) => finds.length > 0),
        "no sample breaks this rule",
      );
      for (const [index, { rule: owner, files, finds }] of samples.entries()) {
        const tree = sampleTrees[index];
        if (owner !== rule || tree === undefined) continue;
        const found = rule.find(tree).map(({ path, line }) => `${path}:${line}`);
        assert.deepEqual(found.sort(), [...finds].sort(), `in the sample ${JSON.stringify(files)}`);
      }
    });
  }
});
