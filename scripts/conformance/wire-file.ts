/**
 * Reads `.wire` files: numbered cases, each with what is sent, what must come back, and the clause it proves.
 *
 * One line is one thing; `test/wire/README.md` explains them to people. A line that cannot be read is refused with its place.
 */
import { findMistake } from "./notation.ts";
import { type Expectation, withoutPlaces } from "./pattern.ts";

/** How a case speaks: three framings of JSON-RPC, lines of text, or bytes up to the end of the connection. */
export const FRAMINGS = ["lines", "crlf", "headers", "text", "bytes"] as const;
export type Framing = (typeof FRAMINGS)[number];

export type Step =
  /** A message in the framing of the run, or bytes as they stand. */
  | { kind: "send"; text: string; raw: boolean }
  /** These replies, and no others, before the next step. */
  | { kind: "expect"; replies: Expectation[] }
  /** The client says that it will send no more. */
  | { kind: "end" }
  /** The server closes by itself. */
  | { kind: "closed" };

export type Case = {
  number: number;
  title: string;
  clause: string;
  place: string;
  /** True when every JSON-RPC 2.0 server must pass. */
  neutral: boolean;
  framings: readonly Framing[];
  /** Over the defaults of Canaduck. */
  settings: Readonly<Record<string, string>>;
  steps: Step[];
};

type Heading = Pick<Case, "clause" | "neutral" | "framings" | "settings">;
type Line = { text: string; place: string };
type Block = { heading: Heading; line: Line; isRows: boolean; number: number; title: string; lines: Line[]; rows: Line[] };

const JSON_FRAMINGS: readonly Framing[] = ["lines", "crlf", "headers"];
const EXPECTED: Readonly<Record<string, Expectation["how"]>> = { "<": "json", "<!": "exact", "<=": "bytes", "<~": "regexp" };

export class WireFileError extends Error {
  constructor(place: string, why: string) {
    super(`${place}: ${why}`);
    this.name = "WireFileError";
  }
}

/** All cases of one file, in order; throws `WireFileError`. */
export function parseWire(text: string, name: string): Case[] {
  const cases = readBlocks(text, name).flatMap(makeCases);
  for (const [index, { number, place }] of cases.entries()) {
    const before = cases[index - 1]?.number ?? 0;
    if (number <= before) throw new WireFileError(place, `case ${number} comes after case ${before}`);
  }
  return cases;
}

