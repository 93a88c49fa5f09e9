/**
 * The command line as data for commander: commands, options, help. Reads arguments and nothing else; what a command does is
 * the caller's `Starters`.
 */
import { Argument, Command, InvalidArgumentError, Option } from "commander";
import { ROLES, type Role } from "../access/role.ts";
import { CONFIG_FLAGS } from "../config.ts";
import { nearest } from "../nearest.ts";
import type { NumberKind } from "../protocol/generated/types.ts";
import { completionScript, SHELLS, type Shell } from "./completion.ts";
import {
  CALC_ABOUT,
  CALC_AFTER,
  COMPLETION_ABOUT,
  COMPLETION_AFTER,
  HISTORY_ABOUT,
  HISTORY_AFTER,
  MAIN_ABOUT,
  MAIN_AFTER,
  SELFCHECK_ABOUT,
  SELFCHECK_AFTER,
  SERVE_ABOUT,
  SERVE_AFTER,
} from "./manual.ts";
import { flow, formatItem, layOut } from "./page.ts";
import type { TokenTask } from "./token.ts";
import { CREATE_ABOUT, LIST_ABOUT, REVOKE_ABOUT, TOKEN_ABOUT, TOKEN_AFTER } from "./token-manual.ts";

/** Options of the commands that talk to a server. `wait` is false for `--no-wait`. */
export type ClientFlags = {
  connect?: string;
  ca?: string;
  tokenFile?: string;
  wait?: number | boolean;
  resume?: string;
  number?: NumberKind;
  precision?: number;
};

/** Options of `canaduck history`. */
export type HistoryFlags = { history?: string; resume?: string; ledger?: string; format?: "jsonl" | "csv" };

/** Options of `canaduck selfcheck`. */
export type SelfcheckFlags = { seconds: number; json?: boolean; jail?: "require" | "prefer"; config?: string };

export type Starters = {
  /** Flags by setting name, as text or lists of text. */
  serve(flags: Record<string, unknown>): Promise<void>;
  calc(expression: string | undefined, json: boolean, flags: ClientFlags): Promise<void>;
  repl(flags: ClientFlags): Promise<void>;
  history(task: "verify" | "export", flags: HistoryFlags): Promise<void>;
  token(task: TokenTask, flags: TokenFlags): Promise<void>;
  selfcheck(flags: SelfcheckFlags): Promise<void>;
  print(text: string): void;
};

/** Options of all `canaduck token` commands. */
export type TokenFlags = { tokens?: string; json?: boolean };

/** Seconds a command that nobody watches waits for a server that is not there, unless told otherwise. */
export const WAIT_SECONDS = 10;

/** Leaves some of a minute for what is under way then. */
const SELFCHECK_SECONDS = 55;
const SELFCHECK_SECONDS_MAX = 3_600;
const WAIT_SECONDS_MAX = 86_400;
const NUMBER_KINDS = ["number", "BigNumber", "Fraction", "bigint"];
const PRECISION_MAX = 1000;

/** What the pages need besides the commands; `columns` is absent when nobody knows how wide the output is. */
export type About = { version: string; columns: number | undefined };

/** Reads the arguments and runs the command they name. Rejects with `CommanderError` after help, version or a mistake. */
export async function start(args: string[], { version, columns }: About, starters: Starters): Promise<void> {
  const program = new Command("canaduck")
    .configureHelp({ formatItem: (term, termWidth, about, { helpWidth }) => formatItem(term, termWidth, about, helpWidth) })
    .configureOutput(columns === undefined ? {} : { getOutHelpWidth: () => columns, getErrHelpWidth: () => columns })
    .description(flow(MAIN_ABOUT))
    .usage("[options] [command]")
    .version(version, "--version")
    .enablePositionalOptions()
    .exitOverride()
    .addHelpText("after", page(MAIN_AFTER))
    .helpCommand(true);
  addClientOptions(program, "at a terminal for ever");
  addServe(program, starters);
  addCalc(program, starters, args.includes("--"));
  addHistory(program, starters);
  addToken(program, starters);
  addSelfcheck(program, starters);
  addCompletion(program, starters);
  // The absent command's name: commander takes a default action's words for its arguments, and we want "unknown command".
  program.command("repl", { hidden: true }).action(() => starters.repl(program.opts()));
  const { operands, unknown } = program.parseOptions(args);
  const isBare = operands.length === 0 && unknown.length === 0;
  await program.parseAsync(isBare ? [...args, "repl"] : args, { from: "user" });
}

