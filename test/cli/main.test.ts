/** The command line itself: help, mistakes, and the wrapper that starts the program. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { type TestContext, test } from "node:test";
import about from "../../package.json" with { type: "json" };
import type { Speaker } from "../client/speaker.ts";
import { openCalculator } from "./calculator.ts";
import { run, start } from "./running.ts";

/** As on a Node that cannot replace a process. */
const WRAPPED = ["--import", "data:text/javascript,process.execve = undefined"];

/** A server that is gone after the test, however it ends; so is then whoever waits for its answer. */
async function serve(t: TestContext): Promise<Speaker> {
  const server = await openCalculator();
  t.after(() => server.close());
  return server;
}

const MISTAKES: [string[], RegExp][] = [
  [["clac"], /unknown command 'clac'\n\(Did you mean calc\?\)\nTo evaluate an expression: canaduck calc/],
  [["--nonsense"], /unknown option '--nonsense'/],
  [["calc", "--jsn", "2"], /unknown option '--jsn'\n\(Did you mean --json\?\)/],
  [["serve", "--lisen", "x"], /unknown option '--lisen'\n\(Did you mean --listen\?\)/],
  [["history", "verfy"], /unknown command 'verfy'\n\(Did you mean verify\?\)/],
  [["calc", "--precision", "0", "2"], /whole number from 1 to 1000/],
  [["calc", "--number", "int", "2"], /Allowed choices are number, BigNumber/],
  [["calc", "--connect", "localhost:1", "2"], /canaduck: not an address: "localhost:1"/],
  [["serve", "--evaluators", "none"], /canaduck: evaluators: "none" from --evaluators/],
  [["serve", "extra"], /too many arguments/],
];

for (const [args, why] of MISTAKES) {
  test(`canaduck ${args.join(" ")}: 64`, async () => {
    const ran = await run(args);
    assert.match(ran.stderr, why);
    assert.deepEqual([ran.status, ran.stdout], [64, ""]);
  });
}

test("help and version go to stdout", async () => {
  assert.deepEqual(await run(["--version"]), { status: 0, stdout: `${about.version}\n`, stderr: "" });
  for (const [args, part] of [
    [["--help"], "Exit status:"],
    [["calc", "--help"], "--json"],
    [["help", "serve"], "--listen"],
  ] as const) {
    const ran = await run([...args]);
    assert.deepEqual([ran.status, ran.stderr], [0, ""]);
    assert.ok(ran.stdout.includes(part));
  }
});

test("the wrapper forwards output and exit status", async (t) => {
  const server = await serve(t);
  const ran = await run(["calc", "--connect", server.url, "1 + sqr(2)"], { nodeFlags: WRAPPED });
  assert.equal(ran.status, 65);
  assert.match(ran.stderr, /sqr/);
});

test("the wrapper forwards a signal and ends with 128 and its number", async (t) => {
  const server = await serve(t);
  const child = start(["calc", "--connect", server.url, "never"], { nodeFlags: WRAPPED });
  await server.hears("calc.evaluate");
  child.kill("SIGTERM");
  const [status, signal] = await once(child, "close");
  assert.deepEqual([status, signal], [143, null]);
});

test("the program does not outlive a wrapper that was killed", async (t) => {
  const server = await serve(t);
  const child = start(["calc", "--connect", server.url, "never"], { nodeFlags: WRAPPED });
  await server.hears("calc.evaluate");
  const [socket] = server.sockets;
  assert.ok(socket !== undefined);
  const gone = once(socket, "close");
  child.kill("SIGKILL");
  await gone;
});

test("where a process can be replaced there is no wrapper", async (t) => {
  const server = await serve(t);
  const child = start(["calc", "--connect", server.url, "never"]);
  await server.hears("calc.evaluate");
  child.kill("SIGTERM");
  const [status, signal] = await once(child, "close");
  // A wrapper would have turned the signal into the status 143.
  assert.deepEqual([status, signal], [null, "SIGTERM"]);
});

const PAGES: readonly string[][] = [
  [],
  ["serve"],
  ["calc"],
  ["history"],
  ["history", "verify"],
  ["history", "export"],
  ["token"],
  ["token", "create"],
  ["selfcheck"],
];

test("each page says what the command does, how it ends, and shows it; it is as wide as the terminal", async () => {
  for (const words of PAGES) {
    const { stdout } = await run([...words, "--help"], { env: { COLUMNS: "70" } });
    for (const part of ["Usage:", "Options:", "Examples:", "Exit status:", "See also:"])
      assert.ok(stdout.includes(part), `${words}: ${part}`);
    const broad = stdout.split("\n").filter((line) => line.length > 70 && !/^ *\$ |^Usage:/.test(line));
    assert.deepEqual(broad, [], `of ${words.join(" ")}`);
  }
  const long = (columns: string) => run(["calc", "--help"], { env: { COLUMNS: columns } });
  assert.notEqual((await long("60")).stdout, (await long("120")).stdout);
  assert.equal((await long("80")).stdout, (await run(["calc", "--help"])).stdout);
});

test("help tells units, bounds and defaults of every setting", async () => {
  const { stdout } = await run(["help", "serve"], { env: { COLUMNS: "400" } });
  assert.match(stdout, /--evaluate-ms <N>\n.*From 10 to 5000\. Default 250 ms\./);
  assert.match(stdout, /--jail <MODE>\n.*\(choices: "require", "prefer", "off"\)$/m);
});

test("colours are for terminals, unless NO_COLOR or FORCE_COLOR says otherwise", async (t) => {
  const server = await serve(t);
  const fail = (env: NodeJS.ProcessEnv) => run(["calc", "--connect", server.url, "1 + sqr(2)"], { env });
  assert.equal((await fail({})).stderr.includes("\u001b"), false);
  assert.equal((await fail({ FORCE_COLOR: "1" })).stderr.includes("\u001b[31m"), true);
  assert.equal((await fail({ NO_COLOR: "1" })).stderr.includes("\u001b"), false);
});
