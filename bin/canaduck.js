#!/usr/bin/env node
/**
 * Starts src/cli on the right Node, whatever Node runs this file: plain JavaScript that any Node from 18 on can read.
 *
 * The right Node is the one pinned in the workspace `runtime/` when it is installed, else the one that runs this file if it
 * is new enough. Where the system can replace a process (execve, Node 24 and later) there is no wrapper left afterwards;
 * elsewhere this process only waits: it forwards signals and the exit status, and when it is killed the program notices by
 * the closed channel (see src/cli/main.ts).
 *
 * What V8 has compiled is kept for the next start, in a folder that only this user and root can have written: whoever
 * writes there runs code in the server.
 */
import { spawn } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir, constants as os } from "node:os";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";

// What the jail's snapshot needs: 26.0 to 26.8 cannot make it (std::length_error), and 24 and 25 end when they begin with it.
const NODE_MIN = [26, 9];
const EX_UNAVAILABLE = 69;
const FORWARDED = ["SIGTERM", "SIGINT", "SIGHUP"];
// The young heap is kept small: of a flood of connections all of it survives, and copying 16 MB stops the server for 25 ms. It has
// that size from the start: of the history's thread nothing survives, so its heap would never grow, and be collected four times as often.
// The old one may grow to four times of what lives: V8 counts bytes of sockets and tables to it, and looked at all of it, for 5 ms, after every eighth table.
// Little survives in the young one, so to wake threads that help with it costs more than they do: 0.75 ms a collection under a flood of tables, and 0.5 alone.
const HEAP = ["--min-semi-space-size=4", "--max-semi-space-size=4", "--heap-growing-percent=300", "--no-parallel-scavenge"];
// A call passes through some forty short functions; V8 would put fewer of them into one than fit.
const INLINING = ["--max-inlined-bytecode-size=1000", "--max-inlined-bytecode-size-cumulative=3000"];
// What runs once for a batch of calls, and not once for a call, would have to run 3000 times before V8 makes its best code of it: in batches of 64, two hundred thousand calls.
const WARMING = ["--invocation-count-for-turbofan=1000"];
const FLAGS = [
  "--disallow-code-generation-from-strings",
  "--disable-warning=ExperimentalWarning",
  ...HEAP,
  ...INLINING,
  ...WARMING,
];

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** True when `version` (as in "v26.10.0") can run the program. */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1]);
}

/** Path of the pinned Node, or undefined when it is not installed here. */
function findPinned() {
  const require = createRequire(import.meta.url);
  for (const name of ["node", "node-bin"]) {
    try {
      const description = require.resolve(`${name}-${process.platform}-${process.arch}/package.json`);
      const path = join(dirname(description), "bin", "node");
      accessSync(path, constants.X_OK);
      if (isNewEnough(require(description).version)) return path;
    } catch {
      // Not this one.
    }
  }
  return undefined;
}

/** The sources in a checkout; the compiled files where type stripping does not reach. */
function findMain() {
  const source = join(root, "src", "cli", "main.ts");
  const compiled = join(root, "dist", "src", "cli", "main.js");
  const isPackage = root.split(sep).includes("node_modules");
  return existsSync(source) && !isPackage ? source : compiled;
}

/** Where compiled code is kept; undefined where there is no safe place. */
function findCodeCache() {
  try {
    const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "canaduck", "code");
    makeFolder(folder);
    const path = realpathSync(folder);
    return isOurs(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** With its parents, one at a time as in src/folder.ts, which an older Node cannot read. */
function makeFolder(path) {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

/** True when nobody but this user and root can put anything at the path; in a sticky folder nobody can take away what is not theirs. */
function isOurs(path) {
  const { uid, mode } = statSync(path);
  if (uid !== 0 && uid !== process.getuid?.()) return false;
  if ((mode & 0o022) !== 0 && (mode & 0o1000) === 0) return false;
  return dirname(path) === path || isOurs(dirname(path));
}

function refuse(why) {
  process.stderr.write(`canaduck: ${why}\n`);
  process.exit(EX_UNAVAILABLE);
}

function wrap(node, args, env) {
  const child = spawn(node, args, { stdio: [0, 1, 2, "ipc"], env });
  for (const signal of FORWARDED) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => refuse(`cannot start ${node}: ${error.message}`));
  child.on("exit", (code, signal) => process.exit(code ?? 128 + (os.signals[signal] ?? 0)));
}

const node = findPinned() ?? (isNewEnough(process.version) ? process.execPath : undefined);
if (node === undefined) {
  refuse(
    `needs Node >= ${NODE_MIN.join(".")}, and this is ${process.version}; in a checkout \`npm ci\` brings the right one, ` +
      "optional dependencies included",
  );
}
const main = findMain();
if (!existsSync(main)) refuse(`${main} is not there; the installation is incomplete`);
const args = [...FLAGS, main, ...process.argv.slice(2)];
const cache = process.env.NODE_COMPILE_CACHE === undefined ? findCodeCache() : undefined;
const env = cache === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: cache };
if (process.execve === undefined) wrap(node, args, env);
else process.execve(node, [node, ...args], env);
