/** Signals to the real command: reload, drain, stop at once; also before it listens; and nothing of it is left afterwards. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type TestContext, test } from "node:test";
import { type Desk, openDesk } from "../access/fixture.ts";
import { until } from "../until.ts";
import { Line } from "./running.ts";

const BIN = join(import.meta.dirname, "../../bin/canaduck.js");
const BOMB = "f(n) = n < 1 ? 0 : f(n - 1) + f(n - 1); f(60)";

function launch(t: TestContext, { folder, tokens }: Desk, ...flags: string[]) {
  const settings = ["--history", `sqlite:${folder}/history.db`, "--tokens", tokens, ...flags];
  const args = [BIN, "serve", "--listen", "tcp://127.0.0.1:0", "--listen", `unix:${folder}/s.sock`, ...settings];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  t.after(() => child.kill("SIGKILL"));
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    log += chunk;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { child, lines, log: () => log };
}

async function listening(lines: AsyncIterator<string>): Promise<number> {
  const { value } = await lines.next();
  await lines.next();
  return Number(/:(\d+)$/.exec(value ?? "")?.[1]);
}

async function ended(child: ChildProcess): Promise<number | NodeJS.Signals | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.signalCode ?? child.exitCode;
}

/** Every process below `pid`, however deep: number and command line. */
async function below(pid: number): Promise<Map<number, string>> {
  const parents = new Map<number, number>();
  for (const name of await readdir("/proc")) {
    const stat = /^\d+$/.test(name) ? await readFile(`/proc/${name}/stat`, "utf8").catch(() => "") : "";
    if (stat !== "") parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 4).split(" ")[0]));
  }
  const found = new Map<number, string>();
  const queue = [pid];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    for (const [child, parent] of parents) {
      if (parent !== at || found.has(child)) continue;
      found.set(child, await commandOf(child));
      queue.push(child);
    }
  }
  return found;
}

/** Empty once the process is gone; a zombie has no command line either. */
async function commandOf(pid: number): Promise<string> {
  return await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
}

/** Hundredths of a second of processor time. */
async function ticksOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[11] ?? 0);
}

/** Waits until a process below `pid`, also one it starts meanwhile, is deep in work: no longer listening to anybody. */
async function burning(pid: number): Promise<void> {
  const before = new Map<number, number>();
  await until(async () => {
    for (const child of (await below(pid)).keys()) {
      const ticks = await ticksOf(child);
      const first = before.get(child);
      if (first === undefined) before.set(child, ticks);
      else if (ticks > first + 20) return true;
    }
    return false;
  });
}

/** Waits until they are gone: the kernel takes a moment with those that were killed. */
async function gone(processes: Map<number, string>): Promise<void> {
  for (const [pid, command] of processes) await until(async () => command === "" || (await commandOf(pid)) !== command);
}

test("SIGHUP takes new tokens and cuts no connection", { timeout: 180_000 }, async (t) => {
  const desk = openDesk(t);
  const alice = desk.issue("alice", "user");
  const { child, lines, log } = launch(t, desk);
  const line = await Line.to(await listening(lines));
  assert.equal((await line.call("session.open", { token: alice })).result.name, "alice");
  const bob = desk.issue("bob", "operator");
  desk.revoke("alice");
  child.kill("SIGHUP");
  await until(() => log().includes("tokens read anew"));
  assert.equal((await line.calc("1+1")).error.data.name, "unauthenticated");
  assert.equal((await line.call("session.open", { token: bob })).result.role, "operator");
  assert.equal((await line.calc("1+1")).result.text, "2");
  child.kill("SIGTERM");
  assert.equal(await ended(child), 0);
  for (const token of [alice, bob]) assert.ok(!log().includes(token.slice(21, 40)));
});

test("a second SIGTERM stops at once and leaves no jailed process, however deep in work", { timeout: 180_000 }, async (t) => {
  const desk = openDesk(t);
  for (const jail of ["prefer", "off"]) {
    const { child, lines, log } = launch(t, desk, "--evaluate-ms", "5000", "--jail", jail, "--drain-ms", "600000");
    const line = await Line.to(await listening(lines));
    for (let id = 0; id < 4; id++) line.send(`{"jsonrpc":"2.0","id":${id},"method":"calc.evaluate","params":["${BOMB}"]}\n`);
    line.send('{"jsonrpc":"2.0","id":"p","method":"server.ping"}\n');
    await line.next();
    await burning(child.pid ?? 0);
    const jails = await below(child.pid ?? 0);
    assert.ok(jails.size >= 2, jail);
    child.kill("SIGTERM");
    await until(() => log().includes("draining"));
    child.kill("SIGTERM");
    assert.equal(await ended(child), 1);
    await gone(jails);
  }
});

test("a signal before it listens ends the start: status 0, nothing said, nothing left", { timeout: 180_000 }, async (t) => {
  const desk = openDesk(t);
  // A cache of its own makes it build the snapshot first, so the start takes long enough to be stopped in the middle.
  for (const [count, status] of [
    [1, 0],
    [2, 1],
  ] as const) {
    const { child, lines, log } = launch(t, desk, "--cache-dir", join(desk.folder, `cache-${count}`));
    let children = new Map<number, string>();
    await until(async () => {
      children = await below(child.pid ?? 0);
      return children.size > 0;
    });
    child.kill("SIGHUP");
    child.kill("SIGTERM");
    await until(() => log().includes("draining"));
    for (const [pid, command] of await below(child.pid ?? 0)) children.set(pid, command);
    if (count === 2) child.kill("SIGINT");
    assert.deepEqual([await ended(child), (await lines.next()).done], [status, true]);
    await gone(children);
    assert.ok(!(await readdir(desk.folder)).includes("s.sock"));
  }
});
