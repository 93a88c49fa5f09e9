/** The answer of a program (`program.ts`) as pieces: what `outcome.ts` would write, with the numbers left open. */
import { formatNumber } from "./digits.ts";
import { complexText } from "./plain.ts";
import { magnitude } from "./quantity.ts";
import { type Sheet, Unfit } from "./sheet.ts";
import { isJsonNumber } from "./stored.ts";
import type { Term } from "./term.ts";

/** A text, or how one is made of the cells; undefined when a number is not for a program to write. */
export type Piece = string | ((cells: Float64Array) => string | undefined);
export type Pieces = readonly Piece[];

/** What is kept of an assignment: a number, or a definition as text around the cells of its numbers. */
export type Kept = Term | { kind: "source"; source: readonly (string | number)[]; needs: readonly string[] };

const TEXT_DIGITS = 14;
/** No double needs more to be told from all others. */
const SOURCE_DIGITS = 17;

const numeral =
  (at: number, write: (value: number) => string): Piece =>
  (cells) => {
    const value = cells[at] ?? Number.NaN;
    return isJsonNumber(value) ? write(value) : undefined;
  };
const exact = (at: number): Piece => numeral(at, String);
const short = (at: number): Piece => numeral(at, (value) => formatNumber(value, TEXT_DIGITS));

/** The result of a program; of several lines those that show. Throws `Unfit` for results that programs do not write. */
export function writeAnswer(sheet: Sheet, visible: readonly Term[], isSet: boolean, kept: ReadonlyMap<string, Kept>): Pieces {
  const pieces = isSet ? writeSet(visible) : writeOne(sheet, visible[0]);
  return merge(["{", ...pieces, ...writeKept(kept), "}"]);
}

function writeOne(sheet: Sheet, term: Term | undefined): Pieces {
  switch (term?.kind) {
    case "number":
      return ['"type":"number","value":', exact(term.at), ',"text":"', short(term.at), '"'];
    case "complex":
      return writeComplex(term.re, term.im);
    case "unit":
      return writeUnit(sheet, term);
    case "vector":
      return writeMatrix([term.items.length], list(term.items, exact, ","), list(term.items, short, ", "));
    case "matrix":
      return writeMatrix(
        [term.rows.length, term.rows[0]?.length ?? 0],
        listOf(
          term.rows.map((row) => list(row, exact, ",")),
          ",",
        ),
        listOf(
          term.rows.map((row) => list(row, short, ", ")),
          ", ",
        ),
      );
    default:
      throw new Unfit();
  }
}

function writeComplex(re: number, im: number): Pieces {
  const text: Piece = (cells) => complexText({ re: cells[re] ?? Number.NaN, im: cells[im] ?? Number.NaN }, TEXT_DIGITS);
  const value = ['"type":"Complex","value":{"mathjs":"Complex","re":', exact(re), ',"im":', exact(im)];
  return [...value, '},"text":"', text, '"'];
}

/** A unit that nothing is left to choose for, as in `plain.ts`. */
function writeUnit(sheet: Sheet, term: Term & { kind: "unit" }): Pieces {
  const { fixPrefix, skipAutomaticSimplification, units } = term.model;
  if (!fixPrefix || !skipAutomaticSimplification || units.length === 0) throw new Unfit();
  const size = magnitude(sheet, term);
  const name = JSON.stringify(term.model.formatUnits());
  const tail = `,"unit":${name},"fixPrefix":true,"skipSimp":true},"text":"`;
  return ['"type":"Unit","value":{"mathjs":"Unit","value":', exact(size), tail, short(size), ` ${name.slice(1)}`];
}

function writeMatrix(size: number[], data: Pieces, text: Pieces): Pieces {
  const tail = `,"size":${JSON.stringify(size)}},"text":"`;
  return ['"type":"DenseMatrix","value":{"mathjs":"DenseMatrix","data":', ...data, tail, ...text, '"'];
}

/** The results of several lines; mathjs writes them with all their digits. */
function writeSet(visible: readonly Term[]): Pieces {
  const cells = visible.map((term) => {
    if (term.kind !== "number") throw new Unfit();
    return term.at;
  });
  const entries = ['"type":"ResultSet","value":{"mathjs":"ResultSet","entries":', ...list(cells, exact, ",")];
  return [...entries, '},"text":"', ...list(cells, exact, ", "), '"'];
}

function writeKept(kept: ReadonlyMap<string, Kept>): Pieces {
  if (kept.size === 0) return [];
  const members = [...kept].map(([name, what]) => [`${JSON.stringify(name)}:{"text":"`, ...writeStored(what)]);
  return [',"assigned":{', ...members.flatMap((member, at) => (at === 0 ? member : [",", ...member])), "}"];
}

function writeStored(what: Kept): Pieces {
  if (what.kind === "number") return ['{\\"v\\":', exact(what.at), '}","type":"number"}'];
  if (what.kind !== "source") throw new Unfit();
  const { source, needs } = what;
  const body = source.map((piece) => (typeof piece === "string" ? twice(piece) : numeral(piece, writeSource)));
  const tail = needs.length > 0 ? `,"needs":${JSON.stringify(needs)}}` : "}";
  return ['{\\"f\\":\\"', ...body, '\\"}","type":"function"', tail];
}

const writeSource = (value: number): string => formatNumber(value, SOURCE_DIGITS);

/** A text inside of JSON that is itself a text inside of JSON. */
const twice = (text: string): string => inside(inside(text));
const inside = (text: string): string => JSON.stringify(text).slice(1, -1);

function list(cells: readonly number[], write: (at: number) => Piece, comma: string): Pieces {
  return listOf(
    cells.map((at) => [write(at)]),
    comma,
  );
}

function listOf(items: readonly Pieces[], comma: string): Pieces {
  return ["[", ...items.flatMap((item, at) => (at === 0 ? item : [comma, ...item])), "]"];
}

/** Texts side by side as one. */
function merge(pieces: Pieces): Pieces {
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (typeof piece === "string" && typeof last === "string") merged[merged.length - 1] = last + piece;
    else merged.push(piece);
  }
  return merged;
}
