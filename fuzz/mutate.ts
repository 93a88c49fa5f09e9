/** Bytes made wrong: each mutation is one a careless or hostile peer makes too. */
import type { Dice } from "./dice.ts";

const FLIPS_MAX = 4;
const LONG_BYTES = 70_000;
const DEEP_LEVELS_MAX = 200;

const NUMBERS = ["0", "-1", "1e400", "99999999999999999999", "9007199254740993", "4294967296", "-0", "1.0", "00", "0x10", "NaN"];

/** Pieces that mean something to a parser on the way. */
const PIECES: readonly Buffer[] = [
  ...'\0|\n|\r\n|\r|\t| |"|\\|{|}|[|]|,|:|{}|[]|null|true|\\u0000|\\ud800|"id":1,|"id":null,|"jsonrpc":"2.0",|"params":[1],|"method":"x",|"__proto__":{},|"result":1,|"error":{},|//|/*|\'|+|e|%|$|Content-Length: 5\r\n|Content-Length: 5\r\n\r\n|\ufeff|\u2028|é|𝟙'
    .split("|")
    .map((piece) => Buffer.from(piece)),
  ...["ff", "fe", "c0af", "eda080", "f4908080", "80", "c3", "fffb01", "fffa1f00500018fff0", "1603", "00000000"].map((hex) =>
    Buffer.from(hex, "hex"),
  ),
];

type Mutation = (bytes: Buffer, dice: Dice, other: () => Buffer) => Buffer;

/** Puts `piece` where `from` to `to` was. */
function replace(bytes: Buffer, from: number, to: number, piece: Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, from), piece, bytes.subarray(to)]);
}

/** A stretch of the bytes, short ones most often. */
function stretch(bytes: Buffer, dice: Dice): [number, number] {
  const from = dice.below(bytes.length + 1);
  const most = dice.chance(0.7) ? 4 : bytes.length;
  return [from, Math.min(bytes.length, from + dice.below(most + 1))];
}

function flip(bytes: Buffer, dice: Dice): Buffer {
  const flipped = Buffer.from(bytes);
  for (let left = 1 + dice.below(FLIPS_MAX); left > 0 && flipped.length > 0; left -= 1) {
    const at = dice.below(flipped.length);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << dice.below(8));
  }
  return flipped;
}

function duplicate(bytes: Buffer, dice: Dice): Buffer {
  const [from, to] = stretch(bytes, dice);
  return replace(bytes, to, to, bytes.subarray(from, to));
}

/** The beginning of one and the end of another. */
function splice(bytes: Buffer, dice: Dice, other: () => Buffer): Buffer {
  const second = other();
  return Buffer.concat([bytes.subarray(0, dice.below(bytes.length + 1)), second.subarray(dice.below(second.length + 1))]);
}

function renumber(bytes: Buffer, dice: Dice): Buffer {
  const numbers = [...bytes.toString("latin1").matchAll(/-?\d+(?:\.\d+)?/g)];
  const found = dice.pick(numbers);
  if (found === undefined) return flip(bytes, dice);
  return replace(bytes, found.index, found.index + found[0].length, Buffer.from(dice.pick(NUMBERS) ?? ""));
}

/** Something in it becomes longer than a line may be. */
function lengthen(bytes: Buffer, dice: Dice): Buffer {
  const at = dice.below(bytes.length + 1);
  return replace(bytes, at, at, Buffer.alloc(LONG_BYTES + dice.below(3), dice.pick(["a", " ", "1", "\\", "é", "["])));
}

function deepen(bytes: Buffer, dice: Dice): Buffer {
  const at = dice.below(bytes.length + 1);
  const levels = 50 + dice.below(DEEP_LEVELS_MAX);
  const [open, close] = dice.pick([
    ["[", "]"],
    ['{"a":', "}"],
  ]);
  return replace(bytes, at, at, Buffer.from(open.repeat(levels) + (dice.chance(0.5) ? `1${close.repeat(levels)}` : "")));
}

/** What others were chosen from so often. */
const MUTATIONS: readonly (readonly [number, Mutation])[] = [
  [6, flip],
  [4, (bytes, dice) => replace(bytes, ...stretch(bytes, dice), Buffer.alloc(0))],
  [3, duplicate],
  [3, splice],
  [4, renumber],
  [5, insert],
  [2, (bytes, dice) => bytes.subarray(0, dice.below(bytes.length + 1))],
  [0.02, lengthen],
  [0.3, deepen],
];
const WEIGHT = MUTATIONS.reduce((sum, [weight]) => sum + weight, 0);

function insert(bytes: Buffer, dice: Dice): Buffer {
  const [from, to] = stretch(bytes, dice);
  return replace(bytes, from, dice.chance(0.5) ? from : to, dice.pick(PIECES) ?? Buffer.alloc(0));
}

/** One mutation, seldom two or three. `other` gives another input, to be spliced in. */
export function mutate(bytes: Buffer, dice: Dice, other: () => Buffer): Buffer {
  let mutated = bytes;
  do {
    let left = dice.part() * WEIGHT;
    const found = MUTATIONS.find(([weight]) => {
      left -= weight;
      return left < 0;
    });
    mutated = (found?.[1] ?? flip)(mutated, dice, other);
  } while (dice.chance(0.25));
  return mutated;
}

/** The bytes as packets: most often one, else cut at places that hurt: anywhere, at every byte of something short. */
export function cut(bytes: Buffer, dice: Dice): Buffer[] {
  if (!dice.chance(0.03)) return [bytes];
  const places = dice.times(1 + dice.below(3), () => dice.below(bytes.length + 1)).sort((one, other) => one - other);
  return [...places, bytes.length].map((end, index) => bytes.subarray(places[index - 1] ?? 0, end));
}
