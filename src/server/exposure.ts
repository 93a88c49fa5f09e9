/**
 * Refuses to be open by accident: what others than this machine can reach is listened on only with TLS and only for those who
 * have a token, unless the operator says that it is meant.
 *
 * A name is looked up here, once, and what is bound is the address that was judged, not the name.
 */
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { Config } from "../config.ts";
import { isLoopback } from "../transport/loopback.ts";
import { type Address, formatAddress, parseAddress } from "../transport/open.ts";

/** The server would be open to strangers; the message is for the operator. */
export class ExposureError extends Error {}

type Exposed = Pick<Config, "listen" | "anonymous" | "insecurePublic">;

/** Where to listen: each address with the IP address to bind it to. Throws `ExposureError`. */
export async function judgeAddresses(config: Exposed): Promise<Address[]> {
  return await Promise.all(config.listen.map((url) => judge(parseAddress(url), config)));
}

async function judge(address: Address, { anonymous, insecurePublic }: Exposed): Promise<Address> {
  if (address.scheme === "unix") return address;
  const ips = await lookUp(address.host);
  const [ip] = ips;
  // An unknown name is told of by whoever listens.
  if (ip === undefined) return address;
  const missing = [
    ...(address.scheme === "tls" ? [] : ["TLS (tls:// with --tls-certificate and --tls-key)"]),
    ...(anonymous === "refused" ? [] : ["tokens (--anonymous refused)"]),
  ];
  if (!ips.every(isLoopback) && missing.length > 0 && insecurePublic === "refused") {
    throw new ExposureError(
      `${formatAddress(address)} can be reached from other machines and has no ${missing.join(" and no ")}; if that is meant, say --insecure-public allowed`,
    );
  }
  return { ...address, host: ip };
}

/** The IP addresses of a host, which may be one itself; none when it is unknown. */
export async function lookUp(host: string): Promise<string[]> {
  if (isIP(host) > 0) return [host];
  const found = await lookup(host, { all: true }).catch(() => []);
  return found.map(({ address }) => address);
}
