/** A TCP proxy that passes bytes on until it is told to cut: what a bad network does to a connection, at a moment a test chooses. */
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

export class CuttingProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Bytes that may still pass, in both directions together; then every connection is cut. */
  #left = Number.POSITIVE_INFINITY;
  cuts = 0;

  private constructor(port: number) {
    this.#server = createServer((near) => {
      const far = connect(port, "127.0.0.1");
      this.#join(near, far);
      this.#join(far, near);
    });
  }

  static async to(port: number): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(port);
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get url(): string {
    const address = this.#server.address();
    return `tcp://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  }

  cutAfter(bytes: number): void {
    this.#left = bytes;
  }

  async close(): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, "close");
  }

  #join(from: Socket, to: Socket): void {
    this.#sockets.add(from);
    from.on("error", () => undefined);
    from.on("close", () => {
      this.#sockets.delete(from);
      to.destroy();
    });
    from.on("data", (chunk: Buffer) => {
      // In the midst of a message as often as between two.
      to.write(chunk.subarray(0, this.#left));
      this.#left -= chunk.length;
      if (this.#left > 0) return;
      this.#left = Number.POSITIVE_INFINITY;
      this.cuts += 1;
      for (const socket of this.#sockets) socket.destroy();
    });
  }
}
