/**
 * Honest clients beside a flood: a server, quiet and flooded phases in turn, so that whatever else the machine does weighs
 * on both, and witnesses in processes of their own that say how long they waited in each.
 */
import { endFlood, type FloodKind, startFlood } from "./flooder.ts";
import { spawnServer } from "./spawned.ts";
import { formatSpreads, type Spread, spreadOf } from "./spread.ts";
import { type Kind, type Seen, Witness } from "./witness.ts";

export type FloodOptions = {
  floods: readonly FloodKind[];
  witnesses: readonly Kind[];
  /** A quiet and a flooded phase of each kind. */
  rounds: number;
  phaseMs: number;
  tell?: (progress: string) => void;
};

/** What one witness saw of one kind of flood, and in the quiet phases beside it. */
export type Flooded = {
  flood: FloodKind;
  witness: Kind;
  idle: Spread;
  flooded: Spread;
  ratio: number;
  /** How much there was of the flood, as `endFlood` counts it. */
  poured: number;
};

const WARM_MS = 1_000;

export async function measureFloods({ floods, witnesses, rounds, phaseMs, tell }: FloodOptions): Promise<Flooded[]> {
  const server = await spawnServer(["--history", "memory:"]);
  const watching: { kind: Kind; witness: Witness }[] = [];
  try {
    for (const kind of witnesses) watching.push({ kind, witness: await Witness.to(server.port, kind) });
    const watch = (ms: number) => Promise.all(watching.map(({ witness }) => witness.watch(ms)));
    await watch(WARM_MS);
    const seen = new Map(floods.map((flood) => [flood, { idle: [] as Seen[][], flooded: [] as Seen[][], poured: 0 }]));
    for (let round = 1; round <= rounds; round++) {
      for (const [flood, phases] of seen) {
        tell?.(`round ${round} of ${rounds}: ${flood}`);
        phases.idle.push(await watch(phaseMs));
        const peers = await startFlood(flood, server.port);
        phases.flooded.push(await watch(phaseMs));
        phases.poured += await endFlood(peers);
      }
    }
    return [...seen].flatMap(([flood, { idle, flooded, poured }]) =>
      witnesses.map((witness, at) => compare({ flood, witness, idle: pool(idle, at), flooded: pool(flooded, at), poured })),
    );
  } finally {
    for (const { witness } of watching) witness.close();
    await server.stop("SIGKILL");
  }
}

function compare(both: Omit<Flooded, "ratio">): Flooded {
  return { ...both, ratio: both.flooded.p99Ms / both.idle.p99Ms };
}

/** All phases of the witness at that place. */
function pool(phases: readonly Seen[][], at: number): Spread {
  const own = phases.flatMap((seen) => seen[at] ?? []);
  return spreadOf(
    own.flatMap(({ ms }) => ms),
    own.reduce((sum, { wrong }) => sum + wrong, 0),
  );
}

/** A table for people. */
export function formatFloods(all: readonly Flooded[]): string {
  const rows = all.flatMap(({ flood, witness, idle, flooded }) => [
    [`${witness}, idle`, idle] as const,
    [`${witness}, ${flood}`, flooded] as const,
  ]);
  // One table with all its rows, so names that come twice are told apart by their place.
  const table = formatSpreads(Object.fromEntries(rows.map(([name, spread], at) => [`${at + 1}. ${name}`, spread])));
  const ratios = all.map(({ flood, witness, ratio }) => `${flood} (${witness}) ${ratio.toFixed(2)}`);
  const amounts = new Map(all.map(({ flood, poured }) => [flood, `${flood} ${poured}`]));
  return `${table}\nflooded with: ${[...amounts.values()].join(", ")}\np99 flooded to idle: ${ratios.join(", ")}`;
}
