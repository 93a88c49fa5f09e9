/**
 * What a line typed into the terminal client can mean: an expression, or one of the slash commands in the table below,
 * from which `/help` and completion are made too. To add a command, add a row.
 *
 * A command talks to the server through the client and to the person through the desk; it holds nothing itself.
 */
import { ClientError } from "../client/client.ts";
import { harmless } from "../harmless.ts";
import { nearest } from "../nearest.ts";
import type { Command, Desk } from "./desk.ts";
import { answerLines, entryLines, failureLines } from "./render.ts";
import { readAnswer, readCompletions, readEntries, readFailure } from "./reply.ts";
import { SERVER_COMMANDS } from "./server-commands.ts";

const ENTRIES_DEFAULT = 20;
const ENTRIES_MAX = 1000;
/** Names Tab offers, and how long it waits for the server to tell them. */
const COMPLETIONS_MAX = 100;
const COMPLETION_MS = 1_000;

const COMMANDS: readonly Command[] = [
  { names: ["calc"], usage: "EXPR  or  /calc EXPR", help: "evaluates, as in 2 inch to cm", run: evaluate },
  { names: ["hist"], usage: "/hist [N]", help: `the last N calculations of this history (${ENTRIES_DEFAULT})`, run: listHistory },
  ...SERVER_COMMANDS,
  { names: ["session"], usage: "/session", help: "who you are, and how to come back to this history", run: tellSession },
  { names: ["resume"], usage: "/resume [TOKEN]", help: "back to an earlier history and its variables", run: resume },
  { names: ["login"], usage: "/login [TOKEN]", help: "come in by a token, which is asked for unseen", run: logIn },
  { names: ["help"], usage: "/help", help: "this list", run: help },
  { names: ["bye", "quit"], usage: "/bye, /quit, fin", help: "ends, as Ctrl-D does", run: (desk) => desk.leave() },
];

const NAMES = COMMANDS.flatMap(({ names }) => names);
const KEYS = [
  ["Up, Down, Ctrl-R", "lines typed before"],
  ["Tab", "completes names of functions, variables and commands"],
  ["Ctrl-C", "clears the line, or cancels what is calculated"],
  ["Ctrl-D", "ends"],
] as const;

/** Does what the line says. Never rejects: what goes wrong is said. */
export async function obey(desk: Desk, line: string, signal: AbortSignal): Promise<void> {
  const [, name, rest = ""] = /^\/(\S*)\s*(.*)$/.exec(line) ?? [];
  try {
    if (line === "fin") desk.leave();
    else if (name === undefined) await evaluate(desk, line, signal);
    else await findCommand(name).run(desk, rest, signal);
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    const [first = "", ...more] = failureLines(readFailure(error), name === "calc" ? rest : line, desk.paint);
    desk.say(`! ${first}`, ...more);
  }
}

/** Names that continue the word at the end of the line, and that word: what readline's completer wants. Never rejects. */
export async function complete({ client }: Desk, line: string): Promise<[string[], string]> {
  if (/^\/\S*$/.test(line)) return [NAMES.map((name) => `/${name}`).filter((name) => name.startsWith(line)), line];
  const word = /[\p{L}_$][\p{L}\p{N}_$]*$/u.exec(line)?.[0] ?? "";
  if (word === "") return [[], ""];
  const params = { prefix: word, limit: COMPLETIONS_MAX };
  const told = await client.call("calc.complete", params, { timeoutMs: COMPLETION_MS }).catch(() => undefined);
  const names = readCompletions(told).filter((name) => name === harmless(name) && name.startsWith(word));
  return [[...new Set(names)], word];
}

function findCommand(name: string): Command {
  const [near] = nearest(name, NAMES, 1);
  const said = `There is no command /${harmless(name)}. ${near === undefined ? "/help lists them." : `Did you mean /${near}?`}`;
  const unknown = { names: [], usage: "", help: "", run: (desk: Desk) => desk.say(`! ${said}`) };
  return COMMANDS.find(({ names }) => names.includes(name)) ?? unknown;
}

async function evaluate(desk: Desk, expression: string, signal: AbortSignal): Promise<void> {
  const answer = readAnswer(await desk.client.call("calc.evaluate", { expression }, { signal }));
  if (answer === undefined) throw new ClientError("bad_reply", "the answer has no text");
  desk.say(...answerLines(answer, desk.paint));
}

async function listHistory(desk: Desk, rest: string, signal: AbortSignal): Promise<void> {
  const limit = rest === "" ? ENTRIES_DEFAULT : Number(rest);
  if (!Number.isInteger(limit) || limit < 1 || limit > ENTRIES_MAX) {
    desk.say(`! /hist takes a number from 1 to ${ENTRIES_MAX}.`);
    return;
  }
  const entries = readEntries(await desk.client.call("history.list", { limit }, { signal }));
  desk.say(...(entries.length === 0 ? ["Nothing calculated yet."] : entryLines(entries, desk.paint)));
}

function tellSession(desk: Desk): void {
  const { session, url } = desk;
  if (session === undefined) {
    desk.say(`Not connected to ${url} yet.`);
    return;
  }
  const { principal, resumeToken } = session;
  desk.say(`server   ${url}`, `you      ${harmless(principal)}`);
  if (resumeToken === undefined) desk.say("Your token finds this history again.");
  else {
    desk.say(`resume   canaduck --connect ${url} --resume ${harmless(resumeToken)}`, "Whoever has this token has this history.");
  }
}

async function resume(desk: Desk, rest: string, signal: AbortSignal): Promise<void> {
  const token = rest === "" ? await desk.askSecret("Resume token", signal) : rest;
  if (token === undefined || token === "") return;
  const { lastSeq } = await desk.enter({ resume: token });
  desk.say(`Your history is here, ${lastSeq} ${lastSeq === 1 ? "entry" : "entries"}.`);
}

async function logIn(desk: Desk, rest: string, signal: AbortSignal): Promise<void> {
  const token = rest === "" ? await desk.askSecret("Token", signal) : rest;
  if (token === undefined || token === "") return;
  const { lastSeq } = await desk.enter({ token });
  desk.say(`You are in; your history has ${lastSeq} ${lastSeq === 1 ? "entry" : "entries"}.`);
}

function help(desk: Desk): void {
  const rows = [...COMMANDS.map(({ usage, help: text }) => [usage, text] as const), ...KEYS];
  desk.say(...rows.map(([left, right]) => `  ${left.padEnd(24)}${right}`));
}
