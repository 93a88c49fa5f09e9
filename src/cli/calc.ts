/**
 * `canaduck calc`: expressions in, answers out, for scripts and pipes. One expression from the arguments, or one a line
 * from stdin: pipelined, answered in order, line N of the output for line N of the input.
 *
 * Lives on one connection: when it is lost the variables of the lines before are lost too, so nothing after it is
 * evaluated. stdout has answers only; everything a person should know goes to stderr.
 */
import { type Client, ClientError, type ClientState, connect } from "../client/client.ts";
import { harmless, harmlessJson } from "../harmless.ts";
import type { NumberKind } from "../protocol/generated/types.ts";
import { failureLines, type Paint } from "./render.ts";
import { type Answer, isForLater, readAnswer, readFailure } from "./reply.ts";
import { STATUS } from "./status.ts";

/** The worst last: when several lines fail, it decides. */
const SEVERITY: readonly number[] = [
  STATUS.ok,
  STATUS.later,
  STATUS.expression,
  STATUS.refused,
  STATUS.broken,
  STATUS.unreachable,
];

export type CalcOptions = {
  url: string;
  /** Milliseconds to wait for a server that is not there. */
  waitMs: number;
  /** PEM of who vouches for a tls:// server. */
  ca?: string;
  token?: string;
  resume?: string;
  number?: NumberKind;
  precision?: number;
  json: boolean;
};

/** Where `calc` reads and writes. */
export type Terminal = {
  stdin: AsyncIterable<Uint8Array>;
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream;
  /** Colours of stderr. */
  paint: Paint;
};

/** Lines read and not printed yet: twice what the client has under way, so that it never runs dry. */
const WINDOW_LINES = 256;
/** Longer lines are cut here, which is past what a request may hold: the client refuses them under their line number. */
const LINE_CHARACTERS_MAX = 65_536;
/** Milliseconds a connected server may take for one answer; its own deadlines are far below. */
const ANSWER_MS = 60_000;

type Outcome = { expression: string; line?: number; answer: Answer } | { expression: string; line?: number; error: ClientError };

/** Evaluates one expression, or the lines of stdin when there is none. Resolves with the exit status. */
export async function calc(expression: string | undefined, options: CalcOptions, terminal: Terminal): Promise<number> {
  const client = connect({
    url: options.url,
    limits: { waitMs: options.waitMs },
    ...(options.ca !== undefined && { ca: options.ca }),
    ...(options.token !== undefined && { session: { token: options.token } }),
    ...(options.resume !== undefined && { session: { resume: options.resume } }),
    onState: (state) => follow(state, client, terminal),
  });
  try {
    if (expression === undefined) return await calcLines(client, options, terminal);
    const outcome = await evaluate(client, options, expression);
    await show(outcome, options, terminal);
    return statusOf(outcome);
  } finally {
    await client.close();
  }
}

function follow(state: ClientState, client: Client, { stderr }: Terminal): void {
  if (state.kind === "waiting" && state.attempt === 1)
    stderr.write(`canaduck: waiting for canaduck at ${state.url} (${state.why})\n`);
  if (state.kind === "lost") void client.close(`the connection was lost: ${state.why}`);
}

