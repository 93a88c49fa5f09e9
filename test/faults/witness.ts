/**
 * An honest client in a process of its own: for as long as a phase lasts it asks one call every 50 ms, whatever became of
 * the calls before, so that a stall is counted by everybody it would have met.
 */
import { type ChildProcess, fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import { argument } from "./argument.ts";
import { Peer } from "./peer.ts";

const EVERY_MS = 50;

/** Of one phase: milliseconds of each call, and how many had another answer than they should. */
export type Seen = { ms: number[]; wrong: number };

/**
 * It would be elsewhere, as who floods: it shall wait for the server, not for a processor the server goes on working on when it has
 * answered; priorities do not change that, so it gets a class of its own. Where it may not have one, or there is no `chrt`, it
 * waits for both, and says more than the server is to blame for.
 */
function goBefore(): void {
  spawnSync("chrt", ["--fifo", "--pid", "1", String(process.pid)], { stdio: "ignore" });
}

/** What it may ask, and the value that is right; each time something else, which the server cannot remember and has to calculate. */
const ASKED = {
  scalar: (n: number) => ({ expression: `${n} * 7`, value: n * 7 }),
  matrix: (n: number) => ({ expression: `det([${n}, 2; 3, 1])`, value: n - 6 }),
} as const;

export type Kind = keyof typeof ASKED;

/** The handle to the process. */
export class Witness {
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess) {
    this.#process = process;
  }

  static async to(port: number, kind: Kind): Promise<Witness> {
    const process = fork(import.meta.filename, ["--port", String(port), "--kind", kind]);
    await once(process, "message");
    return new Witness(process);
  }

  /** Resolves when the phase is over and all its calls are answered. */
  async watch(phaseMs: number): Promise<Seen> {
    const seen = once(this.#process, "message");
    this.#process.send(phaseMs);
    // What the code below has sent.
    return (await seen)[0] as Seen;
  }

  close(): void {
    this.#process.kill("SIGKILL");
  }
}

/** How many calls were made, in all phases. */
let made = 0;

function ask(peer: Peer, kind: Kind, phaseMs: number): Promise<Seen> {
  const seen: Seen = { ms: [], wrong: 0 };
  let over = false;
  return new Promise((resolve) => {
    const endMs = performance.now() + phaseMs;
    const ticking = setInterval(() => {
      over = performance.now() > endMs;
      if (over) clearInterval(ticking);
      made += 1;
      const { expression, value } = ASKED[kind](made);
      const told = (answer: { result?: { value?: unknown } } | undefined, ms: number) => {
        seen.ms.push(ms);
        if (answer?.result?.value !== value) seen.wrong += 1;
        if (over && peer.open === 0) resolve(seen);
      };
      peer.ask(expression, told, { record: false });
    }, EVERY_MS);
  });
}

if (import.meta.main) {
  goBefore();
  const kind = process.argv.includes("matrix") ? "matrix" : "scalar";
  const peer = await Peer.to(argument("port", 7070));
  process.on("message", async (phaseMs) => process.send?.(await ask(peer, kind, Number(phaseMs))));
  process.on("disconnect", () => process.exit());
  process.send?.("ready");
}
