/**
 * `canaduck selfcheck`: tries this installation with every hostile expression and every probe there is, and tells layer by
 * layer what stopped them.
 *
 * Composition root. Needs no server and touches none: it starts jailed processes of its own, exactly as a server with the
 * same settings would, and one server on a free port of loopback for the trial of the door.
 */
import type { Config } from "../config.ts";
import { openEvaluator, prepareGround } from "../evaluator/open.ts";
import { readChildren } from "../evaluator/proc.ts";
import { harmlessJson } from "../harmless.ts";
import { openLog } from "../log.ts";
import { tryBombs } from "./bomb-trial.ts";
import { CORPORA, type Corpus, type Reference, readCorpus, readReferences } from "./corpus.ts";
import { tryDoor } from "./door-trial.ts";
import { tryEscapes } from "./escape-trial.ts";
import { tryProbes } from "./probe-trial.ts";
import type { Paint } from "./render.ts";
import { type Report, reportLines, statusOf, summaryOf } from "./selfcheck-report.ts";
import { evaluatorOptions } from "./serve.ts";
import { STATUS } from "./status.ts";
import type { Course, Finding, Trial } from "./trial.ts";

export type SelfcheckOptions = {
  /** After so many seconds nothing new is begun. */
  seconds: number;
  json: boolean;
  version: string;
};

type Terminal = { stdout: NodeJS.WritableStream; stderr: NodeJS.WriteStream; paint: Paint };

type Corpora = { escapes: Corpus; bombs: Corpus; references: readonly Reference[] };

/** Bombs cost their process its life; with so many one always stands by. */
const BOMB_PROCESSES = 4;
/** What this process may have grown by after all bombs; one large matrix would be 8. */
const GROWN_MB = 64;

/** Resolves with the exit status: 0 when everything held, 1 when something got through, 75 when not all was tried or could be judged, 69 when nothing can be. */
export async function selfcheck(config: Config, options: SelfcheckOptions, terminal: Terminal): Promise<number> {
  const { stdout, stderr, paint } = terminal;
  try {
    const report = await examine(config, options, readCorpora(), progressOn(stderr));
    if (options.json) stdout.write(`${harmlessJson(summaryOf(report))}\n`);
    else stdout.write(`${reportLines(report, paint).join("\n")}\n`);
    return statusOf(report);
  } catch (error) {
    stderr.write(`canaduck: selfcheck cannot run: ${error instanceof Error ? error.message : String(error)}\n`);
    return STATUS.unreachable;
  }
}

function readCorpora(): Corpora {
  try {
    return { escapes: readCorpus(CORPORA.escapes), bombs: readCorpus(CORPORA.bombs), references: readReferences() };
  } catch (error) {
    throw new Error("the expressions it tries are not part of this installation", { cause: error });
  }
}

type Progress = (trial: string, done: number) => void;

async function examine(
  config: Config,
  { seconds, version }: SelfcheckOptions,
  corpora: Corpora,
  tell: Progress,
): Promise<Report> {
  const startedMs = performance.now();
  let stopped = false;
  // The trials under way end by themselves, and leave no process and no file.
  const stop = () => {
    stopped = true;
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
  const courseOf = (name: string): Course => {
    let done = 0;
    return {
      isOver: () => stopped || performance.now() - startedMs > seconds * 1000,
      done: (count) => {
        done += count;
        tell(name, done);
      },
    };
  };
  tell("layers", 0);
  const found = await tryAll(config, corpora, courseOf);
  tell("", 0);
  const processes: Trial = { name: "processes", findings: [countProcesses()] };
  const spent = (performance.now() - startedMs) / 1000;
  return { version, jail: config.jail, seconds: spent, layers: found.layers, trials: [...found.trials, processes] };
}

/** The bombs come last: they take longest, and most of what they show is shown early. */
async function tryAll(
  given: Config,
  { escapes, bombs, references }: Corpora,
  courseOf: (name: string) => Course,
): Promise<Pick<Report, "layers" | "trials">> {
  // `require` would refuse to start where a layer is missing; here that is a finding like others.
  const config: Config = given.jail === "require" ? { ...given, jail: "prefer" } : given;
  const options = { ...evaluatorOptions(config, openLog("silent")), workers: BOMB_PROCESSES };
  const evaluator = await openEvaluator(options);
  try {
    const layers = [...(await evaluator.proven)];
    const missing = new Set(layers.filter(({ stands }) => !stands).map(({ id }) => id.slice(0, 2)));
    const door = await tryDoor(config, courseOf("door"));
    const tried = await tryEscapes(evaluator, escapes, references, courseOf("escapes"));
    const probes = await tryProbes(await prepareGround(options), missing, courseOf("probes"));
    const beforeMb = rssMb();
    const bombed = await tryBombs(evaluator, bombs, options.timeMs, courseOf("bombs"));
    const memory: Trial = { name: "memory", findings: [compareMemory(beforeMb, rssMb())] };
    return { layers, trials: [door, ...tried, ...probes, bombed, memory] };
  } finally {
    await evaluator.close();
  }
}

const rssMb = (): number => Math.round(process.memoryUsage.rss() / 1024 / 1024);

function compareMemory(beforeMb: number, afterMb: number): Finding {
  const by = `${beforeMb} MB before the bombs, ${afterMb} MB after`;
  return { id: "memory", end: afterMb <= beforeMb + GROWN_MB ? "answer" : "through", by };
}

function countProcesses(): Finding {
  const left = readChildren(process.pid);
  return { id: "processes", end: left.length === 0 ? "answer" : "through", by: `${left.length || "none"} left` };
}

/** One line of a terminal, written over and at last taken away; nothing where stderr is no terminal. */
function progressOn(stderr: NodeJS.WriteStream): Progress {
  if (!stderr.isTTY) return () => undefined;
  return (trial, done) => stderr.write(trial === "" ? "\r\u001b[K" : `\r\u001b[K${trial}: ${done} tried`);
}
