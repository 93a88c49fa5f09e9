/** The terminal client at a real server: the commands that ask it something, and Tab. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { start } from "../system/running.ts";
import { Typist } from "./running.ts";

// script(1) takes its command in this form on Linux only.
const onLinux = { skip: process.platform === "linux" ? false : "needs the script(1) of util-linux", timeout: 60_000 };

test("variables, settings, earlier entries, a nickname and the server's facts", onLinux, async (t) => {
  const server = await start();
  t.after(() => server.close());
  const typist = new Typist(["--connect", server.url]);
  t.after(() => typist.leave());
  await typist.sees(/connected to/);
  for (const [typed, seen] of [
    ["/vars", /Nothing assigned yet/],
    ["x = 7", /= 7\r\n/],
    ["f(t) = t + x", /= f\(t\)\r\n/],
    ["f(1)", /= 8\r\n/],
    ["/vars", /f\(t\) = t \+ x\r\nx = 7\r\n/],
    ["/unset x", /x is gone/],
    ["/unset x", /there is no variable of this name \(not_found\)/],
    ["x = 20", /= 20\r\n/],
    ["/again 3", /f\(1\)\r\n= 21\r\n/],
    ["/again 99", /there is no entry of this number/],
    ["/mode BigNumber 25", /A numeral is a BigNumber with 25 digits/],
    ["1/3", /= 0\.3{25}\r\n/],
    ["/nick otto", /You are otto now/],
    ["/nick a b", /1 to 32 letters.*nick_invalid/],
    ["/time", /It is \d{4}-.*at the server/],
    ["/limits", /expressionBytesMax +4096\r\n/],
    ["/export csv", /seq,at,expression,type,text,error,elapsedUs,hash\r\n1,/],
  ] as const) {
    typist.types(`${typed}\r`);
    await typist.sees(seen);
  }
  typist.types("derivat");
  await typist.sees(/derivat$/);
  typist.types("\t");
  await typist.sees(/derivative$/);
  typist.types("\u0015/bye\r");
  await typist.sees(/Goodbye!/);
  assert.equal(await typist.ends(), 0);
});
