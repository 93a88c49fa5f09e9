/**
 * The only place in the server that starts processes, and so the place that decides what a jailed one is given:
 * engine flags (layer L3), Node permissions (L4), limits and an empty environment (L5). A kernel wall (L6: bubblewrap
 * or namespaces) belongs in `wrapper`, around the limits; there is none yet, and `inspectJailed` says so.
 *
 * Nothing here is the wall by itself, and nothing is believed because a flag was passed: `inspectJailed` reads back
 * from the kernel what a running worker really has.
 */
import { type ChildProcess, execFile, type StdioOptions, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import type { Readable, Writable } from "node:stream";
import type { Layer } from "./evaluator.ts";

/** `require` wants every layer, `prefer` takes what the machine has, `off` leaves out what the operating system would add (L5 limits, L6). */
export type JailMode = "require" | "prefer" | "off";

/** How every worker of this evaluator is started. */
export type Confinement = {
  readonly mode: JailMode;
  readonly heapMb: number;
  /** argv in front of the jailed program, proven to run here: sets limits, then becomes the program. */
  readonly wrapper: readonly string[];
  /** Descriptors this process was born with that a child would inherit. */
  readonly inherited: readonly number[];
  /** Instead of Node and the snapshot. Tests put a liar here; nothing else sets it. */
  readonly command?: readonly string[];
};

export type JailedProcess = { child: ChildProcess; stdin: Writable; stdout: Readable; stderr: Readable };

const engineFlags = [
  "--disallow-code-generation-from-strings",
  "--disable-proto=delete",
  "--frozen-intrinsics",
  "--no-experimental-sqlite",
];
const permissionFlags = ["--permission", "--no-addons"];
/** What Node 26 maps writable before it has done anything (its code range, mostly); `prlimit --data` counts it. */
const nodeDataMb = 640;
/** Seconds of CPU in a worker's life. Workers retire far earlier; this ends one that nobody minds any more. */
const cpuSecondsMax = 600;
/** Node itself holds about 20. */
const descriptorsMax = 64;
const probeMs = 5_000;

/** Finds out what this machine can do. `rssMb` bounds the data segment, above what Node needs to start. */
export async function makeConfinement(options: {
  mode: JailMode;
  heapMb: number;
  rssMb: number;
  command?: readonly string[];
}): Promise<Confinement> {
  const data = (nodeDataMb + options.rssMb) * 1024 * 1024;
  const limits = [
    "/usr/bin/prlimit",
    `--data=${data}`,
    "--fsize=0",
    `--nofile=${descriptorsMax}`,
    "--core=0",
    `--cpu=${cpuSecondsMax}`,
  ];
  // Ends the child in the instant this process dies, also when it is killed and the child is deep in a bomb.
  const leash = ["/usr/bin/setpriv", "--pdeathsig", "KILL"];
  const wrapper = options.mode === "off" ? [] : await firstThatRuns([[...limits, ...leash], limits, leash]);
  const { command } = options;
  const base = { mode: options.mode, heapMb: options.heapMb, wrapper, inherited: inheritedDescriptors() };
  return command === undefined ? base : { ...base, command };
}

/** Starts one jailed process from the snapshot. It leads a process group of its own, so that `killJailed` reaches whatever it may have started. */
export function spawnJailed(confinement: Confinement, blob: string): JailedProcess {
  const program = confinement.command ?? [
    process.execPath,
    ...engineFlags,
    `--max-old-space-size=${confinement.heapMb}`,
    ...permissionFlags,
    "--no-warnings",
    "--snapshot-blob",
    blob,
  ];
  const [file = "", ...args] = [...confinement.wrapper, ...program];
  const devNull = confinement.inherited.length === 0 ? -1 : openSync("/dev/null", "r");
  try {
    // `--fsize=0` forbids writing to files, so the three streams must be pipes.
    const stdio: StdioOptions = ["pipe", "pipe", "pipe", ...coverDescriptors(confinement.inherited, devNull)];
    return withPipes(spawn(file, args, { env: {}, cwd: "/", detached: true, stdio }));
  } finally {
    if (devNull >= 0) closeSync(devNull);
  }
}

function withPipes(child: ChildProcess): JailedProcess {
  const { stdin, stdout, stderr } = child;
  if (stdin === null || stdout === null || stderr === null) throw new Error("a process was started without pipes");
  return { child, stdin, stdout, stderr };
}

/** SIGKILL to the whole process group. A process that is gone already is no error. */
export function killJailed({ child }: JailedProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
}

/** Runs the pinned Node over our own code, unconfined: `args` after the binary. Rejects, with the last of stderr, unless it ends with status 0 within `timeoutMs`. */
export function runTrusted(args: readonly string[], timeoutMs: number): Promise<void> {
  return run([process.execPath, ...args], timeoutMs);
}

/** Resident memory of a process in MB; 0 when it cannot be told (no `/proc`, or the process is gone). */
export function readRssMb(pid: number): number {
  const pages = Number(readProc(pid, "statm").split(" ")[1] ?? 0);
  return Number.isFinite(pages) ? (pages * 4096) / (1024 * 1024) : 0;
}

/** Milliseconds a process has been ready to run without being given a processor, in its life; 0 when it cannot be told. */
export function readWaitedMs(pid: number): number {
  const waitedNs = Number(readProc(pid, "schedstat").split(" ")[1] ?? 0);
  return Number.isFinite(waitedNs) ? waitedNs / 1e6 : 0;
}

/** What the kernel says a running worker has, layer by layer. Proves the fences, not that nobody climbs them. */
export function inspectJailed(pid: number, confinement: Confinement): Layer[] {
  const argv = readProc(pid, "cmdline").split("\0");
  const limits = readProc(pid, "limits");
  const limited = [/^Max file size +0 /m, /^Max core file size +0 /m, /^Max data size +\d/m, /^Max cpu time +\d/m];
  const how = "read from /proc of a running worker";
  const layer = (id: string, name: string, stands: boolean): Layer => ({ id, name, stands, how });
  return [
    layer(
      "L3",
      "engine flags",
      [...engineFlags, `--max-old-space-size=${confinement.heapMb}`].every((flag) => argv.includes(flag)),
    ),
    layer(
      "L4",
      "Node permissions",
      permissionFlags.every((flag) => argv.includes(flag)),
    ),
    layer("L5.environment", "empty environment", argv.length > 1 && readProc(pid, "environ") === ""),
    layer("L5.descriptors", "no open file of the server", sharesNothing(pid)),
    layer(
      "L5.limits",
      "process limits",
      limited.every((pattern) => pattern.test(limits)),
    ),
    { id: "L6", name: "kernel wall", stands: false, how: "none is set up" },
  ];
}

async function firstThatRuns(candidates: string[][]): Promise<string[]> {
  for (const candidate of candidates.filter(([file = ""]) => existsSync(file))) {
    const runs = await run([...candidate, "/bin/true"], probeMs).then(
      () => true,
      () => false,
    );
    if (runs) return candidate;
  }
  return [];
}

function run(argv: readonly string[], timeoutMs: number): Promise<void> {
  const [file = "", ...args] = argv;
  return new Promise((resolve, reject) => {
    execFile(file, args, { env: {}, cwd: "/", timeout: timeoutMs, killSignal: "SIGKILL" }, (error, _stdout, stderr) => {
      if (error === null) resolve();
      else reject(new Error(`${error.message.split("\n")[0]}: ${stderr.slice(-2000)}`, { cause: error }));
    });
  });
}

/** Node opens everything close-on-exec; what lacks the mark was left to us by whoever started the server. */
function inheritedDescriptors(): number[] {
  try {
    const open = readdirSync("/proc/self/fdinfo").map(Number);
    return open.filter((fd) => fd > 2 && fd < 1024 && !closesOnExec(fd));
  } catch {
    return [];
  }
}

function closesOnExec(fd: number): boolean {
  const flags = /^flags:\s*([0-7]+)/m.exec(readProc("self", `fdinfo/${fd}`))?.[1];
  return flags === undefined || (Number.parseInt(flags, 8) & 0o2000000) !== 0;
}

/** A child cannot be told to close a descriptor, but it can be given `/dev/null` in its place. */
function coverDescriptors(inherited: readonly number[], devNull: number): (number | "ignore")[] {
  return Array.from({ length: Math.max(...inherited) - 2 }, (_, index) => (inherited.includes(index + 3) ? devNull : "ignore"));
}

/** No pipe, socket or file of this process is open in the other; its own are made by Node. */
function sharesNothing(pid: number): boolean {
  const ours = new Set(openTargets("self"));
  const theirs = openTargets(pid);
  const outside = theirs.filter(
    (target) => target !== "/dev/null" && (target.startsWith("/") || (/^(pipe|socket)/.test(target) && ours.has(target))),
  );
  return theirs.length > 2 && outside.length === 0;
}

function openTargets(pid: number | "self"): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => readTarget(`/proc/${pid}/fd/${fd}`));
  } catch {
    return [];
  }
}

function readTarget(path: string): string[] {
  try {
    return [readlinkSync(path)];
  } catch {
    return [];
  }
}

function readProc(pid: number | "self", name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return "";
  }
}
