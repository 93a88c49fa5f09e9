/**
 * A TCP server around json-rpc-2.0, unmodified, with one method: the control of the conformance corpus. Its argument is the
 * port. The package knows no transport: each line is handed to it, what it answers is a line.
 */
import { createServer } from "node:net";
import { JSONRPCServer } from "json-rpc-2.0";

const rpc = new JSONRPCServer({ errorListener: () => undefined });
rpc.addMethod("subtract", (params) => {
  const [minuend, subtrahend] = Object.values(Object(params));
  return Number(minuend) - Number(subtrahend);
});

const listener = createServer({ allowHalfOpen: true }, (socket) => {
  const answering: Promise<void>[] = [];
  socket.on("error", () => undefined);
  let rest = "";
  socket.setEncoding("utf8");
  socket.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    answering.push(...lines.map(answer));
  });
  socket.on("end", () => void Promise.all(answering).then(() => socket.end()));
  async function answer(line: string): Promise<void> {
    try {
      const reply = await rpc.receiveJSON(line);
      if (reply !== null) socket.write(`${JSON.stringify(reply)}\n`);
    } catch (error) {
      // What the package throws, it answers nothing to.
      process.stderr.write(`${error}\n`);
    }
  }
});
listener.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () => {
  const address = listener.address();
  process.stdout.write(`listening on ${typeof address === "object" ? address?.port : address}\n`);
});
