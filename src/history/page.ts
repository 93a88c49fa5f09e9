/**
 * One page of a list, and what it is to match a query: shared by the backends, so that they cannot differ.
 */
import { textChars } from "./accepted.ts";
import type { Entry, ListQuery } from "./history.ts";

/** The needle as `contains` wants it. */
export function needleOf(query: ListQuery): string | undefined {
  return query.query?.toWellFormed().toLowerCase();
}

/** Case-insensitive by Unicode's simple rules; `needle` comes from `needleOf`. */
export function contains(text: string, needle: string): boolean {
  return text.toLowerCase().includes(needle);
}

export type Page = {
  entries: Entry[];
  /** An entry was refused: there is more than the page holds. */
  more: boolean;
  /** False when the page is full; the first entry always fits. */
  take(entry: Entry): boolean;
};

/** An empty page for `limit` entries, 1 to `entriesMax`, and `listCharsMax` UTF-16 units of text. */
export function openPage(limit: number, limits: { entriesMax: number; listCharsMax: number }): Page {
  const entriesMax = Math.min(Math.max(limit, 1), limits.entriesMax);
  let chars = 0;
  const page: Page = {
    entries: [],
    more: false,
    take(entry) {
      chars += textChars(entry);
      page.more = page.entries.length > 0 && (page.entries.length >= entriesMax || chars > limits.listCharsMax);
      if (!page.more) page.entries.push(entry);
      return !page.more;
    },
  };
  return page;
}
