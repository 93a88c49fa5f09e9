/** Who is connected, as operators see it: the one door from the methods to the server's sessions. */
import type { AdminClientsResult } from "../protocol/generated/types.ts";

/** One connection; the shape is the schema's. */
export type ClientFacts = AdminClientsResult["clients"][number];

/** Which connections to end: one, or all that speak for a principal. */
export type Whom = { connection?: number; principal?: string };

export type Clients = {
  /** Open connections whose number is above `after`, in order of their numbers, at most `limit` and one. */
  list(after: number, limit: number): ClientFacts[];
  readonly count: number;
  /** Cuts them at once. Answers how many there were. */
  kick(whom: Whom): number;
  /** Begins the end of the server, as a SIGTERM does, after the answers of this turn are written. */
  drain(): void;
};
