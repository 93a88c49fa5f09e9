/** Where a peer is, as far as that tells one peer from another. */
import { isLoopback } from "./loopback.ts";

/** One name for all addresses a peer can easily have: IPv4 as it is, of IPv6 the 64 bits that a network is given, "local" for a socket file. */
export function networkOf(address: string | undefined): string {
  if (address === undefined) return "local";
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(":") || isLoopback(address)) return address;
  const [before = "", after = ""] = address.split("%", 1).join("").split("::");
  const [head, tail] = [before, after].map((part) => part.split(":").filter(Boolean));
  const missing = 8 - (head?.length ?? 0) - (tail?.length ?? 0);
  const groups = [...(head ?? []), ...Array(Math.max(0, missing)).fill("0"), ...(tail ?? [])];
  return `${groups.slice(0, 4).join(":")}::/64`;
}

/** True for those on this machine: they come by one address, so a count by address says nothing about them. */
export function isLocal(network: string): boolean {
  return network === "local" || isLoopback(network);
}
