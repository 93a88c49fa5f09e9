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
  /** Once they were asked for. */
  reads?: ReadonlySet<string>;
};

const ASSIGNS = /(?<![=<>!])=(?!=)/;
/** `x = 3`, `f(x) = x ^ 2; f(3)`: begins with its only assignment. */
const TARGET = /^[ \t]*([A-Za-z_]\w*)[ \t]*(\((?:\s*[A-Za-z_]\w*\s*,)*\s*[A-Za-z_]\w*\s*\)[ \t]*)?=([^=]*)$/;
/** What a name begins with. */
const NAME = /[A-Za-z_$\u0080-\uffff]/;
const [DOLLAR, PLUS, MINUS, POINT, ZERO, NINE, UNDERSCORE, LETTER_E] = [36, 43, 45, 46, 48, 57, 95, 101];
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
  const reading = readingOf(expression);
  return readsAnswers(expression) ? { ...reading, readsAnswers: true } : reading;
}

/** The nature of what only looks at the variables an expression names. */
export function readingOf(expression: string): Nature {
  return NAME.test(expression) ? { ...READS, sees: expression } : PLAIN;
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

/** Names that a function may assign when it is called, by its text: `y` and `t` of `f(t) = (y = t)`; none when it assigns nothing. */
export function assignedWithin(definition: string): string[] {
  const body = definition.slice(definition.indexOf("=") + 1);
  return ASSIGNS.test(body) ? [...namesIn(body)] : [];
}

/** True when the expression may draw random numbers. */
export function isByChance(expression: string): boolean {
  return CHANCE.test(expression);
}

/** Every name that may occur in `text`; may tell too many, never too few. */
export function namesIn(text: string): Set<string> {
  const names = new Set<string>();
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    let end = at + 1;
    if (isDigit(code)) end = passNumber(text, at);
    else if (isLetter(code)) {
      while (isLetter(text.charCodeAt(end)) || isDigit(text.charCodeAt(end))) end += 1;
      names.add(text.slice(at, end));
    }
    at = end;
  }
  return names;
}

/** Swallowed whole, so that the `e` of `2e3` is no name. */
function passNumber(text: string, from: number): number {
  let at = passDigits(text, from);
  if (text.charCodeAt(at) === POINT) at = passDigits(text, at + 1);
  if ((text.charCodeAt(at) | 32) !== LETTER_E) return at;
  const sign = text.charCodeAt(at + 1);
  const first = sign === PLUS || sign === MINUS ? at + 2 : at + 1;
  const end = passDigits(text, first);
  return end > first ? end : at;
}

function passDigits(text: string, from: number): number {
  let at = from;
  while (isDigit(text.charCodeAt(at))) at += 1;
  return at;
}

const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;

/** mathjs allows some letters beyond ASCII in names and nothing else beyond ASCII, so taking all of it finds every name. */
const isLetter = (code: number): boolean =>
  ((code | 32) >= 97 && (code | 32) <= 122) || code >= 128 || code === UNDERSCORE || code === DOLLAR;

/** Every name it may look up; undefined when that may be any. */
export function readsOf(nature: Nature): ReadonlySet<string> | undefined {
  const { sees, target, defines } = nature;
  if (sees === undefined || nature.reads !== undefined) return nature.reads;
  const names = namesIn(sees);
  if (target !== undefined && defines === true) names.delete(target);
  nature.reads = names;
  return names;
}
