/**
 * The only place in the server that starts processes, and so the place that decides what a jailed one is given:
 * engine flags (part of layer L3), Node permissions (L4), limits and an empty environment (L5), and around
 * them the kernel's wall (L6), whose command comes from `kernel.ts`.
 *
 * Nothing here is the wall by itself, and nothing is believed because a flag was passed: `proof.ts` runs attacks inside.
 */
import { type ChildProcess, execFile, type StdioOptions, spawn } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { type Readable, Writable } from "node:stream";
import { asideCommand, lowerPriority } from "./aside.ts";
import { chooseWall, filterDescriptor, type KernelTools, type KernelWall, usualTools } from "./kernel.ts";
import { listProc, readChildren, readProc } from "./proc.ts";

/** `require` wants every layer, `prefer` takes what the machine has, `off` leaves out what the operating system would add (L5 limits, L6). */
export type JailMode = "require" | "prefer" | "off";

/** Layers a jailed process can be started without. */
export type Removable = "L3" | "L4" | "L5" | "L6";

/** How to end each process that was started here and has not ended. */
const living = new Set<() => void>();

/** Kills whatever was started here and still lives, without waiting: for a server that ends at once. */
export function endChildren(): void {
  for (const end of living) end();
}

function track(child: ChildProcess, end: () => void): void {
  living.add(end);
  child.once("exit", () => living.delete(end));
  child.once("error", () => living.delete(end));
}

/** How every worker of this evaluator is started. */
export type Confinement = {
  readonly mode: JailMode;
  readonly heapMb: number;
  /** argv in front of the jailed program, proven to run here: sets limits, then becomes the program. */
  readonly wrapper: readonly string[];
  /** The kernel's wall, inside the limits; undefined where none can be made. */
  readonly wall: KernelWall | undefined;
  /** Processes can be kept to one processor. */
  readonly mayStandAside: boolean;
  /** Descriptors this process was born with that a child would inherit. */
  readonly inherited: readonly number[];
  /** Layers to leave out, so that an attack meets those behind them: for proofs and drills, never for clients. */
  readonly leftOut?: readonly Removable[];
  /** Instead of Node and the snapshot. Tests put a liar here; nothing else sets it. */
  readonly command?: readonly string[];
};

export type JailedProcess = {
  child: ChildProcess;
  stdin: Writable;
  stdout: Readable;
  stderr: Readable;
  /** True when the child is only the keeper of the jailed process, which is a child of its own. */
  keeps: boolean;
};

const engineFlags = ["--disallow-code-generation-from-strings", "--disable-proto=delete", "--no-experimental-sqlite"];
// The young heap would stay at 1 MB, for nothing of a short job survives, and be collected eight times as often. The best code is made
// of what ran 1000 times, not 3000: a process is often young, and much in it runs once for each batch of jobs.
/** The tables of texts keep the secret seed they had when the snapshot was made: a new one means to order them all anew, for a tenth of the start. */
const startFlags = ["--no-warnings", "--no-rehash-snapshot", "--min-semi-space-size=8", "--invocation-count-for-turbofan=1000"];
const permissionFlags = ["--permission", "--no-addons"];
/**
 * Where Node expects the name of a script. Its permissions let a program read its own script, and without one they take the
 * working directory for it: `/`, and with it every file there is.
 */
const noScript = "/nothing";
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
  kernelTools?: KernelTools;
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
  const wrappers = options.mode === "off" ? [] : [[...limits, ...leash], limits, leash].filter(([file = ""]) => existsSync(file));
  const { command, mode, heapMb } = options;
  const inherited = inheritedDescriptors();
  const walled = mode !== "off" && process.platform === "linux" && command === undefined;
  const tools = walled ? existing(options.kernelTools ?? usualTools) : {};
  const chooseIn = (wrapper: readonly string[]) =>
    chooseWall(tools, (argv, filter) => endsWell(start([...wrapper, ...argv], inherited, filter)));
  // Nearly always the best wrapper runs; so the wall is tried in it meanwhile.
  const [best = []] = wrappers;
  const aside = asideCommand();
  const [wrapper, wallInBest, asideThatRuns] = await Promise.all([
    firstThatRuns(wrappers),
    chooseIn(best),
    firstThatRuns(aside.length > 0 ? [aside] : []),
  ]);
  const wall = wrapper === best ? wallInBest : await chooseIn(wrapper);
  const base = { mode, heapMb, wrapper, wall, mayStandAside: asideThatRuns.length > 0, inherited };
  return command === undefined ? base : { ...base, command };
}

