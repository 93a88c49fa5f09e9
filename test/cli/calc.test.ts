/** `canaduck calc` as scripts use it: the real program, pipes, exit statuses. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { freePort, type Speaker } from "../client/speaker.ts";
import { openCalculator } from "./calculator.ts";
import { collect, run, start } from "./running.ts";

let server: Speaker;
before(async () => {
  server = await openCalculator();
});
after(() => server.close());

const calc = (args: string[], input?: string) =>
  run(["calc", "--connect", server.url, ...args], input === undefined ? {} : { input });

test("one answer on stdout and nothing else", async () => {
  assert.deepEqual(await calc(["2+2"]), { status: 0, stdout: "4\n", stderr: "" });
});

test("several arguments are one expression, also when it begins with a minus", async () => {
  assert.deepEqual(await calc(["x", "=", "3"]), { status: 0, stdout: "3\n", stderr: "" });
  assert.deepEqual(await calc(["-2^2"]), { status: 0, stdout: "-4\n", stderr: "" });
  assert.deepEqual(await calc(["--", "--json"]), { status: 0, stdout: "--json\n", stderr: "" });
});

test("an error says what, shows where and suggests", async () => {
  const lines = [
    "canaduck: There is no function sqr. (unknown_function)",
    "  1 + sqr(2)",
    "      ^^^",
    "  did you mean sqrt, square?",
    "",
  ];
  assert.deepEqual(await calc(["1 + sqr(2)"]), { status: 65, stdout: "", stderr: lines.join("\n") });
});

const STATUSES: [string, number][] = [
  ["busy", 75],
  ["bug", 70],
  ["nonsense", 70],
  ["hang up", 69],
];

for (const [expression, status] of STATUSES) {
  test(`"${expression}" ends with ${status}`, async () => {
    const ran = await calc([expression]);
    assert.equal(ran.status, status);
    assert.equal(ran.stdout, "");
    assert.match(ran.stderr, /^canaduck: .+\n$/);
  });
}

test("what the server sends cannot steer the terminal", async () => {
  const ran = await calc(["evil"]);
  assert.deepEqual(ran, { status: 0, stdout: '"\\u001b[2Jx\ny\\u202e"\n', stderr: "canaduck: note: \\u0007ding\n" });
});

test("settings travel with the call", async () => {
  await calc(["--number", "BigNumber", "--precision", "30", "77"]);
  const heard = server.heard.find(({ params }) => params["expression"] === "77");
  assert.deepEqual(heard?.params, { expression: "77", number: "BigNumber", precision: 30 });
});

test("line N of the output answers line N of the input", async () => {
  const ran = await calc([], "# a comment\n2+2\r\n\n1 + sqr(2)\nx = 3\nevil");
  assert.equal(ran.status, 65);
  assert.equal(ran.stdout, '\n4\n\n\n3\n"\\u001b[2Jx\\ny\\u202e"\n');
  assert.match(ran.stderr, /^canaduck: line 4: There is no function sqr\. \(unknown_function\)\n {2}1 \+ sqr\(2\)\n/);
});

test("--json prints one object for each answer", async () => {
  const ran = await calc(["--json"], "2+2\n\n1 + sqr(2)\n");
  const [first, second, ...more] = ran.stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual(first, { line: 1, expression: "2+2", type: "number", value: 4, text: "4", seq: 1 });
  assert.equal(second.line, 3);
  assert.equal(second.error.name, "unknown_function");
  assert.equal(second.error.data.position.column, 5);
  assert.deepEqual(more, []);
  assert.deepEqual([ran.status, ran.stderr], [65, ""]);
});

test("thousands of lines are answered in order", async () => {
  const lines = Array.from({ length: 5000 }, (_, at) => `${at}\n`).join("");
  assert.deepEqual(await calc([], lines), { status: 0, stdout: lines, stderr: "" });
});

test("an answer is printed as soon as it is there, not when the input ends", async () => {
  const child = start(["calc", "--connect", server.url]);
  child.stdin?.write("2+2\n");
  const [first] = child.stdout === null ? [] : await once(child.stdout, "data");
  assert.equal(String(first), "4\n");
  child.stdin?.end();
  await once(child, "close");
});

test("when the connection is lost nothing after it is evaluated", async () => {
  const ran = await calc([], "2+2\nhang up\n5\n6\n");
  assert.equal(ran.status, 69);
  assert.equal(ran.stdout.startsWith("4\n"), true);
  assert.doesNotMatch(ran.stdout, /[56]/);
  assert.match(ran.stderr, /^canaduck: line 2: the connection was lost.*\n$/);
});

test("a line far too long fails alone", async () => {
  const ran = await calc([], `${"1+".repeat(200_000)}1\n2+2\n`);
  assert.deepEqual([ran.status, ran.stdout], [65, "\n4\n"]);
  assert.match(ran.stderr, /^canaduck: line 1: .*\(request_too_large\)\n$/);
});

test("a closed stdout is no failure", async () => {
  const child = start(["calc", "--connect", server.url]);
  const stderr = collect(child.stderr);
  child.stdin?.on("error", () => undefined);
  child.stdout?.once("data", () => {
    child.stdout?.destroy();
    child.stdin?.write("3\n4\n5\n");
  });
  child.stdin?.write("2+2\n");
  const [status] = await once(child, "close");
  assert.deepEqual([status, stderr()], [0, ""]);
});

test("a server that comes later is waited for, and the wait is told", async () => {
  const port = await freePort();
  const url = `tcp://127.0.0.1:${port}`;
  const child = start(["calc", "--connect", url, "2+2"]);
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  if (child.stderr !== null) await once(child.stderr, "data");
  const late = await openCalculator(port);
  const [status] = await once(child, "close");
  assert.deepEqual([status, stdout()], [0, "4\n"]);
  assert.equal(stderr(), `canaduck: waiting for canaduck at ${url} (connection refused)\n`);
  await late.close();
});

test("--no-wait does not wait", async () => {
  const url = `tcp://127.0.0.1:${await freePort()}`;
  const ran = await run(["calc", "--no-wait", "--connect", url, "2+2"]);
  const stderr = `canaduck: no server answers at ${url}: connection refused (not_reachable)\n`;
  assert.deepEqual(ran, { status: 69, stdout: "", stderr });
});

test("the server's address can come from the environment", async () => {
  assert.equal((await run(["calc", "2+2"], { env: { CANADUCK_CONNECT: server.url } })).stdout, "4\n");
});

test("without a terminal the bare command works like calc", async () => {
  assert.deepEqual(await run(["--connect", server.url], { input: "2+2\n" }), { status: 0, stdout: "4\n", stderr: "" });
});
