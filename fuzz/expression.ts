/**
 * Generated expressions through the server, compared with mathjs in this process's own thread: type, value and text must be
 * equal, and an error must be of the class expected. What differs by design has a rule in `explanation.ts`.
 */
import { once } from "node:events";
import { isDeepStrictEqual } from "node:util";
import { Worker } from "node:worker_threads";
import type { Case } from "./case.ts";
import { DRAWN, explain, type Told } from "./explanation.ts";
import { Grammar } from "./grammar.ts";
import type { Answer, Question } from "./reference.ts";
import type { Subject } from "./subject.ts";
import { talk } from "./talk.ts";
import type { Target, Verdict } from "./target.ts";

const EXPRESSIONS = 12;
/** mathjs has no limit of its own; what takes as long is refused by the server. */
const REFERENCE_MS = 5_000;
/** A server on a crowded machine may stop what is quick; not three times in a row. */
const TRIES_MAX = 3;

const NOT_KEPT = "a variable or function that cannot be stored is told by a warning";

export function makeExpressionTarget(): Target {
  const references = Array.from({ length: 2 }, () => new Reference());
  let next = 0;
  return {
    name: "expression",
    lanes: 3,
    // A jailed process that has just started needs a hundred milliseconds for what takes one later.
    settings: ["--evaluate-ms", "2000", "--queue-ms", "60000"],
    make: (dice): Case => ({
      how: "",
      parts: new Grammar(dice).session(EXPRESSIONS).map((question) => [Buffer.from(JSON.stringify(question))]),
    }),
    async try({ parts }, subject) {
      const questions: Question[] = parts.map((part) => readQuestion(Buffer.concat(part).toString()));
      next = (next + 1) % references.length;
      const theirs = await references[next]?.ask(questions);
      let verdict = compare(questions, await askServer(questions, subject), theirs ?? []);
      for (let tries = 1; verdict.reason?.includes('"time_limit"') && tries < TRIES_MAX; tries += 1)
        verdict = compare(questions, await askServer(questions, subject), theirs ?? []);
      return verdict;
    },
    close: async () => void (await Promise.all(references.map((reference) => reference.close()))),
  };
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

/** All at once over one connection: the server keeps the order of what they do. */
async function askServer(questions: readonly Question[], subject: Subject): Promise<Map<number, Told> | string> {
  const calls = questions.map((question, id) =>
    JSON.stringify({ jsonrpc: "2.0", id, method: "calc.evaluate", params: { ...question, record: false } }),
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

function compare(
  questions: readonly Question[],
  ours: Map<number, Told> | string,
  theirs: readonly (Answer | undefined)[],
): Verdict {
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
    const rule = explain(question, told, answer);
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
  const other = theirs?.error?.kind ?? theirs?.result?.type ?? "nothing in time";
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

/** The thread of `reference.ts`; one session after the other, each answer as it is there. */
class Reference {
  #worker: Worker | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  /** Undefined from the question on that took too long. */
  ask(questions: readonly Question[]): Promise<(Answer | undefined)[]> {
    const answers = this.#turn.then(() => this.#ask(questions));
    this.#turn = answers;
    return answers;
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  async #ask(questions: readonly Question[]): Promise<Answer[]> {
    this.#worker ??= await this.#start();
    const worker = this.#worker;
    const answers: Answer[] = [];
    const done = Promise.withResolvers<void>();
    const hear = (answer: Answer) => {
      answers.push(answer);
      patience.refresh();
      if (answers.length === questions.length) done.resolve();
    };
    const patience = setTimeout(done.resolve, REFERENCE_MS);
    worker.on("message", hear).postMessage(questions);
    await done.promise;
    clearTimeout(patience);
    worker.off("message", hear);
    if (answers.length < questions.length) {
      this.#worker = undefined;
      await worker.terminate();
    }
    return answers;
  }

  /** Its first message says that mathjs is loaded, which takes seconds on a crowded machine. */
  async #start(): Promise<Worker> {
    const worker = new Worker(new URL("reference.ts", import.meta.url));
    await once(worker, "message");
    return worker;
  }
}
