/**
 * The floor of whoever calculates in a process of its own: lines go through a pipe to another process and back, and nothing is
 * checked or calculated on the way. Whatever calculates apart from its server costs more than this, in Node.
 */
import { spawn } from "node:child_process";
import { createServer, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { announce, makeLineCutter, makeReplies } from "./host.ts";

const { stdin, stdout } = spawn(process.execPath, [fileURLToPath(new URL("relay-worker.ts", import.meta.url))], {
  stdio: ["pipe", "pipe", "inherit"],
});
/** Who asked, in the order of the questions: the other process answers in order. */
const asking: Socket[] = [];

const replies = makeReplies();
const cutReplies = makeLineCutter((line) => {
  const socket = asking.shift();
  if (socket !== undefined) replies.add(socket, `${line}\n`);
});
stdout.on("data", (chunk: Buffer) => {
  cutReplies(chunk);
  replies.send();
});

announce(
  createServer((socket) => {
    let questions = "";
    const cutQuestions = makeLineCutter((line) => {
      asking.push(socket);
      questions += `${line}\n`;
    });
    socket.on("data", (chunk: Buffer) => {
      cutQuestions(chunk);
      stdin.write(questions);
      questions = "";
    });
    socket.on("error", () => socket.destroy());
  }),
);
