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
  [["calc", "--jsn", "2"], /unknown option '--jsn'/],
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
