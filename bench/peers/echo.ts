/**
 * The floor: a JSON-RPC server that validates its params and sends them back. It calculates nothing, so whatever
 * calculates costs more than this, and the difference is what calculating safely costs.
 */
import { createServer } from "node:net";
import { Ajv2020 } from "ajv/dist/2020.js";
import { success } from "jsonrpc-lite";
import { announce, makeLineCutter, type Question } from "./host.ts";

const validate = new Ajv2020().compile<Question>({
  type: "object",
  required: ["expression"],
  properties: { expression: { type: "string", maxLength: 4096 }, variables: { type: "object" }, record: { type: "boolean" } },
});

announce(
  createServer((socket) => {
    // One write for all replies of a chunk, as Canaduck does it: the floor should be low.
    let replies = "";
    const cut = makeLineCutter((line) => {
      const { id, params } = JSON.parse(line);
      replies += `${JSON.stringify(success(id, { value: validate(params) ? params.expression : "" }))}\n`;
    });
    socket.on("data", (chunk: Buffer) => {
      cut(chunk);
      socket.write(replies);
      replies = "";
    });
    socket.on("error", () => socket.destroy());
  }),
);
