/**
 * Snapshots of the jail made with mathjs 15.1.1, whose escapes of April 2026 are real: one with our gate and allowlist in
 * front of it, one without. Nothing in `src` knows of them.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin, stop } from "esbuild";
import { runTrusted } from "../../src/evaluator/confine.ts";
import { BUNDLE } from "../../src/evaluator/snapshot.ts";

export type Breached = Disposable & {
  /** L1 and L2 in force. */
  gated: string;
  /** Without them. */
  open: string;
};

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const alias = { mathjs: fileURLToPath(import.meta.resolve("mathjs-breached")) };

const ungated: Plugin = {
  name: "ungated",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/calculator\.ts$/ }, () => ({ path: pathOf("./breached-calculator.ts") }));
    onResolve({ filter: /^\.\/globals\.ts$/ }, () => ({ path: pathOf("./breached-globals.ts") }));
  },
};

/** Builds both; some seconds. */
export async function buildBreached(): Promise<Breached> {
  const folder = mkdtempSync(join(tmpdir(), "breached-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const [gated, open] = await Promise.all([make(folder, "gated", []), make(folder, "open", [ungated])]);
    return { gated, open, [Symbol.dispose]: remove };
  } catch (error) {
    remove();
    throw error;
  } finally {
    await stop();
  }
}

async function make(folder: string, name: string, plugins: Plugin[]): Promise<string> {
  const [outfile, blob] = [join(folder, `${name}.cjs`), join(folder, `${name}.blob`)];
  await build({ ...BUNDLE, entryPoints: [pathOf("../../src/jail/main.ts")], outfile, plugins, alias });
  await runTrusted(["--snapshot-blob", blob, "--build-snapshot", outfile], 60_000);
  return blob;
}
