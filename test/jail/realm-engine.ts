/** Stands in for `src/jail/engine.ts` in the test-only bundle: the same engine, remembered for those who examine it. */
import { type Engine, makeEngine as makeRealEngine } from "../../src/jail/engine.ts";

/** The engine that was made last. */
export const made: { engine: Engine | undefined } = { engine: undefined };

/** @public Imported by `src/jail/compiler.ts` once it is bundled. */
export function makeEngine(...guards: Parameters<typeof makeRealEngine>): Engine {
  made.engine = makeRealEngine(...guards);
  return made.engine;
}
