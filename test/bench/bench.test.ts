/** The benchmark runs, its peers answer what mathjs answers, and a wrong answer would be seen. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { readTree, usBetween } from "../../bench/cpu.ts";
import { formatTables, formatVerdicts, type Results } from "../../bench/report.ts";

const main = fileURLToPath(new URL("../../bench/main.ts", import.meta.url));

test("a short run measures every workload and finds every answer right", () => {
  const args = [
    "--rounds",
    "1",
    "--calls",
    "64",
    "--warm",
    "0.1",
    "--shapes",
    "64x1",
    "--only",
    "echo,relay,journal,jayson,json-rpc-2.0,workerpool,canaduck",
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: "utf8" });
  assert.equal(status, 0, stdout + stderr);
  for (const workload of ["UNIQUE", "FORMULA", "REPEAT", "MIX"]) {
    for (const target of ["echo", "relay", "journal", "jayson", "json-rpc-2.0", "workerpool", "canaduck"]) {
      assert.match(stdout, new RegExp(`^\\| ${workload} \\| ${target} \\| \\d+\\.\\d `, "m"));
    }
  }
  assert.match(stdout, /UNIQUE, depth 64: \d\.\d+ of jayson/);
});

test("what a process has cost does not get lost when it ends", async () => {
  const before = readTree(process.pid);
  const burn = "const end = process.cpuUsage().user + 300_000; while (process.cpuUsage().user < end);";
  assert.equal(spawnSync(process.execPath, ["-e", burn]).status, 0);
  assert.ok(usBetween(before, readTree(process.pid)) >= 300_000);
});

test("a wrong answer and a missed goal are told", () => {
  const sample = (cpuUs: number, wrong: number) => [{ cpuUs, wrong, callsPerSecond: 1, p50Ms: 1, p99Ms: 1 }];
  const samples = new Map([
    ["canaduck", sample(10, 2)],
    ["jayson", sample(20, 0)],
  ]);
  const results: Results = [{ workload: "UNIQUE", shape: { depth: 64, connections: 1 }, samples }];
  assert.match(formatTables(results), /\| UNIQUE \| canaduck, 2 WRONG \| 10\.0 /);
  assert.equal(formatVerdicts(results), "UNIQUE, depth 64: 0.500 of jayson, wanted at most 0.25: missed\n");
});
