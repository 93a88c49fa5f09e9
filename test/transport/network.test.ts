/** One name for all addresses a peer can easily have. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isLocal, networkOf } from "../../src/transport/network.ts";

test("IPv4 stands for itself, IPv6 for its network, a socket file for this machine", () => {
  const cases = {
    "192.0.2.7": "192.0.2.7",
    "::ffff:192.0.2.7": "192.0.2.7",
    "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64",
    "2001:db8:1:2::9": "2001:db8:1:2::/64",
    "2001:db8::9": "2001:db8:0:0::/64",
    "fe80::1%eth0": "fe80:0:0:0::/64",
    "::1": "::1",
    "::ffff:127.0.0.1": "127.0.0.1",
  };
  for (const [address, network] of Object.entries(cases)) assert.equal(networkOf(address), network, address);
  assert.equal(networkOf(undefined), "local");
});

test("whoever is on this machine is told from everybody else", () => {
  for (const network of ["local", "::1", "127.0.0.1"]) assert.equal(isLocal(network), true, network);
  for (const network of ["192.0.2.7", "2001:db8:1:2::/64"]) assert.equal(isLocal(network), false, network);
});
