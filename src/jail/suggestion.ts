/** Names near to what was typed. Runs on the way of a failure only; about 0.2 ms for the whole vocabulary. */

const SUGGESTIONS_MAX = 5;
/** What people call things elsewhere. */
const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ["ln", "log"],
  ["lg", "log10"],
  ["arcsin", "asin"],
  ["arccos", "acos"],
  ["arctan", "atan"],
  ["average", "mean"],
  ["avg", "mean"],
  ["stdev", "std"],
  ["power", "pow"],
  ["root", "nthRoot"],
  ["length", "size"],
  ["len", "size"],
  ["integral", "solveODE"],
  ["choose", "combinations"],
  ["ncr", "combinations"],
  ["npr", "permutations"],
  ["infinity", "Infinity"],
  ["trunc", "fix"],
  ["transp", "transpose"],
]);

/** Edits (insert, delete, replace, swap neighbours) from one word to the other; `most` + 1 when there are more. */
function distance(left: string, right: string, most: number): number {
  if (Math.abs(left.length - right.length) > most) return most + 1;
  let older: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      let best = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped) best = Math.min(best, (older[column - 2] ?? 0) + 1);
      current.push(best);
    }
    older = previous;
    previous = current;
  }
  return Math.min(previous[right.length] ?? most + 1, most + 1);
}

/** The candidates nearest to `typed`, nearest first, at most 5. Those that begin with it come before the others. */
export function suggest(typed: string, candidates: Iterable<string>): string[] {
  const wanted = typed.toLowerCase();
  const most = Math.floor((wanted.length + 1) / 3);
  const ranked: { name: string; rank: number }[] = [];
  const synonym = SYNONYMS.get(wanted);
  if (synonym !== undefined) ranked.push({ name: synonym, rank: -1 });
  for (const name of new Set(candidates)) {
    if (name === synonym || name === typed) continue;
    const lower = name.toLowerCase();
    const edits = distance(wanted, lower, most);
    if (edits <= most) ranked.push({ name, rank: lower.startsWith(wanted) ? edits - 0.5 : edits });
  }
  ranked.sort(
    (left, right) => left.rank - right.rank || left.name.length - right.name.length || (left.name < right.name ? -1 : 1),
  );
  return ranked.slice(0, SUGGESTIONS_MAX).map(({ name }) => name);
}
