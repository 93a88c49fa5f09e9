/**
 * Stands in for `src/jail/globals.ts` in the test-only bundle that shows layer L3: the language is frozen as ever, and nothing is
 * taken from an attacker.
 */
import { freezeRest } from "../../src/jail/globals.ts";

/** @public Imported by `src/jail/main.ts` once it is bundled. */
export { freezeLanguage } from "../../src/jail/globals.ts";

/** @public Imported by `src/jail/main.ts` once it is bundled. */
export function closeGlobals(): void {
  freezeRest();
}
