/**
 * A person at the other end: lines in, lines out, in the order typed. `= ` marks a result, `! ` an error, `Server > ` the
 * server's own words.
 *
 * The same handlers as JSON-RPC through the same dispatcher; only the spelling differs. Control characters are never echoed.
 */
import type { Frame } from "../protocol/frame.ts";
import type { Command, Teller } from "./command.ts";
import { COMMANDS, findCommand } from "./commands.ts";
import type { Reply } from "./dispatch.ts";

/** A line that was typed; `begin` puts it into work. Expressions may be in work together, a command is alone: it sees all that was typed before it, and what follows sees it. */
type Typed = { alone: boolean; begin: () => void; begun: boolean; lines: string[] | undefined };

/** The session, as far as text mode needs it. */
export type Host = {
  /** Begins a call; `reply` is told once. */
  start(method: string, params: unknown, reply: Reply): void;
  /** A line is taken into work; one `release` for each when it is answered or dropped. */
  hold(): void;
  release(): void;
  /** Closes once nothing is held. */
  finish(): void;
};

export class TextMode {
  readonly #limits: { readonly frameBytesMax: number };
  readonly #session: Host;
  readonly #send: (line: string) => void;
  /** Every line whose answer has not been sent, in the order typed. */
  readonly #typed: Typed[] = [];
  #working = 0;
  #alone = false;
  #advancing = false;
  #left = false;

  constructor(limits: { readonly frameBytesMax: number }, session: Host, send: (line: string) => void) {
    this.#limits = limits;
    this.#session = session;
    this.#send = send;
  }

  take(frame: Frame): void {
    if (this.#left) return;
    if (frame.kind === "text") this.#line(frame.text.trim());
    else if (frame.kind === "overlong") {
      this.#retort(`! The line is longer than ${this.#limits.frameBytesMax} bytes; it was skipped.`);
    } else this.#retort("! The line is not UTF-8; it was skipped.");
  }

  /** Nobody is there any more: what is not in work is not begun. */
  drop(): void {
    this.#left = true;
    for (const { begun } of this.#typed.splice(0)) if (!begun) this.#session.release();
  }

  #line(text: string): void {
    if (text === "fin") return this.#add(COMMANDS.bye, "");
    if (!text.startsWith("/")) return this.#add(COMMANDS.calc, text);
    const [word = ""] = text.slice(1).split(/\s/, 1);
    const command = findCommand(word);
    if (command.found !== undefined) return this.#add(command.found, text.slice(1 + word.length).trim());
    const advice = command.near === undefined ? "" : ` Did you mean /${command.near}?`;
    this.#retort(`! There is no such command.${advice} /help lists them all.`);
  }

  /** An answer that needs no work, in its turn. */
  #retort(line: string): void {
    this.#add({ run: (_rest, teller) => teller.say([line]) }, "");
  }

  #add(command: Pick<Command, "run">, rest: string): void {
    const teller: Teller = {
      say: (lines) => this.#answer(typed, lines),
      call: (method, params, told) => this.#session.start(method, params, told),
      leave: (words) => this.#leave(words),
    };
    const begin = () => command.run(rest, teller);
    const typed: Typed = { alone: command !== COMMANDS.calc, begin, begun: false, lines: undefined };
    this.#typed.push(typed);
    this.#session.hold();
    this.#advance();
  }

  /** Begins all that may begin. An answer given at once comes back here: the loop goes on. */
  #advance(): void {
    if (this.#advancing) return;
    this.#advancing = true;
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      this.#alone = next.alone;
      this.#working += 1;
      next.begun = true;
      next.begin();
    }
    this.#advancing = false;
  }

  #next(): Typed | undefined {
    const next = this.#alone ? undefined : this.#typed.find((typed) => !typed.begun);
    return next?.alone && this.#working > 0 ? undefined : next;
  }

  /** Answers leave in the order their lines came, however soon they are ready. */
  #answer(typed: Typed, lines: string[]): void {
    typed.lines = lines;
    this.#working -= 1;
    this.#alone = false;
    for (let head = this.#typed[0]; head?.lines !== undefined; head = this.#typed[0]) {
      this.#typed.shift();
      for (const line of head.lines) this.#send(line);
    }
    this.#advance();
    this.#session.release();
  }

  /** Who leaves was alone in work: all before it is answered, all after it is not done. */
  #leave(words: string): void {
    this.drop();
    this.#send(`Server > ${words}`);
    this.#session.finish();
    this.#session.release();
  }
}
