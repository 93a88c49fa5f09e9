/**
 * Expressions of all kinds, as lists of pieces: texts, and places for numbers. Filled with other numbers, the same pieces
 * give another expression of the same shape. From a seed, so that any can be made again.
 */

/** `undefined` is a place for a number. */
export type Pieces = readonly (string | undefined)[];

type Dice = () => number;
type Part = (string | undefined)[];

const NAMES = ["x", "y", "ans", "m", "f", "pi", "e", "i", "inch", "km", "deg", "nope", "true", "_a1"];
const UNITS = ["inch", "cm", "km/h", "m/s", "kg", "N", "deg", "rad", "degC", "V A", "VAR", "m^2", "mile/hour", "nope", "kW h"];
/** Without `isPrime`, which never ends at infinity: here nobody would kill it. */
const CALLS =
  "sqrt abs sin log mean max sum det inv transpose size floor round factorial bignumber fraction format string number complex re im norm conj f".split(
    " ",
  );
const OPERATORS = [
  "+",
  "-",
  "*",
  "/",
  "^",
  ".*",
  "./",
  " mod ",
  " == ",
  " < ",
  " and ",
  " ",
  "%",
  "|",
  " to ",
  " in ",
  ":",
  "//",
];

export function makePieces(dice: Dice): Pieces {
  const pick = <T extends string>(from: readonly T[]): string => from[Math.floor(dice() * from.length)] ?? "";
  const unit = (): Part => [pick(UNITS)];
  const list = (of: () => Part): Part =>
    Array.from({ length: 1 + Math.floor(dice() * 3) }, (_, at): Part => (at === 0 ? of() : [", ", ...of()])).flat();
  const expression = (room: number): Part => {
    const kind = room < 1 ? dice() * 0.25 : dice();
    const inner = (): Part => expression(room - 1);
    if (kind < 0.2) return [undefined];
    if (kind < 0.25) return [pick(NAMES)];
    if (kind < 0.4) return [...inner(), pick(OPERATORS), ...inner()];
    if (kind < 0.48) return [undefined, pick([" ", ""]), ...unit()];
    if (kind < 0.54) return [...inner(), pick([" to ", " in "]), ...unit()];
    if (kind < 0.62) return ["[", ...list(inner), "]"];
    if (kind < 0.66) return ["[[", ...list(inner), "], [", ...list(inner), "]]"];
    if (kind < 0.78) return [pick(CALLS), "(", ...list(inner), ")"];
    if (kind < 0.82) return [undefined, pick(["i", " i", "%", "!", "'", " x", "(2)"])];
    if (kind < 0.86) return ["(", ...inner(), ")"];
    if (kind < 0.9) return [pick(["-", "+", "not ", "~"]), ...inner()];
    if (kind < 0.93) return [...inner(), " ? ", ...inner(), " : ", ...inner()];
    if (kind < 0.95) return ["m[", undefined, "]"];
    if (kind < 0.97) return ["{a: ", ...inner(), ", b2: ", undefined, "}.a"];
    return [pick(["0x1f", "1.", ".5", "1e5", "2e", '"7"', "'7'", "1.5.2", "0b1", "3 # 4", "12abc", "x2", "µ3"])];
  };
  const line = (): Part => {
    const kind = dice();
    if (kind < 0.7) return expression(3);
    if (kind < 0.8) return [pick(["a", "b"]), " = ", ...expression(2)];
    if (kind < 0.95) return [pick(["f", "g"]), "(x) = ", ...expression(2)];
    return [pick(["f", "g"]), "(x) = h(t) = ", ...expression(1)];
  };
  const pieces = line();
  while (dice() < 0.3) pieces.push(pick(["; ", "\n"]), ...line());
  return pieces;
}

/** An expression out of pieces. */
export function fill(pieces: Pieces, dice: Dice): string {
  return pieces.map((piece) => piece ?? number(dice)).join("");
}

function number(dice: Dice): string {
  const kind = dice();
  if (kind < 0.4) return String(Math.floor(dice() * 10));
  if (kind < 0.6) return String(Math.floor(dice() * 1_000));
  if (kind < 0.8) return (dice() * 100).toFixed(Math.floor(dice() * 4));
  if (kind < 0.9) return `${Math.floor(dice() * 10)}e${Math.floor(dice() * 9 - 6)}`;
  return `0${dice().toFixed(Math.floor(dice() * 16))}`;
}
