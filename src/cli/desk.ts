/** What a slash command of the terminal client is, and what the client lends to it. */
import type { Client, SessionFacts } from "../client/client.ts";
import type { Paint } from "./render.ts";

export type Desk = {
  readonly client: Client;
  readonly url: string;
  readonly paint: Paint;
  /** The session as the server last told it; absent before the first connection. */
  readonly session: SessionFacts | undefined;
  say(...lines: string[]): void;
  leave(): void;
};

export type Command = {
  names: readonly string[];
  usage: string;
  help: string;
  run(desk: Desk, rest: string, signal: AbortSignal): Promise<void> | void;
};
