/** Help pages laid out for a terminal: paragraphs flow, lists hang, commands to copy stay whole. Pure: text in, text out. */

/** Columns of a page that nobody has given a width, and the fewest it is broken to. */
const COLUMNS_DEFAULT = 80;
const COLUMNS_MIN = 40;
/** The longest name that what it means stands beside. */
const TERM_COLUMNS_MAX = 34;

/** Paragraphs on one line each, so that they can be broken where the terminal ends. */
export function flow(text: string): string {
  return text.replace(/(?<=\S)\n(?=\S)/g, " ");
}

/** The text with no line longer than `columns`, but for single words and examples. */
export function layOut(text: string, columns = COLUMNS_DEFAULT): string {
  const width = Math.max(COLUMNS_MIN, columns);
  return breakLines(flow(text), width);
}

function breakLines(text: string, width: number): string {
  return text
    .split("\n")
    .map((line) => (line.length <= width || /^\s*\$ /.test(line) ? line : breakLine(line, width)))
    .join("\n");
}

/** What goes on stands below where the words of the line began: after its indent, and after the name a list begins with. */
function breakLine(line: string, width: number): string {
  const lead = /^(?: +\S+(?: \S+)*? {2,}| *)/.exec(line)?.[0] ?? "";
  const rows = [lead];
  for (const word of line.slice(lead.length).split(" ")) {
    const row = rows.at(-1) ?? "";
    const isFirst = row.length === lead.length;
    if (isFirst || row.length + 1 + word.length <= width) rows[rows.length - 1] = `${row}${isFirst ? "" : " "}${word}`;
    else rows.push(" ".repeat(lead.length) + word);
  }
  return rows.join("\n");
}

/** A row of a list; where the names of the list leave no room beside them, what they mean stands below. */
export function formatItem(term: string, termWidth: number, about: string, columns = COLUMNS_DEFAULT): string {
  const isBeside = termWidth <= TERM_COLUMNS_MAX;
  const text = about === "" ? "" : isBeside ? `  ${about}` : `\n${" ".repeat(8)}${about}`;
  return breakLines(`  ${isBeside ? term.padEnd(termWidth) : term}${text}`.trimEnd(), Math.max(COLUMNS_MIN, columns));
}
