/**
 * A jailed process of the test-only bundle, started with exactly what production gives a worker (`confine.ts`), and
 * spoken to line by line. The bundle is `src/jail/main.ts` with two of its modules tapped; nothing in `src` knows of it.
 */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin, stop } from "esbuild";
import { BUNDLE } from "../../src/evaluator/bundle.ts";
import {
  type Confinement,
  type JailedProcess,
  killJailed,
  makeConfinement,
  runTrusted,
  spawnJailed,
} from "../../src/evaluator/confine.ts";
import { formatStart, type Heard, parseOutcome } from "../../src/evaluator/pipe.ts";
import type { JailLimits, Job } from "../../src/jail/contract.ts";

const LIMITS: JailLimits = { nodesMax: 2_000, depthMax: 100, elementsMax: 1_000_000, resultBytesMax: 262_144 };
/** Far beyond what any batch takes; what hangs longer is killed. */
const PATIENCE_MS = 4_000;

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** A longer line costs a worker its life (`worker.ts`). */
const LINE_BYTES_MAX = 64 * 1024 + 8 * LIMITS.resultBytesMax;

/** Inside `src/jail` the two tapped modules are taken from here; the taps themselves get the real ones. */
const taps: Plugin = {
  name: "taps",
  setup({ onResolve }) {
    const jail = pathOf("../../src/jail/");
    const tap = { engine: pathOf("./realm-engine.ts"), calculator: pathOf("./realm-calculator.ts") };
    onResolve({ filter: /^\.\/(engine|calculator)\.ts$/ }, ({ path, importer, kind }) =>
      importer.startsWith(jail) && kind === "import-statement"
        ? { path: path === "./engine.ts" ? tap.engine : tap.calculator }
        : undefined,
    );
  },
};

/** What processes are started from. `remove` deletes it. */
export type RealmBuild = { confinement: Confinement; blob: string; remove(): void };

/** What closes the realm, taken out: the modules do nothing, and ask Node when they need something. */
const HOLES: Record<string, string> = {
  seal: "export const ANGLES = [], sealEngine = () => {};",
  freeze: "export const freezeValue = () => {}, reach = () => [];",
  globals: `export const freezeLanguage = () => {};
    export const closeGlobals = () => { for (const name of Object.keys(console)) console[name] = () => {}; };`,
  host: `import fs from "node:fs";
    export const read = (...args) => fs.readSync(...args), write = (...args) => fs.writeSync(...args);
    export const nowMs = () => performance.now(), pause = () => {};
    export const byteLength = Buffer.byteLength, bytesOf = Buffer.from, allocate = Buffer.allocUnsafeSlow;
    export const drawSecret = () => "";`,
};

const holes: Plugin = {
  name: "holes",
  setup({ onLoad }) {
    onLoad({ filter: /src.jail.(?:seal|freeze|globals|host)\.ts$/ }, ({ path }) => ({
      contents: HOLES[basename(path, ".ts")] ?? "",
      resolveDir: dirname(path),
    }));
  },
};

/** Bundles the tapped jail and takes its start-up snapshot; about 2 s. An open one lacks what closes the realm, engine flags included. */
export async function buildRealm({ open = false } = {}): Promise<RealmBuild> {
  const folder = mkdtempSync(join(tmpdir(), "realm-"));
  const remove = (): void => rmSync(folder, { recursive: true });
  try {
    return { ...(await buildIn(folder, open)), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

async function buildIn(folder: string, open: boolean): Promise<Omit<RealmBuild, "remove">> {
  const [outfile, blob] = [join(folder, "jail.cjs"), join(folder, "jail.blob")];
  const plugins = [...BUNDLE.plugins, taps, ...(open ? [holes] : [])];
  await build({ ...BUNDLE, entryPoints: [pathOf("../../src/jail/main.ts")], outfile, plugins });
  await stop();
  await runTrusted(["--snapshot-blob", blob, "--build-snapshot", outfile], 60_000);
  const command = open ? { command: [process.execPath, "--no-warnings", "--snapshot-blob", blob] } : {};
  return { confinement: await makeConfinement({ mode: "prefer", heapMb: 128, rssMb: 256, ...command }), blob };
}

/** Cut at LF only: a text may hold every other sign that ends a line. */
async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<string, undefined> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10)) {
      if (end > LINE_BYTES_MAX) throw new Error(`a line of ${end} bytes`);
      yield rest.toString("utf8", 0, end);
      rest = rest.subarray(end + 1);
    }
  }
  return undefined;
}

/** One process. `ask` sends jobs with one write and reads their outcomes, in order. */
export class RealmProcess {
  readonly #process: JailedProcess;
  readonly #lines: AsyncIterator<string>;
  #lastId = 0;

  private constructor(process: JailedProcess) {
    this.#process = process;
    this.#lines = linesOf(process.stdout);
    process.stdin.on("error", () => undefined);
  }

  static async start({ confinement, blob }: RealmBuild): Promise<RealmProcess> {
    const process = new RealmProcess(spawnJailed(confinement, blob));
    process.#process.stdin.write(formatStart(LIMITS));
    await process.#lines.next();
    return process;
  }

  /**
   * The outcomes, as the server's own validator reads them; fewer when the process had to be killed for hanging. Throws
   * when it says anything else than the outcome of the next job, and when it ends by itself.
   */
  async ask(jobs: readonly Omit<Job, "id">[]): Promise<Heard[]> {
    const ids = jobs.map(() => ++this.#lastId);
    this.#process.stdin.write(jobs.map((job, at) => `${JSON.stringify({ id: ids[at], ...job })}\n`).join(""));
    const patience = AbortSignal.timeout(PATIENCE_MS);
    const giveUp = (): void => killJailed(this.#process);
    patience.addEventListener("abort", giveUp);
    const outcomes: Heard[] = [];
    for (const id of ids) {
      const line = await this.#lines.next();
      if (line.done && !patience.aborted) throw new Error(`the process ended over job ${id}`);
      if (line.done) break;
      const outcome = parseOutcome(line.value);
      if (outcome?.id !== id) throw new Error(`not the outcome of job ${id}: ${line.value.slice(0, 300)}`);
      outcomes.push(outcome);
    }
    patience.removeEventListener("abort", giveUp);
    return outcomes;
  }

  async close(): Promise<void> {
    const { child } = this.#process;
    if (child.exitCode !== null || child.signalCode !== null) return;
    killJailed(this.#process);
    await once(child, "exit");
  }
}
