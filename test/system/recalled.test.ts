/** `ans` and `$3`: results that are called back whole, whatever they are, from memory and from the disk. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Line, start } from "./running.ts";

/** Each is an entry of its own; what is called back must read the same. */
const RESULTS = [
  "2 inch to cm",
  "5 celsius",
  "5 kg m / s^2",
  "bignumber(2) cm / 3",
  'unit("5")',
  'unit("cm")',
  "2 + 3i",
  "fraction(1, 3)",
  "bigint(12345678901234567890)",
  "1 / 0",
  "-0",
  "[1, 2; 3, 4]",
  "sparse([1, 0])",
  "{a: 2 cm, b: [true, null]}",
  'concat("a", "\\"")',
  "1; 2 cm",
];

test("every kind of result is called back whole, also after a restart", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "canaduck-"));
  const history = `sqlite:${join(folder, "recalled.db")}`;
  t.after(() => rm(folder, { recursive: true }));
  const first = await start({ history });
  t.after(() => first.close());
  const line = await Line.to(first.port);
  const { result: session } = await line.call("session.open");
  const texts: string[] = [];
  for (const [i, expression] of RESULTS.entries()) {
    const { text, seq } = (await line.calc(expression)).result;
    assert.equal(seq, i + 1, expression);
    texts.push(text);
    assert.equal((await line.calc("ans", { record: false })).result.text, text, `ans after ${expression}`);
    assert.equal((await line.calc(`$${seq}`, { record: false })).result.text, text, `$${seq}: ${expression}`);
  }
  assert.equal((await line.calc("$1 * 2 + 1 cm", { record: false })).result.text, "11.16 cm");
  await first.close();
  const second = await start({ history });
  t.after(() => second.close());
  const again = await Line.to(second.port);
  await again.call("session.open", { resume: session.resumeToken });
  for (const [i, text] of texts.entries()) {
    assert.equal((await again.calc(`$${i + 1}`, { record: false })).result.text, text, `$${i + 1}: ${RESULTS[i]}`);
  }
});
