/** The other package people take: json-rpc-2.0 behind a line protocol, mathjs in the same process, no sandbox. */
import { createServer } from "node:net";
import { JSONRPCServer } from "json-rpc-2.0";
import { evaluate } from "mathjs";
import { announce, makeLineCutter, type Question } from "./host.ts";

const server = new JSONRPCServer();
server.addMethod("calc.evaluate", ({ expression, variables }: Question) => ({ value: evaluate(expression, { ...variables }) }));

announce(
  createServer((socket) => {
    const take = async (line: string) => {
      const reply = await server.receiveJSON(line);
      if (reply !== null) socket.write(`${JSON.stringify(reply)}\n`);
    };
    socket.on("data", makeLineCutter(take));
    socket.on("error", () => socket.destroy());
  }),
);
