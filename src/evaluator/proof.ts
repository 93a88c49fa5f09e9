/**
 * Which layers of the jail stand on this machine: told by running attacks, never by what was asked for.
 *
 * Two processes are sacrificed beside the start of the first that serves. One is started as those that serve, and shows the
 * layers an attacker meets first; the other lacks the engine's flags and Node's permissions, so that the attacks get as
 * far as the limits and the kernel's wall. A layer stands when every attack on its list was stopped by a sign of its own.
 */
import { once } from "node:events";
import { createServer } from "node:net";
import type { Layer } from "./evaluator.ts";
import { type Attack, type Fate, type Ground, probeAttack, runAttacks } from "./probing.ts";

type Rung = {
  id: string;
  name: string;
  attacks: readonly string[];
  /** What may stop them; anything else is not this layer's merit. Absent: any sign. */
  signs?: readonly string[];
};

/** Expressions by which mathjs has been left, or its namespace. */
const escapes: Readonly<Record<string, string>> = {
  "a constructor": 'f = cos.constructor; f("return process")',
  "a method of a matrix": 'matrix().get({length: 1, reduce: f(c, a) = c(cos, "constructor")})',
  "a member of an array": "a = [0].toArray(); a.map = f(c) = c(cos)",
  import: "import({a: 1})",
  typed: 'typed("f", {"any": g(x) = x})',
  createUnit: 'createUnit("evil")',
};

const refusals = ["access_refused", "function_refused", "unknown_function"];
const denied = ["ERR_ACCESS_DENIED"];

/** What the process shows that is started as those that serve. The last ends it. */
const served: readonly Rung[] = [
  { id: "L1", name: "gate", attacks: ["a constructor", "a method of a matrix", "a member of an array"], signs: refusals },
  { id: "L2", name: "namespace", attacks: ["import", "typed", "createUnit"], signs: refusals },
  {
    id: "L3",
    name: "engine flags",
    attacks: ["code-function", "code-eval", "poison-array", "poison-proto"],
    signs: ["EvalError", "TypeError", "Error"],
  },
  {
    id: "L4",
    name: "Node permissions",
    attacks: ["file-passwords", "process-node", "process-thread", "net-tcp", "process-debugger"],
    signs: denied,
  },
  { id: "L7", name: "what the server believes", attacks: ["pipe-unknown"], signs: ["nonsense"] },
];

/** What the process shows that lacks L3 and L4. The last ends it. */
const stripped: readonly Rung[] = [
  { id: "L5.environment", name: "empty environment", attacks: ["given-environment"] },
  { id: "L5.descriptors", name: "no open file of the server", attacks: ["given-descriptors"] },
  {
    id: "L5.limits",
    name: "process limits",
    attacks: ["take-shared", "take-files"],
    signs: ["ERR_MEMORY_ALLOCATION_FAILED", "RangeError", "EMFILE"],
  },
  {
    id: "L6.namespaces",
    name: "namespaces of its own, no capability",
    attacks: ["signal-parent", "signal-everybody", "net-tcp"],
  },
  { id: "L6.files", name: "a file system with nothing in it", attacks: ["file-passwords", "file-list-root", "proc-list"] },
  { id: "L6.calls", name: "filter on system calls", attacks: ["process-node", "net-bind-udp"], signs: ["EPERM"] },
  { id: "L7", name: "deadline", attacks: ["take-processor"], signs: ["time_limit"] },
];

/** Both processes show a part of it. */
const lastLayer = { id: "L7", name: "checked answers, deadline" };

/** Patience with an attack that ought to come back by itself, on a crowded machine; and with the one that never does. */
const attackMs = 5_000;
const deadlineMs = 30;

/** Every layer, when nothing could be tried. */
export function layersUntried(why: string): Layer[] {
  const rungs = [...served.slice(0, -1), ...stripped.slice(0, -1)].map(({ id, name }) => ({ id, name }));
  return [...rungs, lastLayer].map((layer) => ({ ...layer, stands: false, how: `not tried: ${why}` }));
}

/** Resolves with every layer, L1 to L7. Rejects when the processes to sacrifice cannot be started, or when told to stop. */
export async function proveLayers(ground: Ground, signal?: AbortSignal): Promise<Layer[]> {
  const { confinement } = ground;
  // Somebody must listen: a refused connection has reached the network as well.
  const server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const address = server.address();
    const told = { parent: String(process.pid), port: String(typeof address === "object" ? address?.port : "") };
    const [first, second] = await Promise.all([
      runAttacks(ground, attacksOf(served), told, signal),
      runAttacks({ ...ground, confinement: { ...confinement, leftOut: ["L3", "L4"] } }, attacksOf(stripped), told, signal),
    ]);
    const layers = [
      ...served.slice(0, -1).map((rung) => judge(rung, first)),
      ...stripped.slice(0, -1).map((rung) => judge(rung, second)),
    ];
    const [lie, deadline] = [judge(last(served), first), judge(last(stripped), second)];
    const how = `${lie.how}; ${deadline.how}`;
    return [...layers, { ...lastLayer, stands: lie.stands && deadline.stands, how }];
  } finally {
    server.close();
  }
}

/** Each attack once, though several layers may be judged by it. */
function attacksOf(rungs: readonly Rung[]): Attack[] {
  return [...new Set(rungs.flatMap(({ attacks }) => attacks))].map((id) => {
    const expression = escapes[id];
    if (expression !== undefined) return { id, kind: "evaluate", expression, timeMs: attackMs };
    return probeAttack(id, id === "take-processor" ? deadlineMs : attackMs);
  });
}

function last(rungs: readonly Rung[]): Rung {
  const rung = rungs.at(-1);
  if (rung === undefined) throw new Error("no rung");
  return rung;
}

function judge({ id, name, attacks, signs }: Rung, fates: readonly Fate[]): Layer {
  const found = attacks.map((attack) => fates.find((fate) => fate.id === attack));
  const isStopped = (fate: Fate | undefined) =>
    fate !== undefined && !fate.reached && fate.by !== "Untold" && fate.by !== "unknown" && (signs?.includes(fate.by) ?? true);
  const tell = (fate: Fate | undefined, index: number) =>
    `${attacks[index]} ${fate === undefined ? "was not tried" : fate.reached ? "REACHED" : fate.by}`;
  const stands = found.every(isStopped);
  return { id, name, stands, how: `${stands ? "attacks stopped" : "attacks"}: ${found.map(tell).join(", ")}` };
}
