/**
 * The slash commands of text mode, one row each; `/help` is printed from this table.
 *
 * Each command calls a method as its person and says what came of it in a line or a few.
 */
import { escapeControls } from "../methods/excerpt.ts";
import { nearest } from "../nearest.ts";
import type { RpcError } from "../protocol/errors.ts";
import type { CalcEvaluateResult, HistoryListResult, ServerPingResult, SessionOpenResult } from "../protocol/generated/types.ts";
import { formatError } from "./text-error.ts";

/** What a command may do: call a method as its person, and say lines. */
export type Teller = {
  call(method: string, params: unknown, told: (error: RpcError | undefined, result: unknown) => void): void;
  /** The answer to the line; said once. */
  say(lines: string[]): void;
  /** Says goodbye and closes once all answers are out. */
  leave(words: string): void;
};

export type Command = {
  /** What stands after the name, as the help shows it. */
  args: string;
  summary: string;
  detail: string[];
  run(rest: string, teller: Teller): void;
};

const HIST_DEFAULT = 10;
const HIST_MAX = 100;
const HIST_CHARACTERS_MAX = 200;

export const COMMANDS = {
  calc: {
    args: "EXPRESSION",
    summary: "evaluates; a line without a slash does the same",
    detail: ["/calc 2 inch to cm", "x = 3 keeps x for later lines, f(t) = t^2 + x keeps a function, ans is the last result."],
    run: calculate,
  },
  hist: {
    args: "[N]",
    summary: `the last N calculations (${HIST_DEFAULT} when not said, at most ${HIST_MAX})`,
    detail: ["$3 in an expression is the result of entry 3."],
    run: listHistory,
  },
  session: {
    args: "",
    summary: "who you are, and the token that finds your history again",
    detail: ["Keep the token to yourself: whoever has it has your history."],
    run: (_rest, teller) => openSession({}, teller),
  },
  resume: {
    args: "TOKEN",
    summary: "finds your history and variables again",
    detail: ["The token is what /session said."],
    run: (rest, teller) => openSession({ resume: rest }, teller),
  },
  login: {
    args: "TOKEN",
    summary: "who you are, by the token an operator gave you",
    detail: ["You get the history, the variables and the limits of that token."],
    run: (rest, teller) => openSession({ token: rest }, teller),
  },
  ping: { args: "", summary: "the server's clock", detail: [], run: ping },
  help: { args: "[COMMAND]", summary: "this list, or more about one command", detail: [], run: help },
  bye: {
    args: "",
    summary: "says goodbye; so do /quit, fin, and the end of your input",
    detail: [],
    run: (_rest, teller) => teller.leave("Goodbye!"),
  },
} satisfies Record<string, Command>;

const BY_NAME: ReadonlyMap<string, Command> = new Map<string, Command>([...Object.entries(COMMANDS), ["quit", COMMANDS.bye]]);

/** The command of that name, or the nearest name when there is none. */
export function findCommand(name: string): { found: Command } | { found?: never; near: string | undefined } {
  const found = BY_NAME.get(name);
  return found === undefined ? { near: nearest(name, [...BY_NAME.keys()], 1)[0] } : { found };
}

function calculate(expression: string, teller: Teller): void {
  if (expression === "") return teller.say(["! There is nothing to calculate. Type an expression, or /help."]);
  teller.call("calc.evaluate", { expression }, (error, result) => {
    if (error !== undefined) return teller.say(formatError(error, expression));
    const { text, warnings = [] } = result as CalcEvaluateResult;
    teller.say([`= ${escapeControls(text)}`, ...warnings.map((warning) => `Server > ${escapeControls(warning)}`)]);
  });
}

function listHistory(rest: string, teller: Teller): void {
  const limit = rest === "" ? HIST_DEFAULT : Number(rest);
  if (!Number.isInteger(limit) || limit < 1 || limit > HIST_MAX) {
    return teller.say([`! /hist takes a whole number from 1 to ${HIST_MAX}.`]);
  }
  teller.call("history.list", { limit }, (error, result) => {
    if (error !== undefined) return teller.say(formatError(error, ""));
    const { entries } = result as HistoryListResult;
    if (entries.length === 0) return teller.say(["Server > Your history is empty."]);
    teller.say(entries.map((entry) => `${entry.seq}: ${brief(entry.expression)}  ${outcomeOf(entry)}`));
  });
}

function outcomeOf({ text, error }: HistoryListResult["entries"][number]): string {
  return text === undefined ? `! ${error?.message ?? "failed"}` : `= ${brief(text)}`;
}

/** A list is to be looked over: what is long is cut. */
function brief(text: string): string {
  return text.length <= HIST_CHARACTERS_MAX ? escapeControls(text) : `${escapeControls(text.slice(0, HIST_CHARACTERS_MAX))}...`;
}

function openSession(params: { resume?: string; token?: string }, teller: Teller): void {
  teller.call("session.open", params, (error, result) => {
    // What does not even look like a token is none that is known.
    if (error?.errorName === "not_found" || error?.errorName === "invalid_params")
      return teller.say([params.token === undefined ? "! No history is known by that token." : "! That is no token."]);
    if (error !== undefined) return teller.say(formatError(error, ""));
    const { resumeToken, lastSeq, resumed, name, role } = result as SessionOpenResult;
    const who = name === undefined ? (resumed ? "Welcome back." : "You are anonymous.") : `You are ${name}, role ${role}.`;
    const history = `Server > ${who} Your history has ${lastSeq} ${lastSeq === 1 ? "entry" : "entries"}.`;
    teller.say(resumeToken === undefined ? [history] : [history, `Server > Come back with: /resume ${resumeToken}`]);
  });
}

function ping(_rest: string, teller: Teller): void {
  teller.call("server.ping", {}, (error, result) => {
    if (error !== undefined) return teller.say(formatError(error, ""));
    teller.say([`Server > It is ${(result as ServerPingResult).time}.`]);
  });
}

function help(rest: string, teller: Teller): void {
  const name = rest.replace(/^\//, "");
  if (name === "") {
    const rows = Object.entries<Command>(COMMANDS).map(([command, { args, summary }]) => {
      return `Server > ${`/${command} ${args}`.padEnd(18)} ${summary}`;
    });
    return teller.say(rows);
  }
  const { found } = findCommand(name);
  if (found === undefined) return teller.say(["! There is no such command. /help lists them all."]);
  teller.say([`/${name} ${found.args}`.trim(), found.summary, ...found.detail].map((line) => `Server > ${line}`));
}
