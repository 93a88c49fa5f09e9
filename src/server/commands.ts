/**
 * The slash commands of text mode, one row each; `/help` is printed from this table.
 *
 * Each command calls a method as its person and says what came of it in a line or a few.
 */
import { nearest } from "../nearest.ts";
import { CALC } from "./calc-command.ts";
import type { Command, Teller } from "./command.ts";
import { HISTORY_COMMANDS } from "./history-commands.ts";
import { SCOPE_COMMANDS } from "./scope-commands.ts";
import { BYE, SERVER_COMMANDS, SESSION_COMMANDS } from "./session-commands.ts";
import { server } from "./spoken.ts";

export const COMMANDS = {
  calc: CALC,
  ...SCOPE_COMMANDS,
  ...HISTORY_COMMANDS,
  ...SESSION_COMMANDS,
  ...SERVER_COMMANDS,
  help: { args: "[COMMAND]", summary: "this list, or more about one command", detail: [], run: help },
  bye: BYE,
} satisfies Record<string, Command>;

const BY_NAME: ReadonlyMap<string, Command> = new Map<string, Command>([...Object.entries(COMMANDS), ["quit", COMMANDS.bye]]);

/** The command of that name, or the nearest name when there is none. */
export function findCommand(name: string): { found: Command } | { found?: never; near: string | undefined } {
  const found = BY_NAME.get(name);
  return found === undefined ? { near: nearest(name, [...BY_NAME.keys()], 1)[0] } : { found };
}

function help(rest: string, teller: Teller): void {
  const name = rest.replace(/^\//, "");
  if (name === "") {
    const rows = Object.entries<Command>(COMMANDS).map(([command, { args, summary }]) => {
      return server(`${`/${command} ${args}`.padEnd(22)} ${summary}`);
    });
    return teller.say(rows);
  }
  const command = findCommand(name);
  if (command.found === undefined) {
    const advice = command.near === undefined ? "" : ` Did you mean /${command.near}?`;
    return teller.say([`! There is no such command.${advice} /help lists them all.`]);
  }
  const { args, summary, detail } = command.found;
  teller.say([`/${name} ${args}`.trim(), summary, ...detail].map(server));
}
