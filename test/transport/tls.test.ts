/** TLS: who may come in, who is told what, what an unfinished handshake costs, and certificates that change meanwhile. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type TestContext, test } from "node:test";
import { type ConnectionOptions, type TLSSocket, connect as tlsConnect } from "node:tls";
import { type ClientState, connect as clientTo } from "../../src/client/client.ts";
import { Certificate, CertificateError } from "../../src/transport/tls.ts";
import { type Running, start } from "../system/running.ts";

const FOLDER = join(import.meta.dirname, "certificates");
const CA = readFileSync(join(FOLDER, "authority.pem"), "utf8");
const LOCALHOST = { tlsCertificate: join(FOLDER, "localhost.pem"), tlsKey: join(FOLDER, "localhost.key.pem") };

async function serve(t: TestContext, settings: object = {}): Promise<Running> {
  const running = await start({ listen: ["tls://127.0.0.1:0"], ...LOCALHOST, ...settings });
  t.after(() => running.close());
  return running;
}

async function dial(t: TestContext, port: number, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const all = { host: "127.0.0.1", port, ca: CA, allowHalfOpen: true, ...options };
  const socket = tlsConnect(all);
  t.after(() => socket.destroy());
  await once(socket, "secureConnect");
  return socket;
}

/** The subject of the certificate a new connection is shown. */
async function shown(t: TestContext, port: number): Promise<string | undefined> {
  const socket = await dial(t, port);
  const { subject } = socket.getPeerCertificate();
  socket.destroy();
  return [subject.CN].flat()[0];
}

function copyCertificate(name: string, folder: string) {
  const files = { tlsCertificate: join(folder, "cert.pem"), tlsKey: join(folder, "key.pem") };
  copyFileSync(join(FOLDER, `${name}.pem`), files.tlsCertificate);
  copyFileSync(join(FOLDER, `${name}.key.pem`), files.tlsKey);
  return files;
}

/** What the client library told last about a server it shall trust by `ca`. */
async function told(t: TestContext, url: string, ca?: string): Promise<ClientState> {
  const first = Promise.withResolvers<ClientState>();
  const client = clientTo({ url, onState: first.resolve, limits: { waitMs: 20_000 }, ...(ca !== undefined && { ca }) });
  t.after(() => client.close());
  return await first.promise;
}

test("a client is answered over TLS 1.2 and 1.3, also after it has ended its side", async (t) => {
  const { port, url } = await serve(t);
  assert.match(url, /^tls:\/\/127\.0\.0\.1:\d+$/);
  for (const maxVersion of ["TLSv1.2", "TLSv1.3"] as const) {
    const socket = await dial(t, port, { maxVersion });
    assert.equal(socket.getProtocol(), maxVersion);
    socket.end("2+2\nx = 3\n[1,2] * x\n");
    assert.equal(await text(socket), "= 4\n= 3\n= [3, 6]\n");
  }
});

test("a large answer arrives whole, frames cut anywhere too", async (t) => {
  // How long the calculation waits and takes on a crowded machine is not the question here.
  const { port } = await serve(t, { evaluateMs: "5000", queueMs: "60000" });
  const socket = await dial(t, port);
  const request = '{"jsonrpc":"2.0","id":1,"method":"calc.evaluate","params":["1:20000"]}\n';
  for (const character of request) socket.write(character);
  socket.end();
  const { result, error } = JSON.parse(await text(socket));
  assert.equal(error?.data.name, undefined);
  assert.equal(result.value.data.length, 20_000);
});

test("older versions of TLS do not get in", async (t) => {
  const { port } = await serve(t);
  const ciphers = "ALL:@SECLEVEL=0";
  const socket = tlsConnect({ host: "127.0.0.1", port, ca: CA, minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers });
  const [error] = await once(socket, "error");
  assert.match(error.code, /ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS|EPROTO/);
});

test("who speaks plain text on a TLS port is told so in one line, then closed", async (t) => {
  const { port } = await serve(t);
  for (const said of [
    "2+2\n",
    '{"jsonrpc":"2.0","id":1,"method":"server.ping"}\n',
    "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "x".repeat(200_000),
  ]) {
    const socket = connect(port, "127.0.0.1");
    t.after(() => socket.destroy());
    socket.write(said);
    assert.equal(await text(socket), "This port speaks TLS only: connect by tls://.\n");
  }
});

test("who speaks TLS on a plain port gets an end that the client can name", async (t) => {
  const running = await start();
  t.after(() => running.close());
  const state = await told(t, running.url.replace("tcp:", "tls:"), CA);
  assert.deepEqual(state.kind === "waiting" && state.why, "it does not speak TLS");
});

