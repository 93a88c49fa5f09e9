/** `canaduck history` against a file that a server wrote. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before, test } from "node:test";
import { openHistory } from "../../src/history/open.ts";
import { hashToken } from "../../src/methods/principal.ts";
import { append, makeEntry } from "../history/fixture.ts";
import { run } from "./running.ts";

const ids = ["alice", "bob"].map((name) => name.padEnd(22, "-"));
let folder: string;
let url: string;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "canaduck-"));
  url = `sqlite:${join(folder, "history.db")}`;
  const history = await openHistory(url);
  for (const id of ids) {
    const ledger = { id, resumeHash: hashToken(`token of ${id}`) };
    // More than one page of the export.
    const outcome = JSON.stringify({ type: "string", value: "=x", text: "=x" });
    const entries = Array.from({ length: id === ids[0] ? 1_100 : 2 }, (_, i) => makeEntry(`${i} "é"`, { outcome }));
    await Promise.all(entries.map((entry) => append(history, ledger, entry)));
  }
  await history.clear(ids[1] ?? "", 2);
  await history.close();
});
after(() => rmSync(folder, { recursive: true }));

test("verify proves all histories, or one", async () => {
  const all = { status: 0, stdout: "2 histories, 1101 entries proven, 0 damaged\n", stderr: "" };
  assert.deepEqual(await run(["history", "verify", "--history", url]), all);
  assert.deepEqual(await run(["history", "verify"], { env: { CANADUCK_HISTORY: url } }), all);
  const one = { ...all, stdout: "1 histories, 1 entries proven, 0 damaged\n" };
  assert.deepEqual(await run(["history", "verify", "--history", url, "--ledger", ids[1] ?? ""]), one);
  assert.deepEqual(await run(["history", "verify", "--history", url, "--resume", `token of ${ids[1]}`]), one);
});

test("to prove or write out a history that is not there is no success", async () => {
  const none = { status: 66, stdout: "", stderr: "canaduck: the file has no history of that token or id\n" };
  for (const task of ["verify", "export"]) {
    for (const which of ["--ledger", "--resume"])
      assert.deepEqual(await run(["history", task, "--history", url, which, "nobody"]), none);
  }
});

test("export writes every entry once, with its ledger, as JSON lines or CSV", async () => {
  const { status, stdout, stderr } = await run(["history", "export", "--history", url]);
  assert.deepEqual([status, stderr], [0, ""]);
  const lines = stdout.split("\n").slice(0, -1);
  const entries = lines.map((line) => JSON.parse(line));
  assert.deepEqual(
    entries.map(({ ledger, seq }) => `${ledger} ${seq}`),
    [...Array.from({ length: 1_100 }, (_, i) => `${ids[0]} ${i + 1}`), `${ids[1]} 2`],
  );
  assert.partialDeepStrictEqual(entries.at(-1), { expression: '1 "é"', type: "string", text: "=x" });
  const csv = await run(["history", "export", "--format", "csv", "--history", url, "--ledger", ids[1] ?? ""]);
  assert.match(
    csv.stdout,
    /^ledger,seq,at,expression,type,text,error,elapsedUs,hash\r\nbob-+,2,1970-[^,]*,"1 ""é""",string,'=x,,7,[0-9a-f]{64}\r\n$/,
  );
});

test("damage is told with its place, and 65", async () => {
  const path = join(folder, "damaged.db");
  const history = await openHistory(`sqlite:${path}`);
  for (const id of ids) {
    for (const text of ["1", "2", "3"]) await append(history, { id, resumeHash: hashToken(id) }, makeEntry(text));
  }
  await history.close();
  const db = new DatabaseSync(path);
  db.exec("UPDATE entries SET expression = 'forged' WHERE ledger = 2 AND seq = 2");
  db.close();
  const ran = await run(["history", "verify", "--history", `sqlite:${path}`]);
  const said = `DAMAGED ${ids[1]}: entry 2 is missing or is not what was stored\n2 histories, 4 entries proven, 1 damaged\n`;
  assert.deepEqual(ran, { status: 65, stdout: said, stderr: "" });
});

test("what is not there, in use or no history is 66, and is not made", async () => {
  const missing = `sqlite:${join(folder, "missing.db")}`;
  for (const task of ["verify", "export"]) {
    const ran = await run(["history", task, "--history", missing]);
    assert.deepEqual(ran, { status: 66, stdout: "", stderr: `canaduck: there is no history at ${missing}\n` });
  }
  const history = await openHistory(url);
  const busy = await run(["history", "verify", "--history", url]);
  await history.close();
  assert.equal(busy.status, 66);
  assert.match(busy.stderr, /another canaduck uses this file/);
});

test("the help tells the exit statuses; a wrong command line is 64", async () => {
  const help = await run(["history", "verify", "--help"]);
  assert.equal(help.status, 0);
  assert.match(help.stdout, /66 {2}there is no such file/);
  for (const args of [
    ["history", "clear"],
    ["history", "export", "--format", "pdf"],
    ["history", "verify", "--ledger", "a", "--resume", "b"],
  ]) {
    assert.equal((await run(args)).status, 64, args.join(" "));
  }
});
