/** What the history may take on the disk, as a client meets it: its own share, and the bound of the whole store. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type { ErrorObject } from "../../src/protocol/generated/types.ts";
import { makeDirectory } from "../history/fixture.ts";
import { Line, withServer } from "./running.ts";

/** Asks until the history takes no more: one call leaves an entry of about 120 kB. */
async function fill(line: Line): Promise<{ error: ErrorObject; count: number }> {
  const variables = { x: "a".repeat(60_000) };
  for (let count = 0; count < 100; count++) {
    const { error } = await line.calc("x", { variables });
    if (error !== undefined) return { error, count };
  }
  assert.fail("the history has no bound");
}

for (const scheme of ["memory:", "sqlite:"]) {
  test(`${scheme} historyBytesPerClientMax ends what one client may store, until it clears some; nobody else is concerned`, async (t) => {
    const history = scheme === "memory:" ? scheme : `${scheme}${join(makeDirectory(t), "history.db")}`;
    await withServer({ history, historyBytesPerClientMax: "500000" }, async (line, running) => {
      const { error, count } = await fill(line);
      const limit = { name: "historyBytesPerClientMax", value: 500_000, ceiling: 17_592_186_036_224 };
      assert.deepEqual([error.data.name, error.data.limit, error.data.retryable], ["storage_full", limit, undefined]);
      assert.match(error.data.detail ?? "", /history\.export.*history\.clear/);
      assert.equal((await line.calc("2 + 2", { record: false })).result.text, "4");
      const other = await Line.to(running.port);
      assert.equal((await other.calc("2 + 2")).result.seq, 1);
      other.close();
      const { result } = await line.call("history.verify");
      assert.deepEqual([result.ok, result.entries], [true, count], "what was acknowledged is there");
      await line.call("history.clear", { before: 2 });
      assert.equal((await fill(line)).count, 1);
      assert.equal((await line.call("server.info")).result.limits["historyBytesPerClientMax"], 500_000);
    });
  });

  test(`${scheme} historyBytesMax ends what all clients together may store`, async (t) => {
    const history = scheme === "memory:" ? scheme : `${scheme}${join(makeDirectory(t), "history.db")}`;
    await withServer({ history, historyBytesMax: "1048576" }, async (line, running) => {
      const { error, count } = await fill(line);
      assert.deepEqual([error.data.name, error.data.limit, error.data.retryable], ["storage_full", undefined, true]);
      assert.match(error.data.detail ?? "", /historyBytesMax.*operator.*record: false/);
      const other = await Line.to(running.port);
      assert.equal((await fill(other)).error.data.name, "storage_full");
      assert.equal((await other.calc("2 + 2", { record: false })).result.text, "4");
      other.close();
      assert.equal((await line.call("history.clear")).result.removed, count);
      assert.ok((await fill(line)).count > 0);
    });
  });
}
