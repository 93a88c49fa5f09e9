/** The terminal client on a real pseudo terminal: what a person sees after each key. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { openDesk } from "../access/fixture.ts";
import { freePort, type Speaker } from "../client/speaker.ts";
import { start } from "../system/running.ts";
import { openCalculator } from "./calculator.ts";
import { Typist } from "./running.ts";

/** A typist and a server that are gone after the test, however it ends. */
function sit(t: TestContext, args: string[], state?: string): Typist {
  const typist = new Typist(args, state);
  t.after(() => typist.leave());
  return typist;
}

async function serve(t: TestContext, port = 0): Promise<Speaker> {
  const server = await openCalculator(port);
  t.after(() => server.close());
  return server;
}

function makeFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "canaduck-state-"));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

// script(1) takes its command in this form on Linux only.
const onLinux = { skip: process.platform === "linux" ? false : "needs the script(1) of util-linux", timeout: 60_000 };

test("answers, errors with a caret, matrices, history, goodbye", onLinux, async (t) => {
  const server = await serve(t);
  const typist = sit(t, ["--connect", server.url]);
  await typist.sees(/connected to tcp:.*\/help helps/);
  typist.types("2+2\r");
  await typist.sees(/\n= 4\r\n/);
  typist.types("1 + sqr(2)\r");
  await typist.sees(
    /! There is no function sqr\. \(unknown_function\)\r\n {2}1 \+ sqr\(2\)\r\n {6}\^\^\^\r\n {2}did you mean sqrt, square\?\r\n/,
  );
  typist.types("matrix\r");
  await typist.sees(/= \[ {3}1 {2}20 \]\r\n {2}\[ 300 {3}4 \]\r\n/);
  typist.types("/hist\r");
  await typist.sees(/ 9 {2}2\+2 {2}= 4\r\n10 {2}1\/ {2}! The expression cannot be read\.\r\n/);
  typist.types("/hits\r");
  await typist.sees(/Did you mean \/hist\?/);
  typist.types("/help\r");
  await typist.sees(/\/session +who you are/);
  typist.types("/session\r");
  await typist.sees(/canaduck --connect tcp:\S+ --resume token-0123456789abcdef/);
  typist.types("evil\r");
  await typist.sees(/= "\\u001b\[2Jx\r\n {2}y\\u202e"\r\n/);
  typist.types("fin\r");
  await typist.sees(/Goodbye!/);
  assert.equal(await typist.ends(), 0);
});

