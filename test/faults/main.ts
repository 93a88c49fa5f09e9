/**
 * `npm run faults -- kill|fairness|replace|start|memory`: harms a server as an operator never would, for as long as asked, and
 * says what its clients noticed; or what a start, a rest and an evaluator cost. The exit status is 0 only when every promise held, 2 when the command line was not understood.
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
import { formatFairness, measureFairness } from "./fairness.ts";
import { formatKilled, killAndCount } from "./kill.ts";

const MEMORY_MB_MAX = 250;

const HELP = `npm run faults -- [kill|fairness|replace|start|memory] [--seconds N] [--seed N] [--reconnecting]

  kill       kills a random evaluator every 100 ms under load (when nothing is said)
             promise: 99.9 % of the calls right, the others a named error to be retried
  fairness   eight clients send bombs without pause, quiet and attacked phases in turn
             promise: honest p99 at most twice what it is in the quiet phases, no honest call fails
  replace    kills one evaluator a second, and counts the CPU of those that take their place (promises nothing)
  start      starts servers, one a second, and counts until they listen (promises nothing)
  memory     adds up the memory of an idle server and its evaluators, shared pages once
             promise: less than ${MEMORY_MB_MAX} MB

  --seconds N      how long, from 2 (60)
  --seed N         repeats the choices of an earlier run; a new one is made and printed otherwise
  --reconnecting   each bomb on a connection of its own (fairness)`;

const RIGHT_SHARE_MIN = 0.999;
const RATIO_MAX = 2;
const PHASE_SECONDS = 2.5;

type Wanted = { seconds: number; seed: number; reconnecting: boolean; tell: (progress: string) => void };

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
  return fair.scalar.ratio <= RATIO_MAX && fair.scalar.attacked.failed + fair.matrix.attacked.failed === 0;
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
    seed: { type: "string" },
    reconnecting: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [name = "kill"] = positionals;
  const [seconds, seed] = [Number(values.seconds), Number(values.seed ?? randomInt(2 ** 31))];
  const run = { kill, fairness, replace, start, memory }[name];
  if (values.help) console.log(HELP);
  else if (run === undefined || positionals.length > 1 || !(seconds >= 2) || !Number.isInteger(seed)) throw new Error(HELP);
  else {
    console.log(`${name} for ${seconds} s, --seed ${seed}`);
    const held = await run({ seconds, seed, reconnecting: values.reconnecting, tell });
    console.log(held ? "every promise held" : "a promise was broken");
    return held ? 0 : 1;
  }
  return 0;
}

process.exitCode = await main().catch((error: Error) => {
  console.error(error.message);
  return 2;
});
