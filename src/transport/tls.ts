/**
 * TLS in front of a connection: certificates that can be replaced while the server runs, and the handshake.
 *
 * A peer that speaks plain text here is told so in one line. A handshake that is not done in time is cut: until then a
 * peer has shown nothing but patience. TLS 1.2 at least; whom a client trusts is decided in `open.ts`.
 */
import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { createSecureContext, createServer, type Server, type TLSSocket } from "node:tls";

const MIN_VERSION = "TLSv1.2";
/** First byte of every TLS handshake (RFC 8446, 5.1: content type 22). */
const HANDSHAKE = 0x16;
const PLAIN_ADVICE = "This port speaks TLS only: connect by tls://.\n";

type Pair = { cert: Buffer; key: Buffer; minVersion: typeof MIN_VERSION };

/** The certificate cannot be used; the message is for the operator. */
export class CertificateError extends Error {}

/** The certificate and key of all TLS listeners. */
export class Certificate {
  readonly #files: { tlsCertificate: string; tlsKey: string };
  readonly #users: ((pair: Pair) => void)[] = [];
  #pair: Pair;

  /** Throws `CertificateError`. */
  constructor(files: { tlsCertificate: string; tlsKey: string }) {
    this.#files = files;
    this.#pair = readPair(files);
  }

  /** Reads the files anew, for connections to come. Throws `CertificateError`; then the certificate of before stays. */
  reload(): void {
    this.#pair = readPair(this.#files);
    for (const use of this.#users) use(this.#pair);
  }

  /** Calls `use` now and after each reload. */
  follow(use: (pair: Pair) => void): void {
    this.#users.push(use);
    use(this.#pair);
  }
}

function readPair({ tlsCertificate, tlsKey }: { tlsCertificate: string; tlsKey: string }): Pair {
  if (tlsCertificate === "" || tlsKey === "") {
    throw new CertificateError("a tls:// address needs --tls-certificate FILE and --tls-key FILE");
  }
  try {
    const pair: Pair = { cert: readFileSync(tlsCertificate), key: readFileSync(tlsKey), minVersion: MIN_VERSION };
    createSecureContext(pair);
    return pair;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CertificateError(`cannot use the certificate ${tlsCertificate} with the key ${tlsKey}: ${why}`);
  }
}

/** Where sockets come in as the system gave them and go out with TLS around them. */
export type TlsDoor = {
  knock(raw: Socket): void;
  /** Handshakes under way come to nothing. */
  close(): void;
};

/** `handshakeMs` is the time for the first byte, and then for the handshake. `take` gets each socket that is through. */
export function openTlsDoor(certificate: Certificate, handshakeMs: number, take: (socket: TLSSocket) => void): TlsDoor {
  let open = true;
  const server = createServer({ handshakeTimeout: handshakeMs, minVersion: MIN_VERSION }, (socket) => {
    if (open) take(socket);
    else socket.destroy();
  });
  // Whatever went wrong is the peer's affair; what it holds here is given back.
  server.on("tlsClientError", (_error, socket) => socket.destroy());
  certificate.follow((pair) => server.setSecureContext(pair));
  return {
    knock: (raw) => awaitFirstByte(raw, handshakeMs, server),
    close: () => {
      open = false;
    },
  };
}

/** A look at the first byte, before TLS takes the socket over. */
function awaitFirstByte(raw: Socket, waitMs: number, server: Server): void {
  const timer = setTimeout(() => raw.destroy(), waitMs);
  const left = () => raw.destroy();
  raw.on("error", left);
  raw.once("end", left);
  raw.once("close", () => clearTimeout(timer));
  raw.once("data", (chunk: Buffer) => {
    raw.off("end", left);
    if (chunk[0] !== HANDSHAKE) {
      // What it still sends is taken away, so that the system does not cut it before it has read this.
      raw.resume().end(PLAIN_ADVICE);
      return;
    }
    clearTimeout(timer);
    raw.pause();
    raw.unshift(chunk);
    server.emit("connection", raw);
  });
}
