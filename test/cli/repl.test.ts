/** The terminal client on a real pseudo terminal: what a person sees after each key. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { freePort } from "../client/speaker.ts";
import { openCalculator } from "./calculator.ts";
import { Typist } from "./running.ts";

// script(1) takes its command in this form on Linux only.
const onLinux = { skip: process.platform === "linux" ? false : "needs the script(1) of util-linux" };

test("answers, errors with a caret, matrices, history, goodbye", onLinux, async () => {
  const server = await openCalculator();
  const typist = new Typist(["--connect", server.url]);
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
  await typist.sees(/= "\\u\{1b\}\[2Jx\r\n {2}y\\u\{202e\}"\r\n/);
  typist.types("fin\r");
  await typist.sees(/Goodbye!/);
  assert.equal(await typist.ends(), 0);
  await server.close();
});

test("Tab completes functions of the server, variables and commands", onLinux, async () => {
  const server = await openCalculator();
  const typist = new Typist(["--connect", server.url]);
  await server.hears("server.info");
  await typist.sees(/connected/);
  typist.types("x = 3\r");
  await typist.sees(/= 3\r\n/);
  typist.types("xy\t\r");
  await server.hears("calc.evaluate", 2);
  assert.equal(server.heard.findLast(({ method }) => method === "calc.evaluate")?.params["expression"], "xylo");
  typist.types("sqr\t\r");
  await server.hears("calc.evaluate", 3);
  assert.equal(server.heard.findLast(({ method }) => method === "calc.evaluate")?.params["expression"], "sqrt");
  typist.types("/by\t\r");
  await typist.sees(/Goodbye!/);
  assert.equal(await typist.ends(), 0);
  await server.close();
});

test("started before the server it waits and connects by itself; a lost connection is taken up again", onLinux, async () => {
  const port = await freePort();
  const typist = new Typist(["--connect", `tcp://127.0.0.1:${port}`]);
  await typist.sees(/waiting for canaduck at tcp:\S+ \(connection refused\)/);
  const first = await openCalculator(port);
  await typist.sees(/connected to/);
  await first.close();
  await typist.sees(/the connection was lost/);
  typist.types("2+2\r");
  const second = await openCalculator(port);
  await typist.sees(/connected to \S+ again; your history is here, 10 entries/);
  await typist.sees(/= 4\r\n/);
  assert.equal((await second.hears("session.open")).params["resume"], "token-0123456789abcdef");
  typist.types("\u0004");
  await typist.sees(/Goodbye!/);
  assert.equal(await typist.ends(), 0);
  await second.close();
});

test("Ctrl-C stops waiting for an answer and clears a line; Ctrl-D ends", onLinux, async () => {
  const server = await openCalculator();
  const typist = new Typist(["--connect", server.url]);
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
  await server.close();
});

test("typed lines are kept for the next start, in a file of their own", onLinux, async () => {
  const state = mkdtempSync(join(tmpdir(), "canaduck-state-"));
  const server = await openCalculator();
  const first = new Typist(["--connect", server.url], state);
  await first.sees(/connected/);
  first.types("2+2\r");
  await first.sees(/= 4\r\n/);
  first.types("/bye\r");
  await first.ends();
  const path = join(state, "canaduck", "typed-lines");
  assert.equal(readFileSync(path, "utf8"), "2+2\n/bye\n");
  assert.equal(statSync(path).mode & 0o777, 0o600);
  const second = new Typist(["--connect", server.url], state);
  await second.sees(/connected/);
  second.types("\u001b[A\u001b[A\r");
  await second.sees(/= 4\r\n/);
  second.types("\u0004");
  await second.ends();
  await server.close();
  rmSync(state, { recursive: true });
});

test("a state folder that cannot be used is told and harms nothing", onLinux, async () => {
  const folder = mkdtempSync(join(tmpdir(), "canaduck-state-"));
  const file = join(folder, "file");
  writeFileSync(file, "");
  const server = await openCalculator();
  const typist = new Typist(["--connect", server.url], file);
  await typist.sees(/typed lines are not kept/);
  typist.types("2+2\r");
  await typist.sees(/= 4\r\n/);
  typist.types("\u0004");
  assert.equal(await typist.ends(), 0);
  await server.close();
  rmSync(folder, { recursive: true });
});

test("a resume token nobody knows, or no server in time, ends with a sentence", onLinux, async () => {
  const typist = new Typist(["--no-wait", "--connect", `tcp://127.0.0.1:${await freePort()}`]);
  await typist.sees(/! no server answers at/);
  assert.equal(await typist.ends(), 69);
});
