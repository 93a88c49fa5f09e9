/** The trial of the known ways out of mathjs: each ends in a safe answer or a named error, and after each class the references are answered as ever. */
import type { Evaluator, Verdict } from "../evaluator/evaluator.ts";
import { type Corpus, dangerOf, isAnswered, isExpected, jobOf, type Reference, type Row, storedOf } from "./corpus.ts";
import { ask, type Course, endOf, type Finding, type Trial, tryParts, untried } from "./trial.ts";

/** Classes at a time: one for each processor of a small machine. */
const LANES = 2;

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
      after.push(course.isOver() ? untried(name) : await tryReferences(evaluator, name, references));
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

async function tryReferences(evaluator: Evaluator, id: string, references: readonly Reference[]): Promise<Finding> {
  const verdicts = await Promise.all(
    references.map(({ answer: _answer, ...job }) => ask(evaluator, { client: `${id} after`, ...job })),
  );
  const wrong = references.filter((reference, at) => !isAnswered(reference, verdicts[at]));
  if (wrong.length === 0) return { id, end: "answer", by: `${references.length} as ever` };
  const isLate = verdicts.some((verdict) => endOf(verdict) === "untried");
  return {
    id,
    end: isLate ? "untried" : "through",
    by: `${wrong.map(({ expression }) => expression).join(", ")} answered otherwise`,
  };
}
