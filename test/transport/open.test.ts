/** Addresses as people write them, and sentences about those that are none. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Address, AddressError, formatAddress, parseAddress } from "../../src/transport/open.ts";

const RIGHT: [string, Address][] = [
  ["tcp://127.0.0.1:7070", { scheme: "tcp", host: "127.0.0.1", port: 7070 }],
  ["TCP://localhost:0/", { scheme: "tcp", host: "localhost", port: 0 }],
  ["tcp://[::1]:65535", { scheme: "tcp", host: "::1", port: 65535 }],
  ["tcp://[fe80::1%eth0]:1", { scheme: "tcp", host: "fe80::1%eth0", port: 1 }],
  ["unix:/run/canaduck.sock", { scheme: "unix", path: "/run/canaduck.sock" }],
  ["unix:///run/canaduck.sock", { scheme: "unix", path: "/run/canaduck.sock" }],
  ["unix:here.sock", { scheme: "unix", path: "here.sock" }],
];

for (const [url, address] of RIGHT) {
  test(`${url} is an address`, () => {
    assert.deepEqual(parseAddress(url), address);
    assert.deepEqual(parseAddress(formatAddress(address)), address);
  });
}

const WRONG: [string, RegExp][] = [
  ["", /looks like/],
  ["localhost:7070", /looks like/],
  ["http://localhost:7070", /looks like/],
  ["tcp:localhost:7070", /looks like/],
  ["tcp://localhost", /port is missing/],
  ["tcp://localhost:", /port is missing/],
  ["tcp://localhost:http", /port is missing/],
  ["tcp://:7070", /host is missing/],
  ["tcp://::1:7070", /brackets/],
  ["tcp://localhost:65536", /above 65535/],
  ["tcp://user@host:1", /looks like/],
  ["tcp://host:1/path", /port is missing/],
  ["unix:", /path is missing/],
  ["unix:/a\0b", /path is missing/],
  ["unix://host/path", /no host/],
  [`unix:/${"x".repeat(103)}`, /longer than 103/],
];

for (const [url, why] of WRONG) {
  test(`${JSON.stringify(url.slice(0, 30))} is none`, () => {
    assert.throws(
      () => parseAddress(url),
      (error) => error instanceof AddressError && why.test(error.message),
    );
  });
}

test("nothing but an address or an AddressError comes of any text", () => {
  const text = fc.oneof(
    fc.string(),
    fc.string().map((rest) => `tcp://${rest}`),
    fc.string().map((rest) => `unix:${rest}`),
  );
  fc.assert(
    fc.property(text, (url) => {
      try {
        const address = parseAddress(url);
        assert.deepEqual(parseAddress(formatAddress(address)), address);
      } catch (error) {
        assert.ok(error instanceof AddressError);
      }
    }),
  );
});
