/** `calc.complete`: names that continue what was typed, in the order to offer them. Evaluates nothing. */
import { MANUAL } from "../protocol/generated/manual.ts";
import type { CalcCompleteParams, CalcCompleteResult } from "../protocol/generated/types.ts";
import type { Call } from "./call.ts";
import type { Scope } from "./scope.ts";
import { FUNCTIONS_SORTED, findUnit, UNITS_SORTED } from "./vocabulary.ts";

const NAMES_DEFAULT = 20;

type Name = CalcCompleteResult["names"][number];

/** Answers at once, with the variables there are now: a person is typing. */
export function calcComplete(call: Call<CalcCompleteParams>): void {
  const { prefix, limit = NAMES_DEFAULT } = call.params;
  const { scope } = call.caller.principal();
  const variables = scope.names.sort();
  const builtIn = FUNCTIONS_SORTED.filter((name) => scope.row(name) === undefined);
  const units = UNITS_SORTED.filter((name) => scope.row(name) === undefined && !Object.hasOwn(MANUAL, name));
  const found = [variables, builtIn, units].flatMap((names) => matching(names, prefix));
  const names = found.slice(0, limit).map((name) => describe(name, scope));
  call.answer({ names, more: found.length > limit });
}

/** What begins exactly like this, then what does in another case. */
function matching(names: readonly string[], prefix: string): string[] {
  const folded = prefix.toLowerCase();
  const exact = names.filter((name) => name.startsWith(prefix));
  return [...exact, ...names.filter((name) => name.toLowerCase().startsWith(folded) && !name.startsWith(prefix))];
}

function describe(name: string, scope: Scope): Name {
  const row = scope.row(name);
  if (row !== undefined) return { name, kind: "variable", detail: row.type };
  const page = Object.hasOwn(MANUAL, name) ? MANUAL[name] : undefined;
  if (page === undefined) return { name, kind: "unit", detail: findUnit(name)?.dimension ?? "" };
  return { name, kind: page.kind, detail: page.kind === "function" ? (page.signatures[0] ?? name) : page.category };
}
