/**
 * What a glance at the text of an expression tells about its order among the calls of its principal: whether it assigns, and
 * which names it may read and assign.
 *
 * Names are found by a lexical scan that may find too many (a call waits in vain, a variable is shipped that nobody reads),
 * never too few: the server parses no maths.
 */

export type Nature = {
  readonly writes: boolean;
  /** Names `ans` or `$n`: what the calls before it were answered. */
  readonly readsAnswers: boolean;
  readonly named: boolean;
  /** Whatever it may read is named in this text; absent, it may read anything. */
  readonly sees?: string;
  /** The one name it assigns, where that is certain; else it is any of those in `sees`, or anything at all. */
  readonly target?: string;
  /** The target is a function, defined before anything is looked up: what the name stood for is never read. */
  readonly defines?: boolean;
};

const ASSIGNS = /(?<![=<>!])=(?!=)/;
/** `x = 3`, `f(x) = x ^ 2; f(3)`: begins with its only assignment. */
const TARGET = /^[ \t]*([A-Za-z_]\w*)[ \t]*(\((?:\s*[A-Za-z_]\w*\s*,)*\s*[A-Za-z_]\w*\s*\)[ \t]*)?=([^=]*)$/;
/** What a name begins with. */
const NAME = /[A-Za-z_$\u0080-\uffff]/;
/**
 * A number, swallowed whole so that the `e` of `2e3` is no name; or a name. mathjs allows some letters beyond ASCII in names
 * and nothing else beyond ASCII, so taking all of it finds every name.
 */
const NAMES = /\d+\.?\d*(?:[eE][+-]?\d+)?|[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/g;
/** What draws random numbers has this in its name. */
const CHANCE = /andom/;
const ENTRY = /^\$\d+$/;

/** Plain arithmetic: depends on no other call. */
export const PLAIN: Nature = { writes: false, readsAnswers: false, named: false };

/** Sees whatever the calls before it assigned. */
export const READS: Nature = { writes: false, readsAnswers: false, named: true };

/** Waits for every call before it and lets none begin before it is done: for what changes variables or settings by itself. */
export const AFTER_ALL: Nature = { writes: true, readsAnswers: true, named: true };

/** Reads the nature of an expression in one pass or two; errs on the side of waiting. */
export function natureOf(expression: string): Nature {
  if (expression.includes("=") && ASSIGNS.test(expression)) return writingOf(expression);
  if (!NAME.test(expression)) return PLAIN;
  return { writes: false, readsAnswers: readsAnswers(expression), named: true, sees: expression };
}

/** The nature of what only looks at the variables an expression names. */
export function readingOf(expression: string): Nature {
  return NAME.test(expression) ? { writes: false, readsAnswers: false, named: true, sees: expression } : PLAIN;
}

function writingOf(expression: string): Nature {
  const base = { writes: true, readsAnswers: readsAnswers(expression), named: NAME.test(expression) };
  const [, target, parameters, rest = ""] = TARGET.exec(expression) ?? [];
  return target === undefined
    ? { ...base, sees: expression }
    : { ...base, sees: rest, target, defines: parameters !== undefined };
}

function readsAnswers(expression: string): boolean {
  if (!expression.includes("ans") && !expression.includes("$")) return false;
  for (const name of namesIn(expression)) if (name === "ans" || ENTRY.test(name)) return true;
  return false;
}

/** True when the expression may draw random numbers. */
export function isByChance(expression: string): boolean {
  return CHANCE.test(expression);
}

/** Every name that may occur in `text`; may tell too many, never too few. */
export function namesIn(text: string): Set<string> {
  const names = new Set<string>();
  for (const [token] of text.matchAll(NAMES)) if (token < "0" || token > "9\uffff") names.add(token);
  return names;
}

/** Every name it may look up; undefined when that may be any. */
export function readsOf({ sees, target, defines }: Nature): Set<string> | undefined {
  if (sees === undefined) return undefined;
  const names = namesIn(sees);
  if (target !== undefined && defines === true) names.delete(target);
  return names;
}
