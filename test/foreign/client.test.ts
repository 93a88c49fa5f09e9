/** A whole client in another language, written from the documentation alone: what it does is kept, and every reply it gets is on record. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { openDesk } from "../access/fixture.ts";
import { assertKept } from "../kept.ts";
import { start } from "../system/running.ts";
import { Relay } from "./relay.ts";

const PROGRAM = fileURLToPath(new URL("client.py", import.meta.url));
const isMissing = spawnSync("python3", ["--version"]).error !== undefined;

test("a client in Python does all a client has to do", {
  skip: isMissing && "python3 is not on this machine",
  timeout: 120_000,
}, async (t) => {
  const desk = openDesk(t);
  const tokens = [desk.issue("alice", "user"), desk.issue("root", "operator")];
  const running = await start({ tokens: desk.tokens, drainMs: "1000" });
  t.after(() => running.close());
  const relay = await Relay.open(running.port);
  const child = spawn("python3", ["-B", PROGRAM, String(relay.port), ...tokens], { stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => child.kill("SIGKILL"));
  const [said, [status]] = await Promise.all([text(child.stdout), once(child, "close")]);
  assert.equal(status, 0);
  assertKept(new URL("transcripts/python-client.txt", import.meta.url), said);
});
