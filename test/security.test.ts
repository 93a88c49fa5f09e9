/** SECURITY.md claims nothing that is not there: every guard and every test it names is a file of this project. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const ROOT = join(import.meta.dirname, "..");

type Row = { id: string; guard: string; proof: string };

/** Rows of the tables of threats and layers that do not hold, as sentences. Whatever stands between, guard and test come last. */
function complaints(page: string, exists: (path: string) => boolean): string[] {
  const rows = [...page.matchAll(/^\| ([TL]\d+) (?:\| [^|]+ )+\| `([^`|]+)` \| `([^`|]+)` \|$/gm)];
  const table: Row[] = rows.map(([, id = "", guard = "", proof = ""]) => ({ id, guard, proof }));
  const ids = table.map(({ id }) => id);
  const claimed = [...page.matchAll(/^\| (T\d+) /gm)].map((match) => match[1] ?? "");
  return [
    ...claimed.filter((id) => !ids.includes(id)).map((id) => `${id}: the row needs a threat, one guard and one test`),
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id}: stands twice`),
    ...table.flatMap(({ id, guard, proof }) =>
      [guard, proof].filter((path) => !exists(path)).map((path) => `${id}: there is no ${path}`),
    ),
    ...table.filter(({ proof }) => !proof.endsWith(".test.ts")).map(({ id }) => `${id}: the test is not a test file`),
  ];
}

test("every threat has a guard and a test that exist", () => {
  const page = readFileSync(join(ROOT, "SECURITY.md"), "utf8");
  assert.deepEqual(
    complaints(page, (path) => existsSync(join(ROOT, path))),
    [],
  );
  assert.ok((page.match(/^\| T\d+ /gm) ?? []).length >= 10);
  const layers = [...page.matchAll(/^\| (L\d) \|.*\| `[^`|]+` \| `[^`|]+` \|$/gm)].map((match) => match[1]);
  assert.deepEqual(layers, ["L0", "L1", "L2", "L3", "L4", "L5", "L6", "L7"], "a layer lacks its guard or its test");
});

test("a row that names what is not there is complained about", () => {
  const row = "| T1 | a threat | `src/a.ts` | `test/a.test.ts` |\n";
  assert.deepEqual(
    complaints(row, () => true),
    [],
  );
  assert.deepEqual(
    complaints(row, (path) => path === "src/a.ts"),
    ["T1: there is no test/a.test.ts"],
  );
  assert.deepEqual(
    complaints(row + row, () => true),
    ["T1: stands twice"],
  );
  assert.equal(complaints("| T2 | no guard | | `test/a.test.ts` |\n", () => true).length, 1);
  assert.deepEqual(
    complaints("| L1 | a layer | its limits | `src/a.ts` | `test/a.test.ts` |\n", (path) => path === "src/a.ts"),
    ["L1: there is no test/a.test.ts"],
  );
  assert.deepEqual(
    complaints("| T3 | x | `src/a.ts` | `src/b.ts` |\n", () => true),
    ["T3: the test is not a test file"],
  );
});
