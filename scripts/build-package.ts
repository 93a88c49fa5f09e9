/**
 * Makes `dist/`, what a published package runs: the sources as JavaScript with their types, the jail as one file, and the
 * expressions that `canaduck selfcheck` tries, at the same place beside the sources as in a checkout.
 *
 * Run by `npm pack`; a checkout runs from its sources and needs none of it.
 */
import { execFileSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { BUNDLE } from "../src/evaluator/bundle.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const dist = join(root, "dist");
const tsc = join(dirname(fileURLToPath(import.meta.resolve("typescript/package.json"))), "bin", "tsc");

rmSync(dist, { recursive: true, force: true });
execFileSync(process.execPath, [tsc, "--project", join(root, "scripts", "package.tsconfig.json")], { stdio: "inherit" });
await build({ ...BUNDLE, entryPoints: [join(root, "src", "jail", "main.ts")], outfile: join(dist, "jail.cjs") });
const corpora = [join("test", "escapes"), join("test", "bombs"), join("test", "jail", "references.jsonl")];
for (const corpus of corpora)
  cpSync(join(root, corpus), join(dist, corpus), {
    recursive: true,
    filter: (path) => ["", ".jsonl"].includes(extname(path)),
  });
