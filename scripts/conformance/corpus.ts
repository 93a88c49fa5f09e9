/** All cases of the folder of `.wire` files, in the order of their numbers. */
import { readdirSync, readFileSync } from "node:fs";
import { type Case, parseWire, WireFileError } from "./wire-file.ts";

const FOLDER = new URL("../../test/wire/", import.meta.url);

export function readCorpus(): Case[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith(".wire"));
  const cases = names.flatMap((name) => parseWire(readFileSync(new URL(name, FOLDER), "utf8"), `test/wire/${name}`));
  cases.sort((one, other) => one.number - other.number);
  for (const [index, { number, place }] of cases.entries()) {
    const before = cases[index - 1];
    if (before?.number === number) throw new WireFileError(place, `case ${number} stands at ${before.place} already`);
  }
  return cases;
}
