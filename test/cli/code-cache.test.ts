/** Compiled code is kept for the next start where nobody else could have put it, and nowhere else. */
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { run } from "./running.ts";

/** A cache folder, prepared; answers what is in its folder of compiled code after a run. */
async function keptIn(prepare: (cache: string, code: string) => void): Promise<{ kept: string[]; mode: number }> {
  const cache = mkdtempSync(join(tmpdir(), "canaduck-code-"));
  const code = join(cache, "canaduck", "code");
  try {
    prepare(cache, code);
    const { status, stdout } = await run(["--version"], { env: { XDG_CACHE_HOME: cache } });
    assert.equal(status, 0);
    assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
    return { kept: readdirSync(code), mode: statSync(code).mode & 0o777 };
  } finally {
    rmSync(cache, { recursive: true });
  }
}

test("it is kept in a folder of the user's own", async () => {
  const { kept, mode } = await keptIn(() => undefined);
  assert.ok(kept.length > 0);
  assert.equal(mode, 0o700);
});

test("a folder that others may write to is not used", async () => {
  const { kept } = await keptIn((_, code) => {
    mkdirSync(code, { recursive: true });
    chmodSync(code, 0o777);
  });
  assert.deepEqual(kept, []);
});

test("nor one inside a folder that others may write to, by whatever name it is reached", async () => {
  const { kept } = await keptIn((cache, code) => {
    const open = join(cache, "open");
    mkdirSync(join(open, "code"), { recursive: true });
    chmodSync(open, 0o777);
    mkdirSync(join(cache, "canaduck"));
    symlinkSync(join(open, "code"), code);
  });
  assert.deepEqual(kept, []);
});

test("where no folder can be made it is done without", async () => {
  const { status, stdout } = await run(["--version"], { env: { XDG_CACHE_HOME: "/proc/canaduck" } });
  assert.deepEqual([status, /^\d+\.\d+\.\d+\n$/.test(stdout)], [0, true]);
});
