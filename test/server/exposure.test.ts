/** Not open by accident: what others can reach takes TLS and tokens, or a word of the operator. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ExposureError, judgeAddresses } from "../../src/server/exposure.ts";

type Settings = { anonymous?: "allowed" | "refused"; insecurePublic?: "allowed" | "refused" };

function judge(url: string, { anonymous = "allowed", insecurePublic = "refused" }: Settings = {}) {
  return judgeAddresses({ listen: [url], anonymous, insecurePublic });
}

test("loopback in any spelling, and a unix socket, may be open", async () => {
  for (const url of ["tcp://127.0.0.1:1", "tcp://127.9.9.9:1", "tcp://[::1]:1", "tcp://[::ffff:127.0.0.1]:1", "tcp://127.1:1"]) {
    assert.equal((await judge(url)).length, 1, url);
  }
  assert.deepEqual(await judge("tcp://localhost:1").then(([one]) => one?.scheme), "tcp");
  assert.deepEqual(await judge("unix:/run/a.sock"), [{ scheme: "unix", path: "/run/a.sock" }]);
});

test("what others can reach is refused, with what is missing and the flag that allows it", async () => {
  const cases: [string, Settings, RegExp][] = [
    ["tcp://0.0.0.0:1", {}, /tcp:\/\/0\.0\.0\.0:1 can be reached from other machines and has no TLS .* and no tokens/],
    ["tcp://[::]:1", { anonymous: "refused" }, /has no TLS \([^)]*\); if/],
    ["tls://192.0.2.1:1", {}, /has no tokens \(--anonymous refused\); if/],
    ["tcp://0:1", {}, /other machines/],
    ["tcp://[fe80::1%eth0]:1", {}, /other machines/],
    ["tcp://[::ffff:192.0.2.1]:1", {}, /other machines/],
  ];
  for (const [url, settings, why] of cases) {
    await assert.rejects(judge(url, settings), (error) => {
      return error instanceof ExposureError && why.test(error.message) && /say --insecure-public allowed$/.test(error.message);
    });
    assert.equal((await judge(url, { ...settings, insecurePublic: "allowed" })).length, 1);
  }
  assert.equal((await judge("tls://0.0.0.0:1", { anonymous: "refused" })).length, 1);
});

test("one open address among safe ones is enough to refuse", async () => {
  const listen = ["tcp://127.0.0.1:1", "unix:/run/a.sock", "tcp://0.0.0.0:1"];
  await assert.rejects(judgeAddresses({ listen, anonymous: "allowed", insecurePublic: "refused" }), ExposureError);
});

test("a name is bound as the address that was judged", async () => {
  const [bound] = await judge("tcp://localhost:1");
  assert.ok(bound?.scheme === "tcp" && /^(127\.|::1$)/.test(bound.host));
});
