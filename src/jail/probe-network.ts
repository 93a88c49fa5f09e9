/** Probes of the network: sockets of every kind, out and in. The parent listens, and so can say who came. */
import { builtin, heard, need, type Probe, stopped, world } from "./probe.ts";

const layers = ["L4", "L6"];
const HOST = "127.0.0.1";
/** How long a name server is waited for. */
const NAME_MS = 100;

const OUT: readonly Probe[] = [
  {
    id: "net-tcp",
    aims: "connect by TCP",
    layers,
    attack: (told) => {
      const socket = builtin("node:net").connect(Number(need(told, "port")), HOST);
      return heard(socket, "connect").finally(() => socket.destroy());
    },
  },
  {
    id: "net-tcp6",
    aims: "connect by TCP over IPv6",
    layers,
    attack: (told) => {
      const socket = builtin("node:net").connect(Number(need(told, "port")), "::ffff:127.0.0.1");
      return heard(socket, "connect").finally(() => socket.destroy());
    },
  },
  {
    id: "net-unix",
    aims: "connect to a Unix socket of the machine",
    layers,
    attack: (told) => {
      const socket = builtin("node:net").connect(need(told, "socket"));
      return heard(socket, "connect").finally(() => socket.destroy());
    },
  },
  {
    id: "net-abstract",
    aims: "connect to a Unix socket that needs no file",
    layers,
    attack: (told) => {
      const socket = builtin("node:net").connect(`\0${need(told, "name")}`);
      return heard(socket, "connect").finally(() => socket.destroy());
    },
  },
  {
    id: "net-udp",
    aims: "send a datagram",
    layers,
    attack: (told) =>
      new Promise((resolve, reject) => {
        const socket = builtin("node:dgram").createSocket("udp4").once("error", reject);
        socket.send("x", Number(need(told, "datagrams")), HOST, (error) => (error ? reject(error) : resolve("sent")));
      }),
  },
  {
    id: "net-http",
    aims: "ask a web server",
    layers,
    attack: (told) => heard(builtin("node:http").get({ host: HOST, port: need(told, "port"), agent: false }), "response"),
  },
  {
    id: "net-tls",
    aims: "begin a TLS connection",
    layers,
    attack: (told) => {
      const socket = builtin("node:tls").connect({ host: HOST, port: Number(need(told, "port")) });
      return heard(socket, "connect").finally(() => socket.destroy());
    },
  },
  {
    id: "net-http2",
    aims: "begin an HTTP/2 session",
    layers,
    attack: (told) => {
      const session = builtin("node:http2").connect(`http://${HOST}:${need(told, "port")}`);
      return heard(session, "connect").finally(() => session.destroy());
    },
  },
  {
    id: "net-fetch",
    aims: "fetch a page",
    layers,
    attack: async (told) => {
      const response = await world()
        .fetch(`http://${HOST}:${need(told, "port")}/`)
        .catch((error: Error) => {
          throw error.cause instanceof Error ? error.cause : error;
        });
      return String(response.status);
    },
  },
  {
    id: "net-name-server",
    aims: "carry something out in a question to a name server",
    layers,
    attack: async (told) => {
      const resolver = new (builtin("node:dns").promises.Resolver)({ timeout: NAME_MS, tries: 1 });
      resolver.setServers([`${HOST}:${need(told, "datagrams")}`]);
      // The parent's socket stays silent: to wait in vain is to have asked.
      const found = await resolver.resolve4("secret.example.org").catch((error: NodeJS.ErrnoException) => error);
      if (Array.isArray(found) || found.code === "ETIMEOUT") return "asked";
      throw found;
    },
  },
  {
    id: "net-lookup",
    aims: "look up a name as the machine does",
    layers,
    attack: async () => (await builtin("node:dns").promises.lookup("localhost")).address,
  },
  {
    id: "net-interfaces",
    aims: "learn the addresses of the machine",
    layers: ["L6"],
    attack: () => {
      const names = Object.keys(builtin("node:os").networkInterfaces()).filter((name) => name !== "lo");
      return names.join(" ") || stopped("no interface but its own loopback");
    },
  },
];

const IN: readonly Probe[] = [
  {
    id: "net-listen",
    aims: "listen on a TCP port, for a way in",
    layers,
    attack: () => {
      const server = builtin("node:net").createServer().listen(0, HOST);
      return heard(server, "listening").finally(() => server.close());
    },
  },
  {
    id: "net-listen-unix",
    aims: "listen on a Unix socket",
    layers,
    attack: (told) => {
      const server = builtin("node:net")
        .createServer()
        .listen(`${need(told, "marker")}-socket`);
      return heard(server, "listening").finally(() => server.close());
    },
  },
  {
    id: "net-bind-udp",
    aims: "receive datagrams",
    layers,
    attack: () => {
      const socket = builtin("node:dgram").createSocket("udp4").bind(0, HOST);
      return heard(socket, "listening").finally(() => socket.close());
    },
  },
  {
    id: "net-inspector",
    aims: "open the debugger's port, for everybody on the machine",
    layers,
    attack: () => {
      const inspector = builtin("node:inspector");
      inspector.open(0, HOST);
      const url = inspector.url();
      inspector.close();
      return url === undefined ? stopped("no port was opened") : "opened";
    },
  },
];

export const NETWORK_PROBES: readonly Probe[] = [...OUT, ...IN];
