/** What was acknowledged is found again: after a stop, after kill -9 of the server process, by its resume token. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { Line, start } from "./running.ts";

const BIN = join(import.meta.dirname, "../../bin/canaduck.js");

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "canaduck-"));
});
after(() => rm(folder, { recursive: true }));

type Served = { child: ChildProcess; port: number };

/** The real command, as a person starts it. */
async function serve(file: string): Promise<Served> {
  const child = spawn(
    process.execPath,
    [BIN, "serve", "--listen", "tcp://127.0.0.1:0", "--history", `sqlite:${join(folder, file)}`],
    {
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /^canaduck listening on tcp:\/\/127\.0\.0\.1:(\d+)$/.exec(line)?.[1];
    if (port !== undefined) return { child, port: Number(port) };
  }
  throw new Error("the server did not say where it listens");
}

async function ended(child: ChildProcess): Promise<number | NodeJS.Signals | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.signalCode ?? child.exitCode;
}

test("a history is found again after the server was stopped", async () => {
  const history = `sqlite:${join(folder, "stopped.db")}`;
  const first = await start({ history });
  const line = await Line.to(first.port);
  const { result: session } = await line.call("session.open");
  await line.calc("x = 40");
  await line.calc("x + 2");
  await first.close();
  const second = await start({ history });
  const again = await Line.to(second.port);
  const { result: resumed } = await again.call("session.open", { resume: session.resumeToken });
  assert.equal(resumed.resumed, true);
  assert.equal(resumed.principal, session.principal);
  assert.equal(resumed.lastSeq, 2);
  const { result } = await again.call("history.list");
  assert.deepEqual(
    result.entries.map((entry) => [entry.seq, entry.expression, entry.text]),
    [
      [1, "x = 40", "40"],
      [2, "x + 2", "42"],
    ],
  );
  assert.equal((await again.calc("$1 + $2")).result.seq, 3);
  await second.close();
});

test("kill -9 of the server loses nothing that carried a seq, and leaves no jailed process", async () => {
  const first = await serve("killed.db");
  const line = await Line.to(first.port);
  const { result: session } = await line.call("session.open");
  let acknowledged = 0;
  const flood = async () => {
    for (let i = 0; ; i++) {
      const reply = await line.calc(`${i} + 1`).catch(() => undefined);
      if (reply?.result?.seq === undefined) return;
      assert.equal(reply.result.seq, acknowledged + 1);
      acknowledged = reply.result.seq;
      if (acknowledged === 40) first.child.kill("SIGKILL");
    }
  };
  const jails = await childrenOf(first.child.pid ?? 0);
  assert.ok(jails.length >= 2, "the server has evaluators");
  await flood();
  assert.equal(await ended(first.child), "SIGKILL");
  assert.ok(acknowledged >= 40);

  const second = await serve("killed.db");
  const again = await Line.to(second.port);
  const { result: resumed } = await again.call("session.open", { resume: session.resumeToken });
  assert.ok(resumed.lastSeq >= acknowledged && resumed.lastSeq <= acknowledged + 1);
  const { result } = await again.call("history.list", { after: 0, limit: 1000 });
  assert.deepEqual(
    result.entries.map((entry) => [entry.seq, entry.text]),
    Array.from({ length: resumed.lastSeq }, (_, i) => [i + 1, String(i + 1)]),
  );
  for (const pid of jails) assert.equal(await commandOf(pid), "", `jailed process ${pid} outlived its server`);
  second.child.kill("SIGTERM");
  assert.equal(await ended(second.child), 0);
});

test("SIGTERM answers what was accepted, then exits 0", async () => {
  const { child, port } = await serve("drained.db");
  const line = await Line.to(port);
  await line.call("server.ping");
  for (let i = 0; i < 100; i++) line.send(`{"jsonrpc":"2.0","id":${i},"method":"calc.evaluate","params":["${i}*2"]}\n`);
  const first = await line.next();
  child.kill("SIGTERM");
  const said = [first ?? "", ...(await line.rest())].map((text) => JSON.parse(text));
  const replies = said.filter(({ method }) => method !== "server.closing");
  assert.equal(said.length - replies.length, 1);
  for (const reply of replies) assert.ok(reply.result?.value === reply.id * 2 || reply.error?.data.name === "shutting_down");
  assert.equal(await ended(child), 0);
});

async function childrenOf(pid: number): Promise<number[]> {
  const children: number[] = [];
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, "utf8").catch(() => "");
    if (Number(stat.slice(stat.lastIndexOf(")") + 4).split(" ")[0]) === pid) children.push(Number(name));
  }
  return children;
}

/** Empty once the process is gone; a zombie has no command line either. */
async function commandOf(pid: number): Promise<string> {
  return await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
}
