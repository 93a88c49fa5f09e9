/** The log of a real server: that the server outlives whoever should read it, and what its lines say and do not say. */
import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, readSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type TestContext, test } from "node:test";
import { openLog } from "../src/log.ts";
import { BIN } from "./cli/running.ts";

type Stdio = "pipe" | "ignore" | number;

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "canaduck-log-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A server on a Unix socket, so that nobody has to read where it listens. */
function serve(t: TestContext, folder: string, output: [Stdio, Stdio], ...more: string[]): { child: ChildProcess; path: string } {
  const path = join(folder, "s");
  const args = [BIN, "serve", "--listen", `unix:${path}`, "--history", "memory:", ...more];
  const child = spawn(process.execPath, args, { stdio: ["ignore", ...output] });
  t.after(() => child.kill("SIGKILL"));
  return { child, path };
}

/** What the server answers to one line typed on a connection of its own. */
async function ask(path: string, line: string): Promise<string> {
  const untilMs = performance.now() + 20_000;
  while (performance.now() < untilMs) {
    if (existsSync(path)) {
      const socket = connect({ path });
      socket.end(`${line}\n`);
      const said = await text(socket).catch(() => "");
      if (said !== "") return said;
    }
    await new Promise((go) => setTimeout(go, 20));
  }
  assert.fail("no server answers");
}

async function leaves(child: ChildProcess): Promise<void> {
  child.kill("SIGTERM");
  if (child.exitCode === null) await once(child, "exit");
  assert.deepEqual([child.exitCode, child.signalCode], [0, null]);
}

/** Kills a process that may be gone already. */
function stop(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It is.
  }
}

/** Share of one processor a process takes while nobody asks it anything. */
async function idleShare(pid: number): Promise<number> {
  const ticks = () => {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /, "")
      .split(" ");
    return Number(fields[11]) + Number(fields[12]);
  };
  const [before, sinceMs] = [ticks(), performance.now()];
  while (performance.now() - sinceMs < 1000) await new Promise((go) => setTimeout(go, 50));
  return ((ticks() - before) * 10) / (performance.now() - sinceMs);
}

const NOISY = ["--log-level", "trace", "--slow-call-ms", "0"];

async function livesOn(path: string, child: ChildProcess): Promise<void> {
  for (let i = 0; i < 20; i++) assert.equal(await ask(path, `${i} + 1`), `= ${i + 1}\n`);
  if (process.platform === "linux") assert.ok((await idleShare(child.pid ?? 0)) < 0.3, "it is busy with its log");
  await leaves(child);
}

test("a closed log pipe does not stop the server", { timeout: 60_000 }, async (t) => {
  const { child, path } = serve(t, folderFor(t), ["pipe", "pipe"], ...NOISY);
  // As `canaduck serve 2>&1 | head -1` would, at the worst of times: before the first line.
  child.stdout?.destroy();
  child.stderr?.destroy();
  await livesOn(path, child);
});

test("a log pipe that is closed after its first line does not stop the server", { timeout: 60_000 }, async (t) => {
  const folder = folderFor(t);
  const command = `'${process.execPath}' '${BIN}' serve --listen unix:${folder}/s --history memory: ${NOISY.join(" ")} 2>&1 & echo $! >&3; wait`;
  const child = spawn("sh", ["-c", `{ ${command}; } | head -1`], { stdio: ["ignore", "pipe", "inherit", "pipe"] });
  const [pid, first] = await Promise.all([once(child.stdio[3] ?? child, "data"), once(child.stdout ?? child, "data")]);
  assert.match(String(first), /^.+\n$/);
  t.after(() => stop(Number(pid)));
  for (let i = 0; i < 20; i++) assert.equal(await ask(join(folder, "s"), `${i} + 1`), `= ${i + 1}\n`);
  process.kill(Number(pid), "SIGTERM");
  await once(child, "close");
  assert.throws(() => process.kill(Number(pid), 0), { code: "ESRCH" });
});

test("a full disk under the log does not stop the server", { timeout: 60_000 }, async (t) => {
  if (!existsSync("/dev/full")) return t.skip("there is no /dev/full");
  const full = openSync("/dev/full", "w");
  t.after(() => closeSync(full));
  const { child, path } = serve(t, folderFor(t), [full, full], ...NOISY);
  await livesOn(path, child);
});

