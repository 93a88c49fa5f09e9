/**
 * The terminal client: a prompt, answers, and a session that survives the loss of its connection.
 *
 * Lines are worked off one after another in the order typed, also those typed while one is under way (commands.ts says what
 * they mean). The server may come later or go away meanwhile: the client says so, dials again and takes its session up with
 * the resume token. Nothing it shows has not gone through render.ts.
 *
 * States: open -> draining (the input has ended, lines are left) -> over.
 */
import { clearLine, createInterface, cursorTo, type Interface } from "node:readline";
import { type Client, type ClientState, connect, type SessionFacts, type SessionOptions } from "../client/client.ts";
import type { NumberKind } from "../protocol/generated/types.ts";
import { complete, obey } from "./commands.ts";
import type { Desk } from "./desk.ts";
import { failureLines, type Paint } from "./render.ts";
import { readFailure } from "./reply.ts";
import { makeScreen, type Screen } from "./screen.ts";
import { STATUS } from "./status.ts";
import { isSecret, TYPED_LINES_MAX, TypedLines } from "./typed-lines.ts";

export type ReplOptions = {
  url: string;
  /** Milliseconds to wait for a server that is not there; absent means for ever. */
  waitMs?: number;
  /** PEM of who vouches for a tls:// server. */
  ca?: string;
  token?: string;
  resume?: string;
  number?: NumberKind;
  precision?: number;
  /** File of typed lines. */
  typedPath: string;
};

/** A real terminal. */
export type Console = { stdin: NodeJS.ReadableStream; stdout: NodeJS.WritableStream; paint: Paint };

/** Runs until the person leaves. Resolves with the exit status. */
export function repl(options: ReplOptions, console: Console): Promise<number> {
  return new Repl(options, console).run();
}

class Repl implements Desk {
  readonly url: string;
  readonly paint: Paint;
  readonly client: Client;
  session: SessionFacts | undefined;
  readonly #output: NodeJS.WritableStream;
  readonly #screen: Screen;
  readonly #lines: Interface;
  readonly #typed: TypedLines;
  readonly #queue: string[] = [];
  readonly #over = Promise.withResolvers<number>();
  #working: AbortController | undefined;
  /** Takes the next line in place of the queue: it is a secret. */
  #confidant: ((secret: string | undefined) => void) | undefined;
  #open = false;
  #draining = false;
  #left = false;

  constructor(options: ReplOptions, { stdin, stdout, paint }: Console) {
    const { ca, token, resume, number, precision, waitMs } = options;
    this.url = options.url;
    this.paint = paint;
    this.#output = stdout;
    // The first complaint may come before there is a prompt to put it above.
    const complain = (why: string) => queueMicrotask(() => this.#note(`typed lines are not kept: ${why}`));
    this.#typed = new TypedLines(options.typedPath, complain);
    this.#screen = makeScreen(stdout);
    this.#lines = createInterface({
      input: stdin,
      output: this.#screen.stream,
      terminal: true,
      prompt: "canaduck> ",
      history: this.#typed.load(),
      historySize: TYPED_LINES_MAX,
      removeHistoryDuplicates: true,
      completer: (line: string, done: (problem: null, found: [string[], string]) => void) => {
        // A secret is nobody's prefix.
        if (this.#confidant !== undefined) done(null, [[], line]);
        else void complete(this, line).then((found) => done(null, found));
      },
    });
    this.client = connect({
      url: options.url,
      limits: waitMs === undefined ? {} : { waitMs },
      ...(ca !== undefined && { ca }),
      session: { ...(token && { token }), ...(resume && { resume }), ...(number && { number }), ...(precision && { precision }) },
      onState: (state) => this.#follow(state),
    });
  }

