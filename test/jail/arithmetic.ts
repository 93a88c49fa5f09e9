/** Expressions of plain arithmetic, most of them right, some with a mistake or a doubt in them; from a seed, so that any can be made again. */

export type Sum = { expression: string; variables: Record<string, number> };

/** A generator of numbers from 0 up to 1: mulberry32. */
export function makeDice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const NAMES = ["x", "y", "price", "q2", "a_b", "pi", "e", "tau", "i", "km", "mod", "true", "NaN", "toString"];
const CALLS = ["sqrt", "abs", "exp", "sin", "cos", "tan", "log", "ceil", "x", "f"];
const NOISE = [..."0123456789.eE+-*/^()x %!,;=<>&|~'\"[]{}?:#@\\_\t\n\u00a0π²°"];

export function makeSum(dice: () => number): Sum {
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(dice() * from.length)];
  const space = () => (dice() < 0.15 ? " " : "");
  const number = (): string => {
    const kind = dice();
    if (kind < 0.35) return String(Math.floor(dice() * 20));
    if (kind < 0.6) return String(Math.round(dice() * 1e6) / 1e3);
    if (kind < 0.7) return `.${Math.floor(dice() * 1_000)}`;
    if (kind < 0.8) return `${Math.floor(dice() * 100)}e${pick(["", "-", "+"])}${Math.floor(dice() * 330)}`;
    if (kind < 0.85) return `${Math.floor(dice() * 100)}.`;
    return String(dice() * 10 ** Math.floor(dice() * 40 - 20));
  };
  const expression = (room: number): string => {
    const kind = dice();
    if (room < 1 || kind < 0.15) return number();
    if (kind < 0.3) return pick(NAMES) ?? "";
    if (kind < 0.4) return `${pick(CALLS)}${space()}(${expression(room - 1)})`;
    if (kind < 0.5) return `(${space()}${expression(room - 1)})`;
    if (kind < 0.6) return `${pick(["-", "+", "- "])}${expression(room - 1)}`;
    return `${expression(room - 1)}${space()}${pick(["+", "-", "*", "/", "^", "*", "/", "%", " ", ""])}${space()}${expression(room - 1)}`;
  };
  let text = expression(1 + Math.floor(dice() * 5));
  while (dice() < 0.12) {
    const at = Math.floor(dice() * (text.length + 1));
    text = text.slice(0, at) + pick(NOISE) + text.slice(at + Math.floor(dice() * 2));
  }
  const value = () => Math.round((dice() - 0.5) * 1e5) / 10 ** Math.floor(dice() * 6);
  const variables = Object.fromEntries(
    ["x", "y", "price", "q2", "a_b", "mod", "true"].filter(() => dice() < 0.7).map((name) => [name, value()]),
  );
  return { expression: text, variables };
}
