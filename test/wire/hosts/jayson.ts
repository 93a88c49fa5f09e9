/**
 * A TCP server of jayson, unmodified, with one method: the control of the conformance corpus. Its argument is the port.
 *
 * An exception that escapes the package is told on stderr and survived, so that the next case finds a server.
 */
import { createRequire } from "node:module";
import type { JSONRPCCallbackTypePlain, RequestParamsLike, Server as ServerType } from "jayson";

const { Server }: { Server: typeof ServerType } = createRequire(import.meta.url)("jayson");

process.on("uncaughtException", (error) => process.stderr.write(`${error}\n`));

const server = new Server({
  subtract: (params: RequestParamsLike, done: JSONRPCCallbackTypePlain) => {
    const [minuend, subtrahend] = Object.values(params ?? {});
    done(null, Number(minuend) - Number(subtrahend));
  },
});
const listener = server.tcp();
listener.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () => {
  const address = listener.address();
  process.stdout.write(`listening on ${typeof address === "object" ? address?.port : address}\n`);
});
