/**
 * What crosses the pipe between the server and a jailed process: lines of JSON, UTF-8, LF.
 *
 * The parent writes one `Start`, then any number of `Job`s. The jail answers `Ready` once, then exactly one `Outcome`
 * for each job, in the order the jobs came. `schemas/job.json` says the same as data; the parent believes none of it
 * before `evaluator/worker.ts` has validated it.
 *
 * No imports: both sides of the wall read this file, and it is all they share.
 */

/**
 * Most jobs are an expression and at most some numbers, most outcomes a number. Both have a short form, which begins with a
 * token and not with a brace:
 *
 *   short job      token [#resultBytesMax] [{"name":number,...}] TAB expression     a Job with `cheapOnly`
 *   short outcome  token TAB us TAB value [TAB text]     only to a short job; without `text` it is the digits of `value`
 *
 * The token is 12 hexadecimal digits, and the id where the answer to a short job is an `Outcome`. The expression has no
 * control character, quote or backslash, a number is one of JSON, and there is no blank between them.
 */
export const TOKEN_LENGTH = 12;

/** The id that a token stands for. */
export function idOfToken(token: string): number {
  return Number.parseInt(token, 16);
}

/** Settings of the number system a job is evaluated under. Absent means mathjs's defaults: `number`, 64 digits. */
export type Settings = {
  /** What a numeric literal becomes. */
  number?: "number" | "BigNumber" | "Fraction" | "bigint";
  /** Significant digits of BigNumbers, 1 to 1000. */
  precision?: number;
  /** False: what is multiplied needs its sign, but for a number in front of its unit. */
  implicit?: boolean;
};

/** A variable or function as the server keeps it: opaque text that only the jail reads. */
export type Stored = {
  /** The jail's own serialisation. The server never parses it. */
  text: string;
  /** `typeOf` of the value, for people; `function` for functions. */
  type: string;
  /** Names a stored function uses without binding them; they travel along with it. */
  needs?: string[];
};

/** Bounds the jail enforces by itself. The parent's deadline and memory limit stand behind them. */
export type JailLimits = {
  /** Nodes of one expression tree. */
  nodesMax: number;
  /** Depth of brackets, counted before parsing, and of the tree. */
  depthMax: number;
  /** Elements of any one matrix, range or list made by an expression. */
  elementsMax: number;
  /** Bytes of one reply's value, as JSON, unless the job says otherwise. */
  resultBytesMax: number;
};

/** First line, parent to jail. With `probe`, jobs of the kind `probe` may follow: the process is one to be sacrificed. */
export type Start = { start: JailLimits; probe?: true };

/** First line, jail to parent. */
export type Ready = { ready: { mathjs: string; node: string } };

export type Job = {
  /** Chosen by the parent, unique among the unanswered jobs of this worker. */
  id: number;
  /**
   * `check` parses and explains, and evaluates nothing; `rows` evaluates once for each row; `probe` runs the probe
   * `expression` names. Absent means `evaluate`.
   */
  kind?: "evaluate" | "check" | "rows" | "probe";
  expression: string;
  /** For `rows`: scalars by name, lists of one length that is not 0. */
  columns?: Record<string, unknown[]>;
  /** The stored variables the expression may name, by name. */
  variables?: Record<string, string>;
  settings?: Settings;
  /** What random numbers are drawn from: same seed, same job, same numbers, in every process. Absent means new ones. */
  seed?: number;
  resultBytesMax?: number;
  /** Tell in the value how the expression was understood. */
  explain?: true;
  /** Answer `deferred` at once unless the tree is provably cheap: the fast lane evaluates nothing else. */
  cheapOnly?: boolean;
};

/** Where in the expression: `offset` and `column` count UTF-16 units; `offset` from 0, `line` and `column` from 1. */
export type Position = { offset: number; line: number; column: number; length: number };

/** The names of failures that are born in the jail; each is a row of `schemas/errors.json`. */
export type FailureName =
  | "syntax_error"
  | "unknown_symbol"
  | "unknown_function"
  | "bad_argument"
  | "unit_mismatch"
  | "domain_error"
  | "function_refused"
  | "access_refused"
  | "unknown_unit"
  | "memory_limit"
  | "result_too_large"
  | "too_deep"
  | "too_many_nodes";

export type Failure = {
  name: FailureName;
  position?: Position;
  /** At most 200 characters; says what is wrong in a person's words. */
  detail?: string;
  /** Names that are near what was typed, nearest first, at most 5. */
  suggestions?: string[];
  /** Which limit was met. */
  limit?: { name: string; value: number; used?: number };
};

export type Value = {
  /** As mathjs's `typeOf`. */
  type: string;
  /** JSON as `math.replacer` writes it; digits of bigint, BigNumber and Fraction are strings. */
  value: unknown;
  /** For people: 14 significant digits, or as many as `settings.precision` asks for. */
  text: string;
  /** Names the expression assigned, with what they now hold. */
  assigned?: Record<string, Stored>;
  /** Things a person should know about the result: a function that cannot be kept, a digit that was lost. */
  warnings?: string[];
  /** As `Checked.interpretation`, when the job asked for it. */
  interpretation?: string;
};

/** What `check` tells about an expression without evaluating it. */
export type Checked = {
  /** Free names: variables and functions that must exist, sorted. */
  symbols: string[];
  /** Names it would assign, sorted. */
  assigns: string[];
  /** The expression as it was understood, fully parenthesised; at most 262,144 characters. */
  interpretation: string;
  latex: string;
};

/** What the first rows gave: as many as the jail took time for, at least one. */
export type Rows = {
  /** JSON as `math.replacer` writes it; null where the row failed. */
  values: unknown[];
  failed: number;
  /** The first of the rows that failed, at most 100. */
  failures: { row: number; failure: Failure }[];
};

/** Exactly one of `value`, `checked`, `rows`, `failure`, `deferred` is there. */
export type Outcome = {
  id: number;
  value?: Value;
  checked?: Checked;
  rows?: Rows;
  failure?: Failure;
  /** Not provably cheap; nothing was evaluated. */
  deferred?: true;
  /** CPU time spent on this job in whole microseconds, as the jail measured it. Absent means 0. */
  us?: number;
};
