/**
 * Dials a server until it answers: at once, then again and again with growing, jittered pauses.
 *
 * Stands between the client and the socket. A connection counts as good only when its owner says so (`succeeded`), so a
 * server that accepts and hangs up at once is retried as gently as one that is not there.
 *
 * States: idle -> dialling -> handed over -> (failed -> pausing -> dialling) | gave up | stopped.
 */
import type { Socket } from "node:net";
import { type Address, connectTo, readyEvent } from "../transport/open.ts";

export type DialLimits = {
  /** Milliseconds before the second attempt; each further pause doubles. */
  pauseFirstMs: number;
  /** No pause is longer. */
  pauseMaxMs: number;
  /** Milliseconds one attempt may take. */
  connectMs: number;
  /** Milliseconds after which it gives up, counted from the first failed attempt in a row; absent means never. */
  waitMs?: number;
};

/** How to dial: how often, and whom to believe that the server is who it says. */
export type DialOptions = DialLimits & { ca?: string };

export type DialEvents = {
  /** The socket is connected and the dialer listens to it no more: the owner must add its own before returning. */
  connected(socket: Socket): void;
  /** An attempt failed; the next one comes in `delayMs`. `attempt` counts from 1. */
  waiting(why: string, attempt: number, delayMs: number): void;
  /** `waitMs` is over. Nothing more comes. */
  gaveUp(why: string): void;
};

/** The pause after failed attempt `attempt` (from 1), in milliseconds: doubling, capped, of which a random half is left away. */
export function pauseMs(attempt: number, limits: DialLimits, random: () => number = Math.random): number {
  const whole = Math.min(limits.pauseMaxMs, limits.pauseFirstMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(whole * (0.5 + random() / 2));
}

export class Dialer {
  readonly #address: Address;
  readonly #limits: DialOptions;
  readonly #events: DialEvents;
  #attempts = 0;
  #failingSince: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #socket: Socket | undefined;
  #stopped = false;

  constructor(address: Address, limits: DialOptions, events: DialEvents) {
    this.#address = address;
    this.#limits = limits;
    this.#events = events;
  }

  /** Makes one attempt now. */
  dial(): void {
    let why = "the connection was closed";
    const socket = connectTo(this.#address, this.#limits.ca);
    this.#socket = socket;
    this.#timer = setTimeout(() => socket.destroy(new Error("no answer")), this.#limits.connectMs);
    const onError = (error: Error) => {
      why = explain(error);
    };
    const onClose = () => this.failed(why);
    socket.on("error", onError);
    socket.on("close", onClose);
    socket.once(readyEvent(this.#address), () => {
      clearTimeout(this.#timer);
      this.#socket = undefined;
      socket.off("error", onError);
      socket.off("close", onClose);
      this.#events.connected(socket);
    });
  }

  /** The connection is good: the next failure starts again with the shortest pause. */
  succeeded(): void {
    this.#attempts = 0;
    this.#failingSince = undefined;
  }

  /** The connection is gone, or never came: pauses and dials again, or gives up. */
  failed(why: string): void {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    this.#attempts += 1;
    const delayMs = pauseMs(this.#attempts, this.#limits);
    this.#failingSince ??= Date.now();
    const leftMs = this.#failingSince + (this.#limits.waitMs ?? Number.POSITIVE_INFINITY) - Date.now();
    if (leftMs <= 0) {
      this.#stopped = true;
      this.#events.gaveUp(why);
      return;
    }
    // The last attempt is made when the time is over, not a whole pause before.
    this.#timer = setTimeout(() => this.dial(), Math.min(delayMs, leftMs));
    this.#events.waiting(why, this.#attempts, delayMs);
  }

  /** Ends every attempt; resolves when its socket is gone. Sockets handed over belong to their owner. Idempotent. */
  stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    const socket = this.#socket;
    if (socket === undefined || socket.closed) return Promise.resolve();
    socket.destroy();
    return new Promise((resolve) => socket.once("close", () => resolve()));
  }
}

const REASONS: Record<string, string> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "the connection was reset",
  EPIPE: "the connection was closed",
  ENOENT: "no such socket",
  EACCES: "permission denied",
  ENOTFOUND: "the host name is not known",
  EAI_AGAIN: "the host name cannot be looked up now",
  ETIMEDOUT: "no answer",
  EHOSTUNREACH: "no route to the host",
  ENETUNREACH: "no route to the network",
  ERR_SSL_WRONG_VERSION_NUMBER: "it does not speak TLS",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "it does not speak TLS",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is made out to another name",
  CERT_HAS_EXPIRED: "its certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is signed by nobody else",
  SELF_SIGNED_CERT_IN_CHAIN: "nobody who is trusted has signed its certificate",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "nobody who is trusted has signed its certificate",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "nobody who is trusted has signed its certificate",
};

/** What a socket error means, in a person's words. */
export function explain(error: Error): string {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return REASONS[code] ?? (code || error.message);
}
