/** All probes, and how one is run: its outcome is a line like any other, so that the parent's ordinary way carries it. */
import type { Job } from "./contract.ts";
import { inside, type Probe, type Told } from "./probe.ts";
import { ENGINE_PROBES } from "./probe-engine.ts";
import { FILE_PROBES } from "./probe-files.ts";
import { LIMIT_PROBES } from "./probe-limits.ts";
import { NETWORK_PROBES } from "./probe-network.ts";
import { PIPE_PROBES } from "./probe-pipe.ts";
import { PROCESS_PROBES } from "./probe-processes.ts";
import { REALM_PROBES } from "./probe-realm.ts";

const PROBES: readonly Probe[] = [
  ...FILE_PROBES,
  ...NETWORK_PROBES,
  ...PROCESS_PROBES,
  ...ENGINE_PROBES,
  ...LIMIT_PROBES,
  ...PIPE_PROBES,
  // They attack what mathjs is made of: the allowlist and what froze it.
  ...REALM_PROBES.map((probe): Probe => ({ ...probe, layers: ["L2"] })),
];
/** An expression that asks for the list. */
const LIST = "list";
const EVIDENCE_CHARS_MAX = 200;

/** Runs the probe a job names, or lists them all; answers the outcome as a line without its LF. Never throws, but may never end. */
export async function answerProbe({ id, expression, variables }: Job): Promise<string> {
  const value =
    expression === LIST
      ? PROBES.map(({ id, aims, layers = [], ends = false }) => ({ id, aims, layers, ends }))
      : await run(expression, { ...variables, job: String(id) });
  return JSON.stringify({ id, value: { type: "probe", value, text: "" }, us: 0 });
}

async function run(id: string, told: Told): Promise<{ reached: boolean; by: string; evidence: string }> {
  const probe = PROBES.find((one) => one.id === id);
  if (probe === undefined) return { reached: false, by: "unknown", evidence: "" };
  try {
    const evidence = await Promise.race([uncaught(), attack(probe, told)]);
    return { reached: true, by: "nothing", evidence: cut(evidence) };
  } catch (error) {
    return { reached: false, by: nameOf(error), evidence: cut(error instanceof Error ? error.message : error) };
  } finally {
    inside.removeAllListeners("uncaughtException");
  }
}

const attack = async (probe: Probe, told: Told): Promise<string> => probe.attack(told);

/** Node throws some refusals where nobody can catch them: in the next tick. */
const uncaught = (): Promise<never> => new Promise((_resolve, reject) => inside.once("uncaughtException", reject));

const cut = (text: unknown): string => String(text).slice(0, EVIDENCE_CHARS_MAX);

function nameOf(error: unknown): string {
  const code: unknown = Reflect.get(Object(error), "code");
  if (typeof code === "string") return code;
  return error instanceof Error ? error.name : "unknown";
}
