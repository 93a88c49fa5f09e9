/**
 * Secrets on every way into a real server that says all it can: none of them, and nothing that was typed, stands in its log;
 * and nothing but hashes of them stands in its files.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { type TestContext, test } from "node:test";
import { connect as tlsConnect } from "node:tls";
import { openDesk } from "./access/fixture.ts";
import { collect, start } from "./cli/running.ts";
import { until } from "./until.ts";

const CERTIFICATES = join(import.meta.dirname, "transport/certificates");
const AUTHORITY = readFileSync(join(CERTIFICATES, "authority.pem"));
/** Stands in everything that is typed here. */
const TYPED = "typedbyaclient";

async function serve(t: TestContext, folder: string, tokens: string) {
  const [tlsCertificate, tlsKey] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  copyFileSync(join(CERTIFICATES, "localhost.pem"), tlsCertificate);
  copyFileSync(join(CERTIFICATES, "localhost.key.pem"), tlsKey);
  const child = start([
    ...["serve", "--log-level", "trace", "--slow-call-ms", "0", "--token-failures-per-address-max", "1000"],
    ...["--listen", "tcp://127.0.0.1:0", "--listen", "tls://127.0.0.1:0", "--history", `sqlite:${folder}/history.db`],
    ...["--tokens", tokens, "--tls-certificate", tlsCertificate, "--tls-key", tlsKey],
  ]);
  t.after(() => child.kill("SIGKILL"));
  const log = collect(child.stderr);
  const lines = createInterface({ input: child.stdout ?? assert.fail() })[Symbol.asyncIterator]();
  const port = async () => Number(new URL((await lines.next()).value?.replace(/^.* /, "") ?? "").port);
  return { child, log, plain: await port(), tls: await port(), tlsCertificate, tlsKey };
}

/** All that is said to these bytes and their end. */
async function say(socket: Socket, bytes: string | Buffer): Promise<string> {
  socket.on("error", () => undefined);
  socket.end(bytes);
  return await text(socket).catch(() => "");
}

