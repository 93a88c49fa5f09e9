/**
 * The kernel's wall: what it keeps from an attacker who already runs code inside, that the server notices nothing of
 * it, and that no process is left behind it. Each way of making it is tried that this machine allows.
 */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { type Readable, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { killJailed, makeConfinement, spawnJailed } from "../../src/evaluator/confine.ts";
import { filterDescriptor, type KernelTools, usualTools } from "../../src/evaluator/kernel.ts";
import { ensureSnapshot } from "../../src/evaluator/snapshot.ts";
import { until } from "../until.ts";
import { lives, openAsking, options, said } from "./asking.ts";

const bomb = "f(n)=n<1?0:f(n-1)+f(n-1); f(60)";
const hoard = "h(n, a) = n < 1 ? 0 : h(n - 1, zeros(900000)) + a[1]; h(2000, [1])";
const { bwrap = "", unshare = "" } = usualTools;

/** Asks the machine, not our own code, so that a fault of ours is not taken for a missing tool. */
function runs(file: string, ...args: string[]): boolean {
  return spawnSync(file, [...args, "/bin/true"], { env: {} }).status === 0;
}

type Way = { title: string; tools: KernelTools; missing: string | false; stands: string[] };
const ways: Way[] = [
  {
    title: "bubblewrap",
    tools: { bwrap },
    missing: !runs(bwrap, "--unshare-all", "--ro-bind", "/", "/") && "bubblewrap is not installed here, or may not be used",
    stands: ["L6.namespaces", "L6.files", "L6.calls"],
  },
  {
    title: "unshare",
    tools: { unshare },
    missing:
      !runs(unshare, "--user", "--map-root-user", "--net", "--ipc", "--uts", "--mount", "--pid", "--fork") &&
      "no namespaces for this user here",
    stands: ["L6.namespaces"],
  },
  { title: "no wall", tools: { bwrap: "/nowhere/bwrap", unshare: "/nowhere/unshare" }, missing: false, stands: [] },
];

/** A heap size nobody else asks for, to know our own processes by, whatever namespace they are in. */
let lastHeapMb = 1_000 + (process.pid % 1_000) * 10;
function nextHeapMb(): number {
  lastHeapMb += 1;
  return lastHeapMb;
}

/** Every process of the machine that was started with this heap size, also the commands that keep the jailed ones. */
function marked(heapMb: number): number[] {
  const flag = `--max-old-space-size=${heapMb}`;
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && lives(pid) && argvOf(pid).includes(flag));
}

function argvOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    return [];
  }
}

before(() => ensureSnapshot({ cacheDir: options.cacheDir }));

for (const { title, tools: kernelTools, missing, stands } of ways) {
  describe(`with ${title}`, { skip: process.platform === "linux" ? missing : "there is a wall on Linux only" }, () => {
    test("the layers are told as they are", async () => {
      await using asking = await openAsking({ kernelTools });
      const wall = (await asking.evaluator.proven).filter(({ id }) => id.startsWith("L6"));
      assert.deepEqual(
        wall.filter((layer) => layer.stands).map(({ id }) => id),
        stands,
        JSON.stringify(wall),
      );
    });

    test("answers are right, bombs end, the spare takes over, and nothing is left", async () => {
      const heapMb = nextHeapMb();
      const asking = await openAsking({ kernelTools, heapMb, rssMb: 160, timeMsMax: 60_000 });
      const { ask, evaluator, staffed } = asking;
      try {
        await staffed();
        assert.equal(said(await ask("2+2")), 4);
        assert.equal(said(await ask("sum(5:6)")), 11);
        assert.equal(said(await ask(bomb)), "time_limit");
        assert.equal(said(await ask("sum(5:6)")), 11);
        await staffed();
        assert.equal(said(await ask(hoard, { timeMs: 60_000 })), "memory_limit");
        assert.equal(evaluator.status().kills["rss_limit"], 1, "the watch looked at the jailed process itself");
        const first = evaluator.status().workers[0]?.pid ?? assert.fail("no worker");
        assert.equal(argvOf(first)[0], kernelTools.bwrap === bwrap ? "/node" : process.execPath);
        process.kill(first, "SIGKILL");
        assert.equal(said(await ask("2+3")), 5);
      } finally {
        await evaluator.close();
      }
      await until(() => marked(heapMb).length === 0);
    });

    test("a worker that is killed while its wall is being built leaves nothing", async () => {
      const heapMb = nextHeapMb();
      const confinement = await makeConfinement({ mode: "prefer", heapMb, rssMb: 256, kernelTools });
      const blob = await ensureSnapshot({ cacheDir: options.cacheDir });
      const children = Array.from({ length: 12 }, (_, index) => {
        const jailed = spawnJailed(confinement, blob);
        jailed.stdin.on("error", () => undefined);
        setTimeout(() => killJailed(jailed), index * 2);
        return once(jailed.child, "exit");
      });
      assert.ok(marked(heapMb).length > 0);
      await Promise.all(children);
      await until(() => marked(heapMb).length === 0);
    });

    test("a server that is killed leaves nothing", async () => {
      const heapMb = nextHeapMb();
      const args = [fileURLToPath(new URL("host.ts", import.meta.url)), JSON.stringify({ kernelTools, heapMb })];
      const host = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
      await once(host.stdout, "data");
      assert.ok(marked(heapMb).length >= 3);
      host.kill("SIGKILL");
      await until(() => marked(heapMb).length === 0);
    });

    test("require starts only behind the whole wall, and says what is missing", async () => {
      const opening = openAsking({ kernelTools, jailMode: "require" });
      if (stands.length === 3) await (await opening).evaluator.close();
      else await assert.rejects(opening, /layers missing: .*L6\.files .*L6\.calls .*bubblewrap/);
    });
  });
}

