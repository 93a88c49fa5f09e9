/**
 * Listening sockets: accepts, counts, sweeps. One `Listener` for each address the server was told to listen on.
 *
 * First on the way of a request. Refuses connections past `connectionsMax` in all and `connectionsPerAddressMax` from one
 * address by closing them at once: a flood is not worth a sentence.
 */

import { once } from "node:events";
import { lstatSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { Connection, type ConnectionEvents, type ConnectionLimits } from "./connection.ts";
import { isLoopback, networkOf } from "./network.ts";
import { type Address, connectTo, formatAddress } from "./open.ts";

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
    const address = networkOf(socket.remoteAddress);
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
      drained: () => events?.drained(),
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

/** The address cannot be listened on; the message says why and is meant for the person who started the server. */
export class ListenError extends Error {
  constructor(address: Address, cause: NodeJS.ErrnoException) {
    super(`cannot listen on ${formatAddress(address)}: ${REASONS.get(cause.code ?? "") ?? cause.message}`, { cause });
    this.name = "ListenError";
  }
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["EADDRINUSE", "another program listens there"],
  ["EADDRNOTAVAIL", "this machine does not have the address"],
  ["EACCES", "not permitted"],
  ["ENOTFOUND", "no machine of that name is known"],
  ["ENOENT", "the folder does not exist"],
]);

/**
 * Binds `address`; throws `ListenError` when that cannot be done. `onError` hears why a single connection could not be
 * accepted later, as when the process has no descriptor left: the listener goes on.
 */
export async function listen(
  address: Address,
  connections: Connections,
  attend: (connection: Connection) => ConnectionEvents,
  onError: (error: Error) => void,
): Promise<Listener> {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => connections.accept(socket, attend));
  try {
    if (address.scheme === "unix") await bindPath(server, address);
    else {
      server.listen({ host: address.host, port: address.port });
      await once(server, "listening");
    }
  } catch (error) {
    throw error instanceof Error ? new ListenError(address, error) : error;
  }
  server.on("error", onError);
  // The system removes the file of a unix socket when its listener closes.
  return { url: boundUrl(server, address), stop: () => void server.close() };
}

/** A socket file is for its owner alone from the first moment; one that a killed server left behind is taken away. */
async function bindPath(server: Server, address: Address & { scheme: "unix" }): Promise<void> {
  if (isSocket(address.path) && !(await isServed(address))) rmSync(address.path, { force: true });
  const umask = process.umask(0o177);
  try {
    // Without a cluster this binds before it returns.
    server.listen({ path: address.path });
  } finally {
    process.umask(umask);
  }
  await once(server, "listening");
}

function isSocket(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSocket() === true;
}

/** False only when the system is sure that nobody listens. */
async function isServed(address: Address): Promise<boolean> {
  const socket = connectTo(address);
  try {
    await once(socket, "connect");
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ECONNREFUSED");
  } finally {
    socket.destroy();
  }
}

function boundUrl(server: Server, address: Address): string {
  const bound = server.address();
  if (address.scheme === "unix" || bound === null || typeof bound === "string") return formatAddress(address);
  return formatAddress({ ...address, port: bound.port });
}
