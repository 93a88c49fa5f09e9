/**
 * Makes everything that follows from `schemas/`: types, validators, tables, the OpenRPC document, three pages of docs.
 *
 * `node scripts/generate.ts` writes the files; with `--check` it writes nothing, names the files that differ, and ends
 * with status 1 if there are any. The output depends on the schemas, the allowlist, the pinned mathjs and package.json alone, never on time or place.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { type Contract, readContract } from "./generate/contract.ts";
import { renderTypes } from "./generate/declarations.ts";
import { renderManual } from "./generate/manual.ts";
import { renderOpenRpc } from "./generate/openrpc.ts";
import { renderConfigPage, renderErrorsPage, renderProtocolPage } from "./generate/pages.ts";
import { renderAbout, renderErrors, renderMethods, renderSettings } from "./generate/tables.ts";
import { renderValidators } from "./generate/validators.ts";

const BANNER = "/** Generated from `schemas/` by `scripts/generate.ts`; changes made here are lost. */";

/** Every generated file: its path from the project's root, and its text. */
export async function renderAll(contract: Contract): Promise<Map<string, string>> {
  const code = "src/protocol/generated";
  return new Map([
    [`${code}/types.ts`, await renderTypes(contract, BANNER)],
    [`${code}/validators.ts`, renderValidators(contract, BANNER)],
    [`${code}/errors.ts`, renderErrors(contract, BANNER)],
    [`${code}/methods.ts`, renderMethods(contract, BANNER)],
    [`${code}/settings.ts`, renderSettings(contract, BANNER)],
    [`${code}/about.ts`, renderAbout(contract, BANNER)],
    [`${code}/manual.ts`, renderManual(BANNER)],
    [`${code}/openrpc.ts`, renderOpenRpc(contract, BANNER)],
    ["docs/PROTOCOL.md", renderProtocolPage(contract)],
    ["docs/ERRORS.md", renderErrorsPage(contract)],
    ["docs/CONFIG.md", renderConfigPage(contract)],
  ]);
}

/** Paths of the files that are missing or differ from `files`. */
export function findDrift(root: URL, files: Map<string, string>): string[] {
  return [...files].filter(([path, text]) => readText(new URL(path, root)) !== text).map(([path]) => path);
}

function readText(url: URL): string | undefined {
  try {
    return readFileSync(url, "utf8");
  } catch {
    return undefined;
  }
}

async function main(root: URL, checkOnly: boolean): Promise<number> {
  const files = await renderAll(readContract(root));
  const drifted = findDrift(root, files);
  for (const path of drifted) {
    console.log(checkOnly ? `${path} does not follow from schemas/: run node scripts/generate.ts` : `wrote ${path}`);
    if (checkOnly) continue;
    mkdirSync(new URL(".", new URL(path, root)), { recursive: true });
    writeFileSync(new URL(path, root), files.get(path) ?? "");
  }
  return checkOnly && drifted.length > 0 ? 1 : 0;
}

if (import.meta.main) process.exitCode = await main(new URL("../", import.meta.url), process.argv.includes("--check"));
