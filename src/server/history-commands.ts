/** The slash commands about what was calculated before. */
import { harmless } from "../harmless.ts";
import type { Entry, HistoryListResult } from "../protocol/generated/types.ts";
import { calculate } from "./calc-command.ts";
import { ask, type Command, type Teller } from "./command.ts";
import { brief, server } from "./spoken.ts";
import { formatError } from "./text-error.ts";

const HIST_DEFAULT = 10;
const HIST_MAX = 100;

export const HISTORY_COMMANDS = {
  hist: {
    args: "[N]",
    summary: `the last N calculations (${HIST_DEFAULT} when not said, at most ${HIST_MAX})`,
    detail: ["$3 in an expression is the result of entry 3."],
    run: listHistory,
  },
  again: {
    args: "N",
    summary: "evaluates entry N of your history anew",
    detail: ["The numbers are those of /hist."],
    run: evaluateAgain,
  },
  export: {
    args: "[csv] [N]",
    summary: "your history as JSON lines or CSV, a page at a time",
    detail: ["With N it begins after entry N."],
    run: exportHistory,
  },
} satisfies Record<string, Command>;

function listHistory(rest: string, teller: Teller): void {
  const limit = rest === "" ? HIST_DEFAULT : Number(rest);
  if (!Number.isInteger(limit) || limit < 1 || limit > HIST_MAX) {
    return teller.say([`! /hist takes a whole number from 1 to ${HIST_MAX}.`]);
  }
  ask(teller, "history.list", { limit }, ({ entries }) => {
    if (entries.length === 0) return teller.say([server("Your history is empty.")]);
    teller.say(entries.map((entry) => `${entry.seq}: ${brief(entry.expression)}  ${outcomeOf(entry)}`));
  });
}

function outcomeOf({ text, error }: HistoryListResult["entries"][number]): string {
  return text === undefined ? `! ${error?.message ?? "failed"}` : `= ${brief(text)}`;
}

function evaluateAgain(rest: string, teller: Teller): void {
  const seq = Number(rest);
  if (!Number.isSafeInteger(seq) || seq < 1) return teller.say(["! /again takes the number of an entry; /hist tells them."]);
  teller.call("history.get", { seq }, (error, result) => {
    if (error?.errorName === "not_found") return teller.say(["! Your history has no entry of this number."]);
    if (error !== undefined) return teller.say(formatError(error, ""));
    const { expression } = result as Entry;
    calculate(expression, { ...teller, say: (lines) => teller.say([server(brief(expression)), ...lines]) });
  });
}

function exportHistory(rest: string, teller: Teller): void {
  const asked = /^(csv|jsonl)?\s*(\d{1,15})?$/.exec(rest);
  if (asked === null) {
    return teller.say(["! /export takes csv or jsonl, and the number of the entry to begin after."]);
  }
  const format = asked[1] === "csv" ? "csv" : "jsonl";
  ask(teller, "history.export", { format, after: Number(asked[2] ?? 0) }, ({ text, entries, next, more }) => {
    if (entries === 0) return teller.say([server("There is nothing to export.")]);
    const lines = text.split(format === "csv" ? "\r\n" : "\n").slice(0, -1);
    const shown = lines.map(harmless);
    teller.say(more ? [...shown, server(`There is more: /export ${format} ${next}`)] : shown);
  });
}
