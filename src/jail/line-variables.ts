/**
 * The variables of a short line (`contract.ts`): numbers and nothing else, as a JSON object without blanks. Their names stay
 * where they stand in the text: taking them out would cost more than calculating with them.
 */
import { isUnsafeName } from "./allowlist.ts";
import { literal, readLiteral } from "./literal.ts";

/** More go the ordinary way. */
const VARIABLES_MAX = 16;
const [QUOTE, COMMA, MINUS, CLOSE_OBJECT] = [34, 44, 45, 125];

/** Words mathjs reads as operators and constants, whatever a variable of that name holds. */
const WORDS: ReadonlySet<string> = new Set("and end false in Infinity mod NaN not null or to true undefined xor".split(" "));

/** Names of variables that were found to be nothing else; thrown away when there are so many. */
const plainNames = new Set<string>();
const PLAIN_NAMES_MAX = 1_000;

/** By place, a name that was found plain: the same come again and again, in the same order. */
const lastNames: string[] = [];

let count = 0;
const froms = new Int32Array(VARIABLES_MAX);
const tos = new Int32Array(VARIABLES_MAX);
const values = new Float64Array(VARIABLES_MAX);

/** True when mathjs takes the name for that of a variable. */
export function isPlainName(name: string): boolean {
  if (plainNames.has(name)) return true;
  // The gate refuses unsafe names.
  if (isUnsafeName(name) || WORDS.has(name)) return false;
  if (plainNames.size >= PLAIN_NAMES_MAX) plainNames.clear();
  plainNames.add(name);
  return true;
}

/** There are none. */
export function dropVariables(): void {
  count = 0;
}

/** Reads `{"a":1,"b":-2.5}` from there on; false when there is a doubt. `text` has a letter for each byte. */
export function readVariables(bytes: Uint8Array, text: string, from: number): boolean {
  count = 0;
  let at = from;
  do {
    if (count === VARIABLES_MAX) return false;
    const start = at + 2;
    let close = start;
    while (bytes[close] !== QUOTE) close += 1;
    const first = close + 2;
    const isNegative = bytes[first] === MINUS;
    const value = readLiteral(bytes, text, isNegative ? first + 1 : first);
    at = literal.end;
    if (Number.isNaN(value) || !isPlainAt(text, start, close)) return false;
    froms[count] = start;
    tos[count] = close;
    values[count] = isNegative ? -value : value;
    count += 1;
  } while (bytes[at] === COMMA);
  return bytes[at] === CLOSE_OBJECT;
}

function isPlainAt(text: string, from: number, to: number): boolean {
  const known = lastNames[count];
  if (known !== undefined && known.length === to - from && text.startsWith(known, from)) return true;
  // A text of its own: a piece would keep the whole of `text`.
  const name: string = JSON.parse(text.slice(from - 1, to + 1));
  if (!isPlainName(name)) return false;
  lastNames[count] = name;
  return true;
}

/** The value of the variable whose name stands there; undefined when there is none. */
export function findVariable(bytes: Uint8Array, from: number, to: number): number | undefined {
  for (let place = 0; place < count; place += 1) {
    let name = froms[place] ?? 0;
    if ((tos[place] ?? 0) - name !== to - from) continue;
    let here = from;
    while (here < to && bytes[here] === bytes[name]) {
      here += 1;
      name += 1;
    }
    if (here === to) return values[place];
  }
  return undefined;
}
