/**
 * Kills a random evaluator every 100 ms while honest clients calculate: a server in a process of its own, each client with
 * expressions nobody else sends, so that an answer meant for another is seen to be one.
 */
import { type Answer, Peer } from "./peer.ts";
import { startProgram } from "./program.ts";
import { makeRandom } from "./random.ts";

export type KillOptions = { seed: number; seconds: number; tell?: (progress: string) => void };

export type Killed = {
  calls: number;
  right: number;
  /** Failures that say they may be asked again, by name. */
  retryable: Record<string, number>;
  /** Everything that must not be: a wrong value, an answer of another, an error that is not to be retried, silence. */
  wrong: string[];
  kills: number;
  /** Times nobody was killed, because the machine had not yet made up for those before. */
  spared: number;
  worstMs: number;
};

const CLIENTS = 6;
const KILL_EVERY_MS = 100;
/** Cheap calls of one client that leave together, so that kills hit batches. */
const BATCH = 20;
/** Asked one by one by every client: work of the other lanes. */
const SLOW_EVERY = 4;
const PAUSE_MS = 5;
const WRONG_KEPT = 20;
const LEFT_MIN = 2;

export async function killAndCount({ seed, seconds, tell }: KillOptions): Promise<Killed> {
  await using program = await startProgram();
  const random = makeRandom(seed);
  const counted: Killed = { calls: 0, right: 0, retryable: {}, wrong: [], kills: 0, spared: 0, worstMs: 0 };
  const untilMs = performance.now() + seconds * 1_000;
  const killing = setInterval(() => {
    // One that has not started yet is none, and some are left: a start takes a sixth of a second of a processor, so that a
    // busy machine cannot make up for ten kills a second, and what was measured would be the machine.
    const victims = [...program.evaluators];
    if (victims.length > LEFT_MIN && kill(random.pick(victims))) counted.kills += 1;
    else counted.spared += 1;
    if (counted.kills % 10 === 0) tell?.(`${counted.kills} kills, ${counted.calls} calls, ${counted.right} right`);
  }, KILL_EVERY_MS);
  try {
    await Promise.all(Array.from({ length: CLIENTS }, (_, number) => calculate(program.port, number + 1, untilMs, counted)));
  } finally {
    clearInterval(killing);
  }
  return counted;
}

/** What one client asks and may be answered: its number is part of every value. */
function makeAsked(client: number, turn: number): { expression: string; value: number } {
  const value = client * 10_000_000 + turn;
  const expression = turn % SLOW_EVERY === 0 ? `sum(resize([${value - 3}, 1, 2], [3]))` : `${value - 7} + 7`;
  return { expression, value };
}

/** Sends batch after batch until the time is over, and waits for every answer. */
async function calculate(port: number, client: number, untilMs: number, counted: Killed): Promise<void> {
  const peer = await Peer.to(port);
  for (let turn = 1; performance.now() < untilMs; turn += BATCH) {
    const asked = Array.from({ length: BATCH }, (_, index) => makeAsked(client, turn + index));
    await new Promise<void>((resolve) => {
      const ask = () =>
        peer.askAll(
          asked.map(({ expression }) => expression),
          (answer, ms, index) => {
            note(counted, asked[index], answer, ms);
            if (peer.open === 0) resolve();
          },
          { record: false },
        );
      setTimeout(ask, PAUSE_MS);
    });
  }
  peer.close();
}

function note(counted: Killed, asked: { expression: string; value: number } | undefined, answer: Answer, ms: number): void {
  counted.calls += 1;
  counted.worstMs = Math.max(counted.worstMs, ms);
  const error = answer?.error?.data;
  if (answer?.result !== undefined && answer.result.value === asked?.value) counted.right += 1;
  else if (error?.retryable === true) counted.retryable[error.name] = (counted.retryable[error.name] ?? 0) + 1;
  else if (counted.wrong.length < WRONG_KEPT) counted.wrong.push(`${asked?.expression} was answered ${JSON.stringify(answer)}`);
}

function kill(pid: number): boolean {
  try {
    return process.kill(pid, "SIGKILL");
  } catch {
    return false;
  }
}

/** For people. */
export function formatKilled({ calls, right, retryable, wrong, kills, spared, worstMs }: Killed): string {
  const names = Object.entries(retryable).map(([name, count]) => `${count} ${name}`);
  return [
    `${kills} evaluators killed (${spared} times too few were left), ${calls} calls, ${right} right (${((100 * right) / calls).toFixed(3)} %)`,
    `retryable: ${names.join(", ") || "none"}; wrong: ${wrong.length}; slowest ${worstMs.toFixed(0)} ms`,
    ...wrong,
  ].join("\n");
}
