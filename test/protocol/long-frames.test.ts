/** Frames of one method may be longer than all others: only those, only so long, only while there is room. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createDecoder, type Decoder, type Frame } from "../../src/protocol/frame.ts";
import { dropFrame } from "../../src/protocol/long-frames.ts";
import { Room } from "../../src/protocol/room.ts";

const USUAL = 1024;
const LONG = 8192;
const ENVELOPE = '{"jsonrpc":"2.0","id":1,"method":"calc.evaluateRows","params":{"columns":{"x":["';
/** A frame of so many bytes: one column of one text. */
const rows = (bytes: number, envelope = ENVELOPE) => `${envelope}${"x".repeat(bytes - envelope.length - 5)}"]}}}`;
const asLine = (text: string) => `${text}\n`;
const asBody = (text: string) => `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;

function open(roomBytes = 100_000): { decoder: Decoder; room: Room; say(bytes: string, cut?: number): Frame[] } {
  const room = new Room(roomBytes);
  const table = { namesMax: 64, bracketsMax: 100, depthMax: 8 };
  const decoder = createDecoder({ frameBytesMax: USUAL, longFrames: { bytesMax: LONG, room, table } });
  const say = (text: string, cut = 100) => {
    const bytes = Buffer.from(text);
    const pieces = Array.from({ length: Math.ceil(bytes.length / cut) }, (_, at) => bytes.subarray(at * cut, (at + 1) * cut));
    return pieces.flatMap((piece) => decoder.push(piece));
  };
  return { decoder, room, say };
}

/** Texts and tables by their lengths; what a table held of the room is given back. */
function show(frames: Frame[]): (number | string)[] {
  return frames.map((frame) => {
    if (frame.kind === "text") return frame.text.length;
    if (frame.kind !== "table") return frame.kind;
    const [list] = frame.table.lists;
    dropFrame(frame);
    // In the rest stands a zero for it.
    return list?.kind === "values" ? frame.table.rest.length - 1 + list.jsonOf(0, 1).length : "no values";
  });
}

for (const [framing, frame] of [
  ["lines", asLine],
  ["headers", asBody],
] as const) {
  test(`${framing}: a long frame of the method comes through however it is cut, up to its own limit, and leaves the room empty`, () => {
    const size = fc.integer({ min: USUAL - 3, max: LONG });
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 10_000 }), (bytes, cut) => {
        const { say, room } = open();
        assert.deepEqual(show(say(frame(rows(bytes)) + frame(rows(200)), cut)), [bytes, 200]);
        assert.equal(room.taken, 0);
      }),
      { numRuns: 200 },
    );
    const { say, room } = open();
    assert.deepEqual(show(say(frame(rows(LONG + 1)) + frame(rows(200)))), ["overlong", 200]);
    assert.equal(room.taken, 0);
  });

  test(`${framing}: a frame that says the method too late, or inside of something, is as short as all others`, () => {
    const envelopes = [
      '{"jsonrpc":"2.0","id":1,"params":{},"method":"calc.evaluateRows","x":"',
      '[{"jsonrpc":"2.0","id":1,"method":"calc.evaluateRows","params":"',
      '{"jsonrpc":"2.0","id":1,"method":"calc.evaluate","params":"',
      `{"id":"${"1".repeat(1100)}","method":"calc.evaluateRows","params":"`,
    ];
    for (const envelope of envelopes) {
      for (const cut of [10, 100, 10_000]) {
        const { say, room } = open();
        const frames = say(frame(rows(USUAL + 1000, envelope)) + frame(rows(200)), cut);
        assert.deepEqual(show(frames), ["overlong", 200], `${envelope.slice(0, 60)} ${cut}`);
        assert.deepEqual(frames[0], { kind: "overlong", limit: USUAL });
        assert.equal(room.taken, 0);
      }
    }
  });

  test(`${framing}: where there is no room that is said once, and the room is given back when a peer vanishes`, () => {
    const { decoder, say, room } = open(3_000);
    assert.deepEqual(show(say(frame(rows(4_000)) + frame(rows(200)))), ["crowded", 200]);
    assert.equal(room.taken, 0);
    say(frame(rows(4_000)).slice(0, 2_500));
    assert.ok(room.taken > USUAL && room.taken <= 3_000, String(room.taken));
    decoder.drop();
    assert.equal(room.taken, 0);
    assert.deepEqual(decoder.push(Buffer.from("1+1\n")), []);
  });
}

test("people's lines have no such allowance", () => {
  const { say } = open();
  assert.deepEqual(show(say(`hello\n${rows(4_000)}\n`)), [5, "overlong"]);
});
