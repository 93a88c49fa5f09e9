/**
 * The start-up snapshot of the jail: a V8 heap image in which mathjs is already loaded, so that a worker starts in
 * about 60 ms instead of 550 ms.
 *
 * The blob is named by a digest of everything it depends on (Node, platform, mathjs, the jail's own source), so a stale
 * one is simply never found. It is built beside the others under a name nobody else has and put in place by one rename:
 * any number of processes may build at once, and none ever sees half a blob. What happens when a blob turns out not
 * to start is the supervisor's business; it asks for a rebuild.
 */
import { createHash, randomBytes } from "node:crypto";
import { access, chmod, mkdtemp, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeFolder } from "../folder.ts";
import { BUNDLE } from "./bundle.ts";
import { runTrusted } from "./confine.ts";

/** Run from the repository this file is `.ts` and bundles the jail itself; run from `dist/` the bundle lies ready. */
const packaged = !import.meta.url.endsWith(".ts");
const jailFolder = fileURLToPath(new URL("../jail/", import.meta.url));
const packagedBundle = fileURLToPath(new URL("../../jail.cjs", import.meta.url));

const buildMs = 60_000;
const forgottenAfterMs = 24 * 3_600_000;

export type SnapshotOptions = {
  /** Folder of the blobs; made, with mode 0700, when absent. */
  cacheDir: string;
  /** Builds anew even when a blob is there: it turned out not to start. */
  rebuild?: boolean;
};

/** Path of a snapshot blob made from today's sources, built first (about 3 s) when there is none. Rejects when it cannot be built. */
export async function ensureSnapshot(options: SnapshotOptions): Promise<string> {
  const blob = join(options.cacheDir, `jail-${await digest()}.blob`);
  if (options.rebuild !== true && (await exists(blob))) return blob;
  makeFolder(options.cacheDir);
  await build(options.cacheDir, blob);
  await removeForgotten(options.cacheDir, blob);
  return blob;
}

/** Names the blob: 32 hex digits over all that decides what is inside it. */
async function digest(): Promise<string> {
  const hash = createHash("sha256").update(`${process.version} ${process.platform} ${process.arch}\n`);
  for (const path of await inputs()) hash.update(`${path}\n`).update(await readFile(path));
  return hash.digest("hex").slice(0, 32);
}

async function inputs(): Promise<string[]> {
  if (packaged) return [packagedBundle];
  const sources = (await readdir(jailFolder)).filter((name) => name.endsWith(".ts")).sort();
  const recipe = ["mathjs/package.json", "./bundle.ts"].map((name) => fileURLToPath(import.meta.resolve(name)));
  return [...recipe, ...sources.map((name) => join(jailFolder, name))];
}

async function build(cacheDir: string, blob: string): Promise<void> {
  const folder = await mkdtemp(join(cacheDir, "build-"));
  try {
    const made = join(folder, `${randomBytes(8).toString("hex")}.blob`);
    const bundle = packaged ? packagedBundle : await bundleJail(join(folder, "jail.cjs"));
    await runTrusted(["--snapshot-blob", made, "--build-snapshot", bundle], buildMs);
    await chmod(made, 0o600);
    await rename(made, blob);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function bundleJail(outfile: string): Promise<string> {
  const esbuild = await import("esbuild");
  const entryPoints = [join(jailFolder, "main.ts")];
  await esbuild.build({ ...BUNDLE, entryPoints, outfile });
  await esbuild.stop();
  return outfile;
}

/** Blobs of older sources, and build folders of processes that were killed, stay a day: another server may still run from them. */
async function removeForgotten(cacheDir: string, current: string): Promise<void> {
  const names = (await readdir(cacheDir)).filter((name) => /^(jail-.*\.blob|build-.*)$/.test(name));
  for (const path of names.map((name) => join(cacheDir, name))) {
    const found = await stat(path).catch(() => undefined);
    if (found === undefined || path === current || Date.now() - found.mtimeMs < forgottenAfterMs) continue;
    await rm(path, { recursive: true, force: true });
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
