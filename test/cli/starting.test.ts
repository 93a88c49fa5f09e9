/** Starts under odd circumstances: few descriptors, strange descriptors, folders that cannot be made. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../bin/canaduck.js", import.meta.url));
const serve = ["serve", "--listen", "tcp://127.0.0.1:0", "--history", "memory:", "--log-level", "silent"];
const patienceMs = 60_000;

for (const limit of [64, 128]) {
  test(`a server with ${limit} descriptors starts, also with one beyond the limit left open by its starter`, async () => {
    const script = `exec 251</dev/null; ulimit -n ${limit}; exec "$@"`;
    const shell = ["-c", script, "-", process.execPath, program, ...serve];
    const server = spawn("/bin/bash", shell, { stdio: ["ignore", "pipe", "inherit"] });
    const ended = once(server, "exit");
    const [line] = await Promise.race([once(server.stdout, "data"), ended]);
    server.kill("SIGTERM");
    assert.match(String(line), /^canaduck listening on tcp:/);
    assert.deepEqual(await ended, [0, null]);
  });
}

for (const [setting, value] of [
  ["CANADUCK_CACHE_DIR", "/proc/nope/deeper"],
  ["CANADUCK_HISTORY", "sqlite:/proc/nope/deeper/history.db"],
] as const) {
  test(`${setting} where no folder can be made ends the start with a sentence`, async () => {
    const args = setting === "CANADUCK_HISTORY" ? serve.filter((word) => !/history|memory/.test(word)) : serve;
    const server = spawn(process.execPath, [program, ...args], {
      env: { ...process.env, [setting]: value },
      stdio: ["ignore", "ignore", "pipe"],
      timeout: patienceMs,
      killSignal: "SIGKILL",
    });
    const [said, [code]] = await Promise.all([text(server.stderr), once(server, "exit")]);
    assert.equal(code, 1);
    assert.match(said, /^canaduck: cannot start: .*nope/m);
  });
}

test("a file of tokens where no folder can be made is told of, and nothing is tried for ever", async () => {
  const args = [program, "token", "create", "--name", "alice", "--role", "user", "--tokens", "/proc/nope/deeper/tokens.json"];
  const made = spawn(process.execPath, args, {
    stdio: ["ignore", "ignore", "pipe"],
    timeout: patienceMs,
    killSignal: "SIGKILL",
  });
  const [said, [code]] = await Promise.all([text(made.stderr), once(made, "exit")]);
  assert.equal(code, 73);
  assert.match(said, /^canaduck: .*its folder cannot be made/m);
});
