/**
 * A look over a long frame before `JSON.parse` sees it. A table has few names and a bracket or two for each row; 8 MB of names
 * that are all different, or of empty lists, keep the parser busy ten times as long as 8 MB of numbers.
 */
import { endOfString, skipBlank } from "./json-source.ts";

const QUOTE = 0x22;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const OPEN_OBJECT = 0x7b;

export type TableLimits = { namesMax: number; bracketsMax: number };

/** What the text has too many of, if anything: different names of members, or brackets. It may be anything. */
export function excessOf(text: string, { namesMax, bracketsMax }: TableLimits): "names" | "brackets" | undefined {
  const names = new Set<string>();
  let brackets = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) {
      const end = endOfString(text, at);
      if (text.charCodeAt(skipBlank(text, end)) === COLON && names.add(text.slice(at, end)).size > namesMax) return "names";
      at = end - 1;
    } else if ((unit === OPEN_LIST || unit === OPEN_OBJECT) && ++brackets > bracketsMax) return "brackets";
  }
  return undefined;
}
