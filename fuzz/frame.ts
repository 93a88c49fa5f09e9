/**
 * Bytes made wrong, in every dialect of the port. What must come back is told by `framing.ts` and `dispatch.ts`, which know
 * the protocol and not the server; after every mutant a right frame follows, and is answered wherever framing is not lost.
 */
import type { Case, Part } from "./case.ts";
import type { Dice } from "./dice.ts";
import { understand } from "./framing.ts";
import { judge } from "./judge.ts";
import { cut, mutate } from "./mutate.ts";
import { readSeeds } from "./seeds.ts";
import { QUICK, type Subject } from "./subject.ts";
import { talk, toStream } from "./talk.ts";
import type { Target, Verdict } from "./target.ts";

/** Mutants of one connection: of lines each stands alone; behind a header that is wrong nothing is read any more. */
const LINES = 120;
const HEADERS = 6;
const WITNESS_EACH = 8;
/** What ends a jailed process by its deadline takes the time of a thousand others, so most of it is drawn once more. */
const BURNS = /f\(n - 1\) \+ f\(/;
const BURNS_PART = 0.05;

/** Begins connections that are none of ours, and some that are. */
const HELLOS = [
  "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
  'POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n{"a":1}\r\n',
  "\x16\x03\x01\x00\x05\x01\x00\x00\x01\x00",
  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  "\xff\xfb\x01\xff\xfd\x03/ping\r\n",
  "\xef\xbb\xbf{}\n",
  "SSH-2.0-x\r\n",
  "EHLO a\r\n",
  "\r\n\r\n/ping\n",
].map((text) => Buffer.from(text, "latin1"));

const bytes = (text: string): Buffer => Buffer.from(text);
/** A call that says by its own id which mutant it follows. */
const witness = (index: number): string =>
  `{"jsonrpc":"2.0","id":"after ${index}","method":"server.ping","params":{"echo":${index}}}`;
const withHeader = (body: Uint8Array): Buffer => Buffer.concat([bytes(`Content-Length: ${body.length}\r\n\r\n`), body]);

/** The target; seeds are read when it is made. */
export function makeFrameTarget(): Target {
  const messages = readSeeds(["lines", "crlf", "headers"], "frame");
  const streams = [...readSeeds(["bytes"]), ...HELLOS];
  const lines = readSeeds(["text"]);
  const draw = (dice: Dice) => dice.pick(messages) ?? bytes("{}");
  const seed = (dice: Dice) => {
    const drawn = draw(dice);
    return BURNS.test(drawn.toString()) && !dice.chance(BURNS_PART) ? draw(dice) : drawn;
  };
  const mutant = (dice: Dice, from: Buffer) => mutate(from, dice, () => seed(dice));

  const makeLines = (dice: Dice): Case => {
    const end = dice.chance(0.5) ? "\n" : "\r\n";
    const part = (index: number): Part => {
      const line = [mutant(dice, seed(dice)), bytes(end)];
      // The last line of a connection needs no end.
      if (index === LINES - 1 && dice.chance(0.5)) return cut(Buffer.concat([...line, bytes(witness(index))]), dice);
      // A first line that is no JSON would make it a connection for people.
      if (index === 0) line.unshift(bytes(`${witness(-1)}\n`));
      // A witness after each would be half of the work.
      if (index % WITNESS_EACH === WITNESS_EACH - 1) line.push(bytes(`${witness(index)}\n`));
      return cut(Buffer.concat(line), dice);
    };
    return { how: "lines", parts: Array.from({ length: LINES }, (_, index) => part(index)) };
  };
  const makeHeaders = (dice: Dice): Case => {
    const part = (index: number): Part => {
      // Most mutants are in the body, whose length is right; one in the header is often the last thing that is understood.
      const one = dice.chance(0.85) ? withHeader(mutant(dice, seed(dice))) : mutant(dice, withHeader(seed(dice)));
      return cut(index === HEADERS - 1 ? Buffer.concat([one, withHeader(bytes(witness(index)))]) : one, dice);
    };
    return { how: "headers", parts: Array.from({ length: HEADERS }, (_, index) => part(index)) };
  };
  const makeAny = (dice: Dice): Case => {
    const first = mutant(dice, dice.pick(dice.chance(0.6) ? streams : lines) ?? bytes("{}"));
    const second = mutant(dice, dice.pick(lines) ?? bytes("1"));
    return { how: "any", parts: [cut(Buffer.concat([first, bytes("\n")]), dice), cut(second, dice)] };
  };
  return {
    name: "frame",
    settings: QUICK,
    make(dice) {
      const kind = dice.part();
      return kind < 0.6 ? makeLines(dice) : kind < 0.9 ? makeHeaders(dice) : makeAny(dice);
    },
    try: tryFrames,
  };
}

async function tryFrames({ parts }: Case, subject: Subject): Promise<Verdict> {
  const stream = toStream(parts);
  const heard = understand(Buffer.concat(stream));
  const reason = judge(heard, await talk(subject.port, stream));
  return { reason, executions: countRead(parts, heard.read) };
}

/** Parts the server had a chance to judge: what comes behind a lost header is thrown away unread. */
function countRead(parts: readonly Part[], read: number): number {
  let start = 0;
  let count = 0;
  for (const part of parts) {
    if (start < read) count += 1;
    start += part.reduce((sum, { length }) => sum + length, 0);
  }
  return count;
}
