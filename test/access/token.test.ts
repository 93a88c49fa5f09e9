/** Tokens: what is kept of one finds it and nothing else, and no line of a log shows it. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { findToken, makeToken } from "../../src/access/token.ts";
import { redact } from "../../src/protocol/secret.ts";

const made = Array.from({ length: 50 }, (_, i) => makeToken(`name-${i}`, "user", new Date()));
const rows = new Map(made.map(({ row }) => [row.id, row]));

test("every token finds its own row, and no row holds any part of a secret", () => {
  for (const { secret, row } of made) {
    assert.equal(findToken(rows, secret), row);
    assert.match(secret, /^ckt_[0-9a-f]{16}_[0-9a-f]{64}$/);
    assert.ok(!JSON.stringify(row).includes(secret.slice(-64)));
  }
  assert.equal(new Set(made.map(({ secret }) => secret.slice(-64))).size, made.length);
});

test("a token with any character changed, cut or added finds nothing", () => {
  const change = fc.tuple(fc.nat({ max: made.length - 1 }), fc.nat({ max: 84 }), fc.constantFrom("", "0", "f", "_", "é", "00"));
  fc.assert(
    fc.property(change, ([index, at, by]) => {
      const { secret = "" } = made[index] ?? {};
      const other = secret.slice(0, at) + by + secret.slice(at + 1);
      fc.pre(other !== secret);
      assert.equal(findToken(rows, other), undefined);
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => assert.equal(findToken(rows, text), undefined)));
});

test("the secret of one with the id of another, and a revoked one, find nothing", () => {
  const [one, two] = made;
  assert.ok(one !== undefined && two !== undefined);
  assert.equal(findToken(rows, one.secret.slice(0, 21) + two.secret.slice(21)), undefined);
  const revoked = new Map([[one.row.id, { ...one.row, revokedAt: new Date().toISOString() }]]);
  assert.equal(findToken(revoked, one.secret), undefined);
});

test("a secret is taken out of a text wherever it stands, also half of it", () => {
  for (const { secret, row } of made) {
    for (const text of [secret, `{"a":"/login ${secret}\\n"}`, `x${secret}${secret}`, `cut ${secret.slice(0, 60)}`]) {
      const safe = redact(text);
      assert.ok(!safe.includes(secret.slice(21, 40)));
      assert.ok(safe.includes(`ckt_${row.id}_[redacted]`));
    }
  }
  assert.equal(redact("2+2 ckt_1"), "2+2 ckt_1");
});

test("what was presented is compared in one place, in constant time, and found elsewhere by its hash only", () => {
  const root = join(import.meta.dirname, "../../src");
  const files = globSync("**/*.ts", { cwd: root, exclude: ["**/generated/**"] });
  const texts = files.map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
  const calling = texts.filter(({ text }) => text.includes("timingSafeEqual("));
  assert.deepEqual(
    calling.map(({ path }) => path),
    ["access/token.ts"],
  );
  // A comparison that stops at the first difference tells how far it came; that there is none at all may be asked.
  const compared = /\b(?:secret|token|resumeToken|resume|resumeHash)\b(?:\)|\.toString\([^)]*\))* *[!=]==?(?!=| *undefined)/;
  const found = texts.filter(
    ({ path, text }) => /^(?:access|methods|server|history|protocol)\//.test(path) && compared.test(text),
  );
  assert.deepEqual(
    found.map(({ path }) => path),
    [],
  );
  assert.match("if (row.secret === given)", compared);
  assert.match("hashOf(token).toString() !== row.hash", compared);
  assert.doesNotMatch("if (token === undefined)", compared);
});
