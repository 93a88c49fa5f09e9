/**
 * Numbers as they are written: the double nearest to a decimal literal, as `Number` reads it, without a text of its own for
 * each where that is sure to be the same.
 */

const [PLUS, MINUS, POINT, ZERO, NINE] = [43, 45, 46, 48, 57];
/** An `e` or `E` once bit 32 is set. */
const EXPONENT = 101;

/** So many digits, and powers of ten up to it, are whole numbers that a double holds. */
const EXACT_DIGITS = 15;
const POWERS: readonly number[] = Array.from({ length: EXACT_DIGITS + 1 }, (_, power) => 10 ** power);

export const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;
export const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;

/** Where the literal that was read last ends, and what its digits said. */
export const literal = { end: 0, digits: 0 };

/**
 * The value of the literal at `from`, such as `12`, `.5`, `1.5e-3`; NaN when there is none, or one that mathjs reads in its own
 * way: `1.`, as in `1.*2`, and `2x`. A character that belongs to no literal must follow; `text` has a letter for each byte.
 */
export function readLiteral(bytes: Uint8Array, text: string, from: number): number {
  let at = passDigits(bytes, from);
  let count = at - from;
  let value = literal.digits;
  let isLiteral = count > 0;
  if (bytes[at] === POINT) {
    const end = passDigits(bytes, at + 1);
    const places = end - at - 1;
    at = end;
    isLiteral = places > 0;
    count += places;
    // Both are exact, so that the one rounding of the division is the rounding of the literal.
    if (count <= EXACT_DIGITS) value = (value * (POWERS[places] ?? 0) + literal.digits) / (POWERS[places] ?? 0);
  }
  if (((bytes[at] ?? 0) | 32) === EXPONENT) {
    const sign = bytes[at + 1];
    const first = sign === PLUS || sign === MINUS ? at + 2 : at + 1;
    at = passDigits(bytes, first);
    isLiteral &&= at > first;
    count = Number.POSITIVE_INFINITY;
  }
  literal.end = at;
  const next = bytes[at] ?? 0;
  if (!isLiteral || isLetter(next) || next === POINT) return Number.NaN;
  return count <= EXACT_DIGITS ? value : Number(text.slice(from, at));
}

function passDigits(bytes: Uint8Array, from: number): number {
  let at = from;
  let value = 0;
  for (let code = bytes[at] ?? 0; isDigit(code); code = bytes[at] ?? 0) {
    value = value * 10 + (code - ZERO);
    at += 1;
  }
  literal.digits = value;
  return at;
}