const rpc = (method: string, params: unknown, id: unknown = 1) => JSON.stringify({ jsonrpc: "2.0", id, method, params });
const headed = (body: string) => `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

/** Every place of a message, good or not, where a secret may come to stand. */
function waysIn(secret: string): string[] {
  return [
    rpc("session.open", { token: secret }),
    rpc("session.open", [null, null, null, null, secret]),
    rpc("session.open", { resume: secret }),
    rpc("session.open", { token: secret, resume: secret }),
    rpc("session.open", { [secret]: 1 }),
    rpc("session.open", secret),
    rpc("session.open", { nick: secret }),
    rpc("no.such.method", { token: secret }),
    rpc(secret, {}),
    rpc("server.ping", [], secret),
    rpc("server.ping", { echo: { token: secret } }),
    rpc("$/cancelRequest", { id: secret }),
    rpc("calc.evaluate", { expression: `${TYPED} + "${secret}" +` }),
    rpc("calc.evaluate", { expression: `${TYPED} = "${secret}"`, variables: { [TYPED]: secret }, key: secret }),
    rpc("scope.set", { name: TYPED, value: secret }),
    `[${rpc("session.open", { token: secret })},${rpc("server.ping", {}, 2)},7]`,
    `{"jsonrpc":"2.0","method":"session.open","params":{"token":"${secret}"}}`,
    `{"jsonrpc":"2.0","id":1,"method":"session.open","params":{"token":"${secret}"`,
    `{"token":"${secret}","x":"${"x".repeat(70_000)}"}`,
    headed(rpc("session.open", { token: secret })),
    `Content-Length: x\r\nAuthorization: Bearer ${secret}\r\n\r\n`,
    `POST /${secret} HTTP/1.1\r\nAuthorization: Bearer ${secret}\r\n\r\n{"token":"${secret}"}`,
    `PROXY TCP4 ${secret}\r\n`,
    ...["/login", "/LOGIN", "/resume", "/nick", "/calc", "/unset", "/again", `/${TYPED}`].map((word) => `${word} ${secret}`),
    secret,
    `2 + ${TYPED}(${secret}`,
  ];
}

test("the log tells no secret and nothing that was typed, and the files hold only hashes", { timeout: 240_000 }, async (t) => {
  const desk = openDesk(t);
  const good = desk.issue("alice", "user");
  const revoked = desk.issue("bob", "operator");
  desk.revoke("bob");
  const server = await serve(t, desk.folder, desk.tokens);
  const dialPlain = () => connect({ port: server.plain, host: "127.0.0.1", allowHalfOpen: true });
  const options = { port: server.tls, host: "127.0.0.1", ca: AUTHORITY, allowHalfOpen: true };
  const dialTls = () => tlsConnect(options);
  const opened = await say(dialPlain(), `${rpc("session.open", {})}\n`);
  const resume: string = JSON.parse(opened).result.resumeToken;
  const typed = await say(dialPlain(), `x${TYPED} = 1\n/session\n`);
  const resumeTyped = /\/resume (\S+)/.exec(typed)?.[1] ?? assert.fail(typed);
  const invented = `ckt_${"0".repeat(16)}_${"5ec7e7".repeat(10)}5ec7`;
  // Used as what they are, and typed nowhere else: an expression is kept as it was typed.
  const kept = [
    JSON.parse(await say(dialPlain(), `${rpc("session.open", {})}\n`)).result.resumeToken,
    desk.issue("carol", "user"),
  ];
  server.child.kill("SIGHUP");
  await until(() => server.log().includes("tokens read anew"));
  await say(dialPlain(), `/resume ${kept[0]}\n1 + 1\n/login ${kept[1]}\n1 + 1\n`);
  const secrets = [good, revoked, invented, resume, resumeTyped, "Rm9yZ290dGVuLXJlc3VtZS10b2tlbg"];
  for (const secret of secrets) {
    for (const said of waysIn(secret)) await say(dialPlain(), `${said}\n`);
    await say(dialTls(), `/login ${secret}\n`);
    await say(connect({ port: server.tls, host: "127.0.0.1", allowHalfOpen: true }), `/login ${secret}\n`);
  }
  assert.match(await say(dialTls(), `/login ${good}\n`), /alice/);
  const key = await reloadBroken(server);
  assert.match(await say(dialTls(), "2 + 2\n"), /^= 4/);
  await reloadBrokenTokens(server, desk.tokens, good);
  assert.match(await say(dialPlain(), `/login ${good}\n`), /alice/);
  const gone = once(server.child, "close");
  server.child.kill("SIGTERM");
  assert.deepEqual(await gone, [0, null]);
  const log = server.log();
  // At most ten lines a second tell of slow calls, and all of this may take less than one.
  assert.ok(log.split("slow call").length > 10, "the log was to say much");
  for (const part of [...secrets, ...kept].flatMap(partsOf)) assert.ok(!log.includes(part), `${part} stands in the log`);
  for (const line of key) assert.ok(!log.includes(line), "a key stands in the log");
  assert.doesNotMatch(log, new RegExp(TYPED, "i"));
  for (const name of readdirSync(desk.folder)) {
    const bytes = readFileSync(join(desk.folder, name));
    for (const secret of kept) for (const part of partsOf(secret)) assert.ok(!bytes.includes(part), `${name} holds ${part}`);
  }
});

/** Both halves of what is long, so that a part that was cut off is found too. */
function partsOf(secret: string): string[] {
  const hidden = secret.replace(/^ckt_[0-9a-f]{16}_/, "");
  return [hidden.slice(0, 16), hidden.slice(-16)];
}

/** A certificate and a key that cannot be used: the server keeps those it has, and says so. The lines of the key. */
async function reloadBroken({ child, log, tlsCertificate, tlsKey }: Awaited<ReturnType<typeof serve>>): Promise<string[]> {
  const key = readFileSync(tlsKey, "utf8");
  const certificate = readFileSync(tlsCertificate, "utf8");
  const complaints = () => log().split("the certificate of before stays").length - 1;
  for (const [file, content] of [
    [tlsKey, key.slice(0, -60)],
    [tlsKey, ""],
    [tlsCertificate, key],
  ] as const) {
    const before = complaints();
    writeFileSync(file, content);
    child.kill("SIGHUP");
    await until(() => complaints() > before);
  }
  writeFileSync(tlsKey, key);
  writeFileSync(tlsCertificate, certificate);
  child.kill("SIGHUP");
  await until(() => log().includes("certificate read anew"));
  return key.split("\n").filter((line) => line !== "" && !line.startsWith("-"));
}

/** A file of tokens into which somebody has written a token itself. */
async function reloadBrokenTokens(
  { child, log }: Awaited<ReturnType<typeof serve>>,
  path: string,
  secret: string,
): Promise<void> {
  const kept = readFileSync(path, "utf8");
  assert.ok(kept.includes(createHash("sha256").update(secret).digest("hex")));
  assert.ok(!kept.includes(secret.slice(-64)));
  for (const broken of [`{"token":"${secret}"}`, secret, `${kept}${secret}`]) {
    const before = log().split("the tokens of before stay").length;
    writeFileSync(path, broken);
    child.kill("SIGHUP");
    await until(() => log().split("the tokens of before stay").length > before);
  }
  writeFileSync(path, kept);
}
