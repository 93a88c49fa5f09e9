/**
 * What it costs to keep anything at all: the echo server, which first appends the questions that came in to a file and has it
 * written to the disk (fsync), one for all that came in together. It stands still meanwhile, which no real server may.
 */
import { fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { announce, makeEcho, makeReplies } from "./host.ts";

const folder = mkdtempSync(join(tmpdir(), "bench-journal-"));
const file = openSync(join(folder, "journal"), "a");
// An open file needs no name, and so none is left behind.
rmSync(folder, { recursive: true });

let questions: Buffer[] = [];
const replies = makeReplies();

function keep(): void {
  writeSync(file, Buffer.concat(questions));
  fsyncSync(file);
  questions = [];
  replies.send();
}

announce(
  createServer((socket) => {
    const echo = makeEcho();
    socket.on("data", (chunk: Buffer) => {
      if (questions.length === 0) setImmediate(keep);
      questions.push(chunk);
      replies.add(socket, echo(chunk));
    });
    socket.on("error", () => socket.destroy());
  }),
);
