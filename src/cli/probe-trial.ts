/** The trial that assumes mathjs broken: every probe of the jail, by an attacker who holds all of Node inside a jailed process. */
import { openBait } from "../evaluator/bait.ts";
import { type Ground, listProbes, type ProbeEntry, runProbes } from "../evaluator/probing.ts";
import { type Course, type Finding, isLayer, type Trial, tryParts } from "./trial.ts";

/** Jailed processes at a time; a probe mostly waits. */
const LANES = 3;
/** Probes between two looks at the clock: each part costs a process. */
const PART_PROBES = 15;

/**
 * `missing` are the layers that do not stand here: what nothing but they would stop is told apart. The second trial is
 * the word of the bait, which need not believe the process that was attacked.
 */
export async function tryProbes(
  ground: Ground,
  missing: ReadonlySet<string>,
  course: Course,
): Promise<[probes: Trial, bait: Trial]> {
  await using bait = await openBait(ground);
  const entries = await listProbes(ground);
  const findings = await tryParts(
    partsOf(entries),
    { lanes: LANES, course },
    async (part) => {
      const ids = part.map(({ id }) => id);
      const reports = await runProbes(ground, bait.told, ids);
      return reports.map(({ id, reached, by, layer, aims, evidence }): Finding => {
        if (!reached) return { id, end: isLayer(layer) ? layer : "untried", by };
        const layers = part.find((entry) => entry.id === id)?.layers ?? [];
        const end = layers.length > 0 && layers.every((one) => missing.has(one)) ? "missing" : "through";
        return { id, end, by: `can ${aims}: ${evidence.slice(0, 80)}` };
      });
    },
    (part) => part.map(({ id }) => id),
  );
  return [
    { name: "probes", findings },
    { name: "bait", findings: [witness(bait.touched(), findings)] },
  ];
}

function partsOf(entries: readonly ProbeEntry[]): ProbeEntry[][] {
  const count = Math.ceil(entries.length / PART_PROBES);
  return Array.from({ length: count }, (_, part) => entries.filter((_entry, at) => at % count === part));
}

/** What a missing layer let through may have touched the bait. */
function witness(touched: readonly string[], findings: readonly Finding[]): Finding {
  if (touched.length === 0) return { id: "bait", end: "answer", by: "untouched" };
  const isExcused = findings.some(({ end }) => end === "missing");
  return { id: "bait", end: isExcused ? "missing" : "through", by: touched.join(", ") };
}
