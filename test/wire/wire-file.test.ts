/** The notation of the corpus: what is read, what is refused and where, and that a wrong reply is never taken for a right one. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { describe, test } from "node:test";
import { play, type Stage } from "../../scripts/conformance/dialogue.ts";
import { cutReplies, frame } from "../../scripts/conformance/framing.ts";
import { toPackets } from "../../scripts/conformance/notation.ts";
import { matches } from "../../scripts/conformance/pattern.ts";
import { parseWire } from "../../scripts/conformance/wire-file.ts";
import { QUESTION } from "./stages.ts";

const HEAD = "clause C\n";
/** What answers the call that ends a case. */
const LAST = '{"id":"the connection lives on"}\n';

describe("a file that cannot be read is refused with its line", () => {
  const refused: [string, RegExp][] = [
    ["case 1 t\n> x\nnothing", /a:1: no clause/],
    [`${HEAD}case t\n> x\nnothing`, /a:2: write case NUMBER TITLE/],
    [`${HEAD}case 1\n> x\nnothing`, /a:2: write case NUMBER TITLE/],
    [`${HEAD}> x`, /a:2: this belongs to no case/],
    [`${HEAD}case 1 t\n> x`, /a:2: the case expects nothing/],
    [`${HEAD}case 1 t\n=> x\nnothing`, /a:3: "=>" cannot be read/],
    [`${HEAD}case 1 t\n> %zz%\nnothing`, /a:3: %zz% means nothing here/],
    [`${HEAD}case 1 t\n> 50% of\nnothing`, /a:3: a percent sign is alone/],
    [`${HEAD}case 1 t\n> x\n< %anything%`, /a:4: %anything% means nothing here/],
    [`${HEAD}case 1 t\n> x\n<~ (`, /a:4: SyntaxError/],
    [`${HEAD}case 2 t\n> x\nnothing\ncase 2 u\n> x\nnothing`, /a:5: case 2 comes after case 2/],
    [`${HEAD}case 1 t\n>> x\nnothing`, /a:2: bytes as they stand need one framing/],
    [`${HEAD}framing smoke\n`, /a:2: no framing is called smoke/],
    [`${HEAD}server mine\n`, /a:2: server is any or canaduck/],
    [`${HEAD}settings a\n`, /a:2: settings are name=value/],
    [`${HEAD}colour red\n`, /a:2: "colour" cannot be read/],
    [`${HEAD}rows 1 t\n> %1%\nnothing`, /a:2: there is no row/],
    [`${HEAD}case 1 t\n> x\nnothing\n| y`, /a:2: rows belong/],
    [`${HEAD}rows 1 t\n> %2%\nnothing\n| y`, /a:5: there is no column 2/],
  ];
  for (const [text, message] of refused) test(message.source, () => assert.throws(() => parseWire(text, "a"), { message }));
});

test("rows become cases, and what stands above them holds", () => {
  const cases = parseWire(`${HEAD}server any\nframing text\nsettings a=1\nrows 5 is %1%\n> %1%\n< %2%\n| x | 1\n| y | 2\n`, "a");
  assert.deepEqual(
    cases.map(({ number, title, place, neutral, framings, settings }) => [number, title, place, neutral, framings, settings]),
    [
      [5, "is x", "a:8", true, ["text"], { a: "1" }],
      [6, "is y", "a:9", true, ["text"], { a: "1" }],
    ],
  );
});

test("what is sent is bytes, cut where it says so", () => {
  const packets = toPackets('a%c3%%cut%%a9 00%%% %"xy" * 3% %method%', QUESTION);
  assert.deepEqual(packets, [Buffer.from([0x61, 0xc3]), Buffer.from('\xa9\0% xyxyxy "server.ping"', "latin1")]);
  assert.deepEqual(frame("headers", packets)[0], Buffer.from("Content-Length: 26\r\n\r\na\xc3", "latin1"));
  assert.deepEqual(cutReplies("headers", Buffer.from("Content-Length: 2\r\n\r\nabContent-Length: 2\r\n\r\na")), {
    replies: ["ab"],
    used: 23,
  });
});

