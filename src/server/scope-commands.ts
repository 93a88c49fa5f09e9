/** The slash commands about variables and the number system. */
import { harmless } from "../harmless.ts";
import type { HeldVariable, NumberKind, ScopeListResult, SessionConfigureParams } from "../protocol/generated/types.ts";
import { ask, type Command, type Teller } from "./command.ts";
import { brief, server } from "./spoken.ts";
import { formatError } from "./text-error.ts";

/** Variables shown with their values; of more, only how many they are. */
const VARIABLES_SHOWN_MAX = 50;
const KINDS: readonly NumberKind[] = ["number", "BigNumber", "Fraction", "bigint"];

export const SCOPE_COMMANDS = {
  vars: {
    args: "",
    summary: "your variables and functions",
    detail: ["x = 3 sets one, /unset x removes it."],
    run: (_rest, teller) => ask(teller, "scope.list", {}, (list) => showVariables(list, teller)),
  },
  unset: {
    args: "NAME",
    summary: "removes a variable",
    detail: [],
    run: unset,
  },
  mode: {
    args: "[KIND] [DIGITS]",
    summary: "what a numeral becomes, as in /mode BigNumber 30",
    detail: [
      `KIND is one of ${KINDS.join(", ")}; DIGITS, 1 to 1000, are those of BigNumbers.`,
      "/mode explicit: 2 x is refused, 2 * x and 2 inch are not; /mode implicit: 2 x is 2 * x.",
      "Alone it tells the settings.",
    ],
    run: setMode,
  },
} satisfies Record<string, Command>;

function showVariables({ variables }: ScopeListResult, teller: Teller): void {
  if (variables.length === 0) return teller.say([server("You have no variables. x = 3 sets one.")]);
  const shown = variables.slice(0, VARIABLES_SHOWN_MAX);
  const lines: string[] = shown.map(() => "");
  let missing = shown.length;
  for (const [place, { name, type }] of shown.entries()) {
    teller.call("scope.get", { name }, (error, result) => {
      // One that cannot be shown is still one that is there.
      lines[place] = error === undefined ? lineOf(result as HeldVariable) : `${name} (${type})`;
      missing -= 1;
      if (missing > 0) return;
      const more = variables.length - shown.length;
      teller.say(more === 0 ? lines : [...lines, server(`and ${more} more.`)]);
    });
  }
}

/** A function's text is its whole definition. */
function lineOf({ name, type, value, text }: HeldVariable): string {
  return type === "function" ? brief(typeof value === "string" ? value : text) : `${harmless(name)} = ${brief(text)}`;
}

function unset(name: string, teller: Teller): void {
  teller.call("scope.unset", { name }, (error) => {
    if (error === undefined) return teller.say([server(`${harmless(name)} is gone.`)]);
    const isNone = error.errorName === "not_found" || error.errorName === "invalid_params";
    teller.say(isNone ? ["! There is no variable of this name. /vars lists them."] : formatError(error, ""));
  });
}

function setMode(rest: string, teller: Teller): void {
  const [word = "", count] = rest.split(/\s+/);
  if (/^(?:im|ex)plicit$/i.test(rest)) return configure({ implicit: rest.toLowerCase() === "implicit" }, teller);
  const number = KINDS.find((kind) => kind.toLowerCase() === word.toLowerCase());
  const precision = count === undefined ? undefined : Number(count);
  const isPrecise = precision === undefined || (Number.isInteger(precision) && precision >= 1 && precision <= 1000);
  if ((word !== "" && number === undefined) || !isPrecise) {
    return teller.say([`! /mode takes ${KINDS.join(", ")}, and how many digits, 1 to 1000; or implicit, or explicit.`]);
  }
  configure({ ...(number && { number }), ...(precision !== undefined && { precision }) }, teller);
}

function configure(params: SessionConfigureParams, teller: Teller): void {
  ask(teller, "session.configure", params, (settings) => {
    const digits = settings.number === "BigNumber" ? ` with ${settings.precision} digits` : "";
    const sign = settings.implicit ? "" : " Multiplication needs its sign: 2 * x.";
    teller.say([server(`A numeral is a ${settings.number}${digits}.${sign}`)]);
  });
}
