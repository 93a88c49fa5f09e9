/**
 * The smallest input that still fails: first fewer parts, then fewer bytes in each, always halves before quarters.
 *
 * Delta debugging. Bounded by tries and by time: what is left when they are used up is reported as it is.
 */
import type { Case } from "./case.ts";

/** A try takes a connection; a few hundred are a few seconds. */
const TRIES_MAX = 600;

/** A case that fails by silence takes all of its patience each time. */
const SHRINK_MS_MAX = 60_000;

/** True when the case fails in the same way. */
export type Fails = (smaller: Case) => Promise<boolean>;

export async function shrink(found: Case, fails: Fails): Promise<Case> {
  let left = TRIES_MAX;
  const endMs = performance.now() + SHRINK_MS_MAX;
  const still: Fails = async (smaller) => left-- > 0 && performance.now() < endMs && (await fails(smaller));
  let parts = await fewer(found.parts, (some) => still({ ...found, parts: some }));
  for (let index = 0; index < parts.length; index += 1) {
    const around = (part: Buffer[]) => parts.map((one, at) => (at === index ? part : one));
    const whole = Buffer.concat(parts[index] ?? []);
    // Where it was cut matters seldom; bytes are taken out of one piece.
    if (!(await still({ ...found, parts: around([whole]) }))) continue;
    const bytes = await fewer([...whole], (some) => still({ ...found, parts: around([Buffer.from(some)]) }));
    parts = around([Buffer.from(bytes)]);
  }
  return { ...found, parts };
}

/** The shortest part of a list that still fails: whole runs of items are left out, shorter and shorter ones. */
async function fewer<T>(items: readonly T[], fails: (some: T[]) => Promise<boolean>): Promise<T[]> {
  let rest = [...items];
  for (let run = Math.ceil(rest.length / 2); run >= 1; run = run === 1 ? 0 : Math.ceil(run / 2)) {
    for (let at = 0; at < rest.length && rest.length > 1; ) {
      const some = [...rest.slice(0, at), ...rest.slice(at + run)];
      if (some.length > 0 && (await fails(some))) rest = some;
      else at += run;
    }
  }
  return rest;
}
