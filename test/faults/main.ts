/**
 * `npm run faults -- NAME`: harms a server as an operator never would, for as long as asked, and says what its clients
 * noticed. The exit status is 0 only when every promise held, 2 when the command line was not understood.
 */
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import {
  formatMemory,
  formatReplacement,
  formatStart,
  measureMemory,
  measureReplacement,
  measureStart,
  totalMb,
} from "./costs.ts";
import { drainOften, formatDrains } from "./drains.ts";
import { formatFairness, measureFairness } from "./fairness.ts";
import { type FloodOptions, formatFloods, measureFloods } from "./flood.ts";
import { affordable, IDLE_BYTES_MAX, IDLE_MODES, type IdleMode, measureIdle } from "./idle.ts";
import { formatKilled, killAndCount } from "./kill.ts";

const MEMORY_MB_MAX = 250;
const SCALAR_RATIO_MAX = 1.5;
const MATRIX_RATIO_MAX = 3;

const HELP = `npm run faults -- NAME [--seconds N] [--count N] [--seed N] [--attackers N] [--reconnecting]

  kill       kills a random evaluator every 100 ms under load (when nothing is said)
             promise: 99.9 % of the calls right, the others a named error to be retried
  fairness   three clients send bombs without pause, quiet and attacked phases in turn
             promise: p99 of honest scalars at most ${SCALAR_RATIO_MAX} times, of small matrices at most ${MATRIX_RATIO_MAX} times what it is in
             the quiet phases, no honest call fails
  flood      eight peers open connections, send garbage, send batches of 100, quiet and flooded phases in turn
             promise: p99 of a witness with one call every 50 ms at most three times what it is in the quiet phases
  rows       one client sends 100,000 rows again and again, in the same way
             promise: p99 of a scalar and of a matrix witness at most twice what it is in the quiet phases
  idle       connections that say nothing any more
             promise: at most ${IDLE_BYTES_MAX} bytes of the server's resident memory each (TLS: told, not promised)
  drains     SIGTERM under load, again and again
             promise: what clients were told and what the history holds is the same, exit status 0 in time
  replace    kills one evaluator a second, and counts the CPU of those that take their place (promises nothing)
  start      starts servers, one a second, and counts until they listen (promises nothing)
  memory     adds up the memory of an idle server and its evaluators, shared pages once
             promise: less than ${MEMORY_MB_MAX} MB

  Server, witnesses and those who flood share this machine. The witnesses are processes of their own; those who flood give
  way to all others (chrt --idle; nice 19 where there is none), so that what is measured is the server's work for them and
  not theirs.

  --seconds N      how long, from 2 (60): kill, fairness, flood, rows
  --count N        how many connections (10000) or stops (50)
  --seed N         repeats the choices of an earlier run; a new one is made and printed otherwise (kill, fairness)
  --attackers N    how many send bombs (3): fairness
  --reconnecting   each bomb on a connection of its own (fairness)`;

const RIGHT_SHARE_MIN = 0.999;
const FLOOD_RATIO_MAX = 3;
const ROWS_RATIO_MAX = 2;
const PHASE_SECONDS = 2.5;

type Wanted = {
  seconds: number;
  count: number | undefined;
  seed: number;
  attackers: number;
  reconnecting: boolean;
  tell: (progress: string) => void;
};

const RUNS: Readonly<Record<string, (wanted: Wanted) => Promise<boolean>>> = {
  kill,
  fairness,
  flood: (wanted) => flood(wanted, { floods: ["connections", "garbage", "batches"], witnesses: ["scalar"] }, FLOOD_RATIO_MAX),
  rows: (wanted) => flood(wanted, { floods: ["rows"], witnesses: ["scalar", "matrix"] }, ROWS_RATIO_MAX),
  idle,
  drains,
  replace,
  start,
  memory,
};

async function kill(wanted: Wanted): Promise<boolean> {
  const killed = await killAndCount(wanted);
  wanted.tell("");
  console.log(formatKilled(killed));
  return killed.wrong.length === 0 && killed.right >= RIGHT_SHARE_MIN * killed.calls;
}

