/** The parts of the fuzzer that make, write and shrink inputs, and the command itself. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { formatCase, parseCase } from "../../fuzz/case.ts";
import { keep } from "../../fuzz/corpus.ts";
import { Dice } from "../../fuzz/dice.ts";
import { makeTargets, TARGET_NAMES } from "../../fuzz/list.ts";
import { cut, mutate } from "../../fuzz/mutate.ts";
import { shrink } from "../../fuzz/shrink.ts";

const MAIN = fileURLToPath(new URL("../../fuzz/main.ts", import.meta.url));
const run = (...args: string[]) => spawnSync(process.execPath, [MAIN, ...args], { encoding: "utf8" });

test("a case is read as it was written, whatever its bytes", () => {
  const packet = fc
    .oneof(fc.uint8Array({ maxLength: 40 }), fc.constant(new Uint8Array(100).fill(0x25)))
    .map((bytes) => Buffer.from(bytes));
  const parts = fc.array(fc.array(packet, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(parts, (made) => {
      const one = { how: "lines", parts: made };
      assert.deepEqual(parseCase(formatCase(one, "why\nit is here"), "a"), one);
    }),
  );
});

test("a file that cannot be read is refused with its place", () => {
  assert.throws(() => parseCase("> a\n> %zz%\n", "x.case"), /x\.case:2: .*zz/);
  assert.throws(() => parseCase("hello\n", "x.case"), /x\.case:1/);
  assert.throws(() => parseCase("# nothing\n", "x.case"), /no part/);
});

test("what is kept is found again under one name", () => {
  const folder = mkdtempSync(join(tmpdir(), "canaduck-fuzz-"));
  try {
    const one = { how: "", parts: [[Buffer.from("a\0b")]] };
    const path = keep("text", one, "because", folder);
    assert.equal(keep("text", one, "another reason", folder), path);
    assert.match(readFileSync(path, "utf8"), /^# another reason\n> a%00%b\n$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("one seed makes one input, another another", () => {
  for (const target of makeTargets(TARGET_NAMES)) {
    const make = (seed: number) => formatCase(target.make(new Dice(seed)), "");
    assert.equal(make(7), make(7), target.name);
    assert.notEqual(make(7), make(8), target.name);
    void target.close?.();
  }
});

test("mutants differ from what they were made of, most of the time, and cutting loses nothing", () => {
  const dice = new Dice(1);
  const from = Buffer.from('{"jsonrpc":"2.0","id":12,"method":"server.ping"}');
  const mutants = dice.times(500, () => mutate(from, dice, () => from));
  assert.ok(mutants.filter((mutant) => !mutant.equals(from)).length > 400);
  for (const mutant of mutants) assert.deepEqual(Buffer.concat(cut(mutant, dice)), mutant);
});

test("what fails is made as small as it can be", async () => {
  const parts = ["one", "two x three", "four"].map((text) => [Buffer.from(text)]);
  const small = await shrink({ how: "", parts }, async (one) => one.parts.some((part) => Buffer.concat(part).includes("x")));
  assert.deepEqual(small.parts, [[Buffer.from("x")]]);
});

test("the command tells how it is used, and what is wrong with a call of it", () => {
  const help = run("--help");
  assert.deepEqual([help.status, help.stderr], [0, ""]);
  for (const name of TARGET_NAMES) assert.ok(help.stdout.includes(name));
  for (const args of [["--target", "frames"], ["--seed", "x"], ["--colour"], ["--replay", "x"]]) {
    const { status, stderr, stdout } = run(...args);
    assert.deepEqual([status, stdout], [2, ""], args.join(" "));
    assert.match(stderr, /^[^\n]*; --help tells more\n$/);
  }
});

test("a run prints its seed and its counts, and ends with 0 when nothing is found", () => {
  const { status, stdout } = run("--target", "text", "--executions", "50", "--seed", "5");
  assert.match(stdout, /^seed 5\ntext: [\d,]+ executions in [\d.]+ s, [\d,]+ a second, server heap \d+ MB, 0 found\n$/);
  assert.equal(status, 0);
});