test("Tab completes functions of the server, variables and commands", onLinux, async (t) => {
  const server = await serve(t);
  const typist = sit(t, ["--connect", server.url]);
  await typist.sees(/connected/);
  typist.types("x = 3\r");
  await typist.sees(/= 3\r\n/);
  // Each key by itself: readline takes a Tab inside a longer piece for pasted text.
  for (const [typed, completed] of [
    ["xyl", "xylo"],
    ["sqr", "sqrt"],
    ["/by", "/bye"],
  ] as const) {
    await typist.sees(/canaduck> \x1b\[11G$/);
    typist.types(typed);
    await typist.sees(new RegExp(`${typed}$`));
    typist.types("\t");
    await typist.sees(new RegExp(completed));
    typist.types("\r");
  }
  await typist.sees(/Goodbye!/);
  assert.deepEqual(
    server.heard.filter(({ method }) => method === "calc.evaluate").map(({ params }) => params["expression"]),
    ["x = 3", "xylo", "sqrt"],
  );
  assert.equal(await typist.ends(), 0);
});

test("started before the server it waits and connects by itself; a lost connection is taken up again", onLinux, async (t) => {
  const port = await freePort();
  const typist = sit(t, ["--connect", `tcp://127.0.0.1:${port}`]);
  await typist.sees(/waiting for canaduck at tcp:\S+ \(connection refused\)/);
  const first = await serve(t, port);
  await typist.sees(/connected to/);
  await first.close();
  await typist.sees(/the connection was lost/);
  typist.types("2+2\r");
  const second = await serve(t, port);
  await typist.sees(/connected to \S+ again; your history is here, 10 entries/);
  await typist.sees(/= 4\r\n/);
  assert.equal((await second.hears("session.open")).params["resume"], "token-0123456789abcdef");
  typist.types("\u0004");
  await typist.sees(/Goodbye!/);
  assert.equal(await typist.ends(), 0);
});

test("Ctrl-C stops waiting for an answer and clears a line; Ctrl-D ends", onLinux, async (t) => {
  const server = await serve(t);
  const typist = sit(t, ["--connect", server.url]);
  await typist.sees(/connected/);
  typist.types("never\r");
  const { id } = await server.hears("calc.evaluate");
  typist.types("\u0003");
  assert.deepEqual((await server.hears("$/cancelRequest")).params, { id });
  await typist.sees(/! the call was cancelled/);
  typist.types("1234\u00032+2\r");
  await typist.sees(/= 4\r\n/);
  typist.types("\u0004");
  assert.equal(await typist.ends(), 0);
});

test("typed lines are kept for the next start, in a file of their own", onLinux, async (t) => {
  const state = makeFolder(t);
  const server = await serve(t);
  const first = sit(t, ["--connect", server.url], state);
  await first.sees(/connected/);
  first.types("2+2\r");
  await first.sees(/= 4\r\n/);
  first.types("/bye\r");
  await first.ends();
  const path = join(state, "canaduck", "typed-lines");
  assert.equal(readFileSync(path, "utf8"), "2+2\n/bye\n");
  assert.equal(statSync(path).mode & 0o777, 0o600);
  const second = sit(t, ["--connect", server.url], state);
  await second.sees(/connected/);
  second.types("\u001b[A\u001b[A\r");
  await second.sees(/= 4\r\n/);
  second.types("\u0004");
  await second.ends();
});

test("a state folder that cannot be used is told and harms nothing", onLinux, async (t) => {
  const folder = makeFolder(t);
  const file = join(folder, "file");
  writeFileSync(file, "");
  const server = await serve(t);
  const typist = sit(t, ["--connect", server.url], file);
  await typist.sees(/typed lines are not kept/);
  typist.types("2+2\r");
  await typist.sees(/= 4\r\n/);
  typist.types("\u0004");
  assert.equal(await typist.ends(), 0);
});

test("a resume token nobody knows, or no server in time, ends with a sentence", onLinux, async (t) => {
  const typist = sit(t, ["--no-wait", "--connect", `tcp://127.0.0.1:${await freePort()}`]);
  await typist.sees(/! no server answers at/);
  assert.equal(await typist.ends(), 69);
});

test(
  "against the real server: /login asks unseen, the history is the token's, /resume goes back, Ctrl-C cancels a bomb",
  onLinux,
  async (t) => {
    const desk = openDesk(t);
    const token = desk.issue("alice", "user");
    const running = await start({ tokens: desk.tokens });
    t.after(() => running.close());
    const state = makeFolder(t);
    const typist = sit(t, ["--connect", running.url], state);
    await typist.sees(/connected/);
    typist.types("x = 3\r");
    await typist.sees(/= 3\r\n/);
    typist.types("/session\r");
    await typist.sees(/--resume [\w-]+\r\n/);
    const resume = /--resume ([\w-]+)/.exec(typist.text)?.[1] ?? "";

    typist.types("/login\r");
    await typist.sees(/Token: $/);
    typist.types("ckt_wrong\r");
    await typist.sees(/! .*\(unauthenticated\)/);
    typist.types("/login\r");
    await typist.sees(/unauthenticated[\s\S]*Token: $/);
    typist.types(`${token}\r`);
    await typist.sees(/You are in; your history has 0 entries/);
    typist.types("x\r");
    await typist.sees(/! There is no variable/);
    // Given up with half of it typed.
    typist.types("/login\r");
    await typist.sees(/There is no variable[\s\S]*Token: $/);
    typist.types("ckt_half");
    typist.types("\u0003");
    await typist.sees(/Token: \r\n/);

    typist.types("/resume\r");
    await typist.sees(/Resume token: $/);
    typist.types(`${resume}\r`);
    await typist.sees(/Your history is here, 1 entry/);
    typist.types("x + $1\r");
    await typist.sees(/= 6\r\n/);

    typist.types("f(n) = n < 1 ? 0 : f(n - 1) + f(n - 1); f(60)\r");
    typist.types("\u0003");
    await typist.sees(/! the call was cancelled/);
    typist.types("ans * 7\r");
    await typist.sees(/= 42\r\n/);
    typist.types("\u001b[A\u001b[A\u001b[A\u001b[A\r");
    await typist.sees(/Resume token: $/);
    typist.types("\u0004");
    await typist.sees(/Goodbye!/);
    assert.equal(await typist.ends(), 0);

    assert.ok(!typist.text.includes(token) && !typist.text.includes("ckt_"), "a token was shown");
    const kept = readFileSync(join(state, "canaduck", "typed-lines"), "utf8");
    assert.ok(!kept.includes("ckt_") && !kept.includes(resume), "a token was kept");
    assert.match(kept, /^x = 3\n\/session\n\/login\n/);
  },
);

test("after a reconnect a client that logged in is still who it became", onLinux, async (t) => {
  const server = await serve(t);
  const typist = sit(t, ["--connect", server.url, "--number", "BigNumber"]);
  await typist.sees(/connected/);
  typist.types("/login secret-of-mine\r");
  await typist.sees(/You are in/);
  server.hangUp();
  const { params } = await server.hears("session.open", 3);
  assert.deepEqual(params, { number: "BigNumber", token: "secret-of-mine", resume: "token-0123456789abcdef" });
  typist.types("\u0004");
  assert.equal(await typist.ends(), 0);
});