function addServe(program: Command, starters: Starters): void {
  const serve = program
    .command("serve")
    .summary("start the server")
    .description(flow(SERVE_ABOUT))
    .addHelpText("after", page(SERVE_AFTER));
  for (const { flag, placeholder, choices, repeatable, help } of CONFIG_FLAGS) {
    const option = new Option(`${flag} <${placeholder}>`, help);
    // What is not allowed is refused with its setting's name, wherever it came from (config.ts); this is for completion.
    if (choices !== undefined) option.argChoices = [...choices];
    serve.addOption(repeatable ? option.argParser((text, before?: string[]) => [...(before ?? []), text]) : option);
  }
  serve.option("--config <FILE>", "JSON file with settings by name");
  serve.action((flags: Record<string, unknown>) => starters.serve(flags));
}

function addCalc(program: Command, starters: Starters, isLiteral: boolean): void {
  const calc = program.command("calc").summary("evaluate an expression, or the lines of stdin").description(flow(CALC_ABOUT));
  calc.argument("[expression...]", "what to evaluate");
  addClientOptions(calc, `${WAIT_SECONDS} seconds`);
  calc.option("--json", "print JSON objects, one a line").addHelpText("after", page(CALC_AFTER));
  // `-2^2` is an expression, not an option; what looks like a long option is not let through, for the sake of typing errors.
  calc.allowUnknownOption().action((words: string[], { json, ...flags }: ClientFlags & { json?: boolean }) => {
    const typo = isLiteral ? undefined : words.find((word) => /^--[a-z]/.test(word));
    if (typo !== undefined) calc.error(`error: unknown option '${typo}'${suggestion(calc, typo)}`);
    const expression = words.length === 0 ? undefined : words.join(" ");
    return starters.calc(expression, json === true, { ...program.opts(), ...withoutDefaults(calc, flags) });
  });
}

function addHistory(program: Command, starters: Starters): void {
  const history = program.command("history").summary("prove or write out a history file").description(flow(HISTORY_ABOUT));
  history.addHelpText("after", page(HISTORY_AFTER)).helpCommand(false);
  const verify = history.command("verify").summary("walk every hash chain").description(flow(HISTORY_ABOUT));
  const write = history.command("export").summary("write all entries to stdout").description(flow(HISTORY_ABOUT));
  for (const command of [verify, write]) {
    command
      .option("--history <URL>", "the file: sqlite:PATH (default: as for canaduck serve)")
      .addOption(new Option("--resume <TOKEN>", "only the history of this resume token").conflicts("ledger"))
      .option("--ledger <ID>", "only the history with this id, as session.open tells it as principal")
      .addHelpText("after", page(HISTORY_AFTER));
  }
  write.addOption(new Option("--format <FORMAT>", "kind of text").choices(["jsonl", "csv"]).default("jsonl"));
  verify.action((flags: HistoryFlags) => starters.history("verify", flags));
  write.action((flags: HistoryFlags) => starters.history("export", flags));
}

function addToken(program: Command, starters: Starters): void {
  const token = program
    .command("token")
    .summary("make, list and revoke tokens")
    .description(flow(TOKEN_ABOUT))
    .addHelpText("after", page(TOKEN_AFTER));
  const create = token.command("create").summary("make a token and print it, once").description(flow(CREATE_ABOUT));
  create.requiredOption("--name <NAME>", "what to call the client: 1 to 32 letters, digits, _, . or -");
  create.addOption(new Option("--role <ROLE>", "what it may do").choices(ROLES).makeOptionMandatory());
  addTokenOptions(create).action(({ name, role, ...flags }: TokenFlags & { name: string; role: Role }) =>
    starters.token({ kind: "create", name, role }, flags),
  );
  const list = token.command("list").summary("list the tokens, revoked ones too").description(flow(LIST_ABOUT));
  addTokenOptions(list).action((flags: TokenFlags) => starters.token({ kind: "list" }, flags));
  const revoke = token.command("revoke").summary("revoke a token, for good").description(flow(REVOKE_ABOUT));
  revoke.argument("<token>", "id or name");
  addTokenOptions(revoke).action((who: string, flags: TokenFlags) => starters.token({ kind: "revoke", who }, flags));
}

