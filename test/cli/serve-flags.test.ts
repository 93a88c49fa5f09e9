/** The short way through the flags of `serve` reads what commander reads, or leaves it to it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { start } from "../../src/cli/program.ts";
import { readServeFlags } from "../../src/cli/serve-flags.ts";
import { CONFIG_FLAGS } from "../../src/config.ts";

/** What commander makes of it. */
async function read(args: string[]): Promise<Record<string, unknown> | undefined> {
  let read: Record<string, unknown> | undefined;
  const other = async (): Promise<void> => undefined;
  const serve = async (flags: Record<string, unknown>): Promise<void> => {
    read = flags;
  };
  const starters = { serve, calc: other, repl: other, history: other, token: other, selfcheck: other, print: () => undefined };
  await start(args, { version: "0", columns: undefined }, starters);
  return read;
}

test("every flag is read as commander reads it, once and twice", async () => {
  const all = [...CONFIG_FLAGS.map(({ flag }) => flag), "--config"];
  const once = ["serve", ...all.flatMap((flag, at) => [flag, `value ${at}`])];
  for (const args of [["serve"], once, [...once, ...once.slice(1)], ["serve", "--listen", "a,b", "--listen", "c"]])
    assert.deepEqual(readServeFlags(args), await read(args));
});

test("what is not as plain as that is left to commander", () => {
  const lines = [
    "",
    "calc 1",
    "serve --help",
    "serve --listen",
    "serve --listen=a",
    "serve a",
    "serve --liste a",
    "serve --listen -x",
  ];
  for (const line of lines) assert.equal(readServeFlags(line.split(" ")), undefined, line);
});
