/**
 * The floor of whoever keeps what it answers: the echo server, which first appends a chunk of questions to a file and has it
 * written to the disk (fsync). It stands still meanwhile, which no real server may; so whatever keeps its answers costs more.
 */
import { fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { announce, makeEcho } from "./host.ts";

const folder = mkdtempSync(join(tmpdir(), "bench-journal-"));
const file = openSync(join(folder, "journal"), "a");
// An open file needs no name, and so none is left behind.
rmSync(folder, { recursive: true });

announce(
  createServer((socket) => {
    const echo = makeEcho();
    socket.on("data", (chunk: Buffer) => {
      const replies = echo(chunk);
      writeSync(file, chunk);
      fsyncSync(file);
      socket.write(replies);
    });
    socket.on("error", () => socket.destroy());
  }),
);