/** Starts one jailed process from the snapshot. It leads a process group of its own, so that `killJailed` reaches whatever it may have started. One that stands aside is kept to the last processor. */
export function spawnJailed(confinement: Confinement, blob: string, standsAside = false): JailedProcess {
  const { wrapper, inherited, heapMb, mayStandAside, leftOut = [] } = confinement;
  const has = (layer: Removable) => !leftOut.includes(layer);
  const wall = has("L6") ? confinement.wall : undefined;
  const inside = wall?.enter(process.execPath, blob) ?? { argv: [process.execPath], blob };
  const program = confinement.command ?? [
    ...inside.argv,
    ...(has("L3") ? engineFlags : []),
    `--max-old-space-size=${heapMb}`,
    ...(has("L4") ? permissionFlags : []),
    ...startFlags,
    "--snapshot-blob",
    inside.blob,
    noScript,
  ];
  const aside = standsAside && mayStandAside ? asideCommand() : [];
  const argv = [...aside, ...(has("L5") ? wrapper : []), ...program];
  const child = start(argv, inherited, wall?.filter, has("L5") ? bare : careless);
  const { stdin, stdout, stderr } = child;
  if (stdin === null || stdout === null || stderr === null) throw new Error("a process was started without pipes");
  const jailed = { child, stdin, stdout, stderr, keeps: wall?.forks === true };
  track(child, () => killJailed(jailed));
  return jailed;
}

/** What a process is given by the way: nothing, or, where L5 is left out, what a careless server would leave lying about. */
type Surroundings = { env: Record<string, string>; cwd: string | undefined; open: string | undefined };
const bare: Surroundings = { env: {}, cwd: "/", open: undefined };
const careless: Surroundings = { env: { CANADUCK_CANARY: "sings" }, cwd: undefined, open: process.execPath };
/** Where a careless server's file is left open. */
const openDescriptor = 4;

/** Starts a command line with three pipes, nothing of this process's environment or files, and the filter to read on its descriptor. */
function start(
  argv: readonly string[],
  inherited: readonly number[],
  filter: Buffer | undefined,
  { env, cwd, open }: Surroundings = bare,
): ChildProcess {
  const [file = "", ...args] = argv;
  const devNull = inherited.length === 0 ? -1 : openSync("/dev/null", "r");
  const left = open === undefined ? -1 : openSync(open, "r");
  try {
    // `--fsize=0` forbids writing to files, so the three streams must be pipes.
    const stdio: StdioOptions = ["pipe", "pipe", "pipe", ...coverDescriptors(inherited, devNull)];
    if (left >= 0) Object.assign(stdio, { [filterDescriptor]: "ignore", [openDescriptor]: left });
    if (filter !== undefined) stdio[filterDescriptor] = "pipe";
    const child = spawn(file, args, { env, cwd, detached: true, stdio });
    const descriptor = filter === undefined ? undefined : child.stdio[filterDescriptor];
    if (descriptor instanceof Writable) {
      // A command that dies before it has read is told of by its end.
      descriptor.on("error", () => {});
      descriptor.end(filter, () => descriptor.destroy());
    }
    return child;
  } finally {
    for (const fd of [devNull, left]) if (fd >= 0) closeSync(fd);
  }
}

/** Number of the jailed process itself; before its greeting it may be that of the command that makes its wall. 0 when it was never started. */
export function jailedPid({ child, keeps }: JailedProcess): number {
  const { pid = 0 } = child;
  return (keeps ? readChildren(pid)[0] : undefined) ?? pid;
}

