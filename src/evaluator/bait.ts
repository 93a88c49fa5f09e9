/**
 * What the probes are let loose at: files to read, change and delete, sockets to reach, another evaluator. It is also their witness: the
 * parent looks at the bait itself, and need not believe the process that was attacked.
 */
import { randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnJailed } from "./confine.ts";
import { formatStart } from "./pipe.ts";
import type { Ground } from "./probing.ts";
import { Worker } from "./worker.ts";

export type Bait = AsyncDisposable & {
  /** What the probes are told; see `Told` in the jail. */
  readonly told: Readonly<Record<string, string>>;
  /** Everything that was done to it, in words; empty when nothing was. */
  touched(): string[];
};

const files = ["secret", "prey", "doomed", "renamed"];
const content = "a secret of the server";

/** Lays out the bait, in a temporary folder and on loopback, and starts the other evaluator. */
export async function openBait(ground: Ground): Promise<Bait> {
  const sibling = await startSibling(ground);
  const folder = mkdtempSync(join(tmpdir(), "canaduck-bait-"));
  const at = (name: string) => join(folder, name);
  for (const name of files) writeFileSync(at(name), content, { mode: 0o600 });
  symlinkSync(at("secret"), at("link"));
  writeFileSync(at("script.cjs"), 'module.exports = "run";\n');
  const name = `canaduck-${randomBytes(8).toString("hex")}`;
  let calls = 0;
  const servers = await Promise.all(
    [
      { port: 0, host: "127.0.0.1" },
      { path: at("socket") },
      ...(process.platform === "linux" ? [{ path: `\0${name}` }] : []),
    ].map((where) =>
      listen(where, () => {
        calls += 1;
      }),
    ),
  );
  const datagrams = createSocket("udp4").on("message", () => {
    calls += 1;
  });
  await once(datagrams.bind(0, "127.0.0.1"), "listening");
  const [address] = servers.map((server) => server.address());
  const told = {
    ...Object.fromEntries([...files, "link", "socket", "marker"].map((one) => [one, at(one)])),
    script: at("script.cjs"),
    folder,
    cwd: process.cwd(),
    name,
    port: String(typeof address === "object" ? address?.port : ""),
    datagrams: String(datagrams.address().port),
    parent: String(process.pid),
    sibling: String(sibling.pid),
  };
  return {
    told,
    touched: () => [
      ...(sibling.state === "dead" ? ["another evaluator killed"] : []),
      ...(calls > 0 ? [`${calls} connections or datagrams`] : []),
      ...changes(folder),
    ],
    async [Symbol.asyncDispose]() {
      sibling.close();
      await sibling.gone;
      datagrams.close();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function startSibling({ confinement, blob, start, limits }: Ground): Promise<Worker> {
  return new Promise((resolve, reject) => {
    new Worker(spawnJailed(confinement, blob), "front", formatStart(start), limits, {
      ready: resolve,
      answered: () => undefined,
      settled: () => undefined,
      died: (_worker, { detail }) => reject(new Error(`no other evaluator could be started: ${detail}`)),
    });
  });
}

/** Answers whatever it is told as a web server would, and hangs up. */
async function listen(where: object, called: () => void): Promise<Server> {
  const server = createServer((socket) => {
    called();
    socket
      .on("error", () => {})
      .resume()
      .end("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbait");
  });
  await once(server.listen(where), "listening");
  return server;
}

function changes(folder: string): string[] {
  const known = [...files, "link", "socket", "script.cjs"];
  const fresh = readdirSync(folder).filter((name) => !known.includes(name));
  const gone = files.filter((name) => !existsSync(join(folder, name)));
  const others = files.filter((name) => !gone.includes(name));
  const changed = others.filter((name) => readFileSync(join(folder, name), "utf8") !== content);
  const opened = others.filter((name) => (statSync(join(folder, name)).mode & 0o077) !== 0);
  const tell = (what: string, names: string[]) => names.map((name) => `${name} ${what}`);
  return [...tell("made", fresh), ...tell("gone", gone), ...tell("changed", changed), ...tell("opened to all", opened)];
}
