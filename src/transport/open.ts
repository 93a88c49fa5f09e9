/**
 * Addresses and how to dial them: `tcp://host:port`, `tls://host:port` and `unix:/path`, for those who listen and those who connect.
 *
 * An address comes from a person (a flag, a setting), so a wrong one gets a sentence that says how a right one looks.
 * Never resolves names itself and never waits: a socket is returned at once and tells later how it went.
 */
import { connect, isIP, type Socket } from "node:net";
import { getCACertificates, connect as tlsConnect } from "node:tls";

export type Address = { scheme: "tcp" | "tls"; host: string; port: number } | { scheme: "unix"; path: string };

/** The address is not one; the message says why and is meant for the person who typed it. */
export class AddressError extends Error {
  constructor(url: string, why: string) {
    super(`not an address: ${JSON.stringify(url)}: ${why}`);
    this.name = "AddressError";
  }
}

const PORT_MAX = 65_535;
/** What fits into `sockaddr_un` on every system that has it (macOS: 104 with the final NUL, Linux: 108). */
const PATH_BYTES_MAX = 103;
const FORMS = "an address looks like tcp://127.0.0.1:7070, tls://[::1]:7070 or unix:/run/canaduck.sock";

/** Reads an address. Port 0 is allowed: it means "any free port" to those who listen. Throws `AddressError`. */
export function parseAddress(url: string): Address {
  const colon = url.indexOf(":");
  const scheme = url.slice(0, colon).toLowerCase();
  if ((scheme === "tcp" || scheme === "tls") && url.startsWith("//", colon + 1)) {
    return { scheme, ...parseHostPort(url, url.slice(colon + 3)) };
  }
  if (scheme === "unix") return parseUnix(url, url.slice(colon + 1));
  throw new AddressError(url, FORMS);
}

/** The text `parseAddress` reads back to the same address. */
export function formatAddress(address: Address): string {
  if (address.scheme === "unix") return `unix:${address.path}`;
  return `${address.scheme}://${address.host.includes(":") ? `[${address.host}]` : address.host}:${address.port}`;
}

/** What a socket that was dialled tells when it can be spoken through: with TLS, not before the peer has proven its name. */
export function readyEvent({ scheme }: Address): "connect" | "secureConnect" {
  return scheme === "tls" ? "secureConnect" : "connect";
}

/**
 * Dials. The socket then tells its `readyEvent`, or `error` and `close`. With TLS the certificate must be made out to the host
 * and come from `ca` (PEM) alone, or without it from whom Node or this system trusts.
 */
export function connectTo(address: Address, ca?: string): Socket {
  if (address.scheme === "unix") return connect({ path: address.path });
  const { host, port } = address;
  if (address.scheme === "tcp") return connect({ host, port, noDelay: true });
  return tlsConnect({
    host,
    port,
    ...(isIP(host) === 0 && { servername: host }),
    ca: ca ?? [...getCACertificates("default"), ...getCACertificates("system")],
    minVersion: "TLSv1.2",
    // Said, because the environment could otherwise say the opposite.
    rejectUnauthorized: true,
  }).setNoDelay(true);
}

function parseHostPort(url: string, rest: string): { host: string; port: number } {
  // The host stops at the last colon, or at the bracket of an IPv6 address.
  const parts = /^(?:\[([0-9A-Fa-f:.]+(?:%[\w.-]+)?)\]|([^\s:/?#@[\]]+)):(\d{1,5})\/?$/.exec(rest);
  if (parts === null) throw new AddressError(url, explainTcp(rest));
  const host = parts[1] ?? parts[2] ?? "";
  const port = Number(parts[3]);
  if (port > PORT_MAX) throw new AddressError(url, `the port is above ${PORT_MAX}`);
  return { host, port };
}

function explainTcp(rest: string): string {
  if (/^[^[\]]*:[^[\]]*:/.test(rest)) return "an IPv6 address goes in brackets, as in tcp://[::1]:7070";
  if (/^:\d+\/?$/.test(rest)) return "the host is missing, as in tcp://127.0.0.1:7070";
  if (!/:\d+\/?$/.test(rest)) return "the port is missing or not a number, as in tcp://127.0.0.1:7070";
  return FORMS;
}

function parseUnix(url: string, rest: string): Address {
  const path = rest.startsWith("///") ? rest.slice(2) : rest;
  if (path === "" || path.includes("\0")) throw new AddressError(url, "the path is missing, as in unix:/run/canaduck.sock");
  if (path.startsWith("//")) throw new AddressError(url, "a socket has no host: write unix:/path");
  if (Buffer.byteLength(path) > PATH_BYTES_MAX) throw new AddressError(url, `the path is longer than ${PATH_BYTES_MAX} bytes`);
  return { scheme: "unix", path };
}
