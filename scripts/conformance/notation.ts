/**
 * What may stand between two percent signs in a `.wire` file: bytes no editor shows, repetitions, packet boundaries, and
 * what a server under test is asked for. `test/wire/README.md` is the page for people.
 */

/** The one method a neutral case calls, and params it accepts; each a JSON text. `undefined`: the server has no such params. */
export type Question = { method: string; list: string | undefined; named: string | undefined };

/** What is written to the connection, a packet each. */
export type Packets = Buffer[];

const TOKEN = /%([^%\n]*)%/g;
const BYTES = /^[0-9a-f]{2}( [0-9a-f]{2})*$/;
const REPEAT = /^("(?:[^"\\]|\\.)*") \* (\d+)$/;
const REPEATED_BYTES_MAX = 4 * 1024 * 1024;
const VARIABLES = ["method", "params", "list", "named"];

/** Why a text cannot be read, or undefined; so that a mistake is found where it was made. */
export function findMistake(text: string): string | undefined {
  for (const [, token = ""] of text.matchAll(TOKEN)) {
    const known = token === "" || token === "cut" || VARIABLES.includes(token) || BYTES.test(token) || REPEAT.test(token);
    if (!known) return `%${token}% means nothing here`;
  }
  return text.replace(TOKEN, "").includes("%") ? "a percent sign is alone; write %% for the sign itself" : undefined;
}

/** True when the text calls for params that the server under test does not have. */
export function isUnanswerable(text: string, question: Question): boolean {
  return [...text.matchAll(TOKEN)].some(([, token = ""]) => VARIABLES.includes(token) && variable(token, question) === undefined);
}

/** The bytes of a text that is sent or expected, cut where it says so. */
export function toPackets(text: string, question: Question): Packets {
  const packets: Buffer[][] = [[]];
  let at = 0;
  for (const found of text.matchAll(TOKEN)) {
    const [whole, token = ""] = found;
    packets.at(-1)?.push(Buffer.from(text.slice(at, found.index)));
    at = found.index + whole.length;
    if (token === "cut") packets.push([]);
    else packets.at(-1)?.push(bytesOf(token, question));
  }
  packets.at(-1)?.push(Buffer.from(text.slice(at)));
  return packets.map((parts) => Buffer.concat(parts));
}

function bytesOf(token: string, question: Question): Buffer {
  if (token === "") return Buffer.from("%");
  const [, unit, times] = REPEAT.exec(token) ?? [];
  if (unit !== undefined) return repeat(String(JSON.parse(unit)), Number(times));
  return BYTES.test(token) ? Buffer.from(token.replaceAll(" ", ""), "hex") : Buffer.from(variable(token, question) ?? "");
}

function repeat(unit: string, times: number): Buffer {
  if (Buffer.byteLength(unit) * times > REPEATED_BYTES_MAX) throw new RangeError(`more than ${REPEATED_BYTES_MAX} bytes`);
  return Buffer.from(unit.repeat(times));
}

function variable(token: string, { method, list, named }: Question): string | undefined {
  return { method, list, named, params: named ?? list }[token];
}
