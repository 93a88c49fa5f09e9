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

test("/vars shows variables and functions with what they hold, /unset removes one", async () => {
  const lines = await typed("/vars\nx = 3 cm\nf(t) = t + x\nm = [1, 2]\n/vars\n/unset x\n/unset x\n/unset 1\n/vars\nf(1 cm)\n");
  assert.deepEqual(lines.slice(0, 10), [
    "Server > You have no variables. x = 3 sets one.",
    "= 3 cm",
    "= f(t)",
    "= [1, 2]",
    "f(t) = t + x",
    "m = [1, 2]",
    "x = 3 cm",
    "Server > x is gone.",
    "! There is no variable of this name. /vars lists them.",
    "! There is no variable of this name. /vars lists them.",
  ]);
  assert.deepEqual(lines.slice(10, 12), ["f(t) = t + x", "m = [1, 2]"]);
  assert.match(lines[12] ?? "", /^! There is no variable or constant of this name/);
});

test("/mode sets the number system for the lines after it", async () => {
  const lines = await typed(
    "1/3\n/mode bignumber 30\n1/3\n/mode fraction\n1/3\n/mode\n/mode 7\n/mode BigNumber 0\n/mode number\n1/3\n",
  );
  assert.deepEqual(lines, [
    "= 0.33333333333333",
    "Server > A numeral is a BigNumber with 30 digits.",
    "= 0.333333333333333333333333333333",
    "Server > A numeral is a Fraction.",
    "= 1/3",
    "Server > A numeral is a Fraction.",
    "! /mode takes number, BigNumber, Fraction, bigint, and how many digits, 1 to 1000; or implicit, or explicit.",
    "! /mode takes number, BigNumber, Fraction, bigint, and how many digits, 1 to 1000; or implicit, or explicit.",
    "Server > A numeral is a number.",
    "= 0.33333333333333",
  ]);
});

test("/mode explicit asks for the sign of each product, /mode implicit no more", async () => {
  const lines = await typed("2 (3)\n/mode explicit\n2 (3)\n2 inch\n/mode Fraction\n/mode implicit\n2 (3)\n");
  assert.deepEqual(lines, [
    "= 6",
    "Server > A numeral is a number. Multiplication needs its sign: 2 * x.",
    "! The expression cannot be read: Values in a row are not multiplied; write * between them.",
    "!   2 (3)",
    "!     ^",
    "= 2 inch",
    "Server > A numeral is a Fraction. Multiplication needs its sign: 2 * x.",
    "Server > A numeral is a Fraction.",
    "= 6/1",
  ]);
});

test("/again evaluates an entry anew, with the variables of now", async () => {
  const lines = await typed("x = 1\nx + 1\nx = 5\n/again 2\n/again 9\n/again x\n1 +\n/again 5\n");
  assert.deepEqual(lines.slice(0, 7), [
    "= 1",
    "= 2",
    "= 5",
    "Server > x + 1",
    "= 6",
    "! Your history has no entry of this number.",
    "! /again takes the number of an entry; /hist tells them.",
  ]);
  assert.ok(lines.slice(-3).every((line) => line.startsWith("! ")));
  assert.equal(lines.at(-4), "Server > 1 +");
});

test("/export gives JSON lines or CSV without control characters", async () => {
  const line = await Line.to(running.port);
  // One after the other: what is asked together may be recorded in another order.
  line.send("/export\n1+1\n");
  const first = (await line.lines(2)).map(String);
  line.send('"=a\u001bb\u202e"\n');
  const second = (await line.lines(1)).map(String);
  line.send("/export\n/export csv 1\n/export pdf\nfin\n");
  const lines = [...first, ...second, ...(await line.rest())];
  assert.equal(lines[0], "Server > There is nothing to export.");
  assert.equal(JSON.parse(lines[3] ?? "").expression, "1+1");
  assert.equal(JSON.parse(lines[4] ?? "").text, "=a\u001bb\u202e");
  assert.match(lines[5] ?? "", /^2,2.*,string,'=a\\u001bb\\u202e,,\d+,[0-9a-f]{64}$/);
  assert.match(lines[6] ?? "", /^! \/export takes/);
  for (const line of lines) assert.doesNotMatch(line, /[\p{Cc}\p{Cf}]/u);
});

test("/nick takes a name that nobody has; goodbye says it", async () => {
  const first = await Line.to(running.port);
  first.send("/nick alice\n/session\n");
  assert.deepEqual((await first.lines(2))[0], "Server > You are alice now.");
  assert.match((await first.next()) ?? "", /^Server > Come back with/);
  assert.match((await first.next()) ?? "", /^Server > You have used [\d.]+ of 30 s/);
  const lines = await typed("/nick Alice\n/nick\n/nick a b\n/nick Server\n/nick bob\n/bye\n/time\n");
  assert.deepEqual(lines, [
    "! Somebody else has this nickname.",
    "! /nick takes the name you want.",
    "! This cannot be a nickname: 1 to 32 letters, digits, _, . or -.",
    "! This cannot be a nickname: this one is the server's own.",
    "Server > You are bob now.",
    "Server > Goodbye bob!",
  ]);
  first.send("/session\nfin\n");
  assert.match((await first.next()) ?? "", /^Server > You are alice\. Your history has 0 entries\.$/);
  assert.deepEqual((await first.rest()).slice(2), ["Server > Goodbye alice!"]);
  // Free again: she has left.
  assert.deepEqual(await typed("/nick Alice\n"), ["Server > You are Alice now."]);
});

test("/time, /ping and /limits tell of the server", async () => {
  const lines = await typed("/time\n/ping\n/limits\n");
  assert.match(lines[0] ?? "", /^Server > It is \d{4}-\d\d-\d\dT[\d:.]+Z\.$/);
  assert.equal(lines[1], "Server > pong");
  assert.ok(lines.slice(2).every((line) => /^Server > [a-zA-Z]+ +\d+$/.test(line)));
  assert.ok(lines.some((line) => /^Server > expressionBytesMax +4096$/.test(line)));
});

test("every command of the help answers when it is typed alone, and has a page of its own", async () => {
  const names = (await typed("/help\n")).map((line) => /^Server > \/([a-z]+)/.exec(line)?.[1] ?? "");
  assert.ok(names.length >= 15);
  for (const name of names) {
    const [answer = ""] = await typed(`/${name}\n`);
    assert.match(answer, /^(Server > |! )/, name);
    assert.doesNotMatch(answer, /no such command/, name);
    const page = await typed(`/help /${name}\n`);
    assert.ok(page[0]?.startsWith(`Server > /${name}`) && page.length >= 2, name);
  }
  assert.match((await typed("/help hits\n"))[0] ?? "", /Did you mean \/hist\?/);
});