  async run(): Promise<number> {
    this.#lines.on("line", (line) => this.#lineTyped(line));
    this.#lines.on("history", (lines) => {
      if (this.#confidant !== undefined || isSecret(lines[0] ?? "")) lines.shift();
    });
    this.#lines.on("SIGINT", () => this.#interrupted());
    this.#lines.on("close", () => this.#inputEnded());
    this.#lines.prompt();
    const status = await this.#over.promise;
    this.#lines.close();
    await this.client.close();
    return status;
  }

  /** Prints whole lines; a half-typed line is taken away and put back below them. */
  say(...lines: string[]): void {
    if (this.#left) return;
    if (this.#working === undefined || this.#lines.line !== "") {
      cursorTo(this.#output, 0);
      clearLine(this.#output, 0);
    }
    this.#output.write(lines.map((line) => `${line}\n`).join(""));
    if (this.#working === undefined) this.#lines.prompt(true);
  }

  askSecret(what: string, signal: AbortSignal): Promise<string | undefined> {
    this.#output.write(`${what}: `);
    this.#screen.hidden = true;
    return new Promise((resolve) => {
      this.#confidant = (secret) => {
        signal.removeEventListener("abort", stop);
        this.#confidant = undefined;
        this.#screen.hidden = false;
        this.#output.write("\n");
        resolve(secret?.trim());
      };
      const stop = () => this.#confidant?.(undefined);
      signal.addEventListener("abort", stop);
    });
  }

  async enter(session: SessionOptions): Promise<SessionFacts> {
    this.session = await this.client.open(session);
    return this.session;
  }

  leave(): void {
    if (this.#left) return;
    this.#left = true;
    this.#queue.length = 0;
    this.#output.write("Goodbye!\n");
    this.#over.resolve(STATUS.ok);
  }

  #note(text: string): void {
    this.say(this.paint("note", text));
  }

  #lineTyped(line: string): void {
    if (this.#confidant !== undefined) {
      this.#confidant(line);
      return;
    }
    this.#typed.add(line);
    this.#queue.push(line);
    if (this.#working === undefined) void this.#work();
  }

  async #work(): Promise<void> {
    for (let line = this.#queue.shift(); line !== undefined; line = this.#queue.shift()) {
      this.#working = new AbortController();
      if (line.trim() !== "") await obey(this, line.trim(), this.#working.signal);
    }
    this.#working = undefined;
    if (this.#draining) this.leave();
    else if (!this.#left) this.#lines.prompt(true);
  }

  #interrupted(): void {
    if (this.#working !== undefined) {
      this.#queue.length = 0;
      // What was typed of a secret must not come to light as the next line.
      if (this.#confidant !== undefined) this.#eraseLine();
      this.#working.abort();
    } else if (this.#lines.line === "") {
      this.#note("Ctrl-D or /bye ends");
    } else this.#eraseLine();
  }

  /** To the end of the line, then everything before it away. */
  #eraseLine(): void {
    this.#lines.write(null, { ctrl: true, name: "e" });
    this.#lines.write(null, { ctrl: true, name: "u" });
  }

  /** Ctrl-D. Lines typed before it are still answered, unless there is nobody to answer them. */
  #inputEnded(): void {
    if (this.#left) return;
    this.#draining = true;
    this.#confidant?.(undefined);
    if (this.#working === undefined) this.#output.write("\n");
    if (this.#working === undefined || !this.#open) this.leave();
  }

  #follow(state: ClientState): void {
    switch (state.kind) {
      case "waiting":
        if (state.attempt === 1 && this.session === undefined) this.#note(`waiting for canaduck at ${state.url} (${state.why})`);
        break;
      case "open":
        this.#open = true;
        this.#greet(state.session);
        break;
      case "lost":
        this.#open = false;
        this.#note(`the connection was lost (${state.why}); connecting again`);
        break;
      case "failed":
        this.#giveUp(failureLines(readFailure(state.error), "", this.paint));
        break;
    }
  }

  #greet(session: SessionFacts | undefined): void {
    const isBack = this.session !== undefined;
    this.session = session;
    const entries = `${session?.lastSeq ?? 0} ${session?.lastSeq === 1 ? "entry" : "entries"}`;
    if (session?.resumed === true) this.#note(`connected to ${this.url} again; your history is here, ${entries}`);
    else if (isBack) this.#note("connected again, but the server has forgotten the session: history and variables begin anew");
    else this.#note(`connected to ${this.url}; /help helps`);
  }

  #giveUp(lines: string[]): void {
    const [first = "", ...more] = lines;
    this.#left = true;
    this.#output.write([`\n! ${first}`, ...more, ""].join("\n"));
    this.#over.resolve(STATUS.unreachable);
  }
}
