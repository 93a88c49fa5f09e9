/** A wire between a foreign client and the server that writes down what passes, so that it can be kept as a transcript. */
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { assertKept } from "../kept.ts";
import { record } from "../system/recorder.ts";

/** What differs from run to run, and what stands for it. */
const MASKS: readonly [pattern: RegExp, mask: string][] = [
  [/"elapsedUs":\d+/g, '"elapsedUs":0'],
  [/"(time|at)":"[^"]*"/g, '"$1":"TIME"'],
  [/"(resumeToken|hash)":"[^"]*"/g, '"$1":"SECRET"'],
  [/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "UUID"],
  [/It is \S+Z/g, "It is TIME"],
  [/^(. )Content-Length: \d+/gm, "$1Content-Length: N"],
];

type Turn = { mark: string; bytes: Buffer };

export class Relay {
  readonly #server: Server;
  readonly #target: number;
  readonly #ends: Promise<unknown>[] = [];
  /** Of each connection in turn: what one side said until the other did, however many packets it took. */
  readonly #heard: Turn[][] = [];

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer({ allowHalfOpen: true }, (socket) => this.#attend(socket));
  }

  /** Listens on a free port of 127.0.0.1 and passes everything on to `target`. */
  static async open(target: number): Promise<Relay> {
    const relay = new Relay(target);
    relay.#server.listen(0, "127.0.0.1");
    await once(relay.#server, "listening");
    // A test that fails does not come to close it.
    relay.#server.unref();
    return relay;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  /** Waits for the connections to end, and compares what passed with the kept transcript. */
  async close(name: string): Promise<void> {
    this.#server.close();
    await Promise.all(this.#ends);
    const text = this.#heard.map((turns) => `connected\n${turns.map(format).join("")}closed\n`).join("\n");
    const masked = MASKS.reduce((all, [pattern, mask]) => all.replace(pattern, mask), text);
    assertKept(new URL(`transcripts/${name}.txt`, import.meta.url), masked);
  }

  #attend(client: Socket): void {
    const server = connect({ port: this.#target, host: "127.0.0.1", allowHalfOpen: true });
    record(server);
    const turns: Turn[] = [];
    this.#heard.push(turns);
    const pass = (from: Socket, to: Socket, mark: string) => {
      from.on("error", () => to.destroy());
      from.on("data", (chunk: Buffer) => {
        const last = turns.at(-1);
        if (last?.mark === mark) last.bytes = Buffer.concat([last.bytes, chunk]);
        else turns.push({ mark, bytes: chunk });
        to.write(chunk);
      });
      for (const event of ["end", "close"]) from.on(event, () => to.end());
    };
    pass(client, server, ">");
    pass(server, client, "<");
    this.#ends.push(once(server, "close"), once(client, "close"));
  }
}

/** A line of the transcript for each line that was sent; a header begins one. */
function format({ mark, bytes }: Turn): string {
  const text = bytes.toString().replaceAll("\r", "").replace(/\n$/, "");
  const lines = text.replace(/(?<=.)Content-Length/g, "\nContent-Length").split("\n");
  return lines.map((line) => `${`${mark} ${line}`.trimEnd()}\n`).join("");
}
