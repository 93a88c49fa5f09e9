/** The contract's tables as TypeScript constants: errors, methods, settings, and the words for patterns. */
import type { Contract, Method, Schema } from "./contract.ts";

const text = (value: unknown): string => JSON.stringify(value);

/** `{\n  "key": value,\n …}`: one row a line. */
function rows(entries: (readonly [string, unknown])[]): string {
  return `{\n${entries.map(([key, value]) => `  ${text(key)}: ${text(value)},`).join("\n")}\n}`;
}

/** The text of `errors.ts`: every error by name, in the order of the schema. */
export function renderErrors({ errors }: Contract, banner: string): string {
  const table = errors.map(
    ({ name, code, message, kind, retry, closes }) => [name, { code, message, kind, retry, closes }] as const,
  );
  return `${banner}

/** Every error a peer can get, by name. docs/ERRORS.md says when each occurs. */
export const ERRORS = ${rows(table)} as const;

export type ErrorName = keyof typeof ERRORS;
`;
}

/** Members known at each place of the params that has a fixed list, by JSON pointer. */
function membersOf(schema: Schema, defs: Record<string, Schema>, pointer = ""): [string, string[]][] {
  const target = schema.$ref === undefined ? schema : (defs[schema.$ref.replace("#/$defs/", "")] ?? {});
  if (target.properties === undefined) return [];
  const inner = Object.entries(target.properties).flatMap(([key, member]) => membersOf(member, defs, `${pointer}/${key}`));
  return [[pointer, Object.keys(target.properties)], ...inner];
}

function methodRow(method: Method, defs: Record<string, Schema>): object {
  const { summary, role, lane, cost, writes, params } = method;
  return { summary, role, lane, cost, writes, order: params.order, members: Object.fromEntries(membersOf(params, defs)) };
}

/** The text of `methods.ts`: what the gates need to know of each method, and what a broken pattern means in words. */
export function renderMethods({ methods, defs }: Contract, banner: string): string {
  const table = methods.map((method) => [method.name, methodRow(method, defs)] as const);
  return `${banner}
import type { MethodName } from "./types.ts";

export type MethodRow = {
  readonly summary: string;
  /** Least role that may call it; "nobody" is who may do nothing else. */
  readonly role: "nobody" | "anyone" | "user" | "operator";
  /** Which bounded queue it goes through. */
  readonly lane: "none" | "eval" | "store";
  /** What a call costs of a quota. */
  readonly cost: number;
  /** Whether it changes variables, history or session. */
  readonly writes: boolean;
  /** Names of positional parameters. */
  readonly order: readonly string[];
  /** Known members by JSON pointer, for suggestions. */
  readonly members: { readonly [pointer: string]: readonly string[] };
};

export const METHODS: { readonly [Name in MethodName]: MethodRow } = ${rows(table)};

/** What each pattern of the schemas asks for, in a person's words. */
export const FORMS: { readonly [pattern: string]: string } = ${rows(formsOf(defs))};
`;
}

function formsOf(defs: Record<string, Schema>): [string, string][] {
  const forms = new Map<string, string>();
  const visit = (schema: Schema): void => {
    const { pattern, description } = schema;
    if (pattern !== undefined && description !== undefined) forms.set(pattern, description.replace(/\.$/, ""));
    for (const inner of Object.values(schema.properties ?? {})) visit(inner);
  };
  for (const schema of Object.values(defs)) visit(schema);
  return [...forms];
}

/** The text of `settings.ts`: every setting as a row, with its flag and environment variable. */
export function renderSettings({ settings }: Contract, banner: string): string {
  const table = Object.entries(settings).map(([name, schema]) => {
    const { type, enum: choices, minimum, maximum, pattern, items, unit, placeholder, reason, announced } = schema;
    const kind = choices === undefined ? (type === "array" ? "list" : type) : "choice";
    return [
      name,
      {
        kind,
        default: schema.default,
        ...(choices && { choices }),
        ...((pattern ?? items?.pattern) && { pattern: pattern ?? items?.pattern }),
        ...(minimum !== undefined && { minimum, maximum }),
        ...(unit !== undefined && { unit }),
        flag: flagOf(name),
        env: envOf(name),
        placeholder: placeholder ?? "N",
        reason,
        announced: announced === true,
      },
    ] as const;
  });
  return `${banner}
import type { Config } from "./types.ts";

export type SettingRow = {
  readonly kind: "integer" | "string" | "choice" | "list";
  readonly default: number | string | readonly string[];
  readonly choices?: readonly string[];
  /** What a string, or each item of a list, must match. */
  readonly pattern?: string;
  readonly minimum?: number;
  /** The ceiling: no operator may go beyond. */
  readonly maximum?: number;
  readonly unit?: string;
  readonly flag: string;
  readonly env: string;
  readonly placeholder: string;
  readonly reason: string;
  /** Told to peers as one of the server's limits. */
  readonly announced: boolean;
};

export const SETTINGS: { readonly [Name in keyof Config]: SettingRow } = ${rows(table)};
`;
}

/** The text of `about.ts`: what `server.info` tells that is known before the server runs. */
export function renderAbout({ versions, functions }: Contract, banner: string): string {
  return `${banner}
import type { ServerInfoResult } from "./types.ts";

/** Version of the server. */
export const VERSION = ${text(versions.server)};

/** Version of mathjs. */
export const MATHJS = ${text(versions.mathjs)};

/** The vocabulary of expressions: allowed names sorted, refused ones with the reason. */
export const FUNCTIONS: ServerInfoResult["functions"] = ${JSON.stringify(functions, null, 2)};
`;
}

const words = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `evaluateMs` → `--evaluate-ms`. */
export function flagOf(name: string): string {
  return `--${words(name)}`;
}

/** `evaluateMs` → `CANADUCK_EVALUATE_MS`. */
export function envOf(name: string): string {
  return `CANADUCK_${words(name).replaceAll("-", "_").toUpperCase()}`;
}
