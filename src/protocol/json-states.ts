/**
 * The grammar of JSON as a table of one step for each state and byte, for texts that come in pieces: a reader may stop after any
 * byte and go on with the next. What the table cannot know, because brackets nest, are events: codes from `EVENTS` on.
 *
 * Bytes from 0x80 on are right in texts only; whether they are UTF-8 is somebody else's question.
 */

/** Between a list's bracket and its first item; after a value; between names and values. `VALUE` begins a document. */
export const [VALUE, FIRST, AFTER, NAME, FIRST_NAME, COLON, TEXT] = [0, 1, 2, 3, 4, 5, 6];
const [ESCAPE, HEX, MINUS, ZERO, WHOLE, POINT, FRACTION, POWER_MARK, POWER_SIGN, POWER] = [7, 8, 12, 13, 14, 15, 16, 17, 18, 19];
/** Within `null`: what was there of it is its `n`. */
export const IN_NULL = 20;
/** Within a number that has a power of ten: its `e` was there. */
export const IN_POWER = POWER_MARK;
const [IN_TRUE, IN_FALSE, STATES] = [23, 26, 30];

/** No JSON. */
export const BAD = STATES;

/** Codes that are no states, from `EVENTS` on. `POWER_BEGINS` is at a number's `e`, `NULL_BEGINS` at a `null`'s `n`. */
export const EVENTS = 32;
export const [COMMA, OPEN_LIST, OPEN_OBJECT, CLOSE_EMPTY, CLOSE_LIST, CLOSE_OBJECT] = [32, 33, 34, 35, 36, 37];
export const [NAME_BEGINS, TEXT_ENDS, POWER_BEGINS, NULL_BEGINS] = [38, 39, 40, 41];

const DIGITS = "0123456789";
const BLANK = " \t\n\r";

/** The next state, or an event, by `state * 256 + byte`. */
export const NEXT: Uint8Array = makeTable();

function makeTable(): Uint8Array {
  const table = new Uint8Array((STATES + 1) * 256).fill(BAD);
  const on = (states: readonly number[], characters: string, next: number) => {
    for (const state of states) for (const character of characters) table[state * 256 + character.charCodeAt(0)] = next;
  };
  const ended = [AFTER, ZERO, WHOLE, FRACTION, POWER];
  for (const state of [VALUE, FIRST, NAME, FIRST_NAME, COLON]) on([state], BLANK, state);
  on(ended, BLANK, AFTER);
  on(ended, ",", COMMA);
  on([FIRST], "]", CLOSE_EMPTY);
  on(ended, "]", CLOSE_LIST);
  on([...ended, FIRST_NAME], "}", CLOSE_OBJECT);
  on([NAME, FIRST_NAME], '"', NAME_BEGINS);
  on([COLON], ":", VALUE);
  const begun = [VALUE, FIRST];
  for (const [character, next] of Object.entries({ "[": OPEN_LIST, "{": OPEN_OBJECT, '"': TEXT, "-": MINUS, "0": ZERO }))
    on(begun, character, next);
  on(begun, DIGITS.slice(1), WHOLE);
  for (const [word, state] of [
    ["true", IN_TRUE],
    ["false", IN_FALSE],
    ["null", IN_NULL],
  ] as const) {
    on(begun, word.charAt(0), word === "null" ? NULL_BEGINS : state);
    for (let at = 1; at < word.length; at++) on([state + at - 1], word.charAt(at), at === word.length - 1 ? AFTER : state + at);
  }
  addNumbers(on);
  addTexts(table, on);
  return table;
}

type Add = (states: readonly number[], characters: string, next: number) => void;

function addNumbers(on: Add): void {
  on([MINUS], "0", ZERO);
  on([MINUS], DIGITS.slice(1), WHOLE);
  on([WHOLE], DIGITS, WHOLE);
  on([ZERO, WHOLE], ".", POINT);
  on([POINT, FRACTION], DIGITS, FRACTION);
  on([ZERO, WHOLE, FRACTION], "eE", POWER_BEGINS);
  on([POWER_MARK], "+-", POWER_SIGN);
  on([POWER_MARK, POWER_SIGN, POWER], DIGITS, POWER);
}

function addTexts(table: Uint8Array, on: Add): void {
  table.fill(TEXT, TEXT * 256 + 0x20, (TEXT + 1) * 256);
  on([TEXT], "\\", ESCAPE);
  on([TEXT], '"', TEXT_ENDS);
  on([ESCAPE], '"\\/bfnrt', TEXT);
  on([ESCAPE], "u", HEX);
  for (let at = 0; at < 4; at++) on([HEX + at], `${DIGITS}abcdefABCDEF`, at === 3 ? TEXT : HEX + at + 1);
}