test("garbage after a first byte of TLS, and a connection that only opens, hold nothing", async (t) => {
  const { port } = await serve(t);
  const socket = connect(port, "127.0.0.1");
  t.after(() => socket.destroy());
  socket.write(Buffer.concat([Buffer.from([0x16, 3, 1, 0, 5]), Buffer.alloc(100, 0x41)]));
  socket.resume();
  await once(socket, "close");
  const silent = connect(port, "127.0.0.1");
  t.after(() => silent.destroy());
  silent.end();
  silent.resume();
  await once(silent, "close");
});

test("a handshake that is not done in time is cut, and counted as a connection until then", async (t) => {
  const { port } = await serve(t, { tlsHandshakeMs: 2000, connectionsMax: 2 });
  const slow = [0, 1].map(() => connect(port, "127.0.0.1"));
  for (const socket of slow) {
    t.after(() => socket.destroy());
    await once(socket, "connect");
    socket.resume();
  }
  // One says nothing at all, the other begins a handshake (a record that announces 512 bytes) and does not go on.
  slow[1]?.write(Uint8Array.of(0x16, 3, 1, 2, 0, 1));
  const third = connect(port, "127.0.0.1");
  t.after(() => third.destroy());
  third.on("error", () => undefined).resume();
  await once(third, "close");
  assert.deepEqual(
    slow.map(({ closed }) => closed),
    [false, false],
  );
  await Promise.all(slow.map((socket) => socket.closed || once(socket, "close")));
  let through: TLSSocket | undefined;
  while (through === undefined) through = await dial(t, port).catch(() => undefined);
  through.end("1+1\n");
  assert.equal(await text(through), "= 2\n");
});

test("the client believes a server by its name and its authority only", async (t) => {
  const { port } = await serve(t);
  assert.equal((await told(t, `tls://127.0.0.1:${port}`, CA)).kind, "open");
  assert.equal((await told(t, `tls://localhost:${port}`, CA)).kind, "open");
  const stranger = await told(t, `tls://127.0.0.1:${port}`);
  assert.match((stranger.kind === "waiting" && stranger.why) || "", /nobody who is trusted has signed/);
  const elsewhere = { tlsCertificate: join(FOLDER, "elsewhere.pem"), tlsKey: join(FOLDER, "elsewhere.key.pem") };
  const other = await serve(t, elsewhere);
  const wrongName = await told(t, `tls://127.0.0.1:${other.port}`, CA);
  assert.match((wrongName.kind === "waiting" && wrongName.why) || "", /another name/);
});

test("a client that gets no handshake gives the attempt up", async (t) => {
  const deaf = createServer(() => undefined).listen(0, "127.0.0.1");
  await once(deaf, "listening");
  t.after(() => deaf.close());
  const address = deaf.address();
  const port = typeof address === "object" ? address?.port : 0;
  const failed = Promise.withResolvers<ClientState>();
  const limits = { connectMs: 100, waitMs: 0 };
  const client = clientTo({ url: `tls://127.0.0.1:${port}`, ca: CA, limits, onState: failed.resolve });
  t.after(() => client.close());
  const state = await failed.promise;
  assert.match((state.kind === "failed" && state.error.message) || "", /no answer/);
});

test("a reload shows the new certificate to new connections and cuts no old one; a broken one changes nothing", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "canaduck-tls-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const files = copyCertificate("localhost", folder);
  const { server, port } = await serve(t, files);
  const old = await dial(t, port);
  assert.equal(await shown(t, port), "localhost");
  copyCertificate("renewed", folder);
  server.reload();
  assert.equal(await shown(t, port), "renewed");
  for (const broken of ["", "nonsense", readFileSync(join(FOLDER, "localhost.pem"), "utf8")]) {
    writeFileSync(files.tlsCertificate, broken);
    server.reload();
    assert.equal(await shown(t, port), "renewed");
  }
  rmSync(files.tlsKey);
  server.reload();
  assert.equal(await shown(t, port), "renewed");
  old.end("2+2\n");
  assert.equal(await text(old), "= 4\n");
});

test("a server whose certificate cannot be used does not start, and says why", () => {
  const folder = mkdtempSync(join(tmpdir(), "canaduck-tls-"));
  const files = copyCertificate("localhost", folder);
  new Certificate(files);
  assert.throws(() => new Certificate({ ...files, tlsKey: "" }), /^Error: a tls:\/\/ address needs --tls-certificate FILE/);
  copyFileSync(join(FOLDER, "renewed.key.pem"), files.tlsKey);
  assert.throws(() => new Certificate(files), CertificateError);
  for (const empty of ["tlsCertificate", "tlsKey"] as const) {
    copyCertificate("localhost", folder);
    writeFileSync(files[empty], "");
    assert.throws(() => new Certificate(files), CertificateError, empty);
  }
  rmSync(folder, { recursive: true });
});
