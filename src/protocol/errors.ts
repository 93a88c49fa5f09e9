/**
 * The one birthplace of errors a peer may see: a row of the generated table, plus data about this case.
 *
 * A message never contains input, a path or a stack; what the peer wrote may only stand in `excerpt` and `suggestions`.
 * An `RpcError` is as often returned as thrown and carries no stack: it tells what a peer did, not where we were.
 */
import { ERRORS, type ErrorName } from "./generated/errors.ts";
import { SETTINGS } from "./generated/settings.ts";
import type { ErrorObject, ErrorData as NamedData } from "./generated/types.ts";

/** What is known about this case: `schemas/common.json#/$defs/errorData` without the name. */
export type ErrorData = Omit<NamedData, "name">;

type Limit = NonNullable<ErrorData["limit"]>;

/** An error of the table. `data` may be completed until it is sent. */
export class RpcError extends Error {
  readonly errorName: ErrorName;
  readonly code: number;
  readonly data: ErrorData;

  constructor(errorName: ErrorName, data: ErrorData = {}) {
    const { code, message } = ERRORS[errorName];
    // Capturing a stack costs several times everything else here, and a flood of bad requests must stay cheap.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
    this.errorName = errorName;
    this.code = code;
    this.data = data;
  }
}

/** The `error` member of a reply. `retryable` comes from the table; an internal error shows its incident and nothing else. */
export function toErrorObject({ errorName, code, message, data }: RpcError): ErrorObject {
  if (errorName === "internal_error") {
    const { incident } = data;
    return { code, message, data: incident === undefined ? { name: errorName } : { name: errorName, incident } };
  }
  const named: NamedData = { name: errorName, ...data };
  if (data.limit !== undefined && !data.replayed) named.limit = withCeiling(data.limit);
  // Stored data of a replayed failure brings a name of its own; the table's is the one that counts.
  named.name = errorName;
  // Where an error may often be tried again, this case of it may not.
  if (ERRORS[errorName].retry !== "never" && named.retryable !== false) named.retryable = true;
  else delete named.retryable;
  return { code, message, data: named };
}

/** How far an operator may raise a limit that is a setting; what is told again is told as it was. */
function withCeiling(limit: Limit): Limit {
  const maximum = isSetting(limit.name) ? SETTINGS[limit.name].maximum : undefined;
  return maximum === undefined ? limit : { ...limit, ceiling: maximum };
}

function isSetting(name: string): name is keyof typeof SETTINGS {
  return Object.hasOwn(SETTINGS, name);
}
