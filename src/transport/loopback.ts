/** Which addresses only this machine can reach. What is not certain counts as reachable by others. */
import { BlockList, isIP } from "node:net";

/** It sees an IPv4 address inside an IPv6 one by itself. */
const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");

/** True for 127.0.0.0/8, also as an IPv6 address, and ::1. Never for a name: look it up first. */
export function isLoopback(ip: string): boolean {
  // Only addresses that other machines on the link can reach have a zone.
  if (isIP(ip) === 0 || ip.includes("%")) return false;
  return LOOPBACK.check(ip, isIP(ip) === 4 ? "ipv4" : "ipv6");
}
