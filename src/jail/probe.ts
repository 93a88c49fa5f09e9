/**
 * A probe: one thing an attacker would try who already runs code inside a jailed process. It ships in the jail, so that
 * an installation can be tried as it is, and runs only in a process whose start line asks for it.
 *
 * What an attacker would hold is taken here, while the snapshot is built: Node's modules and its `process`, whatever
 * the jail takes away from expressions later. So a probe that is stopped was stopped by a wall, not for want of a name.
 */

/** What the parent tells a probe of its bait: numbers of processes and ports, paths. An attacker would have to guess. */
export type Told = Readonly<Record<string, string>>;

export type Probe = {
  readonly id: string;
  /** What the attacker wants, in plain words. */
  readonly aims: string;
  /** Layers that are meant to stop it. */
  readonly layers?: readonly string[];
  /** True when the process is good for nothing afterwards, however it went. */
  readonly ends?: true;
  /** Answers evidence of what it reached; throws, or rejects, when it was stopped. */
  attack(told: Told): string | Promise<string>;
};

/** `process`, under a name that nobody scrubs. */
export const inside: NodeJS.Process = process;
export const builtin: NodeJS.Process["getBuiltinModule"] = process.getBuiltinModule.bind(process);

type World = Pick<typeof globalThis, "Atomics" | "Buffer" | "SharedArrayBuffer" | "eval" | "fetch"> & { WebAssembly?: unknown };
let taken: World | undefined;

/** Keeps for the probes the globals that the jail is about to take away. */
export function takeWorld(): void {
  const { Atomics: atomics, Buffer: buffer, SharedArrayBuffer: shared, eval: evaluate, fetch } = globalThis;
  const WebAssembly: unknown = Reflect.get(globalThis, "WebAssembly");
  taken = { Atomics: atomics, Buffer: buffer, SharedArrayBuffer: shared, WebAssembly, eval: evaluate, fetch };
}

/** The globals as Node made them. */
export function world(): World {
  if (taken === undefined) throw new Error("takeWorld must come first");
  return taken;
}

/** Thrown when the parent gave no bait: such a probe proves nothing. */
class Untold extends Error {
  override name = "Untold";
}

export function need(told: Told, name: string): string {
  const value = told[name];
  if (value === undefined) throw new Untold(`the parent has not told "${name}"`);
  return value;
}

/** What it throws tells that the attack was stopped where it did not show itself by an error. */
export function stopped(how: string): never {
  throw new Error(how);
}

/** Resolves at the event `well`, rejects at `error`. */
export function heard(emitter: NodeJS.EventEmitter, well: string): Promise<string> {
  return new Promise((resolve, reject) => {
    emitter.once(well, () => resolve(well));
    emitter.once("error", reject);
  });
}
