/**
 * What every peer does alike, so that only its way of answering is compared: listens on a free port of this machine,
 * prints the port, and ends with its standard input.
 */
import type { AddressInfo, Server, Socket } from "node:net";
import { Ajv2020 } from "ajv/dist/2020.js";
import { success } from "jsonrpc-lite";

/** Announces `{"port": n}` on stdout once the server listens. */
export function announce(server: Server): void {
  server.listen(0, "127.0.0.1", () => {
    // A listening TCP server has an address of this kind.
    const { port } = server.address() as AddressInfo;
    process.stdout.write(`${JSON.stringify({ port })}\n`);
  });
  process.stdin.resume().once("end", () => process.exit(0));
}

/** What all peers are asked: an expression, and the variables it names. */
export type Question = { expression: string; variables?: Record<string, unknown> };

/** Calls `take` with each line of a stream of chunks. */
export function makeLineCutter(take: (line: string) => void): (chunk: Buffer) => void {
  let rest = "";
  return (chunk) => {
    const lines = (rest + chunk.toString("utf8")).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) take(line);
  };
}

/** Replies on their way: one write for each socket, as Canaduck does it, since a floor should be low. */
export function makeReplies() {
  const texts = new Map<Socket, string>();
  return {
    add(socket: Socket, text: string): void {
      texts.set(socket, `${texts.get(socket) ?? ""}${text}`);
    },
    send(): void {
      for (const [socket, text] of texts) socket.write(text);
      texts.clear();
    },
  };
}

const validate = new Ajv2020().compile<Question>({
  type: "object",
  required: ["expression"],
  properties: { expression: { type: "string", maxLength: 4096 }, variables: { type: "object" }, record: { type: "boolean" } },
});

/** Answers the replies to a chunk of calls, which are their expressions. */
export function makeEcho(): (chunk: Buffer) => string {
  let replies = "";
  const cut = makeLineCutter((line) => {
    const { id, params } = JSON.parse(line);
    replies += `${JSON.stringify(success(id, { value: validate(params) ? params.expression : "" }))}\n`;
  });
  return (chunk) => {
    replies = "";
    cut(chunk);
    return replies;
  };
}