async function calcLines(client: Client, options: CalcOptions, terminal: Terminal): Promise<number> {
  let status: number = STATUS.ok;
  let printed = Promise.resolve();
  const window = new Window(WINDOW_LINES);
  let line = 0;
  for await (const text of linesOf(terminal.stdin)) {
    await window.room();
    if (status === STATUS.unreachable) break;
    line += 1;
    const coming = /^\s*(#|$)/.test(text) ? undefined : evaluate(client, options, text, line);
    const before = printed;
    printed = (async () => {
      const outcome = await coming;
      await before;
      // What comes after the first line that was not answered would be the same message again.
      if (status !== STATUS.unreachable) await show(outcome, options, terminal);
      status = worse(status, statusOf(outcome));
      window.leave();
    })();
  }
  await printed;
  return status;
}

/** Counts what is under way and lets the reader wait for room. */
class Window {
  readonly #max: number;
  #count = 0;
  #wake: (() => void) | undefined;

  constructor(max: number) {
    this.#max = max;
  }

  /** Resolves when there is room, and takes it. */
  async room(): Promise<void> {
    while (this.#count >= this.#max) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#count += 1;
  }

  leave(): void {
    this.#count -= 1;
    this.#wake?.();
  }
}

async function evaluate(client: Client, options: CalcOptions, expression: string, line?: number): Promise<Outcome> {
  const about = line === undefined ? { expression } : { expression, line };
  const { number, precision } = options;
  const params = { expression, ...(number !== undefined && { number }), ...(precision !== undefined && { precision }) };
  try {
    const result = await client.call("calc.evaluate", params, { timeoutMs: options.waitMs + ANSWER_MS });
    const answer = readAnswer(result);
    return answer === undefined
      ? { ...about, error: new ClientError("bad_reply", "the answer has no text") }
      : { ...about, answer };
  } catch (error) {
    if (error instanceof ClientError) return { ...about, error };
    throw error;
  }
}

/** Prints one outcome; undefined stands for a line without an expression. Resolves when stdout takes more. */
async function show(outcome: Outcome | undefined, options: CalcOptions, { stdout, stderr, paint }: Terminal): Promise<void> {
  const text = outcome === undefined || !options.json ? plainText(outcome) : jsonText(outcome);
  if (outcome !== undefined && !options.json) stderr.write(complaint(outcome, paint));
  if (outcome === undefined && options.json) return;
  if (text === undefined || stdout.write(`${text}\n`)) return;
  await new Promise((resolve) => stdout.once("drain", resolve));
}

/** What stdout gets: an empty line where there is no answer, so that lines stay aligned; nothing for a single failure. */
function plainText(outcome: Outcome | undefined): string | undefined {
  if (outcome === undefined) return "";
  if ("error" in outcome) return outcome.line === undefined ? undefined : "";
  const { text } = outcome.answer;
  return outcome.line === undefined ? text.split("\n").map(harmless).join("\n") : harmless(text);
}

function jsonText(outcome: Outcome): string {
  const { expression, line } = outcome;
  const about = line === undefined ? { expression } : { line, expression };
  if ("answer" in outcome) {
    const { assigned, warnings, ...answer } = outcome.answer;
    return harmlessJson({
      ...about,
      ...answer,
      ...(assigned.length > 0 && { assigned }),
      ...(warnings.length > 0 && { warnings }),
    });
  }
  const { code, name, message, data } = outcome.error;
  return harmlessJson({ ...about, error: { code, name, message, data } });
}

/** What stderr gets: nothing, notes about a result, or what is wrong. */
function complaint(outcome: Outcome, paint: Paint): string {
  const where = outcome.line === undefined ? "canaduck: " : `canaduck: line ${outcome.line}: `;
  const said =
    "answer" in outcome
      ? outcome.answer.warnings.map((warning) => paint("note", `note: ${harmless(warning)}`))
      : [failureLines(readFailure(outcome.error), outcome.expression, paint).join("\n")];
  return said.map((text) => `${where}${text}\n`).join("");
}

function statusOf(outcome: Outcome | undefined): number {
  if (outcome === undefined || "answer" in outcome) return STATUS.ok;
  const { error } = outcome;
  if (["not_reachable", "connection_lost", "closed", "timeout"].includes(error.name)) return STATUS.unreachable;
  if (["unauthenticated", "forbidden"].includes(error.name)) return STATUS.refused;
  if (isForLater(error)) return STATUS.later;
  const isExpression = error.code > 0 || ["invalid_params", "request_too_large"].includes(error.name);
  return isExpression ? STATUS.expression : STATUS.broken;
}

function worse(one: number, other: number): number {
  return SEVERITY.indexOf(one) >= SEVERITY.indexOf(other) ? one : other;
}

/** The lines of a stream, without their ends; the last one need not have one. */
async function* linesOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = (lines.pop() ?? "").slice(0, LINE_CHARACTERS_MAX);
    for (const line of lines) yield line.replace(/\r$/, "");
  }
  rest += decoder.decode();
  if (rest !== "") yield rest;
}
