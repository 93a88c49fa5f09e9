import { CONFIG_FLAGS } from "../config.ts";

/**
 * What follows `serve`, by setting name, where each flag is written out with a value of its own, which nearly everybody does. Undefined for
 * all else: help, mistakes, `--flag=value` are commander's (`program.ts`), whose loading takes a tenth of a start.
 */
export function readServeFlags([command, ...words]: readonly string[]): Record<string, unknown> | undefined {
  if (command !== "serve") return undefined;
  const flags: Record<string, unknown> = {};
  for (let at = 0; at < words.length; at += 2) {
    const [word, value] = words.slice(at, at + 2);
    const found = word === "--config" ? { name: "config", repeatable: false } : CONFIG_FLAGS.find(({ flag }) => flag === word);
    if (found === undefined || value === undefined || value === "" || value.startsWith("-")) return undefined;
    const before = flags[found.name];
    flags[found.name] = found.repeatable ? [...(Array.isArray(before) ? before : []), value] : value;
  }
  return flags;
}
