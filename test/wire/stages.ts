/**
 * Where the corpus is played: every transport the server has, and a server for each set of settings the cases ask for.
 *
 * A new transport is a row in TRANSPORTS; every case then runs over it.
 */
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSecureContext, connect as tlsConnect } from "node:tls";
import type { Stage } from "../../scripts/conformance/dialogue.ts";
import type { Question } from "../../scripts/conformance/notation.ts";
import type { Case, Framing } from "../../scripts/conformance/wire-file.ts";
import { record } from "../system/recorder.ts";
import { type Running, start } from "../system/running.ts";

type Transport = {
  name: string;
  /** The address to listen on; `folder` is empty and its own. */
  listen(folder: string): string;
  /** A connection to the address as bound. */
  connect(url: URL): Socket;
  /** What the socket says once it can be written to. */
  opened: "connect" | "secureConnect";
};

const CERTIFICATES = join(import.meta.dirname, "../transport/certificates");
/** Made once: to read the authority anew for each of a thousand handshakes would cost more than they do. */
const TRUST = createSecureContext({ ca: readFileSync(join(CERTIFICATES, "authority.pem")) });
const TLS = { tlsCertificate: join(CERTIFICATES, "localhost.pem"), tlsKey: join(CERTIFICATES, "localhost.key.pem") };

const TRANSPORTS: readonly Transport[] = [
  {
    name: "tcp",
    listen: () => "tcp://127.0.0.1:0",
    connect: (url) => connect({ host: url.hostname, port: Number(url.port), allowHalfOpen: true }),
    opened: "connect",
  },
  {
    name: "unix",
    listen: (folder) => `unix:${join(folder, "wire.sock")}`,
    connect: (url) => connect({ path: url.pathname, allowHalfOpen: true }),
    opened: "connect",
  },
  {
    name: "tls",
    listen: () => "tls://127.0.0.1:0",
    connect: (url) => {
      const options = { host: url.hostname, port: Number(url.port), secureContext: TRUST, allowHalfOpen: true };
      return tlsConnect(options);
    },
    opened: "secureConnect",
  },
];

/** What a neutral case asks of Canaduck. */
export const QUESTION: Question = { method: '"server.ping"', named: '{"echo":1}', list: "[1]" };

/** Far above what an answer takes on a crowded machine: it bounds a failure, it decides nothing. */
const PATIENCE_MS = 30_000;

/** Servers by their settings, started when a case first asks for them. */
export class Stages {
  readonly #servers = new Map<string, Promise<Running>>();
  readonly #folders: string[] = [];

  /** One stage for each transport and framing of the case, with its name. */
  async of(one: Case): Promise<(Stage & { name: string })[]> {
    const { urls } = (await this.#serverFor(one.settings)).server;
    return TRANSPORTS.flatMap((transport, index) =>
      one.framings.map((framing) => this.#stage(transport, new URL(urls[index] ?? ""), framing)),
    );
  }

  async close(): Promise<void> {
    for (const server of this.#servers.values()) await (await server).close();
    for (const folder of this.#folders) rmSync(folder, { recursive: true });
  }

  #stage(transport: Transport, url: URL, framing: Framing): Stage & { name: string } {
    const open = async () => {
      const socket = transport.connect(url);
      await once(socket, transport.opened);
      record(socket);
      return socket;
    };
    const name = `${transport.name}, ${framing}`;
    return { name, connect: open, framing, question: QUESTION, patienceMs: PATIENCE_MS, isOurs: true };
  }

  #serverFor(settings: Readonly<Record<string, string>>): Promise<Running> {
    const key = JSON.stringify(settings);
    const known = this.#servers.get(key);
    if (known !== undefined) return known;
    const folder = mkdtempSync(join(tmpdir(), "canaduck-wire-"));
    this.#folders.push(folder);
    const server = start({ ...TLS, ...settings, listen: TRANSPORTS.map((transport) => transport.listen(folder)) });
    this.#servers.set(key, server);
    return server;
  }
}