describe("a reply fits or does not", () => {
  const rows: [how: "json" | "exact" | "bytes" | "regexp", wanted: string, reply: string, fits: boolean][] = [
    ["json", '{"a":1.0,"b":"\\u0041"}', '{"b":"A","a":1}', true],
    ["exact", '{"a":1.0}', '{"a":1}', false],
    ["exact", '{"a":"\\u0041"}', '{"a":"A"}', false],
    ["exact", '{"a":1.50,"b":[true,null]}', '{"b":[true,null],"a":1.50}', true],
    ["json", '{"a":1}', '{"a":1,"b":2}', false],
    ["json", '{"a":1,"b":2}', '{"a":1}', false],
    ["json", '{"a":1,%more%}', '{"a":1,"b":2}', true],
    ["json", '{"a":null}', "{}", false],
    ["json", "[1,2]", "[2,1]", true],
    ["json", "[%integer%,1]", "[1,2]", true],
    ["json", "[1,1]", "[1,2]", false],
    ["json", "[1,1]", "[1]", false],
    ["json", '{"a":[1,2]}', '{"a":[2,1]}', false],
    ["json", '{"a":[1,%rest%]}', '{"a":[1,2,3]}', true],
    ["json", '{"a":[1,%rest%]}', '{"a":[2]}', false],
    ["json", '{"a":%string%,"b":%any%}', '{"a":"x","b":{}}', true],
    ["json", '{"a":%string%}', '{"a":1}', false],
    ["json", '{"a":%integer%}', '{"a":1.5}', false],
    ["json", '{"error":%error -32600%}', '{"error":{"code":-32600,"message":"m"}}', true],
    ["json", '{"error":%error -32600%}', '{"error":{"code":-32600}}', false],
    ["json", '{"error":%error -32600|-32602%}', '{"error":{"code":-32602,"message":"m","data":1}}', true],
    ["json", '{"error":%error -32600%}', '{"error":{"code":-32601,"message":"m"}}', false],
    ["json", '{"error":%error -32600 x%}', '{"error":{"code":-32600,"message":"m","data":{"name":"y"}}}', false],
    ["json", '{"__proto__":1}', '{"__proto__":1}', true],
    ["json", '{"__proto__":1}', "{}", false],
    ["json", '{"a":1}', "[]", false],
    ["json", '{"a":1}', "no JSON", false],
    ["bytes", "= 4%%", "= 4%", true],
    ["bytes", "= 4", "= 4 ", false],
    ["regexp", "a.c", "abc", true],
    ["regexp", "a.c", "abcd", false],
  ];
  for (const [how, text, reply, fits] of rows) {
    test(`${how} ${text} ${fits ? "takes" : "refuses"} ${reply}`, () => {
      assert.equal(matches(reply, { how, text }, QUESTION), fits);
    });
  }
});

describe("a server that errs is found out", () => {
  /** The reason why the case fails against a server that does this with each line. */
  async function verdict(steps: string, react: (socket: Socket, line: string) => void): Promise<string> {
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      socket.on("error", () => undefined);
      socket.on("end", () => socket.end());
      socket.on("data", (chunk) => {
        for (const line of chunk.toString().trim().split("\n")) react(socket, line);
      });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    const open = async () => {
      const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
      await once(socket, "connect");
      return socket;
    };
    const stage: Stage = { connect: open, framing: "lines", question: QUESTION, patienceMs: 300, isOurs: true };
    const [one] = parseWire(`${HEAD}case 1 t\n${steps}`, "a");
    const { reason } = one === undefined ? { reason: "no case" } : await play(one, stage);
    server.close();
    return reason ?? "passed";
  }
  const ping = (line: string) => line.includes("server.ping");
  const echo = (socket: Socket, line: string) => socket.write(ping(line) ? LAST : `${line}\n`);

  const rows: [title: string, steps: string, react: (socket: Socket, line: string) => void, reason: RegExp][] = [
    ["it answers as it should", '> {"a":1}\n< {"a":1}', echo, /^passed$/],
    ["another answer", '> {"a":1}\n< {"a":2}', echo, /^no reply was: \{"a":2\}/],
    ["no answer", '> {"a":1}\n< {"a":1}', () => undefined, /^no reply was/],
    ["an answer to what needs none", '> {"a":1}\nnothing', echo, /^one reply too many: \{"a":1\}/],
    ["two answers", '> {"a":1}\n< {"a":1}', (s, l) => s.write(ping(l) ? LAST : `${l}\n${l}\n`), /^one reply too many/],
    ["silence afterwards", '> {"a":1}\n< {"a":1}', (s, l) => ping(l) || echo(s, l), /^a call after it was not answered/],
    ["it hangs up", '> {"a":1}\n< {"a":1}', (s) => s.destroy(), /^the server closed the connection before it answered/],
    ["it hangs up in place of silence", '> {"a":1}\nnothing', (s) => s.destroy(), /^a call after it was not answered/],
    ["it does not close", '> {"a":1}\n< {"a":1}\nclosed', echo, /^the server did not close/],
    ["half an answer more", '> {"a":1}\n< {"a":1}', (s, l) => s.write(ping(l) ? `${LAST}{` : `${l}\n`), /^half a reply/],
  ];
  for (const [title, steps, react, reason] of rows) {
    test(title, async () => assert.match(await verdict(steps, react), reason));
  }
});
