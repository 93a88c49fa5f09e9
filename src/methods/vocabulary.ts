/** The names an expression may use that are not the session's own: functions, constants, and units with their prefixes. */
import { MANUAL, PREFIXES, UNITS } from "../protocol/generated/manual.ts";

/** A unit as it may be written: `km` is `m` with the prefix `k`. */
export type UnitName = { name: string; base: string; prefix: string; dimension: string };

/** Every unit with every prefix it takes, by name; a plain unit goes before one that is written the same with a prefix. */
const UNIT_NAMES: ReadonlyMap<string, UnitName> = makeUnitNames();

/** Names of units with and without prefix, sorted. */
export const UNITS_SORTED: readonly string[] = [...UNIT_NAMES.keys()].sort();

/** Names of functions and constants, sorted. */
export const FUNCTIONS_SORTED: readonly string[] = Object.keys(MANUAL).sort();

export function findUnit(name: string): UnitName | undefined {
  return UNIT_NAMES.get(name);
}

function makeUnitNames(): Map<string, UnitName> {
  const names = new Map<string, UnitName>();
  const units = Object.entries(UNITS);
  for (const [base, { dimension }] of units) names.set(base, { name: base, base, prefix: "", dimension });
  for (const [base, { dimension, prefixes }] of units) {
    for (const prefix of PREFIXES[prefixes] ?? []) {
      const name = `${prefix}${base}`;
      if (!names.has(name)) names.set(name, { name, base, prefix, dimension });
    }
  }
  return names;
}
