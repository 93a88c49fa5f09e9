/**
 * Snapshots of the jail made with mathjs 15.1.1, whose escapes of April 2026 are real: one with our gate and allowlist in
 * front of it, two without. Nothing in `src` knows of them.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin, stop } from "esbuild";
import { BUNDLE } from "../../src/evaluator/bundle.ts";
import { runTrusted } from "../../src/evaluator/confine.ts";

export type Breached = Disposable & {
  /** L1 and L2 in force. */
  gated: string;
  /** Without them, and with nothing frozen. */
  open: string;
  /** Without them, the language frozen: what layer L3 has beside the engine's flags. */
  frozen: string;
};

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const alias = { mathjs: fileURLToPath(import.meta.resolve("mathjs-breached")) };

const ungated = (globals: string): Plugin => ({
  name: "ungated",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/calculator\.ts$/ }, () => ({ path: pathOf("./breached-calculator.ts") }));
    onResolve({ filter: /^\.\/globals\.ts$/ }, () => ({ path: pathOf(globals) }));
  },
});

/** Builds all; some seconds. */
export async function buildBreached(): Promise<Breached> {
  const folder = mkdtempSync(join(tmpdir(), "breached-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const [gated, open, frozen] = await Promise.all([
      make(folder, "gated", []),
      make(folder, "open", [ungated("./breached-globals.ts")]),
      make(folder, "frozen", [ungated("./frozen-globals.ts")]),
    ]);
    return { gated, open, frozen, [Symbol.dispose]: remove };
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
