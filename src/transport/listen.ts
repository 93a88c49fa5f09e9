/**
 * Listening sockets: accepts, counts, sweeps. One `Listener` for each address the server was told to listen on.
 *
 * First on the way of a request. Refuses connections past `connectionsMax` in all and `connectionsPerAddressMax` from one
 * address by closing them at once: a flood is not worth a sentence.
 */

import { once } from "node:events";
import { rm } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { Connection, type ConnectionEvents, type ConnectionLimits } from "./connection.ts";
import { type Address, formatAddress } from "./open.ts";

export type AcceptLimits = ConnectionLimits & { connectionsMax: number; connectionsPerAddressMax: number };

export type Listener = {
  /** The address as bound: a port 0 has become a real one. */
  readonly url: string;
  /** Stops accepting. Open connections live on. */
  stop(): void;
};

/** All open connections of the server, whatever address they came by. */
export class Connections {
  readonly #limits: AcceptLimits;
  readonly #open = new Set<Connection>();
  readonly #perAddress = new Map<string, number>();
  readonly #sweeper: NodeJS.Timeout;
  #lastId = 0;

  constructor(limits: AcceptLimits) {
    this.#limits = limits;
    this.#sweeper = setInterval(() => this.#sweep(), 1000).unref();
  }

  get count(): number {
    return this.#open.size;
  }

  /** Takes a socket in, or closes it when a limit is met. */
  accept(socket: Socket, attend: (connection: Connection) => ConnectionEvents): void {
    const address = socket.remoteAddress ?? "local";
    const fromHere = this.#perAddress.get(address) ?? 0;
    const crowded = fromHere >= this.#limits.connectionsPerAddressMax && !isLoopback(address);
    if (crowded || this.#open.size >= this.#limits.connectionsMax) {
      socket.on("error", () => undefined);
      socket.destroy();
      return;
    }
    this.#perAddress.set(address, fromHere + 1);
    let events: ConnectionEvents | undefined;
    const connection = new Connection(++this.#lastId, socket, this.#limits, {
      frames: (frames) => events?.frames(frames),
      ended: () => events?.ended(),
      closed: (reason) => {
        this.#left(connection, address);
        events?.closed(reason);
      },
    });
    this.#open.add(connection);
    events = attend(connection);
  }

  /** Cuts every connection that is still open and ends the sweep. */
  close(): void {
    clearInterval(this.#sweeper);
    for (const connection of this.#open) connection.cut("closed");
  }

  #left(connection: Connection, address: string): void {
    this.#open.delete(connection);
    const fromHere = (this.#perAddress.get(address) ?? 1) - 1;
    if (fromHere === 0) this.#perAddress.delete(address);
    else this.#perAddress.set(address, fromHere);
  }

  #sweep(): void {
    const now = Date.now();
    for (const connection of this.#open) connection.sweep(now);
  }
}

/** Whoever is on this machine comes by one address, so a count by address says nothing about them. */
function isLoopback(address: string): boolean {
  return address === "local" || address === "::1" || address.startsWith("127.") || address.startsWith("::ffff:127.");
}

/** Binds `address`. Throws what the system says when the address is taken or not allowed. */
export async function listen(
  address: Address,
  connections: Connections,
  attend: (connection: Connection) => ConnectionEvents,
): Promise<Listener> {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => connections.accept(socket, attend));
  if (address.scheme === "unix") server.listen({ path: address.path });
  else server.listen({ host: address.host, port: address.port });
  await once(server, "listening");
  return { url: boundUrl(server, address), stop: () => stop(server, address) };
}

function boundUrl(server: Server, address: Address): string {
  const bound = server.address();
  if (address.scheme === "unix" || bound === null || typeof bound === "string") return formatAddress(address);
  return formatAddress({ ...address, port: bound.port });
}

function stop(server: Server, address: Address): void {
  server.close();
  if (address.scheme === "unix") void rm(address.path, { force: true });
}
