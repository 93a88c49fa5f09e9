/** The folder of one target: seeds a person wrote, and what failed once. All of it is played again by the tests. */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Case, formatCase, parseCase } from "./case.ts";

const FOLDER = new URL("corpus/", import.meta.url);

export type Kept = { name: string; case: Case };

/** All files of the target, by name. */
export function readKept(target: string): Kept[] {
  const folder = new URL(`${target}/`, FOLDER);
  const names = readdirSync(folder).filter((name) => name.endsWith(".case"));
  return names.sort().map((name) => ({ name, case: parseCase(readFileSync(new URL(name, folder), "utf8"), name) }));
}

/** Writes a reproducer into `folder`, by default the corpus; answers its path. One input has one name. */
export function keep(target: string, found: Case, comment: string, folder = fileURLToPath(FOLDER)): string {
  const hash = createHash("sha256").update(formatCase(found, "")).digest("hex").slice(0, 12);
  mkdirSync(`${folder}/${target}`, { recursive: true });
  const path = `${folder}/${target}/found-${hash}.case`.replace("//", "/");
  writeFileSync(path, formatCase(found, comment));
  return path;
}
