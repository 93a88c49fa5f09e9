/**
 * What a running worker really has, layer by layer, read from outside. Nothing is believed because a flag was passed.
 * It proves that the fences stand, not that nobody climbs them.
 */
import { type Confinement, engineFlags, permissionFlags } from "./confine.ts";
import type { Layer } from "./evaluator.ts";
import { listProc, readProc, readProcLink } from "./proc.ts";

/** Namespaces without which there is no wall. The user namespace is told too, but bubblewrap installed setuid does without one. */
const namespaces = ["net", "pid", "mnt", "ipc", "uts"];
const limited = [/^Max file size +0 /m, /^Max core file size +0 /m, /^Max data size +\d/m, /^Max cpu time +\d/m];
/** bubblewrap sets this one itself, and it says nothing that the jail does not know. */
const environments = ["", "PWD=/\0"];

/** Every layer the parent can see of a worker that is ready. `pid` is the jailed process itself, not the command that made its wall. */
export function inspectJailed(pid: number, confinement: Confinement): Layer[] {
  const argv = readProc(pid, "cmdline").split("\0");
  const has = (flags: readonly string[]) => flags.every((flag) => argv.includes(flag));
  const limits = readProc(pid, "limits");
  const how = "read from /proc of a running worker";
  const layer = (id: string, name: string, stands: boolean): Layer => ({ id, name, stands, how });
  return [
    layer("L3", "engine flags", has([...engineFlags, `--max-old-space-size=${confinement.heapMb}`])),
    layer("L4", "Node permissions", has(permissionFlags)),
    layer("L5.environment", "empty environment", argv.length > 1 && environments.includes(readProc(pid, "environ"))),
    layer("L5.descriptors", "no open file of the server", sharesNothing(pid)),
    layer(
      "L5.limits",
      "process limits",
      limited.every((pattern) => pattern.test(limits)),
    ),
    ...inspectWall(pid, confinement),
  ];
}

function inspectWall(pid: number, { wall }: Confinement): Layer[] {
  const by = wall === undefined ? "no tool for it runs here" : `made by ${wall.name}`;
  const own = ["user", ...namespaces].filter((name) => isOwn(pid, name));
  const status = readProc(pid, "status");
  const mode = /^Seccomp:\s*(\d)/m.exec(status)?.[1] ?? "unknown";
  const powerless = /^CapEff:\s*0+$/m.test(status) && /^NoNewPrivs:\s*1$/m.test(status);
  const root = listProc(pid, "root").sort();
  const bare =
    root.length > 0 && !["proc", "sys", "dev", "etc", "home", "root", "tmp", "var"].some((name) => root.includes(name));
  return [
    {
      id: "L6.namespaces",
      name: "namespaces of its own, no capability",
      stands: namespaces.every((name) => own.includes(name)) && powerless,
      how: `${by}; seen in /proc: own ${own.join(", ") || "none"}; ${powerless ? "no" : "some"} capability or way to one`,
    },
    {
      id: "L6.files",
      name: "a file system with nothing in it",
      stands: bare && isOwn(pid, "mnt"),
      how: bare ? `${by}; seen in its root: ${root.join(", ")}` : `${by}; its root is that of this machine, or cannot be seen`,
    },
    { id: "L6.calls", name: "filter on system calls", stands: mode === "2", how: `${by}; seen in /proc: Seccomp ${mode}` },
  ];
}

function isOwn(pid: number, name: string): boolean {
  const theirs = readProcLink(pid, `ns/${name}`);
  return theirs !== "" && theirs !== readProcLink("self", `ns/${name}`);
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
  return listProc(pid, "fd")
    .map((fd) => readProcLink(pid, `fd/${fd}`))
    .filter((target) => target !== "");
}
