/**
 * The short form of a job and of its outcome, as `jail/contract.ts` tells it. What comes in is a stranger's: it is an outcome
 * by its grammar alone, character by character, and the digits of its value are handed on as they came, so that nobody need
 * write them again.
 */
import type { Answer } from "./evaluator.ts";
import type { Ticket } from "./lane.ts";

const [TAB, PLUS, COMMA, MINUS, POINT, ZERO, NINE, LETTER_E] = [9, 43, 44, 45, 46, 48, 57, 101];
/** So many digits are a safe integer. */
const US_DIGITS_MAX = 15;
/** No double is longer, nor the text of one. */
const WHOLE_DIGITS_MAX = 21;
const PLACES_MAX = 25;
const EXPONENT_DIGITS_MAX = 3;
const TEXT_LENGTH_MAX = 32;

/** A short job's line, in ASCII as its request is; undefined when the job has none. */
export function formatShort({ token, request }: Ticket, usualBytesMax: number): string | undefined {
  const { numbers, resultBytesMax, expression } = request;
  if (numbers === undefined) return undefined;
  return resultBytesMax === undefined || resultBytesMax === usualBytesMax
    ? `${token}${numbers}\t${expression}\n`
    : `${token}#${resultBytesMax}${numbers}\t${expression}\n`;
}

/**
 * The answer in a line, or undefined when it is anything else than the short outcome of the job with that token. The line
 * stands in `bytes` at `begin`, an LF or the end behind it. Never throws.
 */
export function readShort(line: string, token: string, bytes: Uint8Array, begin: number): Answer | undefined {
  const usFrom = begin + token.length + 1;
  if (bytes[usFrom - 1] !== TAB || line.slice(0, token.length) !== token) return undefined;
  const usTo = passDigits(bytes, usFrom, US_DIGITS_MAX);
  if (usTo === 0 || bytes[usTo] !== TAB) return undefined;
  const us = passed.value;
  const to = passNumber(bytes, usTo + 1);
  if (to === 0) return undefined;
  const json = line.slice(usTo + 1 - begin, to - begin);
  if (to === begin + line.length) return { us, value: { type: "number", value: Number(json), text: json }, json };
  if (!isText(bytes, to, begin + line.length)) return undefined;
  return { us, value: { type: "number", value: Number(json), text: line.slice(to + 1 - begin) }, json };
}

/** What the digits passed last say. */
const passed = { value: 0 };

/** Where the digits end that begin there, one at least and no 0 before others; 0 when it is no such number, or a longer one. */
function passDigits(bytes: Uint8Array, from: number, max: number): number {
  const to = passAny(bytes, from, max);
  return bytes[from] === ZERO && to > from + 1 ? 0 : to;
}

function passAny(bytes: Uint8Array, from: number, max: number): number {
  let at = from;
  let value = 0;
  for (let code = bytes[at] ?? 0; isDigit(code); code = bytes[at] ?? 0) {
    value = value * 10 + (code - ZERO);
    at += 1;
  }
  passed.value = value;
  return at === from || at - from > max ? 0 : at;
}

/** Where the JSON number ends that begins there; 0 when it is none, or none that a double is written as. */
function passNumber(bytes: Uint8Array, from: number): number {
  let at = passDigits(bytes, bytes[from] === MINUS ? from + 1 : from, WHOLE_DIGITS_MAX);
  if (at !== 0 && bytes[at] === POINT) at = passAny(bytes, at + 1, PLACES_MAX);
  if (at === 0 || bytes[at] !== LETTER_E) return at;
  const sign = bytes[at + 1];
  return sign === PLUS || sign === MINUS ? passAny(bytes, at + 2, EXPONENT_DIGITS_MAX) : 0;
}

/** How many numbers stand from there to `to` with commas between them and nothing else; 0 when it is anything else. */
export function countNumbers(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  for (let count = 1; ; count += 1) {
    at = passNumber(bytes, at);
    if (at === to && at !== 0) return count;
    if (at === 0 || bytes[at] !== COMMA) return 0;
    at += 1;
  }
}

/** True when a tab stands there, and behind it what a number is written with, no more of it than any number takes. */
function isText(bytes: Uint8Array, tab: number, end: number): boolean {
  const length = end - tab - 1;
  if (bytes[tab] !== TAB || length < 1 || length > TEXT_LENGTH_MAX) return false;
  for (let at = tab + 1; at < end; at += 1) {
    const code = bytes[at] ?? 0;
    if (!isDigit(code) && code !== POINT && code !== MINUS && code !== PLUS && code !== LETTER_E) return false;
  }
  return true;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}
