/**
 * A person at the other end: lines in, lines out, in the order typed. `= ` marks a result, `! ` an error, `Server > ` the
 * server's own words.
 *
 * The same handlers as JSON-RPC through the same dispatcher; only the spelling differs. Control characters are never echoed.
 */
import type { RpcError } from "../protocol/errors.ts";
import type { Frame } from "../protocol/frame.ts";
import { COMMANDS, findCommand } from "./commands.ts";
import { type Desk, dispatch } from "./dispatch.ts";
import type { Session } from "./session.ts";

/** Lines of one answer, once it is there. */
type Slot = { lines: string[] | undefined };

/** What a command may do: call a method as its person, and say lines. */
export type Teller = {
  call(method: string, params: unknown, told: (error: RpcError | undefined, result: unknown) => void): void;
  /** The answer to the line; said once. */
  say(lines: string[]): void;
  /** Says goodbye and closes once all answers are out. */
  leave(words: string): void;
};

export class TextMode {
  readonly #desk: Desk;
  readonly #session: Session;
  readonly #send: (line: string) => void;
  readonly #slots: Slot[] = [];
  #left = false;

  constructor(desk: Desk, session: Session, send: (line: string) => void) {
    this.#desk = desk;
    this.#session = session;
    this.#send = send;
  }

  take(frame: Frame): void {
    if (this.#left) return;
    const teller = this.#open();
    if (frame.kind === "text") this.#line(frame.text, teller);
    else if (frame.kind === "overlong") {
      teller.say([`! The line is longer than ${this.#desk.house.config.frameBytesMax} bytes; it was skipped.`]);
    } else teller.say(["! The line is not UTF-8; it was skipped."]);
  }

  #line(line: string, teller: Teller): void {
    const text = line.trim();
    if (text === "fin") return teller.leave("Goodbye!");
    if (!text.startsWith("/")) return COMMANDS.calc.run(text, teller);
    const [word = ""] = text.slice(1).split(/\s/, 1);
    const command = findCommand(word);
    if (command.found !== undefined) return command.found.run(text.slice(1 + word.length).trim(), teller);
    const advice = command.near === undefined ? "" : ` Did you mean /${command.near}?`;
    teller.say([`! There is no such command.${advice} /help lists them all.`]);
  }

  #open(): Teller {
    const slot: Slot = { lines: undefined };
    this.#slots.push(slot);
    this.#session.hold();
    const say = (lines: string[]) => this.#fill(slot, lines);
    return {
      say,
      call: (method, params, told) => void dispatch(this.#desk, method, params, this.#session, told),
      leave: (words) => {
        this.#left = true;
        say([`Server > ${words}`]);
        this.#session.finish();
      },
    };
  }

  /** Answers leave in the order their lines came, however soon they are ready. */
  #fill(slot: Slot, lines: string[]): void {
    slot.lines = lines;
    for (let head = this.#slots[0]; head?.lines !== undefined; head = this.#slots[0]) {
      this.#slots.shift();
      for (const line of head.lines) this.#send(line);
    }
    this.#session.release();
  }
}
