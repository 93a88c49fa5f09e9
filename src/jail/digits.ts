/**
 * A number as text for people, digit for digit what mathjs's `format` writes with a precision, at a tenth of its cost.
 *
 * mathjs takes the shortest text that reads back as the number, cuts it to so many significant digits, half up, and
 * writes an exponent below 1e-3 and from 1e5 on. `test/jail/digits.test.ts` compares the two.
 */

const [EXPONENT_MIN, EXPONENT_MAX] = [-3, 4];
const [ZERO, FIVE, NINE] = [48, 53, 57];

/** `digits` significant digits at most, 1 to 17. */
export function formatNumber(value: number, digits: number): string {
  return formatPlain(String(value), value, digits);
}

/** The same where the shortest text of the number, `plain`, is known. */
export function formatPlain(plain: string, value: number, digits: number): string {
  const size = Math.abs(value);
  const isPlain = plain.length <= digits + 1 && size >= 1e-3 && size < 1e5;
  if (isPlain || !Number.isFinite(value) || value === 0) return plain;
  const isCommon = size >= 1e-3 && size < 1e13 && digits < 15;
  return (isCommon ? formatCommon(plain, value < 0 ? 1 : 0, digits) : undefined) ?? formatDigits(plain, digits);
}

/**
 * The same for most numbers: from 1e-3 on, with digits behind the point and more than are wanted, and of them a place behind
 * the point is rounded. The pieces stay as they stand in `plain`, whose sign takes `start` letters.
 */
function formatCommon(plain: string, start: number, digits: number): string | undefined {
  const point = plain.indexOf(".");
  let first = start;
  while (plain.charCodeAt(first) === ZERO || first === point) first += 1;
  const cut = first < point ? first + digits + 1 : first + digits;
  if (point === -1 || cut >= plain.length) return undefined;
  const isUp = plain.charCodeAt(cut) >= FIVE;
  let end = cut;
  while (plain.charCodeAt(end - 1) === (isUp ? NINE : ZERO)) end -= 1;
  // What becomes of digits in front of the point is another matter.
  if (end <= point + 1 || end <= first) return undefined;
  const places = isUp ? plain.slice(point + 1, end - 1) + RAISED[plain.charCodeAt(end - 1) - ZERO] : plain.slice(point + 1, end);
  const exponent = point - start - 1;
  if (exponent <= EXPONENT_MAX) return `${plain.slice(0, point)}.${places}`;
  return `${plain.slice(0, start + 1)}.${plain.slice(start + 1, point)}${places}e+${exponent}`;
}

/** By digit, the next one. */
const RAISED = "123456789";

/** From the shortest text of a finite number that is not 0, or all digits of a BigNumber. */
export function formatDigits(plain: string, digits: number): string {
  const sign = plain.startsWith("-") ? "-" : "";
  const mark = plain.indexOf("e");
  const mantissa = plain.slice(sign.length, mark === -1 ? undefined : mark);
  const point = mantissa.indexOf(".");
  const all = point === -1 ? mantissa : mantissa.slice(0, point) + mantissa.slice(point + 1);
  let first = 0;
  while (all.charCodeAt(first) === ZERO) first += 1;
  let exponent = (mark === -1 ? 0 : Number(plain.slice(mark + 1))) + (point === -1 ? all.length : point) - first - 1;
  let kept = all.slice(first, first + digits);
  if (all.charCodeAt(first + digits) >= FIVE) {
    const raised = raise(kept);
    if (raised.length > kept.length) exponent += 1;
    kept = raised;
  }
  let end = kept.length;
  while (kept.charCodeAt(end - 1) === ZERO) end -= 1;
  kept = kept.slice(0, end);
  if (exponent < EXPONENT_MIN || exponent > EXPONENT_MAX)
    return `${sign}${withPoint(kept, 1)}e${exponent < 0 ? "" : "+"}${exponent}`;
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${kept}`;
  return sign + withPoint(kept.padEnd(exponent + 1, "0"), exponent + 1);
}

/** Digits plus one in the last place: "199" becomes "200", "99" becomes "100". */
function raise(digits: string): string {
  let at = digits.length - 1;
  while (digits.charCodeAt(at) === NINE) at -= 1;
  const head = at === -1 ? "1" : digits.slice(0, at) + String.fromCharCode(digits.charCodeAt(at) + 1);
  return head + "0".repeat(digits.length - at - 1);
}

function withPoint(digits: string, whole: number): string {
  return digits.length > whole ? `${digits.slice(0, whole)}.${digits.slice(whole)}` : digits;
}
