/** The trial of the expressions that cost far more than they look: each ends in time, with a right answer or the right named error. */
import type { Evaluator, Verdict } from "../evaluator/evaluator.ts";
import { type Corpus, isExpected, type Row } from "./corpus.ts";
import { ask, type Course, endOf, type Finding, type Trial, tryParts } from "./trial.ts";

/** Milliseconds a bomb may take, so that all fit into a minute; one that is stopped by this where it should not gets the setting's. */
const SHORT_MS = 100;
/** What queue, start and end of its process may add. */
const GRACE_MS = 200;
/** The deadline counts the time a process has a processor; on the clock `worker.ts` waits so many times as long at most. */
const CROWDED_FACTOR = 4;
const CHANCES = 3;
/** At a time; fewer than processes in the slow lane, so that none waits for another's end. */
const LANES = 2;

/** `timeMs` is what the settings allow one evaluation. */
export async function tryBombs(evaluator: Evaluator, corpus: Corpus, timeMs: number, course: Course): Promise<Trial> {
  const rows = [...corpus.values()].flat();
  const late: Row[] = [];
  const findings = await tryParts(
    rows,
    { lanes: LANES, course },
    async (row) => {
      const finding = judge(row, await explode(evaluator, row, Math.min(SHORT_MS, timeMs)));
      if (finding.end !== "through") return [finding];
      late.push(row);
      return [];
    },
    ({ id }) => [id],
  );
  // What was late or stopped too early is tried again by itself.
  const again = await tryParts(
    late,
    { lanes: 1, course },
    async (row) => [await tryAlone(evaluator, row, timeMs)],
    ({ id }) => [id],
  );
  return { name: "bombs", findings: [...findings, ...again] };
}

type Burst = { verdict: Verdict; ms: number; timeMs: number };

async function tryAlone(evaluator: Evaluator, row: Row, timeMs: number): Promise<Finding> {
  let finding = judge(row, await explode(evaluator, row, timeMs));
  for (let chance = 2; chance < CHANCES && finding.end === "through"; chance++)
    finding = judge(row, await explode(evaluator, row, timeMs));
  return finding;
}

async function explode(evaluator: Evaluator, { expression, settings }: Row, timeMs: number): Promise<Burst> {
  const startedMs = performance.now();
  const verdict = await ask(evaluator, { client: "bombs", expression, timeMs, ...(settings && { settings }) });
  return { verdict, ms: performance.now() - startedMs, timeMs };
}

function judge(row: Row, { verdict, ms, timeMs }: Burst): Finding {
  const outcome = verdict.failure?.name ?? `= ${verdict.value?.text}`;
  const end = endOf(verdict);
  const { id } = row;
  if (end === "untried") return { id, end, by: outcome };
  if (!isExpected(row, outcome))
    return { id, end: "through", by: `${outcome.slice(0, 80)} instead of ${row.expect?.join(" or ")}` };
  if (ms > CROWDED_FACTOR * timeMs + GRACE_MS) return { id, end: "through", by: `took ${Math.round(ms)} ms of ${timeMs}` };
  return { id, end, by: outcome.startsWith("=") ? "=" : outcome };
}
