/**
 * `npm run conformance` as a person runs it: against Canaduck, where all must pass, and against two servers of others as
 * the control, whose counts are on docs/CONFORMANCE.md.
 */
import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Survey } from "../../scripts/conformance/survey.ts";
import { assertKept } from "../kept.ts";
import { type Running, start } from "../system/running.ts";

const PAGE = new URL("../../docs/CONFORMANCE.md", import.meta.url);
const SUBTRACT = ["--method", "subtract", "--params", "[42,23]", "--params", '{"minuend":42,"subtrahend":23}'];

type Ran = { status: number; stdout: string; stderr: string };

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const script = fileURLToPath(new URL("../../scripts/conformance.ts", import.meta.url));
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [script, ...args],
      { env: { PATH: process.env["PATH"], ...env } },
      (_, stdout, stderr) => {
        resolve({ status: child.exitCode ?? -1, stdout, stderr });
      },
    );
  });
}

async function surveyOf(port: number, args: readonly string[]): Promise<Survey & { status: number }> {
  // A server under test of a crowded machine may be slow; an answer that never comes is what costs the patience.
  const { status, stdout, stderr } = await run(["--target", `127.0.0.1:${port}`, "--json", "--patience", "4000", ...args]);
  assert.ok(status < 2, stderr);
  return { ...JSON.parse(stdout), status };
}

/** A server of somebody else in a process of its own, and its port. */
async function host(name: string): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(`hosts/${name}.ts`, import.meta.url))], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  assert.ok(child.stdout);
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return { child, port: Number(String(line).replace("listening on ", "")) };
}

let running: Running;
before(async () => {
  running = await start();
});
after(() => running.close());

for (const framing of ["lines", "crlf", "headers"]) {
  test(`Canaduck passes every neutral case over ${framing}`, async () => {
    const { status, passed, total, failures } = await surveyOf(running.port, ["--framing", framing]);
    assert.deepEqual(failures, []);
    assert.ok(passed === total && total > 200, `${passed} of ${total}`);
    assert.equal(status, 0);
  });
}

test("the controls come to the counts on docs/CONFORMANCE.md", async () => {
  const surveys: [string, Survey][] = [["Canaduck", await surveyOf(running.port, [])]];
  for (const [title, name] of [
    ["jayson", "jayson"],
    ["json-rpc-2.0", "json-rpc-2"],
  ] as const) {
    const { child, port } = await host(name);
    const found = await surveyOf(port, SUBTRACT);
    child.kill();
    assert.equal(found.status, 1);
    surveys.push([`${title} ${versionOf(title)}`, found]);
  }
  const page = readFileSync(PAGE, "utf8");
  const [head, tail] = [page.slice(0, page.indexOf("<!-- counts -->")), page.slice(page.indexOf("<!-- end -->"))];
  assertKept(PAGE, `${head}<!-- counts -->\n${tableOf(surveys)}${tail}`);
});

function versionOf(name: string): string {
  const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return manifest.devDependencies[name];
}

function tableOf(surveys: readonly [string, Survey][]): string {
  const head = `| clause | ${surveys.map(([name]) => name).join(" | ")} |\n|---|${"---|".repeat(surveys.length)}\n`;
  const clauses = surveys[0]?.[1].clauses ?? [];
  const rows = clauses.map(({ clause }) => {
    const cells = surveys.map(([, found]) => {
      const row = found.clauses.find((one) => one.clause === clause);
      return `${row?.passed} of ${row?.total}`;
    });
    return `| ${clause} | ${cells.join(" | ")} |\n`;
  });
  const sums = surveys.map(([, { passed, total }]) => `**${passed} of ${total}**`);
  return `${head}${rows.join("")}| all | ${sums.join(" | ")} |\n`;
}

test("the report is for people, with the exchanges that failed, and colours where they are wanted", async () => {
  const { child, port } = await host("json-rpc-2");
  const args = ["--target", `127.0.0.1:${port}`, ...SUBTRACT, "--failures", "1"];
  const plain = await run(args, { NO_COLOR: "1" });
  const painted = await run(args, { FORCE_COLOR: "1" });
  child.kill();
  assert.match(plain.stdout, /^ok +18 of 18 {2}JSON-RPC 2\.0, 4 Request object: jsonrpc$/m);
  assert.match(
    plain.stdout,
    /^1040 method must be a string, not 1 \(test\/wire\/01-envelope\.wire:\d+\)\n {2}> .*\n {2}< .*\n {2}no reply was: /m,
  );
  assert.match(plain.stdout, /^\d+ of \d+ cases passed$/m);
  assert.equal(plain.stdout.includes("\u001b["), false);
  assert.ok(painted.stdout.includes("\u001b[31mFAILED"));
});

test("params that the server is not said to have are not asked for", async () => {
  const { untried, total } = await surveyOf(running.port, ["--params", "[1]"]);
  assert.ok(untried > 0 && untried < 10 && total > 200, `${untried} of ${total}`);
});

test("what cannot be asked is said in one sentence, with exit status 2", async () => {
  const target = ["--target", `127.0.0.1:${running.port}`];
  const rows: [readonly string[], RegExp][] = [
    [[], /--target is missing/],
    [["--target", "nowhere"], /HOST:PORT or unix:PATH/],
    [[...target, "--framing", "smoke"], /no framing smoke/],
    [[...target, "--params", "1"], /array or an object/],
    [[...target, "--patience", "long"], /whole number/],
    [[...target, "--colour"], /Unknown option/],
    [[...target, "--method", "subtract"], /does not answer a plain call/],
    [["--target", "127.0.0.1:1"], /ECONNREFUSED/],
  ];
  for (const [args, message] of rows) {
    const { status, stdout, stderr } = await run(args);
    assert.deepEqual([status, stdout], [2, ""], args.join(" "));
    assert.match(stderr, message);
  }
  const help = await run(["--help"]);
  assert.equal(help.status, 0);
  assert.match(help.stdout, /--target HOST:PORT/);
});
