/** What a slash command is, and what it may do; the commands themselves are rows of `commands.ts`. */
import type { RpcError } from "../protocol/errors.ts";
import type { MethodName, ParamsByMethod, ResultByMethod } from "../protocol/generated/types.ts";
import { formatError } from "./text-error.ts";

/** What a command may do: call a method as its person, and say lines. */
export type Teller = {
  call(method: string, params: unknown, told: (error: RpcError | undefined, result: unknown) => void): void;
  /** The answer to the line; said once. */
  say(lines: string[]): void;
  /** Says goodbye and closes once all answers are out. */
  leave(words: string): void;
};

export type Command = {
  /** What stands after the name, as the help shows it. */
  args: string;
  summary: string;
  detail: string[];
  run(rest: string, teller: Teller): void;
};

/** Calls a method; its error is the answer to the line, what is done with its result is the command's business. */
export function ask<M extends MethodName>(
  teller: Teller,
  method: M,
  params: ParamsByMethod[M],
  told: (result: ResultByMethod[M]) => void,
): void {
  teller.call(method, params, (error, result) => {
    if (error !== undefined) return teller.say(formatError(error, ""));
    // What this method's handler answered; the table of methods holds it to the type.
    told(result as ResultByMethod[M]);
  });
}
