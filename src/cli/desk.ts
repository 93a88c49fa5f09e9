/** What a slash command of the terminal client is, and what the client lends to it. */
import type { Client, SessionFacts, SessionOptions } from "../client/client.ts";
import type { Paint } from "./render.ts";

export type Desk = {
  readonly client: Client;
  readonly url: string;
  readonly paint: Paint;
  /** The session as the server last told it; absent before the first connection. */
  readonly session: SessionFacts | undefined;
  say(...lines: string[]): void;
  /** What is typed next, shown to nobody and kept nowhere; undefined when the person thinks better of it. */
  askSecret(what: string, signal: AbortSignal): Promise<string | undefined>;
  /** Becomes somebody else, now and after every reconnect. */
  enter(session: SessionOptions): Promise<SessionFacts>;
  leave(): void;
};

export type Command = {
  names: readonly string[];
  usage: string;
  help: string;
  run(desk: Desk, rest: string, signal: AbortSignal): Promise<void> | void;
};
