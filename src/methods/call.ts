/**
 * One request in flight, as a method's handler sees it: who asks, what the house offers, and the two ways to answer.
 *
 * A handler answers exactly once, now or later, by `answer` or `fail`; what it throws becomes one named error in the
 * dispatcher. Nothing here knows JSON-RPC or text: both reach the same handlers.
 */

import type { Access } from "../access/access.ts";
import type { Standing } from "../access/role.ts";
import type { TokenRow } from "../access/token.ts";
import type { Config } from "../config.ts";
import type { Account, EvaluateRequest, Evaluator, Verdict } from "../evaluator/evaluator.ts";
import type { Appended, History } from "../history/history.ts";
import type { Value } from "../jail/contract.ts";
import type { RpcError } from "../protocol/errors.ts";
import type { EventNames, ParamsByEvent } from "../protocol/generated/types.ts";
import type { Room } from "../protocol/room.ts";
import type { Clients } from "./clients.ts";
import type { Memo } from "./memo.ts";
import type { Principal, Principals } from "./principal.ts";
import type { Traces } from "./traces.ts";

export type { Account, Appended, EvaluateRequest, Evaluator, History, Value, Verdict };

/** What all methods may use. Made once at start. */
export type House = {
  readonly config: Config;
  readonly evaluator: Evaluator;
  readonly history: History;
  readonly principals: Principals;
  readonly memo: Memo;
  /** Bytes of rows in work, and of long lines that are coming in. */
  readonly rowsRoom: Room;
  readonly clients: Clients;
  readonly access: Access;
  readonly traces: Traces;
  /** A line in the log about what an operator does. */
  audit(what: string, about: object): void;
  readonly startedAt: number;
  /** What the server has open at this moment. */
  traffic(): { connections: number; sessions: number; callsInFlight: number };
};

/** What the connection of a call is told unasked. */
export type Notices = {
  /** Sends a notification, unless the peer cannot be told or does not read. */
  tell<E extends keyof ParamsByEvent>(event: E, params: ParamsByEvent[E]): void;
  /** The events it has asked for. */
  readonly wanted: EventNames;
  /** From now on it is told of these, of this client, and of no others. Throws `too_many_subscriptions`, and then nothing has changed. */
  want(events: EventNames, principal: Principal): void;
};

/** What a method may know and change of the session its call came by. */
export type Caller = {
  /** The network it comes from: all that is known of somebody nobody knows. */
  readonly network: string;
  /** Made on first use: a connection that only pings owns nothing. */
  principal(): Principal;
  /**
   * The session speaks for another principal from now on, with the standing of a token or of the anonymous, and is told of
   * these events. Throws as `Notices.want` does, and then nothing has changed.
   */
  become(principal: Principal, token?: TokenRow, events?: EventNames): void;
  /** The token it came in by; undefined for the anonymous. */
  readonly token: TokenRow | undefined;
  /** What it may do now. */
  readonly standing: Standing;
  /** The settings as they bind it now. */
  readonly limits: Config;
  /** The address it calls from. */
  readonly peer: string;
  readonly notices: Notices;
  /** Nothing more is read; the connection closes once what is in flight is answered. */
  finish(): void;
  /** For the log: whose call it is. Nothing secret, nothing a peer wrote. */
  readonly trace: { connection: number; principal?: string };
};

export type Call<P> = {
  readonly params: P;
  readonly caller: Caller;
  readonly house: House;
  answer(result: unknown): void;
  fail(error: RpcError): void;
  /** Something that must not happen did: the caller gets `internal_error` with an incident id, the log gets the rest. */
  broken(error: unknown): void;
  /** True once it is answered; a call that was cancelled may be so while its handler still waits for something. */
  readonly answered: boolean;
  /** What to do when nobody waits for the answer any more; what was given last counts. */
  onCancel(cancel: () => void): void;
};

/** The call, with something to do once it is answered. */
export function whenAnswered<Params>(call: Call<Params>, after: () => void): Call<Params> {
  const { params, caller, house } = call;
  const then =
    <T>(tell: (said: T) => void) =>
    (said: T) => {
      tell(said);
      after();
    };
  return {
    params,
    caller,
    house,
    answer: then((result) => call.answer(result)),
    fail: then((error: RpcError) => call.fail(error)),
    broken: then((error) => call.broken(error)),
    onCancel: (cancel) => call.onCancel(cancel),
    get answered() {
      return call.answered;
    },
  };
}