test("with the jail off there is no wall", async () => {
  await using asking = await openAsking({ jailMode: "off" });
  assert.ok((await asking.evaluator.proven).every(({ id, stands }) => !id.startsWith("L6") || !stands));
});

/** What an attacker would try who got past Node itself. Runs outside as the control, and inside. */
async function attack(parent: number): Promise<void> {
  const fs = process.getBuiltinModule("fs");
  const net = process.getBuiltinModule("net");
  const dgram = process.getBuiltinModule("dgram");
  const { spawnSync: run } = process.getBuiltinModule("child_process");
  const codeOf = (error: unknown) => (error instanceof Error && "code" in error ? error.code : String(error));
  const tried = (work: () => unknown) => {
    try {
      work();
      return "done";
    } catch (error) {
      return codeOf(error);
    }
  };
  const heard = (one: NodeJS.EventEmitter, well: string) =>
    new Promise((resolve) => one.once("error", (error) => resolve(codeOf(error))).once(well, () => resolve("done")));
  const results = {
    connect: await heard(net.connect(1, "127.0.0.1"), "connect"),
    listen: await heard(net.createServer().listen(0, "127.0.0.1").unref(), "listening"),
    datagram: await heard(dgram.createSocket("udp4").bind(0).unref(), "listening"),
    spawn: codeOf(run(process.execPath, ["--eval", ""], { stdio: ["inherit", "inherit", "inherit"] }).error),
    environment: Object.keys(process.env).filter((name) => name !== "PWD"),
    passwords: tried(() => fs.readFileSync("/etc/passwd")),
    processes: tried(() => fs.readdirSync("/proc/self")),
    shell: tried(() => fs.statSync("/bin/sh")),
    write: tried(() => fs.mkdirSync("/attack")),
    signal: tried(() => process.kill(parent, 0)),
    thread: await heard(new (process.getBuiltinModule("worker_threads").Worker)("", { eval: true }), "exit"),
  };
  fs.writeSync(1, JSON.stringify(results));
  process.exit();
}

async function tellAttack(argv: readonly string[], filter?: Buffer): Promise<Record<string, unknown>> {
  const [file = "", ...args] = [...argv, "--eval", `(${attack})(${process.pid})`];
  const child = spawn(file, args, { env: { SECRET: "1" }, stdio: ["ignore", "pipe", "inherit", "pipe"] });
  const descriptor = child.stdio[filterDescriptor];
  if (descriptor instanceof Writable) descriptor.end(filter);
  const stdout: Readable = child.stdout ?? assert.fail("no pipe");
  return JSON.parse(await text(stdout));
}

test("behind bubblewrap an attacker with all of Node reaches nothing", { skip: ways[0]?.missing }, async () => {
  const control = await tellAttack([process.execPath]);
  assert.deepEqual([control["connect"], control["listen"], control["datagram"]], ["ECONNREFUSED", "done", "done"]);
  assert.deepEqual([control["spawn"], control["passwords"], control["signal"]], ["undefined", "done", "done"]);
  assert.deepEqual(control["environment"], ["SECRET"]);
  const { wall } = await makeConfinement({ mode: "prefer", heapMb: 128, rssMb: 256, kernelTools: { bwrap } });
  assert.deepEqual(await tellAttack(wall?.enter(process.execPath, process.execPath).argv ?? [], wall?.filter), {
    connect: "EPERM",
    listen: "EPERM",
    datagram: "EPERM",
    spawn: "EPERM",
    environment: [],
    passwords: "ENOENT",
    processes: "ENOENT",
    shell: "ENOENT",
    write: "EROFS",
    signal: "ESRCH",
    thread: "done",
  });
});