test("a fatal line to a full disk does not hold the end of the server up", { timeout: 60_000 }, async (t) => {
  if (!existsSync("/dev/full")) return t.skip("there is no /dev/full");
  const full = openSync("/dev/full", "w");
  t.after(() => closeSync(full));
  const program = `import { openLog } from ${JSON.stringify(new URL("../src/log.ts", import.meta.url).href)}; openLog("info").fatal("the end"); process.exit(3);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], { stdio: ["ignore", full, full] });
  const [status] = await once(child, "exit");
  assert.equal(status, 3);
});

test("a reader that sleeps costs lines, which are counted, and nothing else", { timeout: 60_000 }, async (t) => {
  const folder = folderFor(t);
  const fifo = join(folder, "fifo");
  execFileSync("mkfifo", [fifo]);
  const reader = openSync(fifo, "r+");
  t.after(() => closeSync(reader));
  const { child, path } = serve(t, folder, ["ignore", reader], ...NOISY);
  // A pipe holds 64 KiB; each connection is a line of more than 64 bytes.
  for (let i = 0; i < 1200; i++) assert.equal(await ask(path, `${i} + 1`), `= ${i + 1}\n`);
  const heard = Buffer.alloc(1024 * 1024);
  let length = readSync(reader, heard);
  await ask(path, "1 + 1");
  await leaves(child);
  length += readSync(reader, heard, { offset: length });
  const lines = heard.toString("utf8", 0, length).trimEnd().split("\n");
  const lost = lines.map((line): number => JSON.parse(line).lost ?? 0).reduce((sum, count) => sum + count, 0);
  assert.ok(lost > 0 && lines.length > 100, `${lines.length} lines, ${lost} lost`);
});

test("lines about calls tell which, and never what", { timeout: 60_000 }, async (t) => {
  const folder = folderFor(t);
  const { child, path } = serve(t, folder, ["ignore", "pipe"], ...NOISY);
  const said = text(child.stderr ?? assert.fail());
  await ask(path, "secretname = 123454321");
  const session = await ask(path, "/session");
  const token = /\/resume (\S+)/.exec(session)?.[1] ?? assert.fail();
  await ask(path, `/resume ${token}`);
  const login = `ckt_${"0".repeat(16)}_${"5ec7e7".repeat(10)}5ec7`;
  await ask(path, `/login ${login}`);
  await ask(path, `/login ${login}`.toUpperCase().replace("/LOGIN", "/login"));
  await ask(path, `{"jsonrpc":"2.0","id":"secretid","method":"secretmethod","params":{"secretparam":1}}`);
  await ask(path, "secretname(");
  await leaves(child);
  const log = await said;
  assert.doesNotMatch(log, /secret|123454321/);
  assert.ok(!log.includes(token), "the token stands in the log");
  assert.doesNotMatch(log, /5ec7e7/i);
  const lines = log
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const slow = lines.filter(({ msg }) => msg === "slow call");
  const { connection, principal, call, method, lane, elapsedMs, us, outcome } = slow[0];
  assert.deepEqual([connection, call, method, lane, outcome], [1, 1, "calc.evaluate", "eval", "ok"]);
  assert.ok(elapsedMs >= 0 && us > 0 && principal.length === 22);
  assert.deepEqual(
    slow.map((line) => [line.method, line.outcome]),
    [
      ["calc.evaluate", "ok"],
      ["session.open", "ok"],
      ["session.info", "ok"],
      ["session.open", "ok"],
      ["session.open", "unauthenticated"],
      ["session.open", "unauthenticated"],
      ["other", "method_not_found"],
      ["calc.evaluate", "syntax_error"],
    ],
  );
});

test("slow calls without end get ten lines a second", { timeout: 60_000 }, async (t) => {
  const folder = folderFor(t);
  const { child, path } = serve(t, folder, ["ignore", "pipe"], "--slow-call-ms", "0");
  const said = text(child.stderr ?? assert.fail());
  await ask(path, Array.from({ length: 300 }, (_, i) => `${i} + 1`).join("\n"));
  while (!(await ask(path, "/ping")).includes("pong"));
  await leaves(child);
  const slow = (await said).split("\n").filter((line) => line.includes("slow call")).length;
  assert.ok(slow > 0 && slow < 200, `${slow} lines for 301 calls`);
});

test("secrets and quoted input are left out wherever they stand", async (t) => {
  const program = `
    import { openLog } from ${JSON.stringify(new URL("../src/log.ts", import.meta.url).href)};
    const log = openLog("info");
    log.info({ resumeToken: "s3cret", session: { token: "s3cret", expression: "s3cret" }, params: ["s3cret"] }, "a");
    try { JSON.parse("s3cret"); } catch (err) { log.error({ err }, "b"); }
    log.error({ err: new TypeError("a bug", { cause: new SyntaxError("s3cret") }) }, "c");
    log.error({ err: new Error("no ckt_0123456789abcdef_${"5ec7".repeat(16)}") }, "ckt_0123456789abcdef_${"5ec7".repeat(16)}");`;
  const child = spawn(process.execPath, ["--disallow-code-generation-from-strings", "--input-type=module", "--eval", program], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  t.after(() => child.kill("SIGKILL"));
  const said = await text(child.stderr);
  assert.doesNotMatch(said, /s3cret|5ec7/);
  const [a, b, c, d] = said
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.equal(a.session.token, "[redacted]");
  assert.equal(b.err.type, "SyntaxError");
  assert.deepEqual([c.err.message, c.err.cause.type], ["a bug", "SyntaxError"]);
  assert.ok(b.err.at.length > 0);
  assert.deepEqual([d.err.message, d.msg], ["no ckt_0123456789abcdef_[redacted]", "ckt_0123456789abcdef_[redacted]"]);
});

test("a level that is off says nothing", () => {
  assert.equal(openLog("silent").isLevelEnabled("fatal"), false);
  assert.equal(openLog("warn").isLevelEnabled("info"), false);
});
