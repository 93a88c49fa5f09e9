/** One call on the client's side, from `call` to its settling, and whether it may be sent more than once. */
import { randomUUID } from "node:crypto";
import { METHODS } from "../protocol/generated/methods.ts";
import type { Reply } from "./exchange.ts";

export type Outgoing = {
  /** Its place among all calls of this client. */
  readonly number: number;
  readonly method: string;
  /** JSON text. */
  readonly params: string;
  readonly repeat: Repeat;
  readonly settle: (reply: Reply) => void;
  /** Of the request under way; absent while it waits. */
  id?: number;
  /** Whose session it was first sent in. */
  principal?: string | undefined;
};

/** `always`: it changes nothing. `same-session`: its key is known to one history only. */
export type Repeat = "never" | "always" | "same-session";

/** How a call can be repeated, and with which params; undefined when repeating it could do something twice. */
export function makeRepeatable(method: string, params: object): { repeat: Repeat; params: object } | undefined {
  const row = Object.entries(METHODS).find(([name]) => name === method)?.[1];
  if (row?.writes === false) return { repeat: "always", params };
  if (method !== "calc.evaluate" || Array.isArray(params)) return undefined;
  // What is not recorded is not known again.
  if ("record" in params && params.record === false) return undefined;
  return { repeat: "same-session", params: { key: randomUUID(), ...params } };
}

/** True when the reply says that the call was not done, or may not have been, and it may be asked again in this session. */
export function isToRepeat({ repeat, principal }: Outgoing, reply: Reply, current: string | undefined): boolean {
  if (!("error" in reply) || !["connection_lost", "shutting_down"].includes(reply.error.name)) return false;
  return repeat === "always" || (repeat === "same-session" && principal !== undefined && principal === current);
}
