/** Stands in for `src/jail/globals.ts` in the test-only bundle: nothing is taken from an attacker. */

/** @public Imported by `src/jail/main.ts` once it is bundled. */
export function closeGlobals(): void {}

/** @public Imported by `src/jail/main.ts` once it is bundled. */
export function freezeLanguage(): void {}
