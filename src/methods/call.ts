/**
 * One request in flight, as a method's handler sees it: who asks, what the house offers, and the two ways to answer.
 *
 * A handler answers exactly once, now or later, by `answer` or `fail`; what it throws becomes one named error in the
 * dispatcher. Nothing here knows JSON-RPC or text: both reach the same handlers.
 */

import type { Config } from "../config.ts";
import type { Evaluator } from "../evaluator/evaluator.ts";
import type { History } from "../history/history.ts";
import type { RpcError } from "../protocol/errors.ts";
import type { Principal, Principals } from "./principal.ts";

export type { Evaluator, History };

/** What all methods may use. Made once at start. */
export type House = {
  readonly config: Config;
  readonly evaluator: Evaluator;
  readonly history: History;
  readonly principals: Principals;
  readonly startedAt: number;
};

/** What a method may know and change of the session its call came by. */
export type Caller = {
  /** The network it comes from: all that is known of somebody nobody knows. */
  readonly network: string;
  /** Made on first use: a connection that only pings owns nothing. */
  principal(): Principal;
  /** The session speaks for another principal from now on. */
  become(principal: Principal): void;
};

export type Call<P> = {
  readonly params: P;
  readonly caller: Caller;
  readonly house: House;
  answer(result: unknown): void;
  fail(error: RpcError): void;
  /** Something that must not happen did: the caller gets `internal_error` with an incident id, the log gets the rest. */
  broken(error: unknown): void;
  /** What to do when nobody waits for the answer any more. */
  onCancel(cancel: () => void): void;
};
