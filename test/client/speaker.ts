/**
 * A real TCP server that hears JSON lines and says what a test tells it to, byte for byte: the other side of the client,
 * written from PROTOCOL.md and not from our code.
 */
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";

export type Heard = { id?: number; method: string; params: Record<string, unknown> };

export class Speaker {
  readonly heard: Heard[] = [];
  readonly sockets = new Set<Socket>();
  readonly #server: Server;
  readonly #react: (heard: Heard, socket: Socket) => void;
  readonly #waiting: { matches: (heard: Heard) => boolean; found: (heard: Heard) => void }[] = [];

  private constructor(react: (heard: Heard, socket: Socket) => void) {
    this.#react = react;
    this.#server = createServer((socket) => this.#attend(socket));
  }

  /** Listens on a free port of 127.0.0.1, or on the one given. */
  static async open(react: (heard: Heard, socket: Socket) => void, port = 0): Promise<Speaker> {
    const speaker = new Speaker(react);
    speaker.#server.listen(port, "127.0.0.1");
    await once(speaker.#server, "listening");
    return speaker;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  get url(): string {
    return `tcp://127.0.0.1:${this.port}`;
  }

  /** The first message of this method, heard already or to come. */
  async hears(method: string, nth = 1): Promise<Heard> {
    const matches = (heard: Heard) => heard.method === method && this.heard.filter((one) => one.method === method).length >= nth;
    const already = this.heard.filter((one) => one.method === method)[nth - 1];
    if (already !== undefined) return already;
    return new Promise((found) => this.#waiting.push({ matches, found }));
  }

  /** Hangs up on everybody. */
  hangUp(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.hangUp();
    this.#server.close();
    if (this.#server.listening) await once(this.#server, "close");
  }

  #attend(socket: Socket): void {
    this.sockets.add(socket);
    socket.setEncoding("utf8");
    socket.on("error", () => undefined);
    socket.on("close", () => this.sockets.delete(socket));
    let rest = "";
    socket.on("data", (chunk: string) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line !== "") this.#hear(JSON.parse(line), socket);
    });
  }

  #hear(heard: Heard, socket: Socket): void {
    this.heard.push(heard);
    this.#react(heard, socket);
    for (const one of this.#waiting.filter(({ matches }) => matches(heard))) {
      this.#waiting.splice(this.#waiting.indexOf(one), 1);
      one.found(heard);
    }
  }
}

/** Says one JSON line. */
export function say(socket: Socket, message: object): void {
  socket.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
}

/** A port of 127.0.0.1 on which nobody listens now. */
export async function freePort(): Promise<number> {
  const speaker = await Speaker.open(() => undefined);
  const { port } = speaker;
  await speaker.close();
  return port;
}
