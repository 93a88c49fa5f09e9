/**
 * Generated expressions through the server, compared with mathjs in this process's own thread: type, value and text must be
 * equal, and an error must be of the class expected. What differs by design has a rule in `explanation.ts`.
 */
import { isDeepStrictEqual } from "node:util";
import type { Case } from "./case.ts";
import { DRAWN, explain, STOPS, type Told } from "./explanation.ts";
import { Grammar } from "./grammar.ts";
import type { Answer, Question } from "./reference.ts";
import { References } from "./references.ts";
import type { Subject } from "./subject.ts";
import { talk } from "./talk.ts";
import type { Target, Verdict } from "./target.ts";

const EXPRESSIONS = 12;
/**
 * What both sides are given, try after try: at first what is plenty, so that what never ends costs no seconds, then what is plenty on
 * a crowded machine too. mathjs has no limit of its own, and may begin with half a second of making itself ready. Of what the server
 * refused it need only be known that it is no trifle.
 */
const TRIES = [
  { timeMs: 200, referenceMs: 10_000, refusedMs: 500 },
  { timeMs: 2_000, referenceMs: 30_000, refusedMs: 10_000 },
  { timeMs: 2_000, referenceMs: 60_000, refusedMs: 30_000 },
];

const LATE = "nothing in time";
const NOT_KEPT = "a variable or function that cannot be stored is told by a warning";

export function makeExpressionTarget(): Target {
  // Sessions with something in them that the server refused end one thread after the other; the others stay warm.
  const [calm, risky] = [new References(2), new References(1)];
  return {
    name: "expression",
    settings: ["--evaluate-ms", "2000", "--queue-ms", "60000"],
    make: (dice): Case => ({
      how: "",
      parts: new Grammar(dice).session(EXPRESSIONS).map((question) => [Buffer.from(JSON.stringify(question))]),
    }),
    async try({ parts }, subject) {
      const questions: Question[] = parts.map((part) => readQuestion(Buffer.concat(part).toString()));
      let verdict: Verdict = { reason: undefined, executions: 0 };
      for (const { timeMs, referenceMs, refusedMs } of TRIES) {
        const ours = await askServer(questions, timeMs, subject);
        const references = questions.some((_, index) => isRefused(ours, index)) ? risky : calm;
        const theirs = await references.ask(questions, (index) => (isRefused(ours, index) ? refusedMs : referenceMs));
        verdict = compare(questions, ours, theirs);
        const { reason = "" } = verdict;
        if (!reason.includes(LATE) && !reason.includes('"time_limit"')) break;
      }
      return verdict;
    },
    close: async () => void (await Promise.all([calm.close(), risky.close()])),
  };
}

function isRefused(ours: Ours, index: number): boolean {
  const name = typeof ours === "string" ? undefined : ours.get(index)?.error?.name;
  return name !== undefined && STOPS.includes(name);
}

function readQuestion(text: string): Question {
  try {
    const { expression = "", number, precision } = Object(JSON.parse(text));
    return { expression: String(expression), ...(number && { number }), ...(precision && { precision }) };
  } catch {
    // A part that was cut short while it was made small.
    return { expression: "" };
  }
}

/** By index; or what was wrong with the whole connection. */
type Ours = ReadonlyMap<number, Told> | string;

/** All at once over one connection: the server keeps the order of what they do. */
async function askServer(questions: readonly Question[], timeMs: number, subject: Subject): Promise<Ours> {
  const more = { limits: { timeMs }, record: false };
  const calls = questions.map((question, id) =>
    JSON.stringify({ jsonrpc: "2.0", id, method: "calc.evaluate", params: { ...question, ...more } }),
  );
  const { heard, end } = await talk(subject.port, [Buffer.from(`${calls.join("\n")}\n`)]);
  if (end !== "closed") return `the connection ended as: ${end}`;
  const lines = heard.toString().split("\n").slice(0, -1);
  return new Map(
    lines.map((line) => {
      const { id, result, error } = JSON.parse(line);
      return [id, error === undefined ? { result } : { error: { name: error.data.name, line } }];
    }),
  );
}

function compare(questions: readonly Question[], ours: Ours, theirs: readonly Answer[]): Verdict {
  if (typeof ours === "string") return { reason: ours, executions: 0 };
  const explained = new Map<string, number>();
  let executions = 0;
  for (const [index, question] of questions.entries()) {
    const [told, answer] = [ours.get(index), theirs[index]];
    if (told === undefined) return { reason: `no answer to ${JSON.stringify(question)}`, executions, explained };
    executions += 1;
    // What is not kept is missing in all that follows.
    if (told.result?.warnings?.some((warning) => warning.includes("is not kept"))) {
      explained.set(NOT_KEPT, (explained.get(NOT_KEPT) ?? 0) + 1);
      break;
    }
    if (answer !== undefined && agree(told, answer)) continue;
    const rule = explain(questions.slice(0, index + 1), told, answer);
    if (rule === undefined) {
      const reason = `${kindOf(told, answer)}: ${JSON.stringify(question)}; ours: ${show(told)}; theirs: ${show(answer)}`;
      return { reason, executions, explained };
    }
    explained.set(rule, (explained.get(rule) ?? 0) + 1);
    // What follows may hang on it.
    if (rule === DRAWN || (told.error === undefined) !== (answer?.error === undefined)) break;
  }
  return { reason: undefined, executions, explained };
}

/** What the two are, so that what is made smaller goes on differing in the same way. */
function kindOf({ result, error }: Told, theirs: Answer | undefined): string {
  const other = theirs?.error?.kind ?? theirs?.result?.type ?? LATE;
  const same = result !== undefined && result.type === theirs?.result?.type;
  const place = same ? ` in ${result.text === theirs?.result?.text ? "value" : "text"}` : "";
  return `ours is ${error?.name ?? result?.type}, theirs ${other}${place}`;
}

const show = (value: unknown): string => (JSON.stringify(value) ?? "nothing").slice(0, 500);

/** Errors of the class mathjs's own words put them in. */
const CLASSES: Readonly<Record<NonNullable<Answer["error"]>["kind"], readonly string[]>> = {
  syntax: ["syntax_error"],
  symbol: ["unknown_symbol", "unknown_unit"],
  function: ["unknown_function"],
  access: ["access_refused"],
  other: ["bad_argument", "unit_mismatch", "domain_error", "unknown_unit", "syntax_error", "unknown_symbol", "unknown_function"],
};

function agree({ result, error }: Told, theirs: Answer): boolean {
  if (theirs.error !== undefined) return error !== undefined && CLASSES[theirs.error.kind].includes(error.name);
  if (result === undefined || theirs.result === undefined) return false;
  const { type, value, text } = theirs.result;
  // A function has no JSON in mathjs; here it has its definition.
  return result.type === type && result.text === text && (type === "function" || isDeepStrictEqual(result.value, value));
}
