/** The history over the wire: one entry, the whole as text, a clear that keeps the numbers, and the proof. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Line, type Running, start } from "./running.ts";

let running: Running;
let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "canaduck-"));
  running = await start();
});
after(async () => {
  await running.close();
  await rm(folder, { recursive: true });
});

async function withEntries(...expressions: string[]): Promise<Line> {
  const line = await Line.to(running.port);
  for (const expression of expressions) await line.calc(expression);
  return line;
}

test("an entry is the one of the list; a failure has its error; there is none beyond", async () => {
  const line = await withEntries("6 * 7", "1 +");
  const { result: list } = await line.call("history.list");
  assert.deepEqual((await line.call("history.get", { seq: 1 })).result, list.entries[0]);
  assert.deepEqual((await line.call("history.get", [2])).result, list.entries[1]);
  assert.equal(list.entries[1]?.error?.data.name, "syntax_error");
  for (const seq of [3, Number.MAX_SAFE_INTEGER]) {
    assert.deepEqual((await line.call("history.get", { seq })).error.data.name, "not_found");
  }
  line.close();
});

test("the list is bounded by before, after, limit and a text that has no special characters", async () => {
  const line = await withEntries("1", "2 %", "0 + 3", "4", "50 %");
  const listed = async (params: object) => (await line.call("history.list", params)).result.entries.map(({ seq }) => seq);
  assert.deepEqual(await listed({ before: 4, limit: 2 }), [2, 3]);
  assert.deepEqual(await listed({ after: 1, limit: 2 }), [2, 3]);
  assert.deepEqual(await listed({ after: 1, before: 3 }), [2]);
  assert.deepEqual(await listed({ query: "%" }), [2, 5]);
  assert.deepEqual(await listed({ query: "0.5" }), [5]);
  line.close();
});

test("the pages of an export, one after the other, are the whole history, each line of it whole", async () => {
  const line = await withEntries('concat("a,b", "\\"c")', "x = [1, 2]\nx * 2", "1 +", "2 ^ 0.5");
  const pages = async (format: string) => {
    let text = "";
    for (let page = { next: 0, more: true }; page.more; ) {
      const { result } = await line.call("history.export", { format, after: page.next, limit: 1 });
      assert.equal(result.entries, 1);
      text += result.text;
      page = result;
    }
    assert.equal(text, (await line.call("history.export", { format })).result.text);
    return text;
  };
  const lines = (await pages("jsonl")).split("\n").slice(0, -1);
  const { result: list } = await line.call("history.list", { after: 0 });
  assert.deepEqual(
    lines.map((one) => JSON.parse(one)),
    list.entries,
  );
  const [head, ...rows] = readCsv(await pages("csv"));
  assert.deepEqual(head, ["seq", "at", "expression", "type", "text", "error", "elapsedUs", "hash"]);
  assert.deepEqual(
    rows,
    list.entries.map((entry) => {
      const { seq, at, expression, type = "", text = "", error, elapsedUs, hash } = entry;
      return [String(seq), at, expression, type, text, error?.data.name ?? "", String(elapsedUs), hash];
    }),
  );
  line.close();
});

/** Rows of RFC 4180, read by the letter. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const { groups } of text.matchAll(/(?:"(?<quoted>(?:[^"]|"")*)"|(?<plain>[^",\r\n]*))(?<end>,|\r\n)/gy)) {
    rows.at(-1)?.push(groups?.["quoted"]?.replaceAll('""', '"') ?? groups?.["plain"] ?? "");
    if (groups?.["end"] !== ",") rows.push([]);
  }
  return rows.slice(0, -1);
}

test("no cell of the CSV begins like a formula, and numbers stay numbers", async () => {
  const typed = ['=HYPERLINK("http://x","y")', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "  =1+1", "\t=1", "\uff1d1"];
  const line = await withEntries(...typed, "-5", "-1e-7");
  const rows = readCsv((await line.call("history.export", { format: "csv" })).result.text).slice(1);
  assert.deepEqual(
    rows.map((row) => row[2]),
    [...typed.map((text) => `'${text}`), "-5", "-1e-7"],
  );
  assert.deepEqual(
    rows.slice(-2).map((row) => row[4]),
    ["-5", "-1e-7"],
  );
  for (const cell of rows.flat()) assert.doesNotMatch(cell, /^[\s]*[=+@\uff1d]|^-(?!\d+(\.\d+)?(e-?\d+)?$)/);
  line.close();
});

test("a page of an export is bounded in bytes, and no entry is lost at its end", async () => {
  const line = await Line.to(running.port);
  const text = "x".repeat(3_000);
  for (let i = 0; i < 100; i++) await line.calc(`"${text}"`);
  const seqs: number[] = [];
  let pages = 0;
  for (let page = { next: 0, more: true }; page.more; pages++) {
    const { result } = await line.call("history.export", { after: page.next });
    assert.ok(result.text.length <= 256 * 1024);
    seqs.push(
      ...result.text
        .split("\n")
        .slice(0, -1)
        .map((one) => JSON.parse(one).seq),
    );
    page = result;
  }
  assert.ok(pages > 1);
  assert.deepEqual(
    seqs,
    Array.from({ length: 100 }, (_, i) => i + 1),
  );
  line.close();
});

for (const url of ["memory:", "sqlite:"]) {
  test(`${url} a clear removes what was sent before it, the numbers go on, keys are free, the rest is proven`, async (t) => {
    const history = url === "memory:" ? url : `sqlite:${join(folder, "cleared.db")}`;
    const server = await start({ history });
    t.after(() => server.close());
    const line = await Line.to(server.port);
    const { result: session } = await line.call("session.open");
    await line.calc("1 + 1", { key: "k" });
    const sent = ["40", "41", "42"].map(
      (expression, id) => `{"jsonrpc":"2.0","id":${id},"method":"calc.evaluate","params":["${expression}"]}\n`,
    );
    line.send(`${sent.join("")}{"jsonrpc":"2.0","id":9,"method":"history.clear"}\n`);
    const replies = (await line.lines(4)).map((text) => JSON.parse(text ?? "null"));
    assert.deepEqual(replies.find(({ id }) => id === 9).result, { removed: 4, lastSeq: 4 });
    assert.deepEqual((await line.call("history.list")).result, { entries: [], lastSeq: 4, more: false });
    const again = await line.calc("2 + 2", { key: "k" });
    assert.deepEqual([again.result.seq, again.result.replayed], [5, undefined]);
    assert.equal((await line.calc("$5 + 1")).result.value, 5);
    assert.equal((await line.calc("$2")).error.data.name, "unknown_symbol");
    assert.deepEqual((await line.call("history.clear", { before: 6 })).result, { removed: 1, lastSeq: 7 });
    const { result: proof } = await line.call("history.verify");
    const { result: list } = await line.call("history.list");
    assert.deepEqual(proof, { ok: true, entries: 2, cleared: 5, hash: list.entries.at(-1)?.hash });
    assert.equal((await line.call("history.export", { format: "csv" })).result.entries, 2);
    await server.close();
    if (url === "memory:") return;
    const second = await start({ history });
    t.after(() => second.close());
    const back = await Line.to(second.port);
    await back.call("session.open", { resume: session.resumeToken });
    assert.deepEqual((await back.call("history.verify")).result, proof);
    assert.equal((await back.calc("$6 * 2")).result.value, 10);
    assert.equal((await back.calc("1")).result.seq, 9);
  });
}
