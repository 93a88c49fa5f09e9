import assert from "node:assert/strict";
import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { build, stop } from "esbuild";
import type { Outcome } from "../../src/jail/contract.ts";
import { LIMITS } from "./asking.ts";

const folder = mkdtempSync(join(tmpdir(), "jail-"));
const bundle = join(folder, "jail.cjs");
const entry = new URL("../../src/jail/main.ts", import.meta.url).pathname;
await build({
  entryPoints: [entry],
  bundle: true,
  minify: true,
  platform: "node",
  format: "cjs",
  outfile: bundle,
  logLevel: "silent",
});
await stop();
const blob = join(folder, "jail.blob");
execFileSync(process.execPath, ["--snapshot-blob", blob, "--build-snapshot", bundle]);
const children: ChildProcessWithoutNullStreams[] = [];
after(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

const FLAGS = [
  "--disallow-code-generation-from-strings",
  "--disable-proto=delete",
  "--no-experimental-sqlite",
  "--permission",
  "--no-warnings",
];
/** Never ends: a comparison that lies. What is not written before it begins is never written. */
const ENDLESS = "partitionSelect([1, 2], 1, f(a, b) = a)";
const START = `${JSON.stringify({ start: LIMITS })}\n`;
const job = (id: number, expression: string): string => `${JSON.stringify({ id, expression })}\n`;

function startJail(): { child: ChildProcessWithoutNullStreams; next(): Promise<Partial<Outcome> & { ready?: unknown }> } {
  const child = spawn(process.execPath, ["--snapshot-blob", blob, ...FLAGS], { env: {}, stdio: "pipe" });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Partial<Outcome>> => {
    const line = await lines.next();
    return line.done ? {} : JSON.parse(line.value);
  };
  return { child, next };
}

test("answers ready, then every job in order; ends with its input", async () => {
  const { child, next } = startJail();
  child.stdin.write(START);
  assert.ok((await next()).ready);
  const ids = Array.from({ length: 1_000 }, (_, at) => at);
  child.stdin.end(ids.map((id) => job(id, id % 7 === 0 ? "nope(" : `${id} + 1`)).join(""));
  for (const id of ids) {
    const outcome = await next();
    assert.equal(outcome.id, id);
    assert.equal(outcome.value?.value ?? outcome.failure?.name, id % 7 === 0 ? "syntax_error" : id + 1);
  }
  assert.deepEqual(await once(child, "exit"), [0, null]);
});

test("lines arrive in any pieces, letters cut in two, and longer than any buffer", async () => {
  const { child, next } = startJail();
  const long = `{"id":2,"expression":"x","variables":{"x":"{\\"v\\":\\"${"é".repeat(50_000)}\\"}"},"resultBytesMax":1000000}\n`;
  const bytes = Buffer.from(`${START}${job(1, '"é" # ü')}${long}${job(3, "1+1")}`);
  for (let at = 0; at < bytes.length; at += 4_093) child.stdin.write(bytes.subarray(at, at + 4_093));
  assert.ok((await next()).ready);
  assert.equal((await next()).value?.text, "é");
  assert.equal((await next()).value?.text.length, 50_000);
  assert.equal((await next()).value?.value, 2);
});

test("a short job is answered in short where it is a number, and the long way otherwise", async () => {
  const { child } = startJail();
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => String((await lines.next()).value);
  child.stdin.write(START);
  await next();
  const variables = '{"x":-2.5,"price":4}';
  const jobs = ["\t1 / 4", "\t1 / 3", `${variables}\tprice * x`, `#300${variables}\t[price, x]`, "\tnope", "#40\t[1, 2, 3, 4]"];
  child.stdin.write(jobs.map((rest, at) => `00000000000${at}${rest}\n`).join(""));
  assert.match(await next(), /^000000000000\t\d+\t0\.25$/);
  assert.match(await next(), /^000000000001\t\d+\t0\.3333333333333333\t0\.33333333333333$/);
  assert.match(await next(), /^000000000002\t\d+\t-10$/);
  assert.deepEqual(JSON.parse(await next()).value.value.data, [4, -2.5]);
  assert.deepEqual([4, "unknown_symbol"], Object.values(pick(JSON.parse(await next()))));
  assert.deepEqual([5, "result_too_large"], Object.values(pick(JSON.parse(await next()))));
});

const pick = ({ id, failure }: Partial<Outcome>) => ({ id, name: failure?.name });

test("answers are out before a job that may take long begins", { timeout: 30_000 }, async () => {
  const { child, next } = startJail();
  const cheap = Array.from({ length: 300 }, (_, id) => job(id, "1+1"));
  child.stdin.write(`${START}${cheap.join("")}${job(300, ENDLESS)}`);
  assert.ok((await next()).ready);
  for (const id of cheap.keys()) assert.equal((await next()).id, id);
  child.kill("SIGKILL");
});

test("every process of one snapshot draws its own random numbers", async () => {
  const draws = await Promise.all(
    [startJail(), startJail()].map(async ({ child, next }) => {
      child.stdin.end(`${START}${job(1, "random([3])")}`);
      await next();
      return (await next()).value?.text;
    }),
  );
  assert.notEqual(draws[0], draws[1]);
});

for (const [what, lines] of [
  ["a job before start", job(1, "1")],
  ["no JSON", `${START}{nonsense\n`],
  ["a short job without an expression", `${START}000000000000\n{"id":1,"expression":"\t1"}\n`],
  ["a job without expression", `${START}{"id":1}\n`],
  ["limits missing", '{"start":{"nodesMax":1}}\n'],
] as const) {
  test(`${what} ends the process with its own status`, async () => {
    const { child } = startJail();
    child.stdin.write(lines);
    assert.deepEqual(await once(child, "exit"), [76, null]);
  });
}
