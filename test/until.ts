/** Waiting in a test: for a condition, never for a time, and never for ever. */

/** Looked at again after so long: a test that spins takes the processor from what it waits for. */
const LOOK_MS = 5;
/** Milliseconds to wait for what must come: far above what it takes on a crowded machine, and below the runner's timeout, which tells nothing. */
export const PATIENCE_MS = 60_000;

/** Resolves when the condition holds; rejects after a minute, naming what never came. Looks every few milliseconds. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const endMs = performance.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (performance.now() > endMs) throw new Error(`never: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