function addTokenOptions(command: Command): Command {
  return command
    .option("--tokens <FILE>", "the file (default: $CANADUCK_TOKENS, else canaduck/tokens.json in the user's state folder)")
    .option("--json", "print JSON objects, one a line")
    .addHelpText("after", page(TOKEN_AFTER));
}

function addSelfcheck(program: Command, starters: Starters): void {
  program
    .command("selfcheck")
    .summary("attack this installation, and tell what stopped it")
    .description(flow(SELFCHECK_ABOUT))
    .addOption(
      integerOption("--seconds <SECONDS>", "begin nothing new after so long", 1, SELFCHECK_SECONDS_MAX).default(
        SELFCHECK_SECONDS,
      ),
    )
    .addOption(new Option("--jail <MODE>", "whether a missing layer is a failure").choices(["require", "prefer"]))
    .option("--config <FILE>", "JSON file with settings by name, as for canaduck serve")
    .option("--json", "print one JSON object")
    .addHelpText("after", page(SELFCHECK_AFTER))
    .action((flags: SelfcheckFlags) => starters.selfcheck(flags));
}

function addCompletion(program: Command, starters: Starters): void {
  program
    .command("completion")
    .summary("print completion for a shell")
    .description(flow(COMPLETION_ABOUT))
    .addArgument(new Argument("<shell>", "whose").choices(SHELLS))
    .addHelpText("after", page(COMPLETION_AFTER))
    .action((shell: Shell) => starters.print(completionScript(shell, program)));
}

/** `--wait` has a default of true as soon as there is `--no-wait`; only what was typed may go before the program's options. */
function withoutDefaults(command: Command, flags: ClientFlags): ClientFlags {
  return Object.fromEntries(Object.entries(flags).filter(([name]) => command.getOptionValueSource(name) === "cli"));
}

function addClientOptions(command: Command, waits: string): void {
  command
    .option(
      "--connect <URL>",
      "the server: tcp://HOST:PORT, tls://HOST:PORT or unix:PATH (default: $CANADUCK_CONNECT, else tcp://127.0.0.1:7070)",
    )
    .option("--ca <FILE>", "certificates in PEM to trust a tls:// server by, in place of the system's")
    .option("--token-file <FILE>", "file with the token to come in by, and nothing else (default: $CANADUCK_TOKEN is the token)")
    .option("--resume <TOKEN>", "take an earlier session up again, its history and variables (/session tells the token)")
    .addOption(new Option("--number <KIND>", "what a numeral means").choices(NUMBER_KINDS))
    .addOption(integerOption("--precision <DIGITS>", `significant digits of BigNumbers, 1 to ${PRECISION_MAX}`, 1, PRECISION_MAX))
    .addOption(
      integerOption(
        "--wait <SECONDS>",
        `how long to wait for a server that is not there (default: ${waits})`,
        0,
        WAIT_SECONDS_MAX,
      ),
    )
    .option("--no-wait", "give up at once when the server is not there");
}

/** What follows the options, as wide as they are. */
function page(text: string): (context: { command: Command }) => string {
  return ({ command }) => layOut(text, command.configureOutput().getOutHelpWidth?.());
}

function suggestion(command: Command, typed: string): string {
  const [near] = nearest(
    typed,
    command.options.flatMap(({ long }) => long ?? []),
    1,
  );
  return near === undefined ? "" : `\n(Did you mean ${near}?)`;
}

function integerOption(flag: string, help: string, least: number, most: number): Option {
  return new Option(flag, help).argParser((text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most)) throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    return value;
  });
}
