/**
 * The kernel's wall around a jailed process (layer L6, Linux): which command makes it, and which one this machine lets us use.
 *
 * bubblewrap is the whole wall: namespaces of its own, a file system that holds Node, its libraries and the snapshot and
 * nothing else (no `/proc`, no `/dev`), no capability, and a filter on system calls. `unshare` gives the namespaces
 * only. Where neither runs there is none. Nothing is started here, and nothing is claimed: `proof.ts`
 * attacks what was made.
 */
import { makeFilter } from "./seccomp.ts";

/** Programs to make the wall with; one that is left out is not looked for. */
export type KernelTools = { bwrap?: string; unshare?: string };

/** One way to make the wall, proven to run here by `chooseWall`. */
export type KernelWall = {
  readonly name: "bubblewrap" | "unshare";
  /** True when Node runs as the only child of the command, not in its place. */
  readonly forks: boolean;
  /** What the command reads from descriptor 3 before it becomes Node. */
  readonly filter?: Buffer;
  /** argv before Node's own arguments, Node included, and the blob as it is named inside. */
  enter(node: string, blob: string): { argv: string[]; blob: string };
};

/** Debian's places. Nothing is taken from a search path. */
export const usualTools: KernelTools = { bwrap: "/usr/bin/bwrap", unshare: "/usr/bin/unshare" };

/** Where the command finds the filter, when it has one. */
export const filterDescriptor = 3;

/** The strongest wall that runs. `runs` tries a command line, with the filter on descriptor 3, and tells whether it ended well. */
export async function chooseWall(
  tools: KernelTools,
  runs: (argv: string[], filter?: Buffer) => Promise<boolean>,
): Promise<KernelWall | undefined> {
  for (const wall of candidates(tools)) {
    // The blob is not needed to tell a version; any file stands in for it.
    const { argv } = wall.enter(process.execPath, process.execPath);
    if (await runs([...argv, "--version"], wall.filter)) return wall;
  }
  return undefined;
}

function candidates({ bwrap, unshare }: KernelTools): KernelWall[] {
  const filter = makeFilter(process.arch);
  const walls: KernelWall[] = [];
  if (bwrap !== undefined && filter !== undefined) walls.push(makeBubble(bwrap, filter));
  if (bwrap !== undefined) walls.push(makeBubble(bwrap));
  if (unshare !== undefined) for (const own of unshared) walls.push(makeUnshared(unshare, own));
  return walls;
}

function makeBubble(bwrap: string, filter?: Buffer): KernelWall {
  const libraries = sharedLibraries().flatMap((path) => ["--ro-bind", path, path]);
  // In the session of its keeper, which has no terminal, it has the weight that its keeper was given (aside.ts). The keeper is in
  // its process group then; without the filter, which refuses signals to that, it gets a session of its own.
  const session = filter === undefined ? ["--new-session"] : [];
  const before = [bwrap, "--unshare-all", "--die-with-parent", ...session, "--as-pid-1", "--cap-drop", "ALL"];
  const inside = [...libraries, "--remount-ro", "/", "--chdir", "/", "--clearenv"];
  const filtered = filter === undefined ? [] : ["--seccomp", String(filterDescriptor)];
  return {
    name: "bubblewrap",
    forks: true,
    ...(filter === undefined ? {} : { filter }),
    enter: (node, blob) => {
      const binds = ["--ro-bind", node, "/node", "--ro-bind", blob, "/jail.blob"];
      return { argv: [...before, ...binds, ...inside, ...filtered, "--", "/node"], blob: "/jail.blob" };
    },
  };
}

/** Best first. Some containers allow no new `/proc`, some no process namespace. */
const unshared = [
  ["--mount-proc", "--pid", "--fork", "--kill-child"],
  ["--mount", "--pid", "--fork", "--kill-child"],
  ["--mount"],
];

function makeUnshared(unshare: string, own: readonly string[]): KernelWall {
  // Root of its own namespaces it need not be.
  const powerless = ["/usr/bin/setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs", "--pdeathsig", "KILL"];
  const before = [unshare, "--user", "--map-root-user", "--net", "--ipc", "--uts", ...own, "--", ...powerless];
  return { name: "unshare", forks: own.includes("--fork"), enter: (node, blob) => ({ argv: [...before, node], blob }) };
}

/** The libraries this Node was started with, by the names it asks for; the same will start again. */
function sharedLibraries(): string[] {
  // Without this the report asks for the names of every peer.
  Object.assign(process.report, { excludeNetwork: true });
  const report: unknown = process.report.getReport();
  const found = typeof report === "object" && report !== null && "sharedObjects" in report ? report.sharedObjects : [];
  return Array.isArray(found) ? found.filter((path) => typeof path === "string" && path.startsWith("/")) : [];
}
