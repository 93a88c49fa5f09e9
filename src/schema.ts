/**
 * The door to the generated validators: the params of a peer are believed only after they went through here.
 *
 * Step 4 of a request's way. Turns positional parameters into named ones and the first mismatch into a person's words.
 * Compiles nothing at run time, and never repeats input outside `path` and `excerpt`.
 */
import { harmless } from "./harmless.ts";
import { nearest } from "./nearest.ts";
import { FORMS, METHODS } from "./protocol/generated/methods.ts";
import type { MethodName, ParamsByMethod } from "./protocol/generated/types.ts";
import { type Mismatch, VALIDATORS, type Validator } from "./protocol/generated/validators.ts";

/** Why params do not fit; fits the data of `invalid_params`. */
export type Problem = {
  /** JSON pointer into the params, at most 128 characters. */
  path: string;
  /** What is asked for, at most 200 characters, without input. */
  detail: string;
  /** The name that was written where it should not be. */
  excerpt?: string;
  suggestions?: string[];
};

export type CheckedParams<P> = { params: P; problem?: undefined } | { problem: Problem };

const PARAMS: { readonly [M in MethodName]: Validator<ParamsByMethod[M]> } = {
  "admin.clients": VALIDATORS.AdminClientsParams,
  "admin.drain": VALIDATORS.AdminDrainParams,
  "admin.kick": VALIDATORS.AdminKickParams,
  "admin.trace": VALIDATORS.AdminTraceParams,
  "calc.check": VALIDATORS.CalcCheckParams,
  "calc.complete": VALIDATORS.CalcCompleteParams,
  "calc.describe": VALIDATORS.CalcDescribeParams,
  "calc.evaluate": VALIDATORS.CalcEvaluateParams,
  "calc.evaluateRows": VALIDATORS.CalcEvaluateRowsParams,
  "calc.sample": VALIDATORS.CalcSampleParams,
  "history.clear": VALIDATORS.HistoryClearParams,
  "history.export": VALIDATORS.HistoryExportParams,
  "history.get": VALIDATORS.HistoryGetParams,
  "history.list": VALIDATORS.HistoryListParams,
  "history.verify": VALIDATORS.HistoryVerifyParams,
  "rpc.discover": VALIDATORS.RpcDiscoverParams,
  "scope.clear": VALIDATORS.ScopeClearParams,
  "scope.get": VALIDATORS.ScopeGetParams,
  "scope.list": VALIDATORS.ScopeListParams,
  "scope.set": VALIDATORS.ScopeSetParams,
  "scope.unset": VALIDATORS.ScopeUnsetParams,
  "server.info": VALIDATORS.ServerInfoParams,
  "server.ping": VALIDATORS.ServerPingParams,
  "server.status": VALIDATORS.ServerStatusParams,
  "session.close": VALIDATORS.SessionCloseParams,
  "session.configure": VALIDATORS.SessionConfigureParams,
  "session.info": VALIDATORS.SessionInfoParams,
  "session.open": VALIDATORS.SessionOpenParams,
};

/** Names of all methods, sorted. */
export const METHOD_NAMES: readonly string[] = Object.keys(METHODS).sort();

export function isMethod(name: string): name is MethodName {
  return Object.hasOwn(METHODS, name);
}

/** The params by name and valid, or the first thing that is wrong with them. Absent params are empty ones. */
export function checkParams<M extends MethodName>(method: M, params: unknown): CheckedParams<ParamsByMethod[M]> {
  const named = params === undefined ? {} : Array.isArray(params) ? nameParams(method, params) : params;
  if (named === undefined) {
    const most = METHODS[method].order.length;
    return { problem: { path: "", detail: `at most ${most} positional ${most === 1 ? "parameter" : "parameters"}` } };
  }
  const validate: Validator<ParamsByMethod[M]> = PARAMS[method];
  if (validate(named)) return { params: named };
  return { problem: problemOf(method, named, validate.errors?.[0]) };
}

function nameParams(method: MethodName, values: unknown[]): object | undefined {
  const { order } = METHODS[method];
  if (values.length > order.length) return undefined;
  return Object.fromEntries(values.map((value, index) => [order[index], value]));
}

function problemOf(method: MethodName, named: unknown, mismatch: Mismatch | undefined): Problem {
  if (mismatch === undefined) return { path: "", detail: "does not fit" };
  const { instancePath, keyword, params, propertyName } = mismatch;
  const known = METHODS[method].members[instancePath] ?? [];
  const unknown = keyword === "required" ? strangerAmong(Object(named), known) : params["additionalProperty"];
  const path = cut(instancePath, 128);
  if (typeof unknown === "string") {
    const suggestions = nearest(unknown, known, 3);
    const problem: Problem = { path, detail: "there is no such parameter", excerpt: cut(unknown, 64) };
    return suggestions.length === 0 ? problem : { ...problem, suggestions };
  }
  const problem: Problem = { path, detail: describe(keyword, params) };
  return propertyName === undefined ? problem : { ...problem, excerpt: cut(propertyName, 64) };
}

/** A missing member is most often a misspelt one: the unknown name says more than what is absent. */
function strangerAmong(named: object, known: readonly string[]): string | undefined {
  return Object.keys(named).find((name) => !known.includes(name));
}

/** What the schema asks for, as words that follow the name of the place. */
function describe(keyword: string, params: Record<string, unknown>): string {
  const bound = String(params["limit"]);
  switch (keyword) {
    case "required":
      return `needs ${String(params["missingProperty"])}`;
    case "type":
      return `must be ${[params["type"]].flat().join(" or ")}`;
    case "enum":
      return `must be one of ${[params["allowedValues"]].flat().join(", ")}`;
    case "minimum":
      return `must be at least ${bound}`;
    case "maximum":
      return `must be at most ${bound}`;
    case "minLength":
      return bound === "1" ? "must not be empty" : `must have at least ${bound} characters`;
    case "maxLength":
      return `must have at most ${bound} characters`;
    case "maxProperties":
      return `must have at most ${bound} members`;
    case "minProperties":
      return "must not be empty";
    case "pattern":
      return `must be: ${FORMS[String(params["pattern"])] ?? "of another form"}`;
    default:
      return "does not fit";
  }
}

/** The input is cut first too: escaping must not cost more than what is shown is worth. */
function cut(text: string, charactersMax: number): string {
  return harmless(text.slice(0, charactersMax)).slice(0, charactersMax);
}
