/**
 * How much honest clients notice of others that send bombs without pause: a server in a process of its own, quiet and
 * attacked phases in turn, so that whatever else the machine does weighs on both.
 */
import { readCorpus } from "../../src/cli/corpus.ts";
import { type Answer, Peer } from "./peer.ts";
import { startProgram } from "./program.ts";
import { makeRandom, type Random } from "./random.ts";
import { formatSpreads, type Spread, spreadOf } from "./spread.ts";

export type FairnessOptions = {
  seed: number;
  /** A quiet and an attacked phase each. */
  rounds: number;
  phaseMs: number;
  /** How many send bombs. */
  attackers: number;
  /** Each bomb comes on a connection of its own. */
  reconnecting?: boolean;
  tell?: (progress: string) => void;
};

export type Fairness = { scalar: Compared; matrix: Compared; slow: Compared; bombs: number; outcomes: Record<string, number> };
export type Compared = { idle: Spread; attacked: Spread; ratio: number };

const EVERY_MS = 20;
/** Bombs that burn: those that end in a kill, or might. Others cost the attacked no more than the attacker. */
const FAMILIES = ["recursion", "matrix-work", "broadcasts", "iteration", "algebra", "output", "combinatorics"];
const BURNS = ["time_limit", "memory_limit"];
/** A memory bomb that passes every check of sizes, and a recursion that takes its whole deadline. */
const SURE = ["h(n, a) = n < 1 ? 0 : h(n - 1, zeros(900000)) + a[1]; h(2000, [1])", "f(n)=n<1?0:f(n-1)+f(n-1); f(60)"];

export async function measureFairness({
  seed,
  rounds,
  phaseMs,
  attackers,
  reconnecting,
  tell,
}: FairnessOptions): Promise<Fairness> {
  await using program = await startProgram();
  const random = makeRandom(seed);
  const { port } = program;
  const honest = {
    scalar: await Honest.to(port, scalar),
    matrix: await Honest.to(port, matrix),
    slow: await Honest.to(port, slow),
  };
  const attack = new Attack(port, random, { attackers, reconnecting: reconnecting === true });
  await runPhase(honest, phaseMs / 4, "warming");
  for (let round = 1; round <= rounds; round++) {
    for (const name of ["idle", "attacked"] as const) {
      tell?.(`round ${round} of ${rounds}: ${name}`);
      if (name === "attacked") await attack.begin();
      await runPhase(honest, phaseMs, name);
      if (name === "attacked") await attack.end();
    }
  }
  for (const one of Object.values(honest)) one.close();
  const { bombs, outcomes } = attack;
  return { scalar: honest.scalar.compared(), matrix: honest.matrix.compared(), slow: honest.slow.compared(), bombs, outcomes };
}

type Asked = { expression: string; answer: unknown };
type Phase = "warming" | "idle" | "attacked";

const scalar = (n: number): Asked => ({ expression: `${n} * 2 + 1`, answer: n * 2 + 1 });
const matrix = (n: number): Asked => ({ expression: `det([${n}, 1; 1, 1])`, answer: n - 1 });
/** A matrix that is not provably cheap, and so never comes into the fast lane. */
const slow = (n: number): Asked => ({ expression: `trace(${n} * identity(6))`, answer: 6 * n });

/** All ask every 20 ms for so long, whatever became of the calls before, and have all their answers. */
async function runPhase(honest: Record<string, Honest>, phaseMs: number, phase: Phase): Promise<void> {
  const untilMs = performance.now() + phaseMs;
  await new Promise<void>((resolve) => {
    const ticking = setInterval(() => {
      if (performance.now() > untilMs) return resolve(clearInterval(ticking));
      for (const one of Object.values(honest)) one.ask(phase);
    }, EVERY_MS);
  });
  await Promise.all(Object.values(honest).map((one) => one.answered()));
}

class Honest {
  readonly #peer: Peer;
  readonly #make: (n: number) => Asked;
  readonly #ms: Record<Phase, number[]> = { warming: [], idle: [], attacked: [] };
  readonly #failed: Record<Phase, number> = { warming: 0, idle: 0, attacked: 0 };
  #asked = 0;
  #onAnswered: (() => void) | undefined;

  private constructor(peer: Peer, make: (n: number) => Asked) {
    this.#peer = peer;
    this.#make = make;
  }

