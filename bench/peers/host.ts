/**
 * What every peer does alike, so that only its way of answering is compared: listens on a free port of this machine,
 * prints the port, and ends with its standard input.
 */
import type { AddressInfo, Server } from "node:net";

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