/** SIGKILL to the jailed process, to whoever keeps it, and to the whole process group. A process that is gone already is no error. */
export function killJailed({ child, keeps }: Pick<JailedProcess, "child" | "keeps">): void {
  const { pid } = child;
  if (pid === undefined) return;
  // Once it is buried its number may be somebody else's, and the kernel has ended whom it kept.
  if (keeps && child.exitCode === null && child.signalCode === null) {
    // Stopped, it can start nobody while its children are counted.
    signal(-pid, "SIGSTOP");
    for (const kept of readChildren(pid)) signal(kept, "SIGKILL");
  }
  if (!signal(-pid, "SIGKILL")) child.kill("SIGKILL");
}

/** Gives a jailed process, and whoever keeps it, a tenth of the weight of others, for good. */
export function yieldJailed(jailed: JailedProcess): void {
  const pids = new Set([jailed.child.pid ?? 0, jailedPid(jailed)]);
  for (const pid of pids) if (pid > 0) lowerPriority(pid);
}

function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

/** Runs the pinned Node over our own code, unconfined: `args` after the binary. Rejects, with the last of stderr, unless it ends with status 0 within `timeoutMs`. */
export function runTrusted(args: readonly string[], timeoutMs: number): Promise<void> {
  return run([process.execPath, ...args], timeoutMs);
}

async function firstThatRuns(candidates: readonly string[][]): Promise<string[]> {
  for (const candidate of candidates) {
    const runs = await run([...candidate, "/bin/true"], probeMs).then(
      () => true,
      () => false,
    );
    if (runs) return candidate;
  }
  return [];
}

/** Only the tools that are there: a missing file need not be tried. */
function existing({ bwrap, unshare }: KernelTools): KernelTools {
  const has = (path: string | undefined): path is string => path !== undefined && existsSync(path);
  return { ...(has(bwrap) ? { bwrap } : {}), ...(has(unshare) ? { unshare } : {}) };
}

/** Resolves when a command on trial has ended: true when with status 0, and within `probeMs`. */
function endsWell(child: ChildProcess): Promise<boolean> {
  track(child, () => killJailed({ child, keeps: false }));
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), probeMs);
    const settle = (well: boolean) => {
      clearTimeout(timer);
      resolve(well);
    };
    child.stdin?.on("error", () => {}).end();
    child.stdout?.resume();
    child.stderr?.resume();
    child.once("error", () => settle(false));
    child.once("close", (code) => settle(code === 0));
  });
}

function run(argv: readonly string[], timeoutMs: number): Promise<void> {
  const [file = "", ...args] = argv;
  return new Promise((resolve, reject) => {
    const child = execFile(
      file,
      args,
      { env: {}, cwd: "/", timeout: timeoutMs, killSignal: "SIGKILL" },
      (error, _stdout, stderr) => {
        if (error === null) resolve();
        else reject(new Error(`${error.message.split("\n")[0]}: ${stderr.slice(-2000)}`, { cause: error }));
      },
    );
    track(child, () => child.kill("SIGKILL"));
  });
}

/**
 * Node opens everything close-on-exec; what lacks the mark was left to us by whoever started the server. What lies beyond
 * the limit on descriptors cannot be covered, nor can it be ours: a limit lowered before our start lets us open nothing there.
 */
function inheritedDescriptors(): number[] {
  const open = listProc("self", "fdinfo").map(Number);
  const left = open.filter((fd) => fd > 2 && fd < 1024 && !closesOnExec(fd));
  const limit = Number(/^Max open files\s+(\d+)/m.exec(readProc("self", "limits"))?.[1] ?? 1024);
  for (const fd of left) if (fd >= limit) closeSync(fd);
  return left.filter((fd) => fd < limit);
}

function closesOnExec(fd: number): boolean {
  const flags = /^flags:\s*([0-7]+)/m.exec(readProc("self", `fdinfo/${fd}`))?.[1];
  return flags === undefined || (Number.parseInt(flags, 8) & 0o2000000) !== 0;
}

/** A child cannot be told to close a descriptor, but it can be given `/dev/null` in its place. */
function coverDescriptors(inherited: readonly number[], devNull: number): (number | "ignore")[] {
  return Array.from({ length: Math.max(...inherited) - 2 }, (_, index) => (inherited.includes(index + 3) ? devNull : "ignore"));
}