  static async to(port: number, make: (n: number) => Asked): Promise<Honest> {
    return new Honest(await Peer.to(port), make);
  }

  ask(phase: Phase): void {
    this.#asked += 1;
    const { expression, answer } = this.#make(this.#asked + 1);
    this.#peer.ask(expression, (told, ms) => {
      this.#ms[phase].push(ms);
      if (!isRight(told, answer)) this.#failed[phase] += 1;
      if (this.#peer.open === 0) this.#onAnswered?.();
    });
  }

  answered(): Promise<void> {
    return new Promise((resolve) => {
      this.#onAnswered = resolve;
      if (this.#peer.open === 0) resolve();
    });
  }

  compared(): Compared {
    const [idle, attacked] = [this.#spread("idle"), this.#spread("attacked")];
    return { idle, attacked, ratio: attacked.p99Ms / idle.p99Ms };
  }

  close(): void {
    this.#peer.close();
  }

  #spread(phase: Phase): Spread {
    return spreadOf(this.#ms[phase], this.#failed[phase]);
  }
}

/** What a matrix of one number or a number is said to be. */
function isRight(told: Answer, answer: unknown): boolean {
  return Math.abs(Number(told?.result?.value) - Number(answer)) < 1e-6;
}

/** Clients that each have one bomb in work at any time. */
class Attack {
  readonly #port: number;
  readonly #bombs: string[];
  readonly #random: Random;
  readonly #attackers: number;
  readonly #reconnecting: boolean;
  readonly #peers: Peer[] = [];
  readonly outcomes: Record<string, number> = {};
  bombs = 0;
  #on = false;
  #working = 0;
  #onQuiet: (() => void) | undefined;

  constructor(port: number, random: Random, { attackers, reconnecting }: { attackers: number; reconnecting: boolean }) {
    const rows = [...readCorpus(new URL("../bombs/", import.meta.url))].filter(([family]) => FAMILIES.includes(family));
    const burning = rows.flatMap(([, bombs]) => bombs.filter(({ expect }) => expect?.some((end) => BURNS.includes(end))));
    this.#bombs = [...burning.filter(({ settings }) => settings === undefined).map(({ expression }) => expression), ...SURE];
    this.#port = port;
    this.#random = random;
    this.#attackers = attackers;
    this.#reconnecting = reconnecting;
  }

  async begin(): Promise<void> {
    this.#on = true;
    while (this.#peers.length < this.#attackers) this.#peers.push(await Peer.to(this.#port));
    for (const slot of this.#peers.keys()) this.#throw(slot);
  }

  /** Resolves when the last bombs have ended. */
  end(): Promise<void> {
    this.#on = false;
    return new Promise((resolve) => {
      this.#onQuiet = resolve;
      if (this.#working === 0) resolve();
    });
  }

  #throw(slot: number): void {
    const peer = this.#peers[slot];
    if (peer === undefined) return;
    this.bombs += 1;
    this.#working += 1;
    peer.ask(this.#random.pick(this.#bombs), (answer) => {
      this.#working -= 1;
      const end = answer?.error?.data.name ?? (answer === undefined ? "cut" : "a value");
      this.outcomes[end] = (this.outcomes[end] ?? 0) + 1;
      if (!this.#on) {
        if (this.#working === 0) this.#onQuiet?.();
      } else if (this.#reconnecting) this.#again(slot, peer);
      else this.#throw(slot);
    });
  }

  #again(slot: number, left: Peer): void {
    left.close();
    void Peer.to(this.#port).then((peer) => {
      this.#peers[slot] = peer;
      if (this.#on) this.#throw(slot);
    });
  }
}

/** A table for people. */
export function formatFairness({ scalar, matrix, slow, bombs, outcomes }: Fairness): string {
  const ends = Object.entries(outcomes).map(([name, count]) => `${count} ${name}`);
  return [
    formatSpreads({
      "scalar, idle": scalar.idle,
      "scalar, attacked": scalar.attacked,
      "matrix, idle": matrix.idle,
      "matrix, attacked": matrix.attacked,
      "slow, idle": slow.idle,
      "slow, attacked": slow.attacked,
    }),
    `p99 attacked to idle: scalar ${scalar.ratio.toFixed(2)}, matrix ${matrix.ratio.toFixed(2)}, slow ${slow.ratio.toFixed(2)}`,
    `${bombs} bombs: ${ends.join(", ")}`,
  ].join("\n");
}
