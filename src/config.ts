/**
 * The settings of a server, from four places: flags before environment before file before default.
 *
 * The only reader of `process.env`. Every setting is a row of `schemas/config.json`; a wrong value is refused here, with the
 * setting, what was given, where it came from and what is allowed, so nothing after this file checks a setting again.
 */
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { invariant } from "./invariant.ts";
import { nearest } from "./nearest.ts";
import { SETTINGS, type SettingRow } from "./protocol/generated/settings.ts";
import type { Config } from "./protocol/generated/types.ts";
import { VALIDATORS } from "./protocol/generated/validators.ts";

export type { Config };

type Values = { readonly [name: string]: unknown };

export type ConfigSources = {
  /** By setting name, as the command line gave them: text or lists of text. `config` names the file. */
  flags?: Values;
  /** Default: the environment of the process. An empty variable counts as absent. */
  env?: NodeJS.ProcessEnv;
  /** Path of a JSON file with settings by name; else `flags.config`, else `CANADUCK_CONFIG`. */
  file?: string;
};

/** A setting that cannot be used; the message is for the operator. */
export class ConfigError extends Error {}

/** A flag of the command line, one for each setting. */
export type ConfigFlag = {
  name: string;
  flag: string;
  placeholder: string;
  choices: readonly string[] | undefined;
  repeatable: boolean;
  help: string;
};

/** What the command line needs to offer and explain every setting. */
export const CONFIG_FLAGS: readonly ConfigFlag[] = Object.entries(SETTINGS).map(([name, row]) => ({
  name,
  flag: row.flag,
  placeholder: row.placeholder,
  choices: row.choices,
  repeatable: row.kind === "list",
  help: `${row.reason} ${boundsOf(row)}Default ${[row.default].flat().join(", ") || "none"}${row.unit === undefined ? "" : ` ${row.unit}`}.`,
}));

function boundsOf({ kind, minimum, maximum }: SettingRow): string {
  return kind === "integer" ? `From ${minimum} to ${maximum}. ` : "";
}

/** The limits a peer is told, by the names of their settings. */
export function announcedLimits(config: Config): Record<string, number> {
  const announced = Object.entries(config).filter(
    ([name, value]) => isSetting(name) && SETTINGS[name].announced && Number.isInteger(value),
  );
  return Object.fromEntries(announced);
}

/** Reads and checks every setting. Throws `ConfigError` at the first that is wrong. */
export function readConfig({ flags = {}, env = process.env, file }: ConfigSources): Config {
  const path = file ?? textOf(flags["config"]) ?? textOf(env["CANADUCK_CONFIG"]);
  const fromFile = path === undefined ? {} : readFile(path);
  const config: Record<string, unknown> = {};
  for (const [name, row] of Object.entries(SETTINGS)) {
    const variable = env[row.env];
    if (flags[name] !== undefined) config[name] = accept(name, row, flags[name], row.flag);
    else if (variable !== undefined && variable !== "") config[name] = accept(name, row, variable, row.env);
    else if (Object.hasOwn(fromFile, name)) config[name] = accept(name, row, fromFile[name], path ?? "");
    else config[name] = expand(row.default, env);
  }
  invariant(VALIDATORS.Config(config), "what every row accepts fits the schema of the settings");
  return config;
}

/** What the terminal client takes from the environment: where its server is, the file of typed lines, its token, how wide its pages are. */
export type ClientSettings = { connect: string; typedPath: string; token: string | undefined; columns: number | undefined };

/** `COLUMNS` when it is a number; `CANADUCK_CONNECT`, else the server's default address; the user's state folder. Checks nothing. */
export function readClientSettings(env: NodeJS.ProcessEnv = process.env): ClientSettings {
  return {
    connect: textOf(env["CANADUCK_CONNECT"]) ?? "tcp://127.0.0.1:7070",
    typedPath: String(expand("{state}/canaduck/typed-lines", env)),
    token: textOf(env["CANADUCK_TOKEN"]),
    columns: Number(textOf(env["COLUMNS"])) || undefined,
  };
}

function isSetting(name: string): name is keyof Config {
  return Object.hasOwn(SETTINGS, name);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function readFile(path: string): Values {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new ConfigError(`${path}: cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    throw new ConfigError(`${path}: must be a JSON object`);
  for (const name of Object.keys(parsed)) {
    if (isSetting(name)) continue;
    const [suggestion] = nearest(name, Object.keys(SETTINGS), 1);
    throw new ConfigError(
      `${path}: there is no setting ${quote(name)}${suggestion === undefined ? "" : `; did you mean ${suggestion}?`}`,
    );
  }
  // A plain object out of JSON, whose names have just been checked.
  return parsed as Values;
}

/** The value in the setting's own type. `origin` is the flag, the variable or the file it came from. */
function accept(name: string, row: SettingRow, given: unknown, origin: string): number | string | string[] {
  const value = convert(row, given);
  if (value !== undefined) return value;
  throw new ConfigError(`${name}: ${quote(given)} from ${origin} is not allowed; it must be ${allowed(row)}`);
}

function convert(row: SettingRow, given: unknown): number | string | string[] | undefined {
  switch (row.kind) {
    case "integer":
      return toInteger(row, given);
    case "list": {
      const items = typeof given === "string" ? given.split(",").map((item) => item.trim()) : given;
      return Array.isArray(items) && items.length > 0 && items.every((item) => isText(row, item)) ? items : undefined;
    }
    case "choice":
    case "string":
      return isText(row, given) ? given : undefined;
  }
}

function toInteger({ minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: SettingRow, given: unknown): number | undefined {
  const value = typeof given === "string" && /^\d{1,15}$/.test(given) ? Number(given) : given;
  return typeof value === "number" && Number.isInteger(value) && value >= minimum && value <= maximum ? value : undefined;
}

function isText({ choices, pattern }: SettingRow, given: unknown): given is string {
  if (typeof given !== "string" || given === "") return false;
  return choices === undefined ? pattern === undefined || new RegExp(pattern, "u").test(given) : choices.includes(given);
}

function allowed(row: SettingRow): string {
  if (row.choices !== undefined) return `one of ${row.choices.join(", ")}`;
  if (row.kind === "integer")
    return `a whole number from ${row.minimum} to ${row.maximum}${row.unit === undefined ? "" : ` (${row.unit})`}`;
  return `${row.kind === "list" ? "a list of " : ""}${row.placeholder}${row.default === "" ? "" : ` such as ${[row.default].flat().join(", ")}`}`;
}

function quote(given: unknown): string {
  return (JSON.stringify(given) ?? String(given)).slice(0, 100);
}

/** Defaults name two folders of the user, as the XDG base directory specification places them. */
function expand(value: SettingRow["default"], env: NodeJS.ProcessEnv): unknown {
  if (typeof value !== "string") return typeof value === "number" ? value : [...value];
  const home = textOf(env["HOME"]) ?? homedir();
  return value
    .replace("{state}", absolute(env["XDG_STATE_HOME"]) ?? join(home, ".local", "state"))
    .replace("{cache}", absolute(env["XDG_CACHE_HOME"]) ?? join(home, ".cache"));
}

function absolute(path: string | undefined): string | undefined {
  return path !== undefined && isAbsolute(path) ? path : undefined;
}
