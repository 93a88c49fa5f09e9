/** Programs that know nothing of JSON-RPC: Python's own sockets, and nc. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import { start } from "../system/running.ts";
import { Relay } from "./relay.ts";

const running = await start();
after(() => running.close());

const PYTHON = `
import json, socket, sys
peer = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
replies = peer.makefile("r", encoding="utf-8", newline="\\n")
def call(id, method, params):
    peer.sendall(json.dumps({"jsonrpc": "2.0", "id": id, "method": method, "params": params}).encode() + b"\\n")
    return json.loads(replies.readline())
print(call(1, "calc.evaluate", {"expression": "6 * 7"})["result"]["text"])
print(call(2**70, "server.ping", {"echo": "\\u00e9"})["id"] == 2**70)
print(call("\\U0001f600", "calc.evaluate", ["sqr(2)"])["error"]["data"]["name"])
peer.sendall(b'{"jsonrpc":"2.0","id":null,"method":"server.ping","params":["last"]}')
peer.shutdown(socket.SHUT_WR)
print(json.loads(replies.readline())["result"]["echo"], repr(replies.read()))
`;

function isMissing(command: string, args: string[]): boolean {
  return spawnSync(command, args).error !== undefined;
}

/** nc that closes its sending side at the end of input says so by -N; others do it unasked or know -q. */
function ncFlag(): string | undefined {
  const { stdout, stderr, error } = spawnSync("nc", ["-h"], { encoding: "utf8" });
  if (error !== undefined) return undefined;
  return /-\w*N\w*|\bN\b.*[Ss]hutdown/.test(`${stdout}${stderr}`) ? "-N" : "-q1";
}

async function run(command: string, args: string[], input: string): Promise<string> {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(input);
  return text(child.stdout);
}

test("Python's sockets", { skip: isMissing("python3", ["--version"]) && "python3 is not on this machine" }, async () => {
  const relay = await Relay.open(running.port);
  assert.equal(await run("python3", ["-", String(relay.port)], PYTHON), "42\nTrue\nunknown_function\nlast ''\n");
  await relay.close("python");
});

test("nc", async (t) => {
  const flag = ncFlag();
  if (flag === undefined) return t.skip("nc is not on this machine");
  const relay = await Relay.open(running.port);
  const args = [flag, "127.0.0.1", String(relay.port)];
  assert.equal(await run("nc", args, "/calc 2+2\nx = 3\nx^2\n/hist 1\nfin\n"), "= 4\n= 3\n= 9\n3: x^2  = 9\nServer > Goodbye!\n");
  const reply = await run("nc", args, '{"jsonrpc":"2.0","id":1.50,"method":"calc.evaluate","params":["2+2"]}');
  assert.match(reply, /^\{"jsonrpc":"2\.0","id":1\.50,"result":\{"type":"number","value":4,.*\}\n$/);
  await relay.close("nc");
});
