/** The trial of the known ways out of mathjs: each ends in a safe answer or a named error, and after each class the references are answered as ever. */
import type { Evaluator, Verdict } from "../evaluator/evaluator.ts";
import { type Corpus, dangerOf, isAnswered, isExpected, jobOf, type Reference, type Row, storedOf } from "./corpus.ts";
import { ask, type Course, endOf, type Finding, type Trial, tryParts, untried } from "./trial.ts";

/** Classes at a time: one for each processor of a small machine. */
const LANES = 2;
/** How often a reference is asked in all while it gets no answer in time. */
const CHANCES = 3;

/** Tries each class in turn, as one client; the second trial has a finding for each class. */
export async function tryEscapes(
  evaluator: Evaluator,
  corpus: Corpus,
  references: readonly Reference[],
  course: Course,
): Promise<[escapes: Trial, references: Trial]> {
  const after: Finding[] = [];
  const findings = await tryParts(
    [...corpus],
    { lanes: LANES, course },
    async ([name, rows]) => {
      const found: Finding[] = [];
      for (const row of rows) found.push(course.isOver() ? untried(row.id) : await tryRow(evaluator, name, row));
      after.push(course.isOver() ? untried(name) : await tryReferences(evaluator, name, references, course));
      return found;
    },
    ([name, rows]) => {
      after.push(untried(name));
      return rows.map(({ id }) => id);
    },
  );
  return [
    { name: "escapes", findings },
    { name: "references", findings: after },
  ];
}

async function tryRow(evaluator: Evaluator, client: string, row: Row): Promise<Finding> {
  const variables = storedOf(row);
  for (const expression of row.before ?? []) {
    const { value } = await ask(evaluator, { client, ...jobOf(row, expression, variables) });
    for (const [name, { text }] of Object.entries(value?.assigned ?? {})) variables[name] = text;
  }
  return judge(row, await ask(evaluator, { client, ...jobOf(row, row.expression, variables) }));
}

function judge(row: Row, verdict: Verdict): Finding {
  const { value, checked, failure } = verdict;
  const outcome = failure?.name ?? "=";
  const danger = dangerOf(value ?? checked ?? failure);
  const end = endOf(verdict);
  if (danger !== undefined) return { id: row.id, end: "through", by: danger };
  // A machine too slow for it is told by the deadline, which holds all the same.
  if (outcome !== "time_limit" && end !== "untried" && !isExpected(row, outcome))
    return { id: row.id, end: "through", by: `${outcome} instead of ${row.expect?.join(" or ")}` };
  return { id: row.id, end, by: outcome };
}

/** A reference that nobody answers tells of a busy machine: it is asked again by itself. Any other answer than its own tells of an attack. */
async function tryReferences(
  evaluator: Evaluator,
  id: string,
  references: readonly Reference[],
  course: Course,
): Promise<Finding> {
  const calculate = ({ answer: _answer, ...job }: Reference) => ask(evaluator, { client: `${id} after`, ...job });
  const asked = await Promise.all(references.map(async (reference) => ({ reference, verdict: await calculate(reference) })));
  for (const one of asked) {
    for (let chance = 2; chance <= CHANCES && isUnanswered(one.verdict) && !course.isOver(); chance++)
      one.verdict = await calculate(one.reference);
  }
  const wrong = asked.filter(({ reference, verdict }) => !isAnswered(reference, verdict));
  if (wrong.length === 0) return { id, end: "answer", by: `${references.length} as ever` };
  const told = wrong.filter(({ verdict }) => !isUnanswered(verdict));
  if (told.length > 0) return { id, end: "through", by: `${expressionsOf(told)} answered otherwise` };
  const names = new Set(wrong.map(({ verdict }) => verdict.failure?.name));
  return { id, end: "unjudged", by: `${expressionsOf(wrong)} not answered: ${[...names].join(", ")}` };
}

/** By the deadline, or for want of a process. */
function isUnanswered(verdict: Verdict): boolean {
  return verdict.failure?.name === "time_limit" || endOf(verdict) === "untried";
}

const expressionsOf = (asked: readonly { reference: Reference }[]): string =>
  asked.map(({ reference }) => reference.expression).join(", ");
