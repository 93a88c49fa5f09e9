/** Peers that take and do not give: who never reads, or writes a byte now and then, is cut, named in the log, and nobody else notices. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { connect as tlsConnect } from "node:tls";
import { rssOf, type Spawned, spawnServer } from "../faults/spawned.ts";
import { until } from "../until.ts";
import { Line } from "./running.ts";

const FOLDER = join(import.meta.dirname, "../transport/certificates");
const TLS = ["--tls-certificate", join(FOLDER, "localhost.pem"), "--tls-key", join(FOLDER, "localhost.key.pem")];
const DISCOVER = '{"jsonrpc":"2.0","id":1,"method":"rpc.discover"}';
/** What the deaf are owed if nobody stops: more than the server may grow by. */
const ASKED = 3_000;
const GROWTH_BYTES_MAX = 200 * 2 ** 20;

async function serve(t: TestContext, args: string[], listen?: string): Promise<Spawned> {
  const server = await spawnServer(["--history", "memory:", ...args], listen);
  t.after(() => server.stop("SIGKILL"));
  return server;
}

function dial(t: TestContext, port: number): Socket {
  const socket = connect({ port, host: "127.0.0.1" });
  socket.on("error", () => undefined);
  t.after(() => socket.destroy());
  return socket;
}

/** The lines of the log about connections that were cut. */
function cuts({ log }: Spawned): { connection: number; address: string; reason: string; limit: string }[] {
  return log.filter((line) => line.includes('"connection closed"')).map((line) => JSON.parse(line));
}

const header = (body: string) => `Content-Length: ${body.length}\r\n\r\n${body}`;

for (const [framing, frame, listen] of [
  ["lines", `${DISCOVER}\n`, "tcp://127.0.0.1:0"],
  ["headers", header(DISCOVER), "tcp://127.0.0.1:0"],
  ["lines over TLS", `${DISCOVER}\n`, "tls://127.0.0.1:0"],
] as const) {
  for (const [limit, settings] of [
    ["outputSoftMs", ["--output-bytes-soft-max", "65536", "--output-soft-ms", "500"]],
    [
      "outputBytesHardMax",
      ["--output-bytes-soft-max", "262144", "--output-bytes-hard-max", "262144", "--reply-bytes-max", "131072"],
    ],
  ] as const) {
    test(`who never reads ${framing} is cut at ${limit} and named, and another is served meanwhile`, async (t) => {
      const isTls = listen.startsWith("tls");
      const server = await serve(t, [...(isTls ? TLS : []), ...settings], listen);
      const over = (raw: Socket) => (isTls ? tlsConnect({ socket: raw, rejectUnauthorized: false }) : raw);
      const witness = over(dial(t, server.port)).setEncoding("utf8");
      const ask = async () => {
        witness.write('{"jsonrpc":"2.0","id":7,"method":"calc.evaluate","params":["6 * 7"]}\n');
        assert.equal(JSON.parse(String((await once(witness, "data"))[0])).result.text, "42");
      };
      await ask();
      const before = rssOf(server.pid);
      const deaf = over(dial(t, server.port)).pause();
      deaf.on("error", () => undefined);
      deaf.write(frame.repeat(ASKED));
      await until(async () => {
        await ask();
        assert.ok(rssOf(server.pid) - before < GROWTH_BYTES_MAX, "what is owed to the deaf stays under its cap");
        return cuts(server).length > 0;
      });
      await ask();
      const [{ connection, address, reason, ...cut } = { connection: 0, address: "", reason: "", limit: "" }] = cuts(server);
      assert.deepEqual([connection, address, reason, cut.limit], [2, "127.0.0.1", "slow reader", limit]);
      assert.equal(cuts(server).length, 1);
    });
  }
}

test("who writes a byte now and then is cut at frameMs wherever a message stands, and counted", {
  timeout: 120_000,
}, async (t) => {
  const server = await serve(t, ["--frame-ms", "1000", "--metrics", "127.0.0.1:0", "--log-level", "info"]);
  const honest = await Line.to(server.port);
  t.after(() => honest.close());
  const long = "x".repeat(70_000);
  const places: Record<string, string> = {
    "before it is known how it speaks": "",
    "in a line": '{"jsonrpc":"2.0",',
    "in a line that is skipped": `{"a":"${long}`,
    "in typed text": "1 + 1\n2 + ",
    "between two lines of a header": "Content-Length: 4\r\nContent-Type: a\r\n",
    "before the first byte of a body": "Content-Length: 4000\r\n\r\n",
    "in a body": "Content-Length: 4000\r\n\r\n{",
    "in a body that is skipped": "Content-Length: 9000000\r\n\r\n{",
  };
  const open = Object.entries(places).map(([place, start]) => {
    const socket = dial(t, server.port).resume();
    socket.write(start);
    // Whole lines of a header: what must not end is the time of the message, not of a line.
    const next = place.includes("header") ? "a:b\r\n" : "x";
    const writing = setInterval(() => socket.write(next), 200);
    t.after(() => clearInterval(writing));
    return once(socket, "close");
  });
  await Promise.all(open);
  assert.equal((await honest.calc("6 * 7")).result.value, 42);
  const slow = () => cuts(server).filter(({ reason, limit }) => reason === "slow frame" && limit === "frameMs");
  await until(() => slow().length === open.length);
  const { url } = JSON.parse(server.log.find((line) => line.includes("metrics and health")) ?? "");
  const metrics = await (await fetch(`${url}/metrics`)).text();
  assert.ok(metrics.includes(`canaduck_connections_closed_total{reason="slow frame"} ${open.length}\n`));
});

test("who says nothing at all is cut at idleMs, and named when the log is asked to", async (t) => {
  const server = await serve(t, ["--idle-ms", "1000", "--log-level", "debug"]);
  await once(dial(t, server.port).resume(), "close");
  await until(() => cuts(server).some(({ reason, limit }) => reason === "idle" && limit === "idleMs"));
});
