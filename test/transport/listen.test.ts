/** Listening: what is taken says so in a sentence, a unix socket is its owner's alone and outlives nobody. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { readConfig } from "../../src/config.ts";
import { Connections, ListenError, type Listener, type ListenOptions, listen } from "../../src/transport/listen.ts";
import { type Address, parseAddress } from "../../src/transport/open.ts";

let folder: string;
const listeners: Listener[] = [];
const connections = new Connections(readConfig({ flags: {}, env: {} }));
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "canaduck-"));
});
after(async () => {
  for (const listener of listeners) listener.stop();
  connections.close();
  await rm(folder, { recursive: true });
});

async function open(address: Address, options: ListenOptions = {}) {
  const deaf = { frames: () => undefined, ended: () => undefined, drained: () => undefined, closed: () => undefined };
  const listener = await listen(
    address,
    connections,
    () => deaf,
    (error) => {
      throw error;
    },
    options,
  );
  listeners.push(listener);
  return listener;
}

async function reaches(path: string): Promise<boolean> {
  const socket = connect(path);
  const reached = await once(socket, "connect").then(
    () => true,
    () => false,
  );
  socket.destroy();
  return reached;
}

test("a port that is taken is refused in a sentence", async () => {
  const first = await open(parseAddress("tcp://127.0.0.1:0"));
  await assert.rejects(open(parseAddress(first.url)), (error) => {
    return error instanceof ListenError && error.message === `cannot listen on ${first.url}: another program listens there`;
  });
  first.stop();
});

test("a unix socket is for its owner alone, is refused while it is served, and goes with its listener", async () => {
  const path = join(folder, "a.sock");
  const first = await open({ scheme: "unix", path });
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  assert.equal(await reaches(path), true);
  await assert.rejects(open({ scheme: "unix", path }), ListenError);
  assert.equal(await reaches(path), true);
  first.stop();
  assert.deepEqual(await readdir(folder), []);
});

test("a socket file that a killed server left is taken over; any other file is left alone", async () => {
  const path = join(folder, "b.sock");
  const script = `require("node:net").createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, "SIGKILL"))`;
  await once(spawn(process.execPath, ["-e", script], { stdio: "ignore" }), "exit");
  assert.equal(await reaches(path), false);
  const listener = await open({ scheme: "unix", path });
  assert.equal(await reaches(path), true);
  listener.stop();
  await writeFile(path, "mine");
  await assert.rejects(open({ scheme: "unix", path }), ListenError);
  assert.equal((await stat(path)).size, 4);
});

test("a unix socket's file has the permissions the setting says; a link to it, or a folder, is left alone", async () => {
  const path = join(folder, "c.sock");
  const listener = await open({ scheme: "unix", path }, { socketMode: 0o660 });
  assert.equal((await stat(path)).mode & 0o777, 0o660);
  const link = join(folder, "link.sock");
  await symlink(path, link);
  await assert.rejects(open({ scheme: "unix", path: link }), ListenError);
  await assert.rejects(open({ scheme: "unix", path: folder }), ListenError);
  assert.equal(await reaches(path), true);
  listener.stop();
});
