/** Builds the jail's start-up snapshot, so that the first start of the server need not. Run by `npm prepare`. */
import { readConfig } from "../src/config.ts";
import { ensureSnapshot } from "../src/evaluator/snapshot.ts";

const startedMs = performance.now();
const blob = await ensureSnapshot({ cacheDir: readConfig({}).cacheDir });
console.log(`jail snapshot ${blob} (${Math.round(performance.now() - startedMs)} ms)`);
