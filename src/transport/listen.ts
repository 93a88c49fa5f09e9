/**
 * Listening sockets: accepts, counts, sweeps. One `Listener` for each address the server was told to listen on.
 *
 * First on the way of a request. Refuses connections past `connectionsMax` in all and `connectionsPerAddressMax` from one
 * address by closing them at once: a flood is not worth a sentence.
 */

import { once } from "node:events";
import { chmodSync, lstatSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { HashTable } from "../hash-table.ts";
import { invariant } from "../invariant.ts";
import { turnMs } from "../turn.ts";
import { Connection, type ConnectionEvents, type ConnectionLimits } from "./connection.ts";
import { isLocal, networkOf } from "./network.ts";
import { type Address, connectTo, formatAddress } from "./open.ts";
import { type Certificate, openTlsDoor } from "./tls.ts";

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
  /** By their numbers, these and those; no `Set`, see `hash-table.ts`. */
  readonly #open = new HashTable<number, Connection>();
  /** As the system gave them: in a TLS handshake a peer is counted too, and has no connection yet. */
  readonly #sockets = new HashTable<number, Socket>();
  readonly #perAddress = new Map<string, number>();
  readonly #sweeper: NodeJS.Timeout;
  #lastId = 0;
  #lastSocket = 0;

  constructor(limits: AcceptLimits) {
    this.#limits = limits;
    this.#sweeper = setInterval(() => this.#sweep(), 1000).unref();
  }

  get count(): number {
    return this.#open.size;
  }

  /** Counts a socket until it closes, or closes it at once when a limit is met; then false. */
  admit(socket: Socket): boolean {
    const address = networkOf(socket.remoteAddress);
    const fromHere = this.#perAddress.get(address) ?? 0;
    // Whoever is on this machine comes by one address, so a count by address says nothing about them.
    const isOurs = isLocal(address);
    const crowded = fromHere >= this.#limits.connectionsPerAddressMax && !isOurs;
    if (crowded || this.#sockets.size >= this.#limits.connectionsMax) {
      socket.on("error", () => undefined);
      socket.destroy();
      return false;
    }
    const number = ++this.#lastSocket;
    this.#sockets.set(number, socket);
    this.#perAddress.set(address, fromHere + 1);
    socket.once("close", () => this.#left(number, address));
    return true;
  }

  /** Makes a connection of a socket that was admitted, or of what speaks TLS through it. */
  open(socket: Socket, attend: (connection: Connection) => ConnectionEvents): void {
    let events: ConnectionEvents | undefined;
    const connection = new Connection(++this.#lastId, socket, this.#limits, {
      frames: (frames) => events?.frames(frames),
      ended: () => events?.ended(),
      drained: () => events?.drained(),
      closed: (reason, limit) => {
        this.#open.delete(connection.id);
        events?.closed(reason, limit);
      },
    });
    this.#open.set(connection.id, connection);
    events = attend(connection);
  }

  /** Cuts every connection that is still open and ends the sweep. */
  close(): void {
    clearInterval(this.#sweeper);
    for (const connection of this.#open.values()) connection.cut("closed");
    for (const socket of this.#sockets.values()) socket.destroy();
  }

  #left(socket: number, address: string): void {
    this.#sockets.delete(socket);
    const fromHere = (this.#perAddress.get(address) ?? 1) - 1;
    if (fromHere === 0) this.#perAddress.delete(address);
    else this.#perAddress.set(address, fromHere);
  }

  #sweep(): void {
    const now = turnMs();
    for (const connection of this.#open.values()) connection.sweep(now);
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

/** What some addresses need: the permissions of a unix socket's file, what TLS stands on. */
export type ListenOptions = { socketMode?: number; certificate?: Certificate; tlsHandshakeMs?: number };

/**
 * Binds `address`; throws `ListenError` when that cannot be done. `onError` hears why a single connection could not be
 * accepted later, as when the process has no descriptor left: the listener goes on.
 */
export async function listen(
  address: Address,
  connections: Connections,
  attend: (connection: Connection) => ConnectionEvents,
  onError: (error: Error) => void,
  { socketMode = 0o600, certificate, tlsHandshakeMs = 10_000 }: ListenOptions = {},
): Promise<Listener> {
  const open = (socket: Socket) => connections.open(socket, attend);
  if (address.scheme === "tls") invariant(certificate !== undefined, "a tls address has a certificate");
  const door = address.scheme === "tls" && certificate !== undefined && openTlsDoor(certificate, tlsHandshakeMs, open);
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    if (connections.admit(socket)) door ? door.knock(socket) : open(socket);
  });
  try {
    if (address.scheme === "unix") await bindPath(server, address, socketMode);
    else {
      server.listen({ host: address.host, port: address.port });
      await once(server, "listening");
    }
  } catch (error) {
    throw error instanceof Error ? new ListenError(address, error) : error;
  }
  server.on("error", onError);
  const stop = () => {
    // The system removes the file of a unix socket when its listener closes.
    server.close();
    if (door) door.close();
  };
  return { url: boundUrl(server, address), stop };
}

/** A socket file is for its owner alone until `mode` says otherwise; one that a killed server left behind is taken away. */
async function bindPath(server: Server, address: Address & { scheme: "unix" }, mode: number): Promise<void> {
  if (isSocket(address.path) && !(await isServed(address))) rmSync(address.path, { force: true });
  const umask = process.umask(0o177);
  try {
    // Without a cluster this binds before it returns.
    server.listen({ path: address.path });
  } finally {
    process.umask(umask);
  }
  await once(server, "listening");
  if (mode !== 0o600) chmodSync(address.path, mode);
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
