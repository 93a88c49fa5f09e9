/** Builds the jail's start-up snapshot, so that the first start of the server need not. Run by `npm prepare`. */
import { fileURLToPath } from "node:url";
import { ensureSnapshot } from "../src/evaluator/snapshot.ts";

const startedMs = performance.now();
const blob = await ensureSnapshot({ cacheDir: fileURLToPath(new URL("../.cache", import.meta.url)) });
console.log(`jail snapshot ${blob} (${Math.round(performance.now() - startedMs)} ms)`);
