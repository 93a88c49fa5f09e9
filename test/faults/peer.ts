/** One client on one connection: asks without waiting, and is told each reply with the milliseconds it took. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** A reply as the wire says it, as far as these tests look; undefined when the connection ended first. */
export type Answer =
  | { result?: { value: unknown; text?: unknown }; error?: { data: { name: string; retryable?: boolean } } }
  | undefined;
type Told = (answer: Answer, ms: number) => void;

export class Peer {
  readonly #socket: Socket;
  readonly #asked = new Map<number, { told: Told; sentMs: number }>();
  #lastId = 0;
  #rest = "";

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true).setEncoding("utf8");
    socket.on("data", (chunk: string) => this.#heard(chunk));
    socket.on("error", () => undefined);
    socket.on("close", () => this.#ended());
  }

  static async to(port: number): Promise<Peer> {
    const socket = connect({ port, host: "127.0.0.1" });
    await once(socket, "connect");
    return new Peer(socket);
  }

  /** Calls sent and not answered. */
  get open(): number {
    return this.#asked.size;
  }

  ask(expression: string, told: Told, more: object = {}): void {
    this.askAll([expression], told, more);
  }

  /** Sends a call for each expression in one write; `told` hears each answer. */
  askAll(expressions: readonly string[], told: (answer: Answer, ms: number, index: number) => void, more: object = {}): void {
    let text = "";
    const sentMs = performance.now();
    for (const [index, expression] of expressions.entries()) {
      this.#lastId += 1;
      this.#asked.set(this.#lastId, { told: (answer, ms) => told(answer, ms, index), sentMs });
      const params = { expression, ...more };
      text += `${JSON.stringify({ jsonrpc: "2.0", id: this.#lastId, method: "calc.evaluate", params })}\n`;
    }
    this.#socket.write(text);
  }

  close(): void {
    this.#socket.destroy();
  }

  #heard(chunk: string): void {
    const lines = (this.#rest + chunk).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) {
      const { id, ...answer } = JSON.parse(line);
      this.#tell(Number(id), answer);
    }
  }

  #tell(id: number, answer: Answer): void {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    asked?.told(answer, performance.now() - asked.sentMs);
  }

  #ended(): void {
    for (const id of this.#asked.keys()) this.#tell(id, undefined);
  }
}
