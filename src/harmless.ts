/**
 * Text from outside, made safe to show: what a terminal would obey, and what makes one text look like another, is written out.
 *
 * One set for all who show text to people: the server's text mode and its errors, the command line, the selfcheck. Text that
 * was made harmless may be cut or coloured afterwards, never before.
 */

/**
 * Controls (C0, DEL, C1), formats (bidirectional marks, embeddings and isolates, tags, annotations), lone surrogates, line and
 * paragraph separators, and whatever else is drawn as nothing. Joiners and variation selectors stay: scripts and emoji
 * need them, and they give no orders.
 */
const HARMFUL = /[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]--[\u200c\u200d\ufe00-\ufe0f]]/gv;

const NAMED: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** The text with each harmful character as `\n`, `\r`, `\t`, `\uXXXX`, or beyond four digits `\u{XXXXX}`. */
export function harmless(text: string): string {
  return text.replace(HARMFUL, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return NAMED[character] ?? (code > 0xffff ? `\\u{${code.toString(16)}}` : escapeUnit(code));
  });
}

/** JSON on one line that a terminal may be sent; it reads back to the same value. */
export function harmlessJson(value: unknown): string {
  return JSON.stringify(value).replace(HARMFUL, (character) =>
    Array.from({ length: character.length }, (_, at) => escapeUnit(character.charCodeAt(at))).join(""),
  );
}

function escapeUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
