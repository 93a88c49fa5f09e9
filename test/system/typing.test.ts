/** A person with `nc`: lines in, lines out, in the order typed. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Line, type Running, start } from "./running.ts";

let running: Running;
before(async () => {
  running = await start();
});
after(() => running.close());

/** Sends all bytes, closes the sending side, and reads to the end. */
async function typed(...bytes: (string | Uint8Array)[]): Promise<string[]> {
  const line = await Line.to(running.port);
  for (const part of bytes) line.send(part);
  line.socket.end();
  return line.rest();
}

test("a question without a last newline is answered after the end of input", async () => {
  assert.deepEqual(await typed("/calc 2+2"), ["= 4"]);
});

test("every line gets its answer in the order typed", async () => {
  const lines = await typed("x = 3\n[1,2;3,4] * x\n/calc x + 1\nsqr(2)\n2 inch to cm\n");
  assert.deepEqual(lines, [
    "= 3",
    "= [[3, 6], [9, 12]]",
    "= 4",
    "! There is no function of this name. Did you mean sqrt, qr?",
    "!   sqr(2)",
    "!   ^^^",
    "= 5.08 cm",
  ]);
});

test("CRLF ends a line as LF does", async () => {
  assert.deepEqual(await typed("1+1\r\n2+2\r\n"), ["= 2", "= 4"]);
});

test("an empty line and an unknown command are answered too", async () => {
  const lines = await typed("/hlep\n\n/calc\n");
  assert.match(lines[0] ?? "", /^! There is no such command\. Did you mean \/help\?/);
  assert.match(lines[1] ?? "", /^! There is nothing to calculate/);
  assert.match(lines[2] ?? "", /^! There is nothing to calculate/);
});

test("/hist lists what was asked, with answers and errors", async () => {
  const lines = await typed("1+1\n1/\n/hist\n/hist 0\n/hist 1\n");
  const history = lines.filter((line) => /^\d/.test(line));
  assert.deepEqual(history.slice(0, 1), ["1: 1+1  = 2"]);
  assert.match(history[1] ?? "", /^2: 1\/ {2}! /);
  assert.equal(history.length, 3);
  assert.ok(lines.some((line) => line.startsWith("! /hist takes")));
});

test("/help is printed from the table, and about one command", async () => {
  const lines = await typed("/help\n/help hist\n");
  for (const command of ["/calc", "/hist", "/help", "/bye", "/session", "/resume"]) {
    assert.ok(
      lines.some((line) => line.startsWith(`Server > ${command}`)),
      command,
    );
  }
  assert.ok(lines.includes("Server > /hist [N]"));
});

test("fin, /bye and /quit say goodbye and close, what stands after them is not done", async () => {
  for (const word of ["fin", "/bye", "/quit"]) {
    const line = await Line.to(running.port);
    line.send(`1+1\n${word}\n2+2\n`);
    assert.deepEqual(await line.rest(), ["= 2", "Server > Goodbye!"]);
  }
});

test("fin in two packets ends, fini does not", async () => {
  const line = await Line.to(running.port);
  line.send("fini = 2\nfi");
  assert.equal(await line.next(), "= 2");
  line.send("n\n");
  assert.deepEqual(await line.rest(), ["Server > Goodbye!"]);
});

test("a letter cut between packets arrives whole", async () => {
  const line = await Line.to(running.port);
  const bytes = Buffer.from('concat("é", "ß")\n');
  for (const byte of bytes) line.send(Uint8Array.of(byte));
  assert.equal(await line.next(), "= éß");
  line.close();
});

test("control characters are never echoed", async () => {
  const lines = await typed('"\u001b[31m" + \u0007\nconcat("\u001b", "x")\n');
  for (const line of lines) assert.doesNotMatch(line, /[\u0000-\u001f\u007f]/);
});

test("a line that is too long or not UTF-8 is told so, and the next is answered", async () => {
  const lines = await typed(`${"1+".repeat(40_000)}1\n`, Uint8Array.of(0x31, 0xc3, 0x28, 0x0a), "2+2\n");
  assert.match(lines[0] ?? "", /longer than 65536 bytes/);
  assert.match(lines[1] ?? "", /not UTF-8/);
  assert.equal(lines[2], "= 4");
});

test("/session tells a token, /resume finds the history and the variables again", async () => {
  const first = await typed("x = 21\n/session\n");
  const token = /\/resume (\S+)/.exec(first.join("\n"))?.[1] ?? "";
  const second = await typed(`/resume ${token}\nx * 2\n/hist\n/resume nonsense\n`);
  assert.match(second[0] ?? "", /^Server > Welcome back\. Your history has 1 entry\.$/);
  assert.ok(second.includes("= 42"));
  assert.ok(second.includes("1: x = 21  = 21"));
  assert.ok(second.includes("! No history is known by that token."));
});
