/**
 * A person at the other end: lines in, lines out, in the order typed. `= ` marks a result, `! ` an error, `Server > ` the
 * server's own words.
 *
 * The same handlers as JSON-RPC through the same dispatcher; only the spelling differs. Control characters are never echoed.
 */
import type { Caller } from "../methods/call.ts";
import type { Frame } from "../protocol/frame.ts";
import { COMMANDS, type Command, findCommand, type Teller } from "./commands.ts";
import { type Desk, dispatch } from "./dispatch.ts";

/** A line that was typed; `begin` puts it into work. Expressions may be in work together, a command is alone: it sees all that was typed before it, and what follows sees it. */
type Typed = { alone: boolean; begin: () => void; begun: boolean; lines: string[] | undefined };

/** The session, as far as text mode needs it. */
export type Host = Caller & {
  /** A line is taken into work; one `release` for each when it is answered or dropped. */
  hold(): void;
  release(): void;
  /** Closes once nothing is held. */
  finish(): void;
};

export class TextMode {
  readonly #desk: Desk;
  readonly #session: Host;
  readonly #send: (line: string) => void;
  /** Every line whose answer has not been sent, in the order typed. */
  readonly #typed: Typed[] = [];
  #working = 0;
  #alone = false;
  #left = false;

  constructor(desk: Desk, session: Host, send: (line: string) => void) {
    this.#desk = desk;
    this.#session = session;
    this.#send = send;
  }

  take(frame: Frame): void {
    if (this.#left) return;
    if (frame.kind === "text") this.#line(frame.text.trim());
    else if (frame.kind === "overlong") {
      this.#retort(`! The line is longer than ${this.#desk.house.config.frameBytesMax} bytes; it was skipped.`);
    } else this.#retort("! The line is not UTF-8; it was skipped.");
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
      call: (method, params, told) => void dispatch(this.#desk, method, params, this.#session, told),
      leave: (words) => this.#leave(typed, words),
    };
    const begin = () => command.run(rest, teller);
    const typed: Typed = { alone: command !== COMMANDS.calc, begin, begun: false, lines: undefined };
    this.#typed.push(typed);
    this.#session.hold();
    this.#advance();
  }

  /** Begins what may begin. */
  #advance(): void {
    for (const typed of this.#typed) {
      if (typed.begun) continue;
      if (this.#alone || (typed.alone && this.#working > 0)) return;
      this.#alone = typed.alone;
      this.#working += 1;
      typed.begun = true;
      // Its answer may be ready at once, and begins the next itself.
      return typed.begin();
    }
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
  #leave(typed: Typed, words: string): void {
    this.#left = true;
    for (const dropped of this.#typed.splice(0)) if (dropped !== typed) this.#session.release();
    this.#send(`Server > ${words}`);
    this.#session.finish();
    this.#session.release();
  }
}
