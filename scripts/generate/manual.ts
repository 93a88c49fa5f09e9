/**
 * The calculator's manual as data: what mathjs's own documentation says of each allowed name, and the units there are.
 * Made here because the server never loads mathjs; it follows from the allowlist and the pinned mathjs.
 */
import * as mathjs from "mathjs";
import { DENIED, FAMILIES } from "../../src/jail/allowlist.ts";

type Page = {
  kind: "function" | "constant";
  category: string;
  help: string;
  signatures: string[];
  examples: string[];
  seeAlso: string[];
};
/** A page as mathjs writes it; constants have less, and some functions have none. */
type Source = {
  category?: string;
  syntax?: string[];
  description?: string | string[];
  examples?: string | string[];
  seealso?: string[];
};
type UnitSource = { prefixes: Record<string, unknown>; base: { key: string } };
/** What the published types leave out. */
type Mathjs = { docs: Record<string, Source>; create(all: unknown): { Unit: UnitClass }; all: unknown };
type UnitClass = { UNITS: Record<string, UnitSource>; PREFIXES: Record<string, Record<string, unknown>> };

const { all, create, docs } = mathjs as unknown as Mathjs;
const ALLOWED = new Set(FAMILIES.flatMap(({ names }) => names));

/** The text of `manual.ts`. */
export function renderManual(banner: string): string {
  const { units, prefixes } = readUnits();
  return `${banner}

/** What a person is told about a function or constant. */
export type ManualPage = {
  readonly kind: "function" | "constant";
  readonly category: string;
  readonly help: string;
  readonly signatures: readonly string[];
  readonly examples: readonly string[];
  readonly seeAlso: readonly string[];
};

/** Every function and constant an expression may name, sorted. */
export const MANUAL: { readonly [name: string]: ManualPage } = ${rows(readPages())};

/** Every unit without prefix, sorted: its dimension, and which set of prefixes it takes. */
export const UNITS: { readonly [name: string]: { readonly dimension: string; readonly prefixes: string } } = ${rows(units)};

/** The sets of prefixes. */
export const PREFIXES: { readonly [set: string]: readonly string[] } = ${rows(prefixes)};
`;
}

function rows(entries: [string, unknown][]): string {
  return `{\n${entries.map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`).join("\n")}\n}`;
}

function readPages(): [string, Page][] {
  const pages = FAMILIES.flatMap(({ family, names }) => {
    const kind = family === "constants" || family === "physical constants" ? "constant" : "function";
    return names.map((name): [string, Page] => [name, pageOf(name, kind, family, docs[name])]);
  });
  return pages.sort(([a], [b]) => (a < b ? -1 : 1));
}

function pageOf(name: string, kind: Page["kind"], family: string, source: Source = {}): Page {
  const { category = family, description = "", syntax = [], examples = [], seealso = [] } = source;
  return {
    kind,
    category,
    help: [description].flat().join(". ").trim(),
    signatures: syntax.length > 0 ? syntax : [name],
    examples: [examples].flat().filter(isAllowedHere),
    seeAlso: seealso.filter((near) => ALLOWED.has(near)),
  };
}

/** No method calls and no refused functions. */
function isAllowedHere(example: string): boolean {
  return !/\.\w+\(/.test(example) && ![...example.matchAll(/[A-Za-z_]\w*/g)].some(([word]) => DENIED.has(word));
}

function readUnits(): { units: [string, object][]; prefixes: [string, string[]][] } {
  const { Unit } = create(all);
  const sets = Object.entries(Unit.PREFIXES);
  const units = Object.entries(Unit.UNITS).map(([name, { prefixes, base }]): [string, object] => {
    const set = sets.find(([, members]) => members === prefixes)?.[0] ?? "NONE";
    return [name, { dimension: base.key.toLowerCase().replaceAll("_", " "), prefixes: set }];
  });
  const prefixes = sets.map(([set, members]): [string, string[]] => [set, Object.keys(members).filter((one) => one !== "")]);
  return { units: units.sort(([a], [b]) => (a < b ? -1 : 1)), prefixes };
}
