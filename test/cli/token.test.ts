/** `canaduck token` as a person or a script runs it, against the file a server then reads. */
import assert from "node:assert/strict";
import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openDesk } from "../access/fixture.ts";
import { start as startServer } from "../system/running.ts";
import { run } from "./running.ts";

const CERTIFICATES = join(import.meta.dirname, "../transport/certificates");

test("create prints the token once; the file never holds it; list and revoke know its id and name", async (t) => {
  const { tokens } = openDesk(t);
  const flags = ["--tokens", tokens];
  const created = await run(["token", "create", "--name", "alice", "--role", "user", ...flags]);
  assert.deepEqual([created.status, created.stderr], [0, "This is shown once. A running server knows it after a SIGHUP.\n"]);
  const secret = created.stdout.trim();
  assert.match(secret, /^ckt_[0-9a-f]{16}_[0-9a-f]{64}$/);
  assert.ok(!readFileSync(tokens, "utf8").includes(secret.slice(21)));
  assert.equal(statSync(tokens).mode & 0o777, 0o600);
  const listed = await run(["token", "list", ...flags]);
  assert.match(listed.stdout, new RegExp(`^${secret.slice(4, 20)}  user      alice +created \\d{4}-[^ ]+\n$`));
  assert.equal((await run(["token", "revoke", "alice", ...flags])).status, 0);
  assert.match((await run(["token", "list", ...flags])).stdout, / {2}revoked \d{4}-/);
  assert.equal((await run(["token", "revoke", "alice", ...flags])).status, 66);
  assert.equal((await run(["token", "create", "--name", "alice", "--role", "anyone", ...flags])).status, 0);
});

test("--json tells the same as objects; the environment names the file too", async (t) => {
  const { tokens } = openDesk(t);
  const env = { CANADUCK_TOKENS: tokens };
  const created = JSON.parse((await run(["token", "create", "--name", "b", "--role", "operator", "--json"], { env })).stdout);
  assert.deepEqual(Object.keys(created), ["id", "name", "role", "createdAt", "token"]);
  const revoked = JSON.parse((await run(["token", "revoke", created.id, "--json"], { env })).stdout);
  const listed = await run(["token", "list", "--json"], { env });
  const { token: _, ...row } = created;
  assert.deepEqual(JSON.parse(listed.stdout), { ...row, revokedAt: revoked.revokedAt });
});

test("mistakes are one line on stderr, a status of their own, and change nothing", async (t) => {
  const desk = openDesk(t);
  desk.issue("alice", "user");
  const before = readFileSync(desk.tokens, "utf8");
  const create = (name: string, role: string) => ["token", "create", "--name", name, "--role", role];
  const cases: [string[], number, RegExp][] = [
    [create("alice", "user"), 64, /there is a token of the name alice/],
    [create("a b", "user"), 64, /a name is 1 to 32 letters/],
    [create("carol", "root"), 64, /Allowed choices are anyone, user, operator/],
    [["token", "create", "--name", "carol"], 64, /required option '--role <ROLE>'/],
    [["token", "revoke", "nobody"], 66, /no good token/],
    [["token", "revoke"], 64, /missing required argument/],
  ];
  for (const [args, status, why] of cases) {
    const ran = await run([...args, "--tokens", desk.tokens]);
    assert.deepEqual([ran.status, ran.stdout], [status, ""], args.join(" "));
    assert.match(ran.stderr, why);
  }
  writeFileSync(`${desk.tokens}.new`, "");
  assert.equal((await run([...create("carol", "user"), "--tokens", desk.tokens])).status, 75);
  assert.equal((await run([...create("carol", "user"), "--tokens", "/dev/null/tokens"])).status, 73);
  assert.equal(readFileSync(desk.tokens, "utf8"), before);
  chmodSync(desk.tokens, 0o644);
  const open = await run(["token", "list", "--tokens", desk.tokens]);
  assert.deepEqual([open.status, open.stdout], [78, ""]);
});

test("calc comes in by a token over TLS, from a file or the environment; without one it is refused by a status", async (t) => {
  const desk = openDesk(t);
  const token = desk.issue("alice", "user");
  const certificate = { tlsCertificate: join(CERTIFICATES, "localhost.pem"), tlsKey: join(CERTIFICATES, "localhost.key.pem") };
  const settings = { tokens: desk.tokens, anonymous: "refused", listen: ["tls://127.0.0.1:0"], ...certificate };
  const running = await startServer(settings);
  t.after(() => running.close());
  const file = join(desk.folder, "alice.token");
  writeFileSync(file, `${token}\n`);
  const calc = ["calc", "--connect", running.url, "--ca", join(CERTIFICATES, "authority.pem")];
  const done = { status: 0, stdout: "4\n", stderr: "" };
  assert.deepEqual(await run([...calc, "--token-file", file, "2+2"]), done);
  assert.deepEqual(await run([...calc, "2+2"], { env: { CANADUCK_TOKEN: token } }), done);
  const refused = await run([...calc, "2+2"]);
  assert.deepEqual([refused.status, refused.stdout], [77, ""]);
  const wrong = await run([...calc, "2+2"], { env: { CANADUCK_TOKEN: token.replace(/.$/, "") } });
  assert.deepEqual([wrong.status, wrong.stdout], [77, ""]);
  assert.ok(!wrong.stderr.includes(token.slice(21, 60)));
  const untrusted = await run(["calc", "--no-wait", "--connect", running.url, "2+2"]);
  assert.equal(untrusted.status, 69);
  assert.match(untrusted.stderr, /nobody who is trusted has signed its certificate/);
  assert.equal((await run([...calc, "--token-file", join(desk.folder, "none"), "1"])).status, 64);
});