async function fairness({ seconds, ...wanted }: Wanted): Promise<boolean> {
  const rounds = Math.max(1, Math.round(seconds / 2 / PHASE_SECONDS));
  const fair = await measureFairness({ ...wanted, rounds, phaseMs: (seconds * 1_000) / 2 / rounds });
  wanted.tell("");
  console.log(formatFairness(fair));
  const { scalar, matrix } = fair;
  const isInTime = scalar.ratio <= SCALAR_RATIO_MAX && matrix.ratio <= MATRIX_RATIO_MAX;
  return isInTime && scalar.attacked.failed + matrix.attacked.failed === 0;
}

async function flood(
  { seconds, tell }: Wanted,
  kinds: Pick<FloodOptions, "floods" | "witnesses">,
  ratioMax: number,
): Promise<boolean> {
  const phases = 2 * kinds.floods.length;
  const rounds = Math.max(1, Math.round(seconds / phases / PHASE_SECONDS));
  const all = await measureFloods({ ...kinds, rounds, phaseMs: (seconds * 1_000) / phases / rounds, tell });
  tell("");
  console.log(formatFloods(all));
  return all.every(({ ratio, idle, flooded, poured }) => poured > 0 && ratio <= ratioMax && idle.failed + flooded.failed === 0);
}

async function idle({ count: wanted = 10_000, tell }: Wanted): Promise<boolean> {
  const count = affordable(wanted);
  if (count < wanted) console.log(`the hard limit of open files here (ulimit -Hn) allows ${count} connections, not ${wanted}`);
  let held = true;
  for (const [mode, { isPromised }] of Object.entries(IDLE_MODES)) {
    tell(mode);
    // A key of that very table.
    const bytes = await measureIdle(count, mode as IdleMode);
    tell("");
    console.log(`${count} connections, ${mode}: ${Math.round(bytes)} bytes each`);
    held &&= !isPromised || bytes <= IDLE_BYTES_MAX;
  }
  return held;
}

async function drains({ count = 50, tell }: Wanted): Promise<boolean> {
  const all = await drainOften(count, tell);
  tell("");
  console.log(formatDrains(all));
  return true;
}

async function replace({ seconds }: Wanted): Promise<boolean> {
  console.log(formatReplacement(await measureReplacement(Math.ceil(seconds))));
  return true;
}

async function start({ seconds }: Wanted): Promise<boolean> {
  console.log(formatStart(await measureStart(Math.ceil(seconds))));
  return true;
}

async function memory(): Promise<boolean> {
  const parts = await measureMemory();
  console.log(formatMemory(parts));
  return totalMb(parts) < MEMORY_MB_MAX;
}

/** Shows progress on a terminal, and nowhere else. */
function tell(progress: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${progress}`);
}

async function main(): Promise<number> {
  const options = {
    seconds: { type: "string", default: "60" },
    count: { type: "string" },
    seed: { type: "string" },
    attackers: { type: "string", default: "3" },
    reconnecting: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [name = "kill"] = positionals;
  const [seconds, seed] = [Number(values.seconds), Number(values.seed ?? randomInt(2 ** 31))];
  const count = values.count === undefined ? undefined : Number(values.count);
  const run = RUNS[name];
  const attackers = Number(values.attackers);
  const areWhole = [seed, attackers, count ?? 1].every(Number.isInteger) && attackers > 0;
  const isUnderstood = positionals.length <= 1 && seconds >= 2 && areWhole;
  if (values.help) console.log(HELP);
  else if (run === undefined || !isUnderstood || (count ?? 1) < 1) throw new Error(HELP);
  else {
    console.log(name === "kill" || name === "fairness" ? `${name} for ${seconds} s, --seed ${seed}` : name);
    const held = await run({ seconds, count, seed, attackers, reconnecting: values.reconnecting, tell });
    console.log(held ? "every promise held" : "a promise was broken");
    return held ? 0 : 1;
  }
  return 0;
}

process.exitCode = await main().catch((error: Error) => {
  console.error(error.message);
  return 2;
});
