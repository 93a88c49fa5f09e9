/**
 * Takes telnet's own commands (RFC 854) out of a person's bytes, so that `telnet localhost 7070` and Ctrl-C in it
 * leave no trace in an expression. Works on bytes, before lines are cut: a window size may contain a line feed.
 * Never answers a negotiation: to a peer that refuses to negotiate, telnet falls back to its plain line mode.
 *
 * States: data -> command (after IAC) -> option (after WILL, WONT, DO, DONT) -> data;
 *         command -> sub (after SB) -> subCommand (after IAC) -> sub, or data after SE.
 */
const IAC = 0xff;
const DONT = 0xfe;
const WILL = 0xfb;
const SB = 0xfa;
const SE = 0xf0;

type State = "data" | "command" | "option" | "sub" | "subCommand";

/** Next state after `byte`; a byte met in state `data` with the answer `data` is content, as is the second of IAC IAC. */
function step(state: State, byte: number): State {
  switch (state) {
    case "data":
      return byte === IAC ? "command" : "data";
    case "command":
      if (byte === SB) return "sub";
      return byte >= WILL && byte <= DONT ? "option" : "data";
    case "option":
      return "data";
    case "sub":
      return byte === IAC ? "subCommand" : "sub";
    case "subCommand":
      return byte === SE ? "data" : "sub";
  }
}

export class TelnetFilter {
  #state: State = "data";

  /** The chunk without telnet commands: the chunk itself when it has none. A command may be cut anywhere between chunks. */
  strip(chunk: Buffer): Buffer {
    if (this.#state === "data" && !chunk.includes(IAC)) return chunk;
    const content = Buffer.allocUnsafe(chunk.length);
    let length = 0;
    for (const byte of chunk) {
      const before = this.#state;
      this.#state = step(before, byte);
      const escaped = before === "command" && byte === IAC;
      if (escaped || (before === "data" && this.#state === "data")) content[length++] = byte;
    }
    return content.subarray(0, length);
  }
}
