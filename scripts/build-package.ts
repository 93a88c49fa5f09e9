/**
 * Makes `dist/`, what a published package runs: the sources as JavaScript with their types, and the jail as one file.
 *
 * Run by `npm pack`; a checkout runs from its sources and needs none of it.
 */
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { BUNDLE } from "../src/evaluator/snapshot.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const dist = join(root, "dist");
const tsc = join(dirname(fileURLToPath(import.meta.resolve("typescript/package.json"))), "bin", "tsc");

rmSync(dist, { recursive: true, force: true });
execFileSync(process.execPath, [tsc, "--project", join(root, "scripts", "package.tsconfig.json")], { stdio: "inherit" });
await build({ ...BUNDLE, entryPoints: [join(root, "src", "jail", "main.ts")], outfile: join(dist, "jail.cjs") });