function readBlocks(text: string, name: string): Block[] {
  const blocks: Block[] = [];
  let heading: Heading = { clause: "", neutral: false, framings: JSON_FRAMINGS, settings: {} };
  let block: Block | undefined;
  for (const [index, written] of text.split("\n").entries()) {
    const line = { text: written, place: `${name}:${index + 1}` };
    if (/^(#|\s*$)/.test(written)) continue;
    const [word = ""] = written.split(" ", 1);
    const rest = written.slice(word.length + 1);
    if (word === "case" || word === "rows") {
      block = openBlock(heading, line, word, rest);
      blocks.push(block);
    } else if (/^[a-z]+$/.test(word) && !["end", "nothing", "closed"].includes(word)) {
      heading = { ...heading, ...readHeading(word, rest, line.place) };
      block = undefined;
    } else if (block === undefined) {
      throw new WireFileError(line.place, "this belongs to no case");
    } else {
      (word === "|" ? block.rows : block.lines).push(line);
    }
  }
  return blocks;
}

function openBlock(heading: Heading, line: Line, word: string, rest: string): Block {
  const [, number = "", title = ""] = /^(\d+) (\S.*)$/.exec(rest) ?? [];
  if (title === "") throw new WireFileError(line.place, `write ${word} NUMBER TITLE`);
  if (heading.clause === "") throw new WireFileError(line.place, "no clause was named before this case");
  return { heading, line, isRows: word === "rows", number: Number(number), title, lines: [], rows: [] };
}

function readHeading(word: string, rest: string, place: string): Partial<Heading> {
  switch (word) {
    case "clause":
      if (rest === "") break;
      return { clause: rest };
    case "server":
      if (rest !== "any" && rest !== "canaduck") throw new WireFileError(place, "server is any or canaduck");
      return { neutral: rest === "any" };
    case "framing": {
      const framings = rest === "any" ? JSON_FRAMINGS : rest.split(" ").map((one) => readFraming(one, place));
      return { framings };
    }
    case "settings":
      return { settings: readSettings(rest, place) };
  }
  throw new WireFileError(place, `"${word}" cannot be read; a step begins with >, >>, <, <!, <=, <~, nothing, end or closed`);
}

function readFraming(word: string, place: string): Framing {
  const found = FRAMINGS.find((framing) => framing === word);
  if (found === undefined) throw new WireFileError(place, `no framing is called ${word}: ${FRAMINGS.join(", ")}, or any`);
  return found;
}

function readSettings(rest: string, place: string): Record<string, string> {
  const pairs = rest === "" ? [] : rest.split(" ").map((pair) => pair.split("="));
  if (pairs.some(({ length }) => length !== 2)) throw new WireFileError(place, "settings are name=value, with blanks between");
  return Object.fromEntries(pairs);
}

/** One case, or one for each row: `%1%` stands for its first column. */
function makeCases({ heading, line, isRows, number, title, lines, rows }: Block): Case[] {
  if (isRows !== rows.length > 0) throw new WireFileError(line.place, isRows ? "there is no row" : "rows belong to `rows`");
  const make = (number: number, title: string, place: string, fill: (text: string) => string): Case => {
    const steps = readSteps(
      lines.map((one) => ({ ...one, text: fill(one.text) })),
      place,
    );
    const raw = steps.some((step) => step.kind === "send" && step.raw);
    if (raw && heading.framings.length > 1) throw new WireFileError(place, "bytes as they stand need one framing");
    return { ...heading, number, title, place, steps };
  };
  if (!isRows) return [make(number, title, line.place, (text) => text)];
  return rows.map((row, index) => {
    const columns = row.text.slice(2).split(" | ");
    const fill = (text: string) =>
      text.replace(/%([1-9])%/g, (_, column: string) => {
        const value = columns[Number(column) - 1];
        if (value === undefined) throw new WireFileError(row.place, `there is no column ${column}`);
        return value;
      });
    return make(number + index, fill(title), row.place, fill);
  });
}

function readSteps(lines: readonly Line[], casePlace: string): Step[] {
  const steps: Step[] = [];
  let isAnswered = false;
  for (const { text, place } of lines) {
    const [word = ""] = text.split(" ", 1);
    const rest = text.slice(word.length + 1);
    const how = EXPECTED[word];
    if (how !== undefined) addReply(steps, { how, text: rest }, place);
    else steps.push(readStep(word, rest, place));
    isAnswered ||= how !== undefined || word === "nothing" || word === "closed";
  }
  if (!isAnswered) throw new WireFileError(casePlace, "the case expects nothing; say `nothing` if that is meant");
  return steps;
}

function readStep(word: string, rest: string, place: string): Step {
  switch (word) {
    case ">":
    case ">>": {
      const mistake = findMistake(rest);
      if (mistake !== undefined) throw new WireFileError(place, mistake);
      return { kind: "send", text: rest, raw: word === ">>" };
    }
    case "nothing":
      return { kind: "expect", replies: [] };
    case "end":
    case "closed":
      return { kind: word };
    default:
      throw new WireFileError(place, `"${word}" cannot be read; a step begins with >, >>, <, <!, <=, <~, nothing, end or closed`);
  }
}

/** Replies that stand together are awaited together. */
function addReply(steps: Step[], reply: Expectation, place: string): void {
  const mistake = reply.how === "regexp" ? regexpMistake(reply.text) : findMistake(withoutPlaces(reply.text));
  if (mistake !== undefined) throw new WireFileError(place, mistake);
  const last = steps.at(-1);
  if (last?.kind === "expect" && last.replies.length > 0) last.replies.push(reply);
  else steps.push({ kind: "expect", replies: [reply] });
}

function regexpMistake(source: string): string | undefined {
  try {
    new RegExp(source, "su");
    return undefined;
  } catch (error) {
    return String(error);
  }
}
