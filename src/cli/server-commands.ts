/** Slash commands of the terminal client that are questions to the server: variables, settings, earlier entries, facts. */
import { ClientError } from "../client/client.ts";
import { harmless } from "../harmless.ts";
import type { Command, Desk } from "./desk.ts";
import { answerLines } from "./render.ts";
import { readAnswer, readNumbers, readText, readVariableNames } from "./reply.ts";

/** Characters `/vars` shows of one value, and how many variables it shows. */
const VALUE_CHARACTERS_MAX = 60;
const VARIABLES_SHOWN_MAX = 50;

export const SERVER_COMMANDS: readonly Command[] = [
  { names: ["again"], usage: "/again N", help: "evaluates entry N anew", run: evaluateAgain },
  { names: ["vars"], usage: "/vars", help: "your variables and functions, as in x = 3", run: listVariables },
  { names: ["unset"], usage: "/unset NAME", help: "removes a variable", run: unset },
  { names: ["mode"], usage: "/mode [KIND] [DIGITS]", help: "what a numeral becomes, as in /mode BigNumber 30", run: setMode },
  { names: ["export"], usage: "/export [csv]", help: "your history as text, a page of it", run: exportHistory },
  { names: ["nick"], usage: "/nick NAME", help: "what people call you", run: takeNick },
  { names: ["time", "ping"], usage: "/time, /ping", help: "the server's clock", run: tellTime },
  { names: ["limits"], usage: "/limits", help: "the server's limits", run: tellLimits },
];

async function evaluateAgain(desk: Desk, rest: string, signal: AbortSignal): Promise<void> {
  const entry = await desk.client.call("history.get", { seq: Number(rest) }, { signal });
  const expression = readText(entry, "expression");
  desk.say(desk.paint("note", harmless(expression)));
  const answer = readAnswer(await desk.client.call("calc.evaluate", { expression }, { signal }));
  if (answer === undefined) throw new ClientError("bad_reply", "the answer has no text");
  desk.say(...answerLines(answer, desk.paint));
}

async function listVariables(desk: Desk, _rest: string, signal: AbortSignal): Promise<void> {
  const names = readVariableNames(await desk.client.call("scope.list", {}, { signal }));
  if (names.length === 0) {
    desk.say("Nothing assigned yet. x = 3 assigns.");
    return;
  }
  const shown = names.slice(0, VARIABLES_SHOWN_MAX);
  const lines = shown.map(async (name) => {
    const variable = await desk.client.call("scope.get", { name }, { signal });
    // A function's value is its definition, name and all.
    const text =
      readText(variable, "type") === "function" ? readText(variable, "value") : `${name} = ${readText(variable, "text")}`;
    return harmless(clip(text));
  });
  desk.say(...(await Promise.all(lines)), ...(names.length > shown.length ? [`… and ${names.length - shown.length} more`] : []));
}

function clip(text: string): string {
  return text.length > VALUE_CHARACTERS_MAX ? `${text.slice(0, VALUE_CHARACTERS_MAX)}…` : text;
}

async function unset(desk: Desk, name: string, signal: AbortSignal): Promise<void> {
  await desk.client.call("scope.unset", { name }, { signal });
  desk.say(`${harmless(name)} is gone.`);
}

async function setMode(desk: Desk, rest: string, signal: AbortSignal): Promise<void> {
  const [number = "", digits] = rest.split(/\s+/);
  const params = { ...(number !== "" && { number }), ...(digits !== undefined && { precision: Number(digits) }) };
  const settings = await desk.client.request("session.configure", params, { signal });
  const precision = readNumbers(settings).find(([name]) => name === "precision")?.[1];
  const kind = readText(settings, "number");
  desk.say(`A numeral is a ${harmless(kind)}${kind === "BigNumber" ? ` with ${precision} digits` : ""}.`);
}

async function exportHistory(desk: Desk, rest: string, signal: AbortSignal): Promise<void> {
  const page = await desk.client.call("history.export", { format: rest === "csv" ? "csv" : "jsonl" }, { signal });
  desk.say(...readText(page, "text").split(/\r?\n/).filter(Boolean).map(harmless));
}

async function takeNick(desk: Desk, nick: string, signal: AbortSignal): Promise<void> {
  desk.say(`You are ${harmless(readText(await desk.client.call("session.open", { nick }, { signal }), "nick"))} now.`);
}

async function tellTime(desk: Desk, _rest: string, signal: AbortSignal): Promise<void> {
  desk.say(`It is ${harmless(readText(await desk.client.call("server.ping", {}, { signal }), "time"))} at the server.`);
}

async function tellLimits(desk: Desk, _rest: string, signal: AbortSignal): Promise<void> {
  const limits = readNumbers(await desk.client.call("server.info", {}, { signal }), "limits");
  desk.say(...limits.map(([name, value]) => `  ${harmless(name).padEnd(24)}${value}`));
}
