/**
 * Whether a reply is what a case expects: byte by byte, by a regular expression, or as JSON with places left open.
 *
 * JSON is compared as parsed; with `exact` each number and string by the bytes it was written in, so that `1.50` is not `1.5`.
 * The items of an outermost array may come in any order, as those of a batch do.
 */
import { type Question, toPackets } from "./notation.ts";

export type Expectation = { how: "json" | "exact" | "bytes" | "regexp"; text: string };

/** JSON with the source of each leaf. */
type Tree =
  | { kind: "leaf"; value: unknown; source: string }
  | { kind: "array"; items: Tree[] }
  | { kind: "object"; members: Map<string, Tree> };

/** Marks a place left open, inside the string that stands for it. */
const MARK = "\u0001";
const OPEN: Readonly<Record<string, (tree: Tree) => boolean>> = {
  any: () => true,
  string: (tree) => tree.kind === "leaf" && typeof tree.value === "string",
  integer: (tree) => tree.kind === "leaf" && Number.isInteger(tree.value),
};
const ERROR = /%error (-?\d+(?:\|-?\d+)*)(?: (\w+))?%/g;
const PLACE = /%(any|string|integer|more|rest)%/g;
/** What the generator of an error object leaves open, written as one word. */
const MORE = `"${MARK}more":0`;

/** The text without its open places: what is left is the notation of what is sent. */
export function withoutPlaces(text: string): string {
  return text.replace(ERROR, "").replace(PLACE, "");
}

export function matches(reply: string, { how, text }: Expectation, question: Question): boolean {
  if (how === "regexp") return new RegExp(`^(?:${text})$`, "su").test(reply);
  if (how === "bytes") return reply === Buffer.concat(toPackets(text, question)).toString();
  const wanted = toTree(openPlaces(text, question));
  const said = toTree(reply);
  if (wanted === undefined) throw new SyntaxError(`what is expected is not JSON: ${text}`);
  return said !== undefined && fits(wanted, said, how === "exact", true);
}

function openPlaces(text: string, question: Question): string {
  const opened = text
    .replace(ERROR, (_, codes: string, name: string | undefined) => {
      const data = name === undefined ? MORE : `"data":{"name":"${name}",${MORE}}`;
      return `{"code":"${MARK}${codes}","message":"${MARK}string",${data}}`;
    })
    .replace(PLACE, (_, place: string) => (place === "more" ? MORE : `"${MARK}${place}"`))
    .replaceAll(MARK, "\\u0001");
  return Buffer.concat(toPackets(opened, question)).toString();
}

/** Undefined when it is not JSON. */
function toTree(text: string): Tree | undefined {
  try {
    // The third argument is the source of a leaf.
    return JSON.parse(text, (_, value: unknown, leaf?: { source?: string }) => {
      if (leaf?.source !== undefined) return { kind: "leaf", value, source: leaf.source };
      if (Array.isArray(value)) return { kind: "array", items: value };
      return { kind: "object", members: new Map(Object.entries(Object(value))) };
    });
  } catch {
    return undefined;
  }
}

function fits(wanted: Tree, said: Tree, exact: boolean, isOutermost = false): boolean {
  if (wanted.kind === "leaf") return fitsLeaf(wanted, said, exact);
  if (wanted.kind === "array") return said.kind === "array" && fitsItems(wanted.items, said.items, exact, isOutermost);
  if (said.kind !== "object") return false;
  const named = [...wanted.members].filter(([name]) => name !== `${MARK}more`);
  if (named.length === wanted.members.size && said.members.size !== named.length) return false;
  return named.every(([name, member]) => {
    const other = said.members.get(name);
    return other !== undefined && fits(member, other, exact);
  });
}

function fitsItems(wanted: readonly Tree[], said: readonly Tree[], exact: boolean, anyOrder: boolean): boolean {
  const last = wanted.at(-1);
  const isOpen = last?.kind === "leaf" && last.value === `${MARK}rest`;
  const items = isOpen ? wanted.slice(0, -1) : wanted;
  if (isOpen ? said.length < items.length : said.length !== items.length) return false;
  if (anyOrder) return pair(items, said, (one, other) => fits(one, other, exact)) === undefined;
  return items.every((item, index) => {
    const other = said[index];
    return other !== undefined && fits(item, other, exact);
  });
}

function fitsLeaf({ value, source }: Tree & { kind: "leaf" }, said: Tree, exact: boolean): boolean {
  const open = typeof value === "string" && value.startsWith(MARK) ? value.slice(1) : undefined;
  if (open === undefined) return said.kind === "leaf" && (exact ? said.source === source : said.value === value);
  const fitsPlace = OPEN[open];
  if (fitsPlace !== undefined) return fitsPlace(said);
  return said.kind === "leaf" && open.split("|").includes(said.source);
}

/** Finds a different partner for each of `wanted`, whatever the order; answers the first that gets none. */
export function pair<W, S>(wanted: readonly W[], said: readonly S[], isPartner: (wanted: W, said: S) => boolean): W | undefined {
  const takenBy = new Map<number, W>();
  // Augmenting paths: who finds its partner taken asks whoever took it to look for another.
  const settle = (one: W, asked: Set<number>): boolean =>
    said.some((other, index) => {
      if (asked.has(index) || !isPartner(one, other)) return false;
      asked.add(index);
      const holder = takenBy.get(index);
      if (holder !== undefined && !settle(holder, asked)) return false;
      takenBy.set(index, one);
      return true;
    });
  return wanted.find((one) => !settle(one, new Set()));
}
