/**
 * Plays one case against a server over one connection, and tells why it failed or that it passed.
 *
 * Nothing is waited for but replies and ends, each within `patienceMs`. Every case that leaves the connection open ends with
 * one more call, which must be answered: the connection lives on, and what should not be answered had time to be.
 */
import type { Socket } from "node:net";
import { cutReplies, frame } from "./framing.ts";
import { type Question, toPackets } from "./notation.ts";
import { type Expectation, matches, pair } from "./pattern.ts";
import type { Case, Framing, Step } from "./wire-file.ts";

export type Stage = {
  connect(): Promise<Socket>;
  framing: Framing;
  question: Question;
  /** Milliseconds to wait for a reply that must come, and for the server's end. */
  patienceMs: number;
  /** True of Canaduck, which never hangs up without a reason, and closes when the client has and all is answered. */
  isOurs: boolean;
};

/** What went over the wire, a line each: `> ` sent, `< ` heard. */
export type Verdict = { reason: string | undefined; exchange: string[] };

const SHOWN_MAX = 400;
const LAST_ID = "the connection lives on";
const LAST_CALL = `{"jsonrpc":"2.0","id":"${LAST_ID}","method":%method%,"params":%params%}`;
/** More than any case is answered with: a server that babbles is cut. */
const HEARD_BYTES_MAX = 16 * 1024 * 1024;

export async function play(one: Case, stage: Stage): Promise<Verdict> {
  const dialogue = new Dialogue(await stage.connect(), stage);
  try {
    return { reason: await dialogue.run(one.steps), exchange: dialogue.exchange };
  } finally {
    dialogue.close();
  }
}

class Dialogue {
  readonly exchange: string[] = [];
  readonly #socket: Socket;
  readonly #stage: Stage;
  readonly #replies: string[] = [];
  #rest: Buffer = Buffer.alloc(0);
  #ended = false;
  /** We said our last: no more is sent. */
  #done = false;
  #wake: () => void = () => undefined;

  constructor(socket: Socket, stage: Stage) {
    this.#socket = socket;
    this.#stage = stage;
    socket.setNoDelay(true);
    socket.on("data", (chunk: Buffer) => this.#hear(chunk));
    socket.on("error", () => undefined);
    for (const event of ["end", "close"]) socket.on(event, () => this.#end());
  }

  close(): void {
    this.#socket.destroy();
  }

  /** Why the case failed, or undefined. */
  async run(steps: readonly Step[]): Promise<string | undefined> {
    for (const step of steps) {
      const reason = await this.#take(step);
      if (reason !== undefined) return reason;
    }
    const isOver = this.#stage.framing === "bytes" || steps.some(({ kind }) => kind === "closed");
    const isAnswered = steps.some((step) => step.kind === "expect" && step.replies.length > 0);
    // To hang up after an answer is against no clause; to hang up in place of silence is an answer.
    return isOver ? this.#leftOver() : this.#leave(isAnswered && !this.#stage.isOurs);
  }

  async #take(step: Step): Promise<string | undefined> {
    switch (step.kind) {
      case "send":
        return this.#send(step.text, step.raw);
      case "expect":
        return this.#stage.framing === "bytes" ? this.#expectBytes(step.replies) : this.#expect(step.replies);
      case "end":
        this.#sayLast();
        return undefined;
      case "closed":
        await this.#until(() => this.#ended);
        return this.#ended ? undefined : "the server did not close the connection";
    }
  }

  async #send(text: string, raw: boolean): Promise<undefined> {
    const packets = toPackets(text, this.#stage.question);
    this.exchange.push(`> ${shorten(text)}`);
    for (const packet of raw ? packets : frame(this.#stage.framing, packets)) await this.#write(packet);
  }

  /** Resolves when the system has taken the bytes, so that the next are a packet of their own. A closed peer takes nothing. */
  #write(bytes: Buffer): Promise<void> {
    return new Promise((resolve) => {
      if (this.#socket.writable) this.#socket.write(bytes, () => setImmediate(resolve));
      else resolve();
    });
  }

  /** When nothing is expected there is nothing to wait for: what comes all the same is found at the end. */
  async #expect(wanted: readonly Expectation[]): Promise<string | undefined> {
    await this.#until(() => this.#replies.length >= wanted.length);
    return this.#compare(wanted, this.#replies.splice(0, wanted.length));
  }

  #compare(wanted: readonly Expectation[], said: readonly string[]): string | undefined {
    const { question, framing } = this.#stage;
    const isPartner = (one: Expectation, reply: string) => matches(reply, one, question);
    const missing =
      framing === "text" ? wanted.find((one, index) => !isPartner(one, said[index] ?? "")) : pair(wanted, said, isPartner);
    if (missing === undefined) return undefined;
    const reason =
      said.length < wanted.length && this.#ended ? "the server closed the connection before it answered" : "no reply was";
    return `${reason}: ${shorten(missing.text)}`;
  }

  async #expectBytes(wanted: readonly Expectation[]): Promise<string | undefined> {
    await this.#until(() => this.#ended);
    const said = this.#rest.toString("latin1");
    this.#rest = Buffer.alloc(0);
    this.exchange.push(`< ${shorten(said)}`);
    return this.#compare(wanted, [said]);
  }

  /** One more call; then the end, and whatever else the server says. */
  async #leave(mayHangUp: boolean): Promise<string | undefined> {
    if (!this.#done) {
      await this.#send(this.#stage.framing === "text" ? "/ping" : LAST_CALL, false);
      await this.#until(() => this.#replies.some(isLastReply));
      const isAnswered = this.#replies.some(isLastReply);
      if (!isAnswered && !(mayHangUp && this.#ended)) {
        return `a call after it was not answered${this.#ended ? ": the connection is closed" : ""}`;
      }
      this.#sayLast();
    }
    if (this.#stage.isOurs) await this.#until(() => this.#ended);
    if (this.#stage.isOurs && !this.#ended) return "the server did not close after the client had";
    return this.#leftOver();
  }

  #leftOver(): string | undefined {
    const more = this.#replies.filter((reply) => !isLastReply(reply));
    if (more[0] !== undefined) return `one reply too many: ${shorten(more[0])}`;
    return this.#rest.length > 0 ? `half a reply: ${shorten(this.#rest.toString("latin1"))}` : undefined;
  }

  #sayLast(): void {
    this.#done = true;
    this.#socket.end();
  }

  #hear(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const { replies, used } = cutReplies(this.#stage.framing, this.#rest);
    this.#rest = this.#rest.subarray(used);
    for (const reply of replies) this.exchange.push(`< ${shorten(reply)}`);
    this.#replies.push(...replies);
    if (this.#rest.length > HEARD_BYTES_MAX) this.#socket.destroy();
    this.#wake();
  }

  #end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** Resolves when the condition holds, the server has said its last, or patience is over. */
  async #until(condition: () => boolean): Promise<void> {
    if (condition() || this.#ended) return;
    const over = Promise.withResolvers<void>();
    const timer = setTimeout(() => over.resolve(), this.#stage.patienceMs);
    this.#wake = () => {
      if (condition() || this.#ended) over.resolve();
    };
    await over.promise;
    clearTimeout(timer);
  }
}

function isLastReply(reply: string): boolean {
  return reply.includes(LAST_ID) || reply === "Server > pong";
}

function shorten(text: string): string {
  return text.length <= SHOWN_MAX ? text : `${text.slice(0, SHOWN_MAX)}... (${text.length} characters)`;
}
