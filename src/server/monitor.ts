/**
 * The HTTP listener for those who watch the server: `/metrics`, `/healthz` and `/readyz`, and nothing else.
 *
 * Answers GET, reads no body, keeps no state, says nothing about whom the server serves. It opens before the doors of the
 * server and closes after them, so that a drain can be watched. `node:http` parses; the bounds below are its own.
 */
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { House } from "../methods/call.ts";
import { isLoopback } from "../transport/loopback.ts";
import { formatAddress, parseAddress } from "../transport/open.ts";
import type { Desk } from "./dispatch.ts";
import { lookUp } from "./exposure.ts";
import { openMetrics } from "./metrics.ts";
import type { Sessions } from "./sessions.ts";

export type Monitor = { readonly url: string; close(): Promise<void> };

/** One reply, whatever the request said beside its path. */
type Page = { status: number; body: string; type?: string };

/** A scraper sends a few hundred bytes, and there are few of them. */
const headerBytesMax = 8 * 1024;
const connectionsMax = 32;
const requestsPerConnectionMax = 10_000;
/** From the first byte of a request to its last, and silence between two. */
const requestMs = 5_000;
const idleMs = 75_000;
/** The history's answer to "can you write?": how long it may take, and for how long it is believed. */
const probeMs = 1_000;
const probedMs = 1_000;

/** Opens the monitor where the setting says, which is not `off`. Throws when it cannot, or must not, listen there. */
export async function watch(desk: Desk, sessions: Sessions, isListening: () => boolean): Promise<Monitor> {
  const { metrics, metricsPublic } = desk.house.config;
  const address = parseAddress(`tcp://${metrics}`);
  const ips = address.scheme === "tcp" ? await lookUp(address.host) : [];
  if (address.scheme !== "tcp" || !(metricsPublic === "yes" || (ips.length > 0 && ips.every(isLoopback)))) {
    throw new Error(`metrics: ${metrics} is not a loopback address; --metrics-public yes allows it`);
  }
  const exporter = openMetrics(desk, sessions);
  const probe = makeProbe(desk.house);
  const findPage = async (path: string): Promise<Page> => {
    if (path === "/healthz") return { status: 200, body: "alive\n" };
    if (path === "/metrics") return { status: 200, body: await exporter.render(), type: exporter.contentType };
    if (path === "/readyz") return readiness(await reasons(desk, isListening, probe));
    return { status: 404, body: "There are /metrics, /healthz and /readyz.\n" };
  };
  // What was judged is bound, not the name.
  const monitor = await listen({ host: ips[0] ?? address.host, port: address.port }, (request, response) => {
    const isKnown = metricsPublic === "yes" || isOurName(request.headers.host, address.host);
    answer(request, response, isKnown ? findPage : refuseName).catch((error) => {
      desk.log.error({ err: error }, "the monitor failed");
      response.destroy();
    });
  });
  desk.log.info({ url: monitor.url }, "metrics and health");
  return monitor;
}

async function listen(
  { host, port }: { host: string; port: number },
  attend: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Monitor> {
  const options = {
    maxHeaderSize: headerBytesMax,
    headersTimeout: requestMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: 1_000,
    keepAliveTimeout: idleMs,
    // Who says no name is no browser.
    requireHostHeader: false,
  };
  const server = createServer(options, (request, response) => {
    spoken(request.socket);
    attend(request, response);
  });
  const spoken = keepFew(server);
  server.maxRequestsPerSocket = requestsPerConnectionMax;
  server.listen({ host, port });
  await once(server, "listening");
  const bound = server.address();
  const real = { scheme: "tcp", host, port: bound !== null && typeof bound === "object" ? bound.port : port } as const;
  return {
    url: formatAddress(real).replace("tcp:", "http:"),
    async close() {
      const gone = once(server, "close");
      server.close();
      server.closeAllConnections();
      await gone;
    },
  };
}

/**
 * One connection too many ends the one that has made no request for longest: who holds all of them, silent or with half a
 * request each, must not keep out whoever asks whether the server lives. Answers what to call for a request.
 */
function keepFew(server: Server): (socket: Socket) => void {
  const open = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    const [oldest] = open;
    if (oldest !== undefined && open.size >= connectionsMax) {
      open.delete(oldest);
      oldest.destroy();
    }
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  return (socket) => {
    if (open.delete(socket)) open.add(socket);
  };
}

async function answer(
  { method, url = "/", headers }: IncomingMessage,
  response: ServerResponse,
  findPage: (path: string) => Promise<Page>,
): Promise<void> {
  const path = url.replace(/\?.*$/s, "");
  const isRead = method === "GET";
  const {
    status,
    body,
    type = "text/plain; charset=utf-8",
  } = isRead ? await findPage(path) : { status: 405, body: "Only GET.\n" };
  if (!isRead) response.setHeader("Allow", "GET");
  // A body is not read: what follows it could not be told from it.
  if (!isRead || headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined) {
    response.setHeader("Connection", "close");
  }
  response.writeHead(status, {
    "Content-Type": type,
    "Content-Length": Buffer.byteLength(body),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  });
  response.end(body);
}

/** A web page can have its own name lead to this machine and read what answers there; a browser then tells that name. */
function isOurName(said: string | undefined, bound: string): boolean {
  if (said === undefined) return true;
  const name = said
    .replace(/:\d*$/, "")
    .replace(/^\[(.*)\]$/, "$1")
    .toLowerCase();
  return name === "localhost" || name === bound.toLowerCase() || isLoopback(name);
}

async function refuseName(): Promise<Page> {
  return { status: 421, body: "This is not the name of this machine. --metrics-public yes answers to any.\n" };
}

function readiness(missing: string[]): Page {
  if (missing.length === 0) return { status: 200, body: "ready\n" };
  return { status: 503, body: missing.map((reason) => `not ready: ${reason}\n`).join("") };
}

/** Why calls should go elsewhere; nothing when they are welcome here. */
async function reasons({ house, draining }: Desk, isListening: () => boolean, probe: () => Promise<string>): Promise<string[]> {
  // The history of a server that leaves is not asked any more.
  if (draining) return ["draining"];
  const isStaffed = house.evaluator.status().workers.some(({ state }) => state === "ready" || state === "busy");
  const written = await probe();
  return [
    ...(isListening() ? [] : ["not listening"]),
    ...(isStaffed ? [] : ["no evaluator is ready"]),
    ...(written === "kept" ? [] : [`the history cannot be written: ${written}`]),
  ];
}

/** Writes the sign of life of a ledger that belongs to nobody: the one proof that the next write will work. */
function makeProbe({ history }: House): () => Promise<string> {
  const id = randomBytes(16).toString("base64url");
  // No token hashes to it: it is a hash of nothing anybody was told.
  const ledger = { id, resumeHash: createHash("sha256").update(randomBytes(32)).digest("hex") };
  let asked: { atMs: number; verdict: Promise<string> } | undefined;
  return () => {
    const now = performance.now();
    if (asked === undefined || now - asked.atMs > probedMs) {
      asked = { atMs: now, verdict: Promise.race([history.keep(ledger, Date.now()), late()]) };
    }
    return asked.verdict;
  };
}

function late(): Promise<string> {
  return new Promise((resolve) => setTimeout(resolve, probeMs, "no answer").unref());
}
