/**
 * A recorded call on the short way (`server/plain-call.ts`) and the same call on the long way: the same bytes, and the same entry.
 * What sends a call the long way is an id that is a text.
 */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { type Line, withServer } from "./running.ts";

const NUMBERS = [
  "1 + 1",
  "1 / 3",
  "0 * -1",
  "-2^0.5^2",
  "2^70",
  "1e-9 / 7",
  "1e308 * 3",
  "sqrt(2) * 1e21",
  "0.1 + 0.2",
  "floor(7.5)",
];
const OTHERS = ["1 / 0", "0 / 0", "2 m + 3 cm", "[1, 2; 3, 4]", "1 +", "nosuchname + 1", "sqrt(-4)", "1 == 1", "true ? 3 : 4"];
/** Seen so often that the memo answers. */
const OFTEN = 4;

type Asked = { expression: string; variables?: object; record?: boolean };

/** The reply under that id, and what it says without what no two calls share. */
async function tell(line: Line, id: number | string, params: Asked): Promise<{ text: string; seq: number }> {
  line.send(`${JSON.stringify({ jsonrpc: "2.0", id, method: "calc.evaluate", params })}\n`);
  const reply = (await line.next()) ?? "";
  const seq = Number(/"seq":(\d+)/.exec(reply)?.[1]);
  const text = reply
    .replace(/^\{"jsonrpc":"2.0","id":"?\d+"?,/, "")
    .replace(/"elapsedUs":\d+/, "")
    .replace(/"seq":\d+/, "");
  return { text, seq };
}

async function assertAlike(line: Line, params: Asked): Promise<void> {
  const short = await tell(line, 1, params);
  const long = await tell(line, "1", params);
  assert.equal(short.text, long.text, params.expression);
  assert.equal(long.seq, short.seq + 1, params.expression);
  const { entries } = (await line.call("history.list", { after: short.seq - 1, limit: 2 }, "list")).result;
  const [one, other] = entries.map(({ seq: _, at: __, elapsedUs: ___, hash: ____, ...rest }) => JSON.stringify(rest));
  assert.ok(one !== undefined && JSON.parse(one).expression === params.expression);
  assert.equal(one, other);
}

async function compare(line: Line): Promise<void> {
  for (let time = 0; time < OFTEN; time++) {
    for (const expression of [...NUMBERS, ...OTHERS]) await assertAlike(line, { expression, record: true });
  }
  for (const x of [0, -1.5, 123456789012345])
    await assertAlike(line, { expression: "x / 7 + 1", variables: { x }, record: true });
  await assertAlike(line, { expression: "40 + 2" });
  await tell(line, 1, { expression: "40 + 3" });
  assert.equal((await line.calc("ans", { record: false })).result.text, "43");
  // Waits for the answers of all entries before it.
  assert.equal((await line.calc("$1 + 1", { record: false })).result.text, "3");
}

test("a history in memory is told the same by both ways", () => withServer({}, compare));

test("a history on disk is told the same by both ways, and proves whole", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "canaduck-"));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, "history.sqlite");
  await withServer({ history: `sqlite:${path}` }, async (line) => {
    await compare(line);
    assert.equal((await line.call("history.verify")).result.ok, true);
  });
  const db = new DatabaseSync(path);
  t.after(() => db.close());
  const rows = db.prepare("SELECT expression, outcome, summary, failed FROM entries ORDER BY seq").all();
  assert.ok(rows.length > 100);
  for (let at = 0; at + 1 < rows.length; at += 2) assert.deepEqual(rows[at], rows[at + 1]);
});

test("a history without room refuses both ways alike, and what was told before is what `ans` is", () =>
  withServer({ historyBytesPerClientMax: "1024" }, async (line) => {
    for (let stored = 0; stored < 4; stored++) await tell(line, 1, { expression: "1 + 1" });
    const short = await tell(line, 1, { expression: "3 + 4" });
    assert.match(short.text, /storage_full/);
    assert.deepEqual(await tell(line, "1", { expression: "3 + 4" }), short);
    assert.equal((await line.calc("ans", { record: false })).result.text, "7");
    const { result } = await line.call("server.status");
    assert.equal(result.callsInFlight, 1);
  }));

test("calls in flight are answered in the order of their entries, whichever way they come", () =>
  withServer({}, async (line) => {
    const ids = Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? String(i) : i));
    const calls = ids.map((id) =>
      JSON.stringify({ jsonrpc: "2.0", id, method: "calc.evaluate", params: { expression: `${id} * 2` } }),
    );
    line.send(`${calls.join("\n")}\n`);
    const replies = (await line.lines(ids.length)).map((text) => JSON.parse(text ?? ""));
    assert.deepEqual(
      replies.map(({ result }) => result.seq),
      ids.map((_, i) => i + 1),
    );
    for (const { id, result } of replies) assert.equal(result.value, Number(id) * 2);
  }));
